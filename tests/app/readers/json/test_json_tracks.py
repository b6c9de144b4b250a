"""Our own request shape: whatever is malformed is a counted reject, never an exception."""

import json

import numpy as np
import pytest
from accounting import assert_all_rows_accounted_for, counts
from hypothesis import given
from hypothesis import strategies as st

from app.readers import ReadOptions, batch_from_tracks
from detectors.tracks.codes import AisClass
from detectors.tracks.reports import vessel_key

FIX = {"time": "2024-01-01T00:00:00Z", "lon": 124.25, "lat": 38.5, "sog": 8.5, "nav_status": 1}


def of(*tracks):
    batch = batch_from_tracks(list(tracks), "request", ReadOptions())
    assert_all_rows_accounted_for(batch)
    return batch


def test_a_track_with_everything():
    batch = of(
        {
            "vessel": {"mmsi": 440000001, "imo": 9393163, "name": "WOLMI", "class": "A"},
            "statics": [{"time": "2024-01-01T00:30:00Z", "destination": "NAMPO"}],
            "positions": [FIX, {**FIX, "time": 1704067260, "receiver": "satellite"}],
        }
    )
    assert batch.format == "tracks"
    assert batch.reports.vessel.tolist() == [440000001] * 2
    assert batch.reports.time_s.tolist() == [1704067200.0, 1704067260.0]
    assert batch.reports.nav_status.tolist() == [1, 1]
    assert (batch.rows, batch.static_rows) == (3, 1)
    header, voyage = batch.statics
    assert (header.imo, header.name, header.ais_class) == (9393163, "WOLMI", AisClass.A)
    assert np.isnan(header.time_s)
    assert (voyage.destination, voyage.time_s) == ("NAMPO", 1704069000.0)


def test_a_vessel_without_mmsi_goes_by_its_own_id():
    batch = of({"vessel": {"id": "track 7"}, "positions": [FIX]})
    assert batch.reports.vessel.tolist() == [vessel_key("track 7")]
    assert batch.own_ids == {vessel_key("track 7"): "track 7"}


def test_an_mmsi_comes_before_an_own_id():
    batch = of({"vessel": {"mmsi": 440000001, "id": "track 7"}, "positions": [FIX]})
    assert batch.reports.vessel.tolist() == [440000001]
    assert batch.own_ids == {}


def test_an_mmsi_as_text_or_directly_in_the_track():
    batch = of({"vessel": {"mmsi": "440000001"}, "positions": [FIX]}, {"mmsi": 2, "positions": [FIX]})
    assert batch.reports.vessel.tolist() == [440000001, 2]
    assert batch.own_ids == {}


@pytest.mark.parametrize(
    ("odd", "reason"),
    [(True, "bad_vessel"), ([1], "bad_vessel"), ({}, "bad_vessel"), (1.5, "bad_vessel"), (None, "no_vessel")],
)
@pytest.mark.parametrize("key", ["mmsi", "id"])
def test_an_identifier_of_an_odd_type_names_nobody(key, odd, reason):
    bad = {"vessel": {key: odd}, "positions": [FIX], "statics": [{"name": "WOLMI"}]}
    batch = of(bad, {"vessel": {key: "440000001"}, "positions": [FIX]})
    assert counts(batch) == {reason: 2}
    assert len(batch.rejects.examples[reason]) == 2
    assert batch.reports.vessel.tolist() == [440000001]
    assert batch.own_ids == {}


def test_vessels_with_odd_identifiers_do_not_become_one_vessel():
    tracks = [{"vessel": odd, "positions": [FIX]} for odd in (True, [1], {"mmsi": {}}, 2.5)]
    assert counts(of(*tracks)) == {"bad_vessel": 4}


def test_a_vessel_with_an_odd_mmsi_still_goes_by_its_own_id():
    batch = of({"vessel": {"mmsi": True, "id": "track 7"}, "positions": [FIX]})
    assert batch.own_ids == {vessel_key("track 7"): "track 7"}


def test_a_track_without_a_vessel_loses_its_positions_with_a_reason():
    assert counts(of({"positions": [FIX, FIX]})) == {"no_vessel": 2}


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        ("not an object", "not_a_record"),
        (None, "not_a_record"),
        ({**FIX, "time": None}, "no_time"),
        ({**FIX, "time": [1]}, "bad_time"),
        ({**FIX, "time": True}, "bad_time"),
        ({**FIX, "time": "soon"}, "bad_time"),
        ({**FIX, "time": 0}, "time_out_of_range"),
        ({**FIX, "lon": {}}, "bad_position"),
        ({**FIX, "lon": "east"}, "bad_position"),
        ({**FIX, "lat": 10**400}, "bad_position"),
        ({**FIX, "lat": 91}, "position_not_available"),
        ({"time": FIX["time"]}, "no_position"),
    ],
)
def test_malformed_positions_are_counted_and_the_rest_is_used(position, reason):
    batch = of({"vessel": {"mmsi": 440000001}, "positions": [FIX, position, FIX]})
    assert counts(batch) == {reason: 1}
    assert len(batch.reports) == 2
    assert batch.rejects.examples[reason][0].line == 2


@pytest.mark.parametrize("track", [7, None, "x", [], {"vessel": {"mmsi": 1}, "positions": "none"}])
def test_malformed_tracks_are_counted(track):
    batch = of(track, {"vessel": {"mmsi": 440000001}, "positions": [FIX]})
    assert counts(batch) == {"not_a_record": 1}
    assert len(batch.reports) == 1


def test_malformed_static_reports_are_counted():
    statics = [7, {"time": "soon", "name": "A"}, {"time": 5, "name": "B"}, {"name": "C"}]
    batch = of({"vessel": {"mmsi": 440000001}, "statics": statics, "positions": []})
    assert counts(batch) == {"not_a_record": 1, "bad_time": 1, "time_out_of_range": 1}
    assert [s.name for s in batch.statics] == ["C"]


def test_no_tracks_at_all():
    assert of().rows == 0
    assert of({"vessel": {"mmsi": 1}, "positions": []}).rows == 0


def test_a_track_without_any_coordinate_key():
    assert counts(of({"vessel": {"mmsi": 5}, "positions": [{"a": 1}, {}]})) == {"no_time": 2}


def test_from_a_file(read):
    text = json.dumps({"tracks": [{"vessel": {"mmsi": 440000001}, "positions": [FIX]}]})
    assert read(text, name="upload.json").reports.lat_deg.tolist() == [38.5]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "vessel",
                    "mmsi",
                    "id",
                    "positions",
                    "statics",
                    "time",
                    "lat",
                    "lon",
                    "sog",
                    "name",
                    "q",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=4))
def test_nothing_raises(tracks):
    of(*tracks)


@given(st.lists(st.fixed_dictionaries({"vessel": JSON, "positions": st.lists(JSON, max_size=3)}), max_size=4))
def test_nothing_raises_in_the_right_frame(tracks):
    of(*tracks)
