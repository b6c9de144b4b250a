"""Positions in degrees, minutes, whole numbers and points: with one reading read, with two refused."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.base.layouts import Layout
from app.readers.base.positions import Motion, positions_of
from app.readers.base.reader import ReadError

PLAIN = Layout("csv")
STEPS = 40
LAT, LON = np.full(STEPS, 38.25), 124.0 + np.arange(STEPS) * 0.004
TIME_S = 1.7e9 + np.arange(STEPS) * 60.0
SOG_KN = np.full(STEPS, 0.004 * 60 * 60 * math.cos(math.radians(38.25)), np.float32)


def read(lat, lon, sog_kn=None, **sides):
    frame = pl.DataFrame({"lat": lat, "lon": lon, **sides})
    motion = Motion(np.ones(len(frame), np.int64), TIME_S[: len(frame)], sog_kn)
    return positions_of(frame, PLAIN, "f.csv", motion)


def degrees_minutes(value, sign):
    whole = int(value)
    return f"{whole}{sign}{(value - whole) * 60:.6f}"


@pytest.mark.parametrize("form", ["{}'N", "N{}", "{} N"])
@pytest.mark.parametrize("sign", ["°", " ", "-", ":"])
@given(lat=st.floats(0.1, 89.9))
def test_degrees_and_minutes(form, sign, lat):
    found = read([form.format(degrees_minutes(lat, sign))] * 2, ["124.5"] * 2)
    assert found.lat_deg == pytest.approx([lat] * 2, abs=1e-7)


def test_sides_in_columns_of_their_own():
    found = read([30.2, 30.2], [124.3, 124.3], lat_side=["S", "N"], lon_side=["W", "E"])
    assert (found.lat_deg.tolist(), found.lon_deg.tolist()) == ([-30.2, 30.2], [-124.3, 124.3])


def test_as_nmea_writes_them():
    found = read(np.full(STEPS, 3815.0), 12400.0 + np.arange(STEPS) * 0.24)
    assert found.lat_deg == pytest.approx(LAT)
    assert found.lon_deg == pytest.approx(LON)
    assert "minutes" in found.warnings[0]


@pytest.mark.parametrize("per_degree", [600_000, 1_000_000, 10_000_000])
def test_whole_numbers_whose_motion_shows_their_unit(per_degree):
    found = read((LAT * per_degree).round().astype(int), (LON * per_degree).round().astype(int), SOG_KN)
    assert found.lat_deg == pytest.approx(LAT, abs=1e-5)
    assert found.lon_deg == pytest.approx(LON, abs=1e-5)


def test_whole_numbers_that_may_be_two_things_are_refused_with_both():
    with pytest.raises(ReadError, match=r"1/10000 minute.* or a millionth"):
        read((LAT * 600_000).astype(int), (LON * 600_000).astype(int))


def test_a_few_positions_beyond_the_circle_are_rejects_and_no_unit():
    lat = LAT.copy()
    lat[:5] = 3815.0
    assert read(lat, LON).lat_deg.tolist() == lat.tolist()


@pytest.mark.parametrize(
    "text", ["POINT (124.25 38.5)", "POINT(124.25 38.5)", "SRID=4326;POINT Z (124.25 38.5 0)"]
)
def test_points(text):
    frame = pl.DataFrame({"place": [text, None, "LINESTRING (1 2, 3 4)"]})
    found = positions_of(frame, PLAIN, "f", Motion(np.ones(3, np.int64), TIME_S[:3], None))
    assert (found.lon_deg[0], found.lat_deg[0]) == (124.25, 38.5)
    assert found.is_bad.tolist() == [False, False, True]


@given(st.text(max_size=12))
def test_no_text_breaks_it(text):
    found = read([text, "38.5"], ["124.5", "124.5"])
    assert found.lat_deg[1] == 38.5
