"""Whatever a file holds, every row of it is accounted for."""

import json

import pytest
from accounting import assert_all_rows_accounted_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.readers import ReadError, ReadOptions, read_file

CELL = st.sampled_from(
    [
        "", "440000001", "2190067", "4.4e8", "Wolmi", "2024-01-01T00:00:00Z", "2024-01-01", "0",
        "38.5", "124", "91", "181", "-1", "1e400", "nan", "inf", "38,5", '"', '"x"', "x",
        "1704067200",
        "31/12/2023 10:00:00", "None", " ", "\u00e9", "\x00",
    ]
)  # fmt: skip
LINES = st.lists(st.lists(CELL, max_size=9).map(",".join), min_size=1, max_size=12)
PIECE = st.sampled_from(
    [
        "\\s:42809,c:1635731889,t:1635731965*6A\\",
        "!AIVDM,1,1,,,403t>B1vFhQr5`NonbBw?>G00<0n,0*7B",
        "!AIVDM,2,1,3,A,1", "!AIVDM,2,2,3,B,5,2*00",
        "$PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,6*2",
        "!AIVDM,1,1,,A,,0*26", ",1635731889", "\\", "*", "!", "\n", "\r\n", "x", "1635731889;",
    ]
)  # fmt: skip
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)


def check(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    try:
        batches = read_file(path, options=ReadOptions(time_base_s=1.7e9))
    except ReadError:
        return
    for batch in batches:
        assert_all_rows_accounted_for(batch)


@quick
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n"]))
def test_delimited(tmp_path, lines, end):
    text = "mmsi,time,lat,lon,sog,name,status\n" + end.join(lines)
    check(tmp_path, text.encode())


@quick
@given(pieces=st.lists(PIECE, max_size=30))
def test_nmea(tmp_path, pieces):
    check(tmp_path, ("!AIVDM,1,1,,A,,0*26\n" + "".join(pieces)).encode())


@quick
@given(
    records=st.lists(
        st.dictionaries(
            st.sampled_from(["mmsi", "time", "lat", "lon", "name", "sog"]),
            CELL | st.none() | st.integers() | st.booleans() | st.lists(st.integers(), max_size=1),
        ),
        max_size=6,
    )
)
@pytest.mark.parametrize("one_per_line", [True, False])
def test_json(tmp_path, records, one_per_line):
    text = "\n".join(map(json.dumps, records)) if one_per_line else json.dumps(records)
    check(tmp_path, text.encode())


@quick
@given(content=st.binary(max_size=200))
def test_bytes(tmp_path, content):
    check(tmp_path, content)
