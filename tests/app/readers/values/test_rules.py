"""Sentinels end in the reader, and stations are told from vessels."""

import numpy as np
import pytest

from app.readers.base.rejects import Reject
from app.readers.values import rules


def test_speed_sentinels_become_nan():
    kn = np.array([0.0, 102.2, 102.3, 102.4, 1023.0, -0.1, np.inf, 1e300])
    assert np.isnan(rules.speeds(kn)).tolist() == [False, False, *[True] * 6]


def test_course_sentinels_become_nan_and_overflow_is_mended():
    deg = np.array([0.0, 359.9, 360.0, 511.0, -196.5, -409.6, np.nan])
    assert rules.courses(deg).round(1).tolist()[:2] == [0.0, pytest.approx(359.9)]
    assert np.isnan(rules.courses(deg)).tolist() == [False, False, True, True, False, False, True]
    assert rules.courses(deg)[4] == pytest.approx(213.1)


def test_heading_511_becomes_nan():
    assert np.isnan(rules.angles(np.array([511.0, -1.0, 360.0]))).all()
    assert rules.angles(np.array([0.0, 359.0])).tolist() == [0.0, 359.0]


def test_navigational_status_out_of_range_is_not_defined():
    codes = rules.nav_statuses(np.array([0.0, 14.0, 16.0, 97.0, np.nan, 1.5]))
    assert codes.tolist() == [0, 14, 15, 15, 15, 15]


@pytest.mark.parametrize(
    ("mmsi", "reason"),
    [
        (2190067, Reject.BASE_STATION),
        (7750000, Reject.BASE_STATION),
        (992191234, Reject.AID_TO_NAVIGATION),
        (111219501, Reject.SAR_AIRCRAFT),
        (970123456, Reject.DISTRESS_BEACON),
        (972123456, Reject.DISTRESS_BEACON),
        (974123456, Reject.DISTRESS_BEACON),
        (982191234, Reject.AUXILIARY_CRAFT),
        (111111112, Reject.SAR_AIRCRAFT),
        (998791666, Reject.AID_TO_NAVIGATION),
    ],
)
def test_stations_are_told_by_their_number(mmsi, reason):
    found = {why for why, where in rules.stations(np.array([mmsi])) if where[0]}
    assert found == {reason}


@pytest.mark.parametrize(
    "mmsi",
    [
        440000001,
        1,
        12345,
        123456789,
        999,
        2009999,
        7760000,
        971000000,
        1234567890,
        111111111,
        987654321,
        999999999,
    ],
)
def test_a_false_or_malformed_number_is_no_station(mmsi):
    assert not any(where[0] for _, where in rules.stations(np.array([mmsi])))


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        (181.0, 91.0, Reject.POSITION_NOT_AVAILABLE),
        (181.0, 38.0, Reject.POSITION_NOT_AVAILABLE),
        (124.0, 91.0, Reject.POSITION_NOT_AVAILABLE),
        (124.0, 90.1, Reject.LATITUDE_OUT_OF_RANGE),
        (180.1, 38.0, Reject.LONGITUDE_OUT_OF_RANGE),
        (0.0, 0.0, Reject.ZERO_POSITION),
        (np.nan, 38.0, Reject.NO_POSITION),
        (np.inf, 38.0, Reject.BAD_POSITION),
        (0.0, 51.5, None),
        (9.0, 0.0, None),
        (180.0, -90.0, None),
    ],
)
def test_faults_of_a_position(lon, lat, reason):
    found = [why for why, where in rules.positions(np.array([lon]), np.array([lat])) if where[0]]
    assert (found[0] if found else None) is reason


def test_clocks_that_stand_at_1970_or_overflow_are_out_of_range():
    out = dict(rules.times(np.array([0.0, 9.2e9, 1.7e9, np.inf])))[Reject.TIME_OUT_OF_RANGE]
    assert out.tolist() == [True, True, False, True]


def test_only_long_range_reports_are_uncertain():
    assert rules.uncertainties(np.array([1, 18, 27], np.uint8)).tolist() == [0.0, 0.0, 93.0]
