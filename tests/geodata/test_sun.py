"""Sun elevation against published sunrise, solstice and transit values."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.sun import SUNRISE_DEG, is_night, night_shares, sun_elevation_deg


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def test_meeus_example_25a_declination():
    # Meeus, Astronomical Algorithms, example 25.a: 1992-10-13 00:00 TD, declination -7.785 degrees.
    # At the north pole the elevation is the declination.
    elevation = sun_elevation_deg(0.0, 90.0, at("1992-10-13T00:00:00"))
    assert elevation == pytest.approx([-7.785], abs=0.02)


def test_nrel_spa_example():
    # Reda and Andreas, NREL/TP-560-34302 (2008), table A5.1: 2003-10-17 12:30:30 at UTC-7,
    # 105.1786 W 39.742476 N: elevation without refraction 39.872046 degrees.
    elevation = sun_elevation_deg(-105.1786, 39.742476, at("2003-10-17T19:30:30"))
    assert elevation == pytest.approx([39.872], abs=0.02)


def test_solstice_noon_on_the_tropic_is_overhead():
    # June solstice 2024: 20 June 20:51 UTC; the sun is overhead at 23.44 N near local noon.
    times = at("2024-06-21T00:00:00") + np.arange(0, 86400, 30.0)
    best = sun_elevation_deg(np.full(times.size, 125.0), np.full(times.size, 23.437), times).max()
    assert best == pytest.approx(90.0, abs=0.1)


def night_share(*span):
    return night_shares(*(np.array([value]) for value in span))[0]


def test_equinox_day_is_about_as_long_as_its_night():
    share = night_share(0.0, 0.0, at("2024-03-20T00:00:00"), at("2024-03-21T00:00:00"))
    # Upper edge and refraction make the day 12 h 6.7 min long.
    assert share == pytest.approx(0.5 - 6.67 / 1440, abs=0.001)


def test_polar_night_and_polar_day():
    winter, summer = at("2024-12-21T12:00:00"), at("2024-06-21T12:00:00")
    day = 86400.0
    assert night_share(20.0, 80.0, winter, winter + day) == 1.0
    assert night_share(20.0, 80.0, summer, summer + day) == 0.0


def test_documented_night_meeting_was_at_night():
    # CHON MA SAN, 12 January 2020, 00:10 Japan time, some 250 km east of Shanghai.
    assert is_night(124.0, 31.2, at("2020-01-11T15:10:00")).all()


def test_empty_columns_give_empty_answers():
    assert sun_elevation_deg([], [], []).shape == (0,)


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1.5e9, 1.8e9), st.floats(0, 5 * 86_400))
def test_the_share_of_night_is_that_of_the_minutes(lon, lat, start_s, lasted_s):
    count = int(lasted_s / 20.0) + 1
    middles = start_s + (np.arange(count) + 0.5) * lasted_s / count
    slow = is_night(np.full(count, lon), np.full(count, lat), middles).mean()
    night_s = night_share(lon, lat, start_s, start_s + lasted_s) * lasted_s
    assert night_s == pytest.approx(slow * lasted_s, abs=15 * 60)
    if abs(lat) < 60:
        assert night_s == pytest.approx(slow * lasted_s, abs=90)


def test_spans_of_many_places_are_those_of_each_alone():
    rng = np.random.default_rng(1)
    lon, lat, start_s = rng.uniform((-180, -80, 1.6e9), (180, 80, 1.7e9), (60, 3)).T
    lasted_s = np.where(np.arange(60) % 9 == 0, 3e7, rng.uniform(0, 3e5, 60))
    lasted_s[[4, 59]] = 0.0
    together = night_shares(lon, lat, start_s, start_s + lasted_s)
    alone = [night_share(*span) for span in zip(lon, lat, start_s, start_s + lasted_s, strict=True)]
    assert together == pytest.approx(alone, abs=1e-12)
    assert night_shares(*np.empty((4, 0))).shape == (0,)


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        night_share(0.0, 0.0, 10.0, 0.0)


@given(
    lon=st.floats(-180, 180),
    lat=st.floats(-90, 90),
    time_s=st.floats(0, 2.5e9),
)
def test_the_opposite_place_sees_the_opposite_sun(lon, lat, time_s):
    across = lon - 180.0 if lon > 0 else lon + 180.0
    here = sun_elevation_deg(lon, lat, time_s)
    there = sun_elevation_deg(across, -lat, time_s)
    assert here + there == pytest.approx([0.0], abs=1e-6)


@given(lon=st.floats(-180, 180), lat=st.floats(-65, 65), day=st.integers(0, 20000))
def test_well_below_the_circles_the_sun_rises_and_sets_every_day(lon, lat, day):
    times = day * 86400.0 + np.arange(0, 86400, 120.0)
    elevation = sun_elevation_deg(np.full(times.size, lon), np.full(times.size, lat), times)
    assert elevation.min() < SUNRISE_DEG < elevation.max()
