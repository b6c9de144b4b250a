"""Texts of binary files that are not UTF-8: repaired and counted, never a crash."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from polars.exceptions import PanicException

from app.readers import ReadError, read_file
from app.readers.columnar.tables import Parquet

ROOT = Path(__file__).parents[4]
LATIN, CUT = "VÆRØY".encode("cp1252"), "大阪丸".encode()[:-1]
TIMES = [f"2024-03-01T{hour:02d}:00:00Z" for hour in range(8)]


def texts(values):
    """Return a column that calls itself text, whatever its bytes are."""
    raw = pa.array(values, pa.binary())
    return pa.Array.from_buffers(pa.string(), len(raw), raw.buffers())


def table(**columns):
    plain = {"mmsi": [412000001] * 8, "time": TIMES, "lat": [38.0] * 8, "lon": [124.0] * 8}
    return pa.table(plain | columns)


def parquet(path, rows):
    pq.write_table(rows, path)
    return path


def arrow(path, rows):
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, rows.schema) as writer:
        writer.write_table(rows)
    return path


def geopackage(path, rows):
    """Write the names and times by SQLite: GDAL would refuse them."""
    frame = gpd.GeoDataFrame(
        {"mmsi": [412000001] * 8, "time": TIMES, "name": ["PLAIN"] * 8},
        geometry=gpd.points_from_xy([124.0] * 8, [38.0] * 8),
        crs=4326,
    )
    frame.to_file(path, driver="GPKG", layer="tracks")
    with sqlite3.connect(path) as file:
        for (trigger,) in file.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            file.execute(f'drop trigger "{trigger}"')
        for number in range(8):
            for name in set(rows.column_names) & {"name", "time"}:
                raw = bytes(rows[name].cast(pa.binary())[number].as_py())
                file.execute(f"update tracks set {name} = cast(? as text) where fid = ?", (raw, number + 1))
    file.close()
    return path


WRITERS = {"parquet": parquet, "arrow": arrow, "gpkg": geopackage}


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_name_that_is_not_utf8_is_read_as_far_as_possible_and_counted(tmp_path, suffix):
    rows = table(name=texts([LATIN, CUT, *[b"GOOD SHIP"] * 6]))
    (batch,) = read_file(WRITERS[suffix](tmp_path / f"t.{suffix}", rows))
    assert len(batch.reports) == 8
    assert [s.name for s in batch.statics] == ["VÆRØY", "大阪\ufffd", "GOOD SHIP"]
    assert [w for w in batch.warnings if "not UTF-8" in w and "2 in name" in w]


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_time_with_one_bad_byte_costs_its_row_alone(tmp_path, suffix):
    raw = [time.encode() for time in TIMES]
    raw[3] = raw[3].replace(b"3:", b"3\xff")
    (batch,) = read_file(WRITERS[suffix](tmp_path / f"t.{suffix}", table(time=texts(raw))))
    assert (len(batch.reports), dict(batch.rejects.counts)) == (7, {"bad_time": 1})


def test_dictionaries_of_an_arrow_file_are_repaired_too(tmp_path):
    names = pa.DictionaryArray.from_arrays(pa.array([0, 1] * 4), texts([LATIN, b"OTHER"]))
    (batch,) = read_file(arrow(tmp_path / "t.arrow", table(name=names)))
    assert {s.name for s in batch.statics} == {"VÆRØY", "OTHER"}


def test_a_dictionary_that_pyarrow_cannot_read_from_parquet_is_left_out_and_named(tmp_path):
    names = pa.DictionaryArray.from_arrays(pa.array([0, 1] * 4), texts([LATIN, b"OTHER"]))
    (batch,) = read_file(parquet(tmp_path / "t.parquet", table(name=names)))
    assert len(batch.reports) == 8
    assert [w for w in batch.warnings if w.endswith("not UTF-8: name")]


def test_a_panic_of_a_library_is_a_fault_of_its_file(tmp_path, monkeypatch):
    def panics(*_):
        raise PanicException("index out of bounds")

    path = parquet(tmp_path / "t.parquet", table())
    monkeypatch.setattr(Parquet, "read", panics)
    with pytest.raises(ReadError, match=r"t\.parquet: damaged.*index out of bounds"):
        read_file(path)


@pytest.mark.parametrize("form", ["parquet", "feather", "arrow stream", "geopackage"])
def test_damaged_files_are_read_or_refused_and_never_end_the_process(form):
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "mutations.py"), "40", "--format", form],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("0 of 40 ended otherwise\n"), done.stdout + done.stderr
