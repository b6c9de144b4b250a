"""Plain tables: read by a loop of our own as the general reader would read them."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.readers import read_file
from app.readers.csv import delimited, plain
from detectors.tracks.reports import COLUMNS

HEADER = "mmsi,timestamp,lat,lon,sog,cog,heading,note"
ROW = "412000001,2024-01-01T00:00:00Z,38.5,124.25,12.5,90,511,"
ODD_CELLS = [
    "",
    "None",
    "x",
    "1e3",
    "91",
    "-181",
    "102.3",
    '"7"',
    " 5",
    "2024-01-01T09:00:00+09:00",
    "002190067",
]


@pytest.fixture
def looped(monkeypatch):
    """Read by the loop whatever the size; tell which pieces it took."""
    taken = []
    frame = plain.PlainTable.frame

    def watched(self, content, lines):
        found = frame(self, content, lines)
        taken.append(found is not None)
        return found

    monkeypatch.setattr(delimited, "SHORTEST_BYTES", 0)
    monkeypatch.setattr(plain.PlainTable, "frame", watched)
    return taken


def told(path):
    (batch,) = read_file(path)
    columns = {name: getattr(batch.reports, name).tolist() for name in COLUMNS}
    return dataclasses.asdict(batch) | {"reports": columns}


def same(a, b):
    return repr(a) == repr(b)


def both_ways(path, monkeypatch):
    monkeypatch.setattr(delimited, "SHORTEST_BYTES", 0)
    by_loop = told(path)
    monkeypatch.setattr(delimited, "SHORTEST_BYTES", 1 << 40)
    return by_loop, told(path)


cells = st.tuples(st.integers(0, 7), st.sampled_from(ODD_CELLS))


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(st.integers(0, 10**9 - 1), st.floats(-90, 90)), min_size=1),
    odd=st.lists(cells, max_size=2),
)
def test_whatever_a_file_holds_both_ways_read_the_same(tmp_path_factory, rows, odd):
    lines = [
        [str(mmsi), "2024-01-01T00:00:07Z", f"{lat:.6f}", "124.5", "1.5", "7", "", "n"] for mmsi, lat in rows
    ]
    for number, (place, cell) in enumerate(odd):
        lines[number % len(lines)][place] = cell
    path = tmp_path_factory.mktemp("plain") / "f.csv"
    path.write_text("\n".join([HEADER, ROW, *(",".join(line) for line in lines)]) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        by_loop, by_polars = both_ways(path, patch)
    assert same(by_loop, by_polars)


@pytest.mark.parametrize(
    "stamp",
    ["2024-01-01 00:00:00", "2024-01-01T00:00:00.250Z", "1704067200", "1704067200.5", "1704067200000"],
)
def test_any_quick_form_of_time(tmp_path, monkeypatch, looped, stamp):
    path = tmp_path / "f.csv"
    path.write_text(f"{HEADER}\n" + ROW.replace("2024-01-01T00:00:00Z", stamp) + "\n")
    by_loop, by_polars = both_ways(path, monkeypatch)
    assert looped == [True]
    assert same(by_loop, by_polars)


@pytest.mark.parametrize(
    "header", ["mmsi,timestamp,lat,lon,name", "id,timestamp,lat,lon,sog", "timestamp,lat,lon"]
)
def test_tables_with_names_are_for_the_general_reader(tmp_path, looped, header):
    path = tmp_path / "f.csv"
    path.write_text(
        f"{header}\n17,2024-01-01T00:00:00Z,38.5,124.25,9\n".replace("\n17,2", "\n2", header[0] == "t")
    )
    told(path)
    assert looped == []


def test_a_piece_with_an_odd_row_is_read_as_before_and_the_others_by_the_loop(tmp_path, monkeypatch, looped):
    monkeypatch.setattr("app.readers.csv.lines.CHUNK_BYTES", 200)
    path = tmp_path / "f.csv"
    rows = [ROW.replace("00:00Z", f"{n // 60:02d}:{n % 60:02d}Z") for n in range(250)]
    rows[215] = rows[215].replace("38.5", "north")
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    found = told(path)
    assert looped.count(False) == 1
    assert looped.count(True) > 50
    assert found["rows"] == 250
    assert found["rejects"]["counts"] == {"bad_position": 1}
    assert found["rejects"]["examples"]["bad_position"][0]["line"] == 217
    assert np.diff(found["reports"]["source_row"]).tolist() == [1] * 214 + [2] + [1] * 33
