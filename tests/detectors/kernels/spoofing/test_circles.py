import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.core.angles import wrapped_deg
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.spoofing.circles import grown_circles
from detectors.kernels.tracks.fixes import Fixes
from geodata.jit import interpreted

SEGMENT = np.array([0, 200])


def ring(centre=(124.0, 38.0), radius_m=3000.0, turns=2.0, noise_m=20.0, seed=1):
    """Two hundred reports a minute apart: a straight way in, a ring, a straight way out."""
    angle = np.linspace(0, 2 * np.pi * turns, 120)
    east = np.concatenate(
        (np.linspace(-20_000, 0, 41)[:-1], radius_m * np.sin(angle), np.linspace(0, 2e4, 40))
    )
    north = np.concatenate((np.full(40, -radius_m), -radius_m * np.cos(angle), np.full(40, -radius_m)))
    rng = np.random.default_rng(seed)
    lat = centre[1] + (north + rng.normal(0, noise_m, 200)) / 111_000
    lon = centre[0] + (east + rng.normal(0, noise_m, 200)) / (111_320 * np.cos(np.radians(centre[1])))
    return 60.0 * np.arange(200.0), wrapped_deg(lon), lat


def grown(time_s, lon, lat, part=(80, 120), off_share=0.05, silence_s=3600.0):
    parts = np.array([part])
    with interpreted():
        rows, fits = grown_circles(SEGMENT, Fixes(time_s, lon, lat), parts, off_share, 2.0, silence_s)
    return rows[0].tolist(), fits[0]


def by_least_squares(lon, lat):
    """The same circle by numpy's general solver."""
    zero = np.zeros(len(lon))
    x, y = plane_m(lon[0] + zero, lat[0] + zero, lon, lat)
    (a, b, c), *_ = np.linalg.lstsq(np.stack([x, y, zero + 1], axis=1), x * x + y * y, rcond=None)
    radius = np.sqrt(c + (a * a + b * b) / 4)
    off = np.hypot(x - a / 2, y - b / 2) - radius
    return a / 2, b / 2, radius, np.sqrt((off**2).mean())


@given(
    st.integers(0, 50), st.sampled_from([500.0, 5000.0]), st.sampled_from([(124.0, 38.0), (179.99, -60.0)])
)
def test_a_circle_is_that_of_a_general_solver(seed, radius_m, centre):
    time_s, lon, lat = ring(centre, radius_m, noise_m=0.01 * radius_m, seed=seed)
    (first, last), fit = grown(time_s, lon, lat)
    assert fit == pytest.approx(by_least_squares(lon[first : last + 1], lat[first : last + 1]), rel=1e-5)


def test_a_part_grows_to_the_whole_ring_and_no_farther():
    (first, last), fit = grown(*ring())
    assert 37 <= first <= 41
    assert 158 <= last <= 163
    assert fit[2] == pytest.approx(3000, rel=0.01)


def test_a_silence_bounds_a_ring():
    time_s, lon, lat = ring()
    time_s[60:] += 7200.0
    time_s[140:] += 7200.0
    assert grown(time_s, lon, lat)[0] == [60, 139]


def test_growing_stays_in_the_hull():
    time_s, lon, lat = ring()
    hulls = np.array([0, 70, 130, 200])
    with interpreted():
        rows, _ = grown_circles(hulls, Fixes(time_s, lon, lat), np.array([[80, 120]]), 0.05, 2.0, 3600.0)
    assert rows[0].tolist() == [70, 129]


@pytest.mark.parametrize("way", [np.linspace(0, 0.1, 200), np.zeros(200)])
def test_reports_on_a_line_or_on_one_point_have_no_circle(way):
    time_s = 60.0 * np.arange(200.0)
    rows, fit = grown(time_s, 124 + way, 38 + way)
    assert rows == [80, 120] or fit[3] > 0.0
    assert fit[2] == 0.0 or fit[2] > 1e6


def test_a_part_that_is_off_its_circle_is_left_alone():
    rng = np.random.default_rng(4)
    lon, lat = 124 + rng.normal(0, 0.01, 200), 38 + rng.normal(0, 0.01, 200)
    rows, fit = grown(60.0 * np.arange(200.0), lon, lat)
    assert rows == [80, 120]
    assert fit[2] == 0.0
