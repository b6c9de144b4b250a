"""A file that is read in pieces gives what it gives when it is read at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.readers import read_file
from app.readers.base.speeds import TENFOLD
from app.readers.csv import lines as csv_lines
from app.readers.values.times import DAY_OR_MONTH
from detectors.tracks.reports import COLUMNS

HEAD = "mmsi,time,lat,lon,sog,name,draught,class\n"
AT_ONCE = 1 << 24


def rows_of(batch):
    return {name: getattr(batch.reports, name).tolist() for name in COLUMNS}


def account_of(batch):
    return (
        batch.format,
        batch.rows,
        batch.static_rows,
        batch.warnings,
        batch.own_ids,
        list(batch.rejects.counts.items()),
        batch.rejects.examples,
        repr(batch.statics),
    )


def read_by(path, chunk_bytes, monkeypatch):
    monkeypatch.setattr(csv_lines, "CHUNK_BYTES", chunk_bytes)
    (batch,) = read_file(path, "f.csv")
    return batch


def check_alike(path, text, monkeypatch):
    path.write_text(text)
    whole = read_by(path, AT_ONCE, monkeypatch)
    for chunk_bytes in (60, 200, 1000):
        parts = read_by(path, chunk_bytes, monkeypatch)
        assert account_of(parts) == account_of(whole)
        np.testing.assert_equal(rows_of(parts), rows_of(whole))


MMSIS = st.sampled_from(["440000001", "440000002", "Wolmi 3", "", "992446000", "x-1"])
TIMES = st.one_of(
    st.integers(0, 50).map(lambda minute: f"2024-01-01T00:{minute:02d}:00Z"),
    st.sampled_from(
        ["", "soon", "1704067200", "1704067200000", "03/01/2024 00:10:00", "13/01/2024", "01/13/2024"]
    ),
)
PLACES = st.sampled_from(["38.5", "38.6", "91", "", "north", "140"])
SPEEDS = st.sampled_from(["0", "8.5", "85", "1023", "", "fast"])
NAMES = st.sampled_from(["", "SEA STAR", "SEA  STAR", '"SEA, STAR"', 'A "B', "KUM SONG 3"])
ROW = st.tuples(
    MMSIS, TIMES, PLACES, PLACES, SPEEDS, NAMES, st.sampled_from(["", "7", "8.5"]), st.sampled_from("AB")
)
LINE = st.one_of(ROW.map(",".join), st.sampled_from(["", "440000001,too,short", "1,2,3,4,5,6,7,8,9"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=40))
def test_any_file_reads_alike_in_pieces_and_at_once(tmp_path_factory, lines):
    with pytest.MonkeyPatch.context() as monkeypatch:
        path = tmp_path_factory.mktemp("parts") / "f.csv"
        try:
            check_alike(
                path,
                HEAD + "440000009,2024-01-01T00:00:00Z,38.5,124.2,8.5,,,\n" + "\n".join(lines),
                monkeypatch,
            )
        finally:
            path.unlink()


def line_of(minute, time="2024-01-01T00:{:02d}:00Z", sog="8.5", name="SEA STAR", mmsi=440000001):
    return f"{mmsi},{time.format(minute)},38.5,124.2,{sog},{name},,\n"


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ({"sog": "85"}, {"sog": "1023"}, (TENFOLD,)),
        ({"sog": "85"}, {"sog": "8"}, ()),
        ({"time": "01/02/2024 00:{:02d}:00 Z"}, {"time": "13/02/2024 00:{:02d}:00 Z"}, ()),
        ({"time": "01/02/2024 00:{:02d}:00 Z"}, {"time": "02/02/2024 00:{:02d}:00 Z"}, (DAY_OR_MONTH,)),
        ({"time": "17040672{:02d}"}, {"time": "17040672{:02d}000"}, ()),
    ],
)
def test_what_only_the_whole_column_tells_is_told_from_the_whole(tmp_path, monkeypatch, first, then, told):
    text = (
        HEAD
        + "".join(line_of(m, **first) for m in range(20))
        + "".join(line_of(m, **then) for m in range(40))
    )
    path = tmp_path / "f.csv"
    check_alike(path, text, monkeypatch)
    assert read_by(path, 200, monkeypatch).warnings == told


def test_a_name_that_a_late_piece_tells_of_an_earlier_time_comes_in_its_place(tmp_path, monkeypatch):
    lines = [line_of(m) for m in range(40)] + [line_of(5, name="OTHER"), line_of(45)]
    path = tmp_path / "f.csv"
    check_alike(path, HEAD + "".join(lines), monkeypatch)
    statics = read_by(path, 200, monkeypatch).statics
    assert [s.name for s in statics] == ["SEA STAR", "OTHER", "SEA STAR"]
    assert np.diff([s.time_s for s in statics]).tolist() == [300.0, 60.0]


def test_a_name_that_never_changes_is_told_once_however_many_the_pieces(tmp_path, monkeypatch):
    path = tmp_path / "f.csv"
    path.write_text(HEAD + "".join(line_of(m % 60, mmsi=440000001 + m // 60) for m in range(240)))
    assert len(read_by(path, 200, monkeypatch).statics) == 4
