"""JSON by MMSI, and the orients of pandas: read back as the frame they were written from."""

import io
import json

import pandas as pd
import pytest
import writers
from accounting import counts
from test_same_tracks import assert_positions

from app.readers import ReadError

NAMES = ["mmsi", "name", "time", "lon", "lat", "sog", "cog"]


def frame():
    return pd.DataFrame(list(writers.rows()), columns=NAMES)


@pytest.mark.parametrize("orient", ["split", "columns", "index", "table", "records"])
def test_orients_of_pandas(read, orient):
    out = io.StringIO()
    frame().to_json(out, orient=orient)
    batch = read(out.getvalue())
    assert batch.format == "json"
    assert_positions(batch)
    assert counts(batch) == {}


@pytest.mark.parametrize("orient", ["split", "columns", "index", "table"])
def test_dates_of_pandas(read, orient):
    some = frame()
    some["time"] = pd.to_datetime(some["time"], unit="s", utc=True)
    out = io.StringIO()
    some.to_json(out, orient=orient, date_format="iso")
    assert_positions(read(out.getvalue()))


def test_values_without_names_are_refused_with_the_way_out(read):
    out = io.StringIO()
    frame().to_json(out, orient="values")
    with pytest.raises(ReadError, match="orient='records'"):
        read(out.getvalue())


def test_marinetraffic_arrays_are_still_known_by_their_order(read):
    assert read(writers.marinetraffic_arrays()).format == "marinetraffic"


def by_mmsi():
    return {
        str(mmsi): [
            {"t": t, "lon": x, "lat": y, "sog": s, "cog": c, "name": name} for t, x, y, s, c in positions
        ]
        for mmsi, name, positions in writers.TRACKS
    }


def test_lists_of_records_by_mmsi(read):
    assert_positions(read(json.dumps(by_mmsi())))


def test_one_vessel_by_mmsi_is_not_a_nameless_track(read):
    batch = read(json.dumps({"440000001": by_mmsi()["440000001"]}))
    assert (set(batch.reports.vessel.tolist()), batch.warnings) == ({440000001}, ())


def test_one_record_of_each_mmsi(read):
    latest = {mmsi: rows[-1] for mmsi, rows in by_mmsi().items()}
    batch = read(json.dumps(latest))
    assert batch.reports.vessel.tolist() == [440000001, 445000002]


def test_a_record_names_its_vessel_itself(read):
    batch = read(
        json.dumps({"440000001": [{"mmsi": 440000009, "t": 1_709_524_920, "lat": 38, "lon": 124}, 3]})
    )
    assert (batch.reports.vessel.tolist(), counts(batch)) == ([440000009], {"not_a_record": 1})


@pytest.mark.parametrize("key", ["rows", "12", "4400000011"])
def test_an_envelope_is_still_one(read, key):
    batch = read(json.dumps({key: json.loads(writers.barentswatch()), "count": 28}))
    assert batch.format == "barentswatch"


def test_rows_of_another_length_are_no_records(read):
    split = {"columns": ["mmsi", "t", "lat", "lon"], "data": [[440000001, 1_709_524_920, 38, 124], [1], None]}
    assert counts(read(json.dumps(split))) == {"not_a_record": 2}
