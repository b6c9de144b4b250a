"""Signal K: values by path and in SI units become records of one vessel at one time."""

import json

import numpy as np
import pytest
from accounting import counts
from hypothesis import given
from hypothesis import strategies as st

from app.readers import read_file
from app.readers.json.shapes.signalk import SignalK
from detectors.tracks.reports import vessel_key

WHEN = "2024-03-04T04:02:00.000Z"
EPOCH = 1_709_524_920
SHIP = "vessels.urn:mrn:imo:mmsi:440000001"
PLACE = {"path": "navigation.position", "value": {"latitude": 38.5, "longitude": 124.25}}
SPEED = {"path": "navigation.speedOverGround", "value": 4.372778}
COURSE = {"path": "navigation.courseOverGroundTrue", "value": 1.5795}


def delta(*values, context=SHIP, when=WHEN):
    update = {"$source": "ais", "timestamp": when, "values": list(values)}
    return {"context": context, "updates": [update]}


def lines(*deltas):
    return "\n".join(map(json.dumps, deltas))


@pytest.mark.parametrize("write", [lines, lambda *d: json.dumps(d)], ids=["lines", "list"])
def test_values_of_one_moment_are_one_report(read, write):
    batch = read(write(delta(PLACE, SPEED), delta(COURSE), delta(PLACE, when="2024-03-04T04:03:00Z")))
    assert (batch.format, batch.rows) == ("signalk", 2)
    reports = batch.reports
    assert (reports.vessel.tolist(), reports.time_s.tolist()) == ([440000001] * 2, [EPOCH, EPOCH + 60])
    assert (reports.sog_kn[0], reports.cog_deg[0]) == (pytest.approx(8.5), pytest.approx(90.5, abs=0.01))
    assert np.isnan([reports.sog_kn[1], reports.cog_deg[1]]).all()


def test_one_delta_alone(read):
    assert len(read(json.dumps(delta(PLACE))).reports) == 1


def test_two_places_of_one_moment_are_two_reports(read):
    other = {"path": "navigation.position", "value": {"latitude": 38.6, "longitude": 124.25}}
    assert read(lines(delta(PLACE), delta(other), delta(SPEED))).reports.lat_deg.tolist() == [38.5, 38.6]


def test_static_data_in_metres(read):
    values = [
        {"path": "", "value": {"name": "WOLMI"}},
        {"path": "design.length", "value": {"overall": 110}},
        {"path": "design.beam", "value": 18},
        {"path": "design.draft", "value": {"current": 6.5}},
        {"path": "design.aisShipType", "value": {"id": 80, "name": "Tanker"}},
        {"path": "communication.callsignVhf", "value": "P7AB"},
    ]
    batch = read(lines(delta(*values)))
    (ship,) = batch.statics
    assert (ship.name, ship.length_m, ship.beam_m, ship.draught_m, ship.ship_type, ship.callsign) == (
        "WOLMI", 110, 18, 6.5, 80, "P7AB"
    )  # fmt: skip


def test_the_own_ship_is_who_it_says(read):
    said = delta({"path": "", "value": {"mmsi": "440000007"}}, context="vessels.self")
    batch = read(lines(delta(PLACE, context="vessels.self"), said))
    assert batch.reports.vessel.tolist() == [440000007]
    nameless = read(lines(delta(PLACE, context="vessels.urn:mrn:signalk:uuid:c0d79334")))
    assert nameless.reports.vessel.tolist() == [vessel_key("urn:mrn:signalk:uuid:c0d79334")]


def test_stations_and_values_of_no_use_are_counted(read):
    wind = {"path": "environment.wind.speedTrue", "value": 3.1}
    others = [delta(PLACE, context=f"{kind}.urn:mrn:imo:mmsi:440000002") for kind in ("atons", "aircraft")]
    batch = read(
        lines(delta(PLACE), *others, delta(wind, when="2024-03-04T05:00:00Z"), delta(PLACE, when=None))
    )
    assert counts(batch) == {"aid_to_navigation": 1, "sar_aircraft": 1, "no_position": 1, "no_time": 1}


@pytest.mark.parametrize(
    "record",
    [{"updates": []}, {"updates": 3}, {"updates": [{"values": 1}]}, {"updates": [1], "mmsi": 440000001}],
)
def test_look_alikes(record):
    assert not SignalK().recognises([record])


ENTRIES = st.lists(
    st.sampled_from([PLACE, SPEED, COURSE, {"path": 3}, 7, {"path": "", "value": None}]), max_size=4
)


@given(st.lists(st.tuples(ENTRIES, st.sampled_from([WHEN, None, 5, "x"])), min_size=1, max_size=6))
def test_every_delta_is_accounted_for(tmp_path_factory, deltas):
    path = tmp_path_factory.mktemp("x") / "f"
    path.write_text(lines(delta(PLACE), *(delta(*values, when=when) for values, when in deltas)))
    (batch,) = read_file(path)
    assert batch.rows == len(batch.reports) + batch.static_rows + batch.rejects.total
    assert set(batch.reports.time_s.tolist()) <= {EPOCH}
