"""Two of whom a satellite hears rounded positions only (type 27): one pass says little, several do."""

import numpy as np
import pytest
from support import Spot, path, scene_of

from detectors import KIND_BY_NAME
from detectors.core.params import overridden
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.vessels.vessel import Vessel

STEP_DEG = 1 / 600
SPOT = Spot(124.0, 31.2)
HOURS = np.array([0.0, 2.0, 4.0, 6.0])


def rounded(mmsi, apart_m, hours=HOURS, drift_kmh=1.2, bearing_deg=40.0):
    """A ship that drifts east and somewhat north, heard twice at each pass, as type 27 tells it."""
    times = np.sort(np.concatenate((hours, hours + 0.05)))
    east = drift_kmh * 1000 * times + apart_m * np.sin(np.radians(bearing_deg))
    north = 140 * drift_kmh * times + apart_m * np.cos(np.radians(bearing_deg))
    says = {"sog_kn": np.full(len(times), round(drift_kmh / 1.852)), "cog_deg": np.full(len(times), 82.0)}
    ship = path(mmsi, times, east, north, SPOT, **says)
    columns = {name: getattr(ship, name) for name in vars(ship)}
    columns["lon_deg"], columns["lat_deg"] = (
        np.round(columns[axis] / STEP_DEG) * STEP_DEG for axis in ("lon_deg", "lat_deg")
    )
    columns["uncertainty_m"] = np.full(len(times), 93.0, np.float32)
    return type(ship)(**columns)


def told(*ships, params=None):
    return detect(scene_of(*ships), params or StsParams()).findings


@pytest.mark.parametrize("bearing_deg", range(0, 360, 45))
def test_near_at_four_passes_while_they_drift_is_a_meeting(bearing_deg):
    (meeting,) = told(rounded(1, 0.0), rounded(2, 50.0, bearing_deg=bearing_deg))
    assert meeting.measures["tier"] == "passes"
    assert meeting.measures["joint_passes"] == 4
    assert meeting.measures["contact_h"] < 0.5  # what was observed


@pytest.mark.parametrize("bearing_deg", range(0, 360, 45))
def test_two_that_drift_four_hundred_metres_apart_are_not_together(bearing_deg):
    assert told(rounded(1, 0.0), rounded(2, 400.0, bearing_deg=bearing_deg)) == ()


def test_two_passes_say_too_little():
    assert told(rounded(1, 0.0, HOURS[:2]), rounded(2, 50.0, HOURS[:2])) == ()


def test_at_anchor_every_pass_is_rounded_alike_and_says_nothing_new():
    assert told(rounded(1, 0.0, drift_kmh=0.05), rounded(2, 50.0, drift_kmh=0.05)) == ()


def test_two_that_sail_are_a_convoy():
    fast = {"drift_kmh": 9.0}
    assert told(rounded(1, 0.0, **fast), rounded(2, 50.0, **fast)) == ()


def test_positions_rounded_more_than_that_say_nothing():
    params = overridden(StsParams(), {"satellite.rounded_doubt_max_m": 180.0})
    assert told(rounded(1, 0.0), rounded(2, 50.0), params=params) == ()


def test_what_rounding_hides_is_not_told_as_measured():
    (meeting,) = told(rounded(1, 0.0), rounded(2, 50.0))
    assert meeting.measures["position_rounding_m"] == 186.0
    ships = tuple(Vessel(key=str(n), mmsi=n) for n in (1, 2))
    measures = {**meeting.measures, "shore_distance_km": None}
    text = KIND_BY_NAME["sts_transfer"].sentence(meeting, ships, measures)
    assert "less than 186 m apart at the nearest" in text


def test_exact_positions_are_judged_by_their_own_rule_whoever_else_is_rounded():
    """Carried for ten minutes, two are in doubt by more than a pass allows: that is no rounding."""
    mine = 1.7 * HOURS
    theirs = mine + 9.95 / 60
    drift = {"sog_kn": np.full(4, 0.65), "cog_deg": np.full(4, 90.0)}
    one = path(1, mine, 1200 * mine, 0 * mine, SPOT, **drift)
    other = path(2, theirs, 1200 * theirs + 50, 0 * theirs, SPOT, **drift)
    assert told(one, other) == told(one, other, rounded(3, 500_000.0)) == ()
