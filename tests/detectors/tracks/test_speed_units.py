"""Speeds that their vessels' motion contradicts: which unit they are in, and when nothing may be said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports
from detectors.tracks.speed_units import UNITS, UNKNOWN_UNIT, speeds_in_knots

STEP_S = 120.0


def sailing(mmsi, speed_kn, factor, steps=60, first_row=0):
    """Reports of a vessel that sails east and reports its speed times a factor."""
    hours = np.arange(steps) * STEP_S / 3600
    lat = np.full(steps, 38.0 + mmsi % 7)
    lon = 124.0 + hours * speed_kn / 60 / np.cos(np.radians(lat))
    rows = np.arange(first_row, first_row + steps, dtype=np.int32)
    sog = np.full(steps, speed_kn * factor)
    return Reports.of(np.full(steps, mmsi), 1.7e9 + hours * 3600, lon, lat, sog_kn=sog, source_row=rows)


def lying_still(sog_kn):
    part = sailing(441000109, 0.0, 1.0)
    sog = np.full(60, sog_kn)
    return Reports.of(
        part.vessel, part.time_s, part.lon_deg, part.lat_deg, sog_kn=sog, source_row=part.source_row
    )


def speeds(*parts, files=1, rows_per_file=10**9):
    tracks, _ = make_tracks(Reports.concat(parts))
    found, changes = speeds_in_knots(tracks, tracks.source_row.astype(np.int64) // rows_per_file, files)
    return (tracks.sog_kn if found is None else found), changes


@pytest.mark.parametrize("unit", UNITS)
@given(speed_kn=st.floats(6.0, 20.0))
def test_speeds_in_any_unit_come_out_in_knots(unit, speed_kn):
    speed_kn = min(speed_kn, 100 / UNITS[unit])
    found, (change,) = speeds(sailing(441000101, speed_kn, UNITS[unit]), sailing(441000102, 8.0, UNITS[unit]))
    assert np.allclose(found[:60], speed_kn, rtol=0.06)
    assert (change.vessels, change.of) == (2, 2)


def test_speeds_in_knots_are_left_alone():
    found, changes = speeds(sailing(441000101, 11.0, 1.0), sailing(441000102, 9.0, 1.08))
    assert (found[0], changes) == (11.0, [])


def test_one_vessel_in_another_unit_is_converted_alone():
    found, (change,) = speeds(*(sailing(441000100 + n, 10.0, 10.0 if n == 2 else 1.0) for n in range(5)))
    assert np.allclose(found, 10.0)
    assert (change.vessels, change.of, change.unit) == (1, 5, "0.1 kn")


def test_what_lies_still_shares_the_unit_of_its_file_where_all_others_agree():
    still = lying_still(3.0)
    found, (change,) = speeds(sailing(441000101, 10.0, 10.0), sailing(441000102, 12.0, 10.0), still)
    assert np.allclose(found[-60:], 0.3)
    assert change.vessels == 3


def test_what_lies_still_is_left_alone_where_the_others_differ():
    still = lying_still(3.0)
    found, _ = speeds(sailing(441000101, 10.0, 10.0), sailing(441000102, 12.0, 1.0), still)
    assert np.allclose(found[-60:], 3.0)


def test_each_file_has_its_own_unit():
    found, (change,) = speeds(
        sailing(441000101, 10.0, 1.0),
        sailing(441000102, 10.0, 0.5144, first_row=60),
        files=2,
        rows_per_file=60,
    )
    assert np.allclose(found, 10.0, rtol=0.01)
    assert (change.file, change.of, change.unit) == (1, 1, "m/s")


def test_a_constant_ratio_of_no_unit_is_dropped_since_a_wrong_speed_is_worse_than_none():
    found, (change,) = speeds(sailing(441000101, 10.0, 3.3))
    assert np.isnan(found).all()
    assert change.unit == UNKNOWN_UNIT


def test_a_vessel_that_reports_speeds_of_any_size_is_evidence_and_not_mended():
    """Its speeds contradict its motion in no constant way: that is for the detectors to judge."""
    part = sailing(441000101, 10.0, 1.0)
    wild = np.tile([1.0, 9.0, 30.0, 70.0, 4.0, 18.0], 10)
    part = Reports.of(part.vessel, part.time_s, part.lon_deg, part.lat_deg, sog_kn=wild)
    found, changes = speeds(part)
    assert (found.tolist(), changes) == (wild.tolist(), [])


def test_few_reports_show_no_unit():
    assert speeds(sailing(441000101, 10.0, 10.0, steps=8))[1] == []
