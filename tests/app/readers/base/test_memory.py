"""A file that does not fit into memory is refused before it is read, with the way round."""

import math
import resource

import polars as pl
import pytest

from app.readers import READERS, ReadError, read_file
from app.readers.base import memory
from app.readers.base.reader import Source

ROW = "440000001,2024-01-01T00:00:00Z,38.5,124.25,8.5,90.0\n"
CSV = "mmsi,timestamp,lat,lon,sog,cog\n" + ROW * 100_000


@pytest.fixture
def system(tmp_path, monkeypatch):
    """Stand in for the files in which Linux tells what is free."""
    monkeypatch.setattr(memory, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "CGROUP", tmp_path)

    def tell(machine_kib=None, most=None, used=0, cache=0):
        if machine_kib is not None:
            text = f"MemTotal: 99 kB\nMemFree: 1 kB\nMemAvailable: {machine_kib} kB\n"
            (tmp_path / "meminfo").write_text(text)
        if most is not None:
            (tmp_path / "memory.max").write_text(f"{most}\n")
            (tmp_path / "memory.current").write_text(f"{used}\n")
            (tmp_path / "memory.stat").write_text(f"anon 5\ninactive_file {cache}\nactive_file 7\n")

    return tell


def test_the_machine_tells_what_is_free(system):
    system(machine_kib=1000)
    assert memory.free_bytes() == 1_024_000


def test_a_container_that_may_take_less_than_the_machine_has(system):
    system(machine_kib=1000, most=500_000, used=400_000, cache=50_000)
    assert memory.free_bytes() == 150_000


@pytest.mark.parametrize("most", ["max", "", "nothing"])
def test_a_group_without_a_limit_leaves_it_to_the_machine(system, most):
    system(machine_kib=1000, most=most)
    assert memory.free_bytes() == 1_024_000


def test_a_limit_of_the_address_space_leaves_what_is_not_in_use(system, tmp_path, monkeypatch):
    system(machine_kib=1000)
    (tmp_path / "statm").write_text("100 50 10 1 0 40 0\n")
    monkeypatch.setattr(memory, "STATM", tmp_path / "statm")
    page = resource.getpagesize()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (130 * page, resource.RLIM_INFINITY))
    assert memory.free_bytes() == 30 * page


@pytest.mark.usefixtures("system")
def test_a_system_that_does_not_tell_bounds_nothing():
    assert memory.free_bytes() == math.inf


def test_a_file_that_does_not_fit_is_refused_with_the_way_round(system, tmp_path):
    system(machine_kib=2_000)
    path = tmp_path / "f.csv"
    path.write_text(CSV)
    with pytest.raises(ReadError, match=r"f.csv: it takes about 11 MiB .* 1 MiB are free. Cut it by day"):
        read_file(path, "f.csv")


def test_a_file_that_fits_is_read(system, tmp_path):
    system(machine_kib=20_000)
    path = tmp_path / "f.csv"
    path.write_text(CSV)
    assert len(read_file(path)[0].reports) == 100_000


def test_long_lines_do_not_make_more_positions(tmp_path):
    short, long = tmp_path / "short", tmp_path / "long"
    short.write_text(ROW * 1000)
    long.write_text(ROW.replace("\n", "," + "x" * 900 + "\n") * 1000)
    taken = [memory.by_lines(Source("f", path, path.read_bytes()[:10_000]), 100.0) for path in (short, long)]
    assert taken == pytest.approx([1e5, 1e5], rel=0.05)


def test_packed_rows_are_judged_by_their_number(system, tmp_path):
    path = tmp_path / "f.parquet"
    pl.read_csv(CSV.encode()).write_parquet(path)
    assert path.stat().st_size < 20_000
    system(machine_kib=2_000)
    with pytest.raises(ReadError, match=r"about 14 MiB"):
        read_file(path)


def test_every_format_says_what_it_takes(tmp_path):
    path = tmp_path / "f"
    path.write_text(CSV)
    source = Source("f", path, CSV[:10_000].encode())
    taken = {reader.name: reader.takes_bytes(source) for reader in READERS}
    assert {name for name, size in taken.items() if size < len(CSV)} == {"parquet"}
