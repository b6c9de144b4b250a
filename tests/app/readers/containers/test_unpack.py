"""Packed files: by content, within limits, and nothing left behind."""

import bz2
import gzip
import io
import lzma
import tempfile
import warnings
import zipfile

import pyarrow as pa
import pytest
from accounting import counts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.readers import Limits, ReadError, read_file
from app.readers.containers.unpack import unpacked

CSV = b"mmsi,time,lat,lon\n" + b"440000001,2024-01-01T00:00:00Z,38.5,124.25\n" * 1000


def zstd(content):
    return pa.compress(content, codec="zstd", asbytes=True)


def test_gzip_is_told_by_its_content(read):
    assert len(read(gzip.compress(CSV), name="track.csv").reports) == 1000


def test_a_bomb_is_refused_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(bytes(8 << 20)))
    with pytest.raises(ReadError, match="more than 20 times its size"):
        read_file(bomb, limits=Limits(ratio_judged_bytes=1 << 20, max_ratio=20))
    with pytest.raises(ReadError, match="unpacks to more than 2 MiB"):
        read_file(bomb, limits=Limits(max_unpacked_bytes=2 << 20))
    assert [path.name for path in tmp_path.iterdir()] == ["bomb.gz"]


def test_a_file_too_large_is_refused_with_the_way_round(tmp_path):
    path = tmp_path / "big.csv"
    path.write_bytes(CSV)
    with pytest.raises(ReadError, match=r"more than the limit.*Cut it by day"):
        read_file(path, limits=Limits(max_file_bytes=100))


def test_a_gzip_cut_short_gives_what_could_be_read(read):
    rows = [f"440000001,2024-01-01T00:00:00Z,38.{i:05},124.25\n" for i in range(5000)]
    packed = gzip.compress(("mmsi,time,lat,lon\n" + "".join(rows)).encode())
    batch = read(packed[: len(packed) // 2])
    assert 100 < len(batch.reports) < 5000
    assert counts(batch) == {"truncated": 1}
    assert batch.rejects.examples["truncated"][0].line == len(batch.reports) + 2
    assert any("broke off" in warning for warning in batch.warnings)


def test_a_gzip_that_unpacks_to_nothing(read):
    with pytest.raises(ReadError, match="empty once unpacked"):
        read(gzip.compress(b""))


def test_a_gzip_damaged_at_once(read):
    with pytest.raises(ReadError, match="damaged gzip"):
        read(b"\x1f\x8b\x08\x00" + b"\xff" * 50)


def test_temporary_files_vanish_even_on_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = tmp_path / "t.gz"
    path.write_bytes(gzip.compress(CSV))
    with pytest.raises(RuntimeError), unpacked(path, "t", Limits()):
        raise RuntimeError
    assert [p.name for p in tmp_path.iterdir()] == ["t.gz"]


def zipped(*members):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:\\evil.csv"])
def test_members_whose_path_leads_out_are_passed_over(read, name):
    batch = read(zipped((name, CSV), ("good.csv", CSV)), name="week.zip")
    assert len(batch.reports) == 1000
    assert any("leads out of the archive" in warning for warning in batch.warnings)


def test_a_member_without_a_name_is_read(read):
    content = zipped(("x", CSV)).replace(b"x", b"\x00")
    assert len(read(content).reports) == 1000


def test_too_many_members(tmp_path):
    path = tmp_path / "many.zip"
    path.write_bytes(zipped(*((f"{i}.csv", CSV) for i in range(5))))
    with pytest.raises(ReadError, match="5 members, more than 3"):
        read_file(path, limits=Limits(max_members=3))
    assert len(read_file(path)) == 5


def test_nesting_has_an_end(read):
    twice = zipped(("in.zip", zipped(("t.csv", CSV))))
    assert len(read(twice).reports) == 1000
    with pytest.raises(ReadError, match="packed more than 2 times over"):
        read(zipped(("out.zip", twice)))
    with pytest.raises(ReadError, match="packed more than 2 times over"):
        read(gzip.compress(gzip.compress(gzip.compress(CSV))))


def test_members_share_one_limit(tmp_path):
    path = tmp_path / "many.zip"
    path.write_bytes(zipped(*((f"{i}.csv", CSV) for i in range(5))))
    with pytest.raises(ReadError, match="unpacks to more than"):
        read_file(path, limits=Limits(max_unpacked_bytes=len(CSV) * 3))


def test_a_damaged_member_does_not_cost_the_others(read):
    content = bytearray(zipped(("bad.csv", CSV), ("good.csv", CSV)))
    content[60:90] = bytes(30)
    batch = read(bytes(content), name="week.zip")
    assert len(batch.reports) >= 1000
    assert batch.warnings


@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(50), zipped(), zipped(("empty.csv", b""))])
def test_broken_and_empty_archives_are_told(read, content):
    with pytest.raises(ReadError, match=r"zip|archive|empty"):
        read(content)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd])
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_streams_are_told_or_read(tmp_path, pack, data):
    content = bytearray(pack(CSV))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "upload"
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        batches = read_file(path)
    except ReadError:
        return
    for batch in batches:
        assert batch.rows == len(batch.reports) + batch.static_rows + batch.rejects.total
