"""Speeds made good: the same as over each report's window in plain Python, one report after another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import every, path, scene_of

from detectors.kernels.geometry.geodesy import sphere_m
from detectors.kernels.tracks.fixes import Fixes
from detectors.kernels.tracks.speeds import BLOCK_ROWS, speed_made_good


def plainly(time_s, lon, lat, window_s, bridge_s):
    """Return the speeds of one hull."""
    speed = np.full(len(time_s), np.nan)
    parts = np.split(np.arange(len(time_s)), np.flatnonzero(np.diff(time_s) > bridge_s) + 1)
    for part in parts:
        for k in part[:-1]:
            step_s, middle_s = time_s[k + 1] - time_s[k], 0.5 * (time_s[k] + time_s[k + 1])
            half_s = 0.5 * max(window_s, step_s)
            span = np.clip([middle_s - half_s, middle_s + half_s], time_s[part[0]], time_s[part[-1]])
            x, y = (
                np.interp(span, time_s[part], column[part]) for column in (np.unwrap(lon, period=360), lat)
            )
            distance_m = sphere_m(x[0], y[0], x[1], y[1])
            speed[k] = distance_m / (span[1] - span[0]) if span[1] > span[0] else 0.0
    return speed


@given(
    st.integers(0, 10_000),
    st.sampled_from([2, 30, BLOCK_ROWS, BLOCK_ROWS + 1, BLOCK_ROWS + 2, 3 * BLOCK_ROWS + 17]),
    st.sampled_from([0.0, 300.0, 1200.0]),
    st.sampled_from([124.0, 179.99]),
    st.sampled_from([38.0, 75.0]),
    st.sampled_from([1e-3, 0.2]),
)
def test_blocks_tell_what_each_report_tells(seed, reports, window_s, lon, lat, step_deg):
    random = np.random.default_rng(seed)
    tracks = []
    for size in (reports, 5):
        gaps_s = random.choice([10.0, 60.0, 600.0, 20_000.0], size, p=[0.4, 0.4, 0.15, 0.05])
        ways = np.cumsum(random.normal(0.0, step_deg, (2, size)), axis=1)
        x = (lon + ways[0] + 180.0) % 360.0 - 180.0
        tracks.append(
            (np.cumsum(gaps_s * random.uniform(0.5, 1.0, size)), x, np.clip(lat + ways[1], -85, 85))
        )
    offsets = np.array([0, reports, reports + 5])
    fixes = Fixes(*(np.concatenate(column) for column in zip(*tracks, strict=True)))
    told = speed_made_good(offsets, fixes, window_s, 4 * 3600.0)
    expected = np.concatenate([plainly(*track, window_s, 4 * 3600.0) for track in tracks])
    assert np.array_equal(np.isnan(told), np.isnan(expected))
    assert told == pytest.approx(expected, rel=3e-5, abs=1e-4, nan_ok=True)


def test_speed_made_good_ignores_noise_at_short_intervals():
    rng = np.random.default_rng(3)
    hours = every(10 / 60, 0, 2)
    noisy = path(1, hours, rng.normal(0, 8, len(hours)), rng.normal(0, 8, len(hours)))
    hulls = scene_of(noisy).tracks.segments
    place = (hulls.offsets, hulls.fixes)
    over_5_min = speed_made_good(*place, 300.0, 4 * 3600.0)
    over_10_s = speed_made_good(*place, 0.0, 4 * 3600.0)
    assert np.nanmax(over_5_min) < 0.2
    assert np.nanmedian(over_10_s) > 0.5


def test_speed_is_not_known_across_a_long_silence_nor_after_the_last_report():
    hours = np.array([0.0, 0.1, 9.0, 9.1])
    hulls = scene_of(path(1, hours, hours * 1852 * 8, 0 * hours)).tracks.segments
    speed = speed_made_good(hulls.offsets, hulls.fixes, 300.0, 4 * 3600.0)
    np.testing.assert_allclose(speed[[0, 2]], 8 * 1852 / 3600, rtol=0.01)
    assert np.isnan(speed[[1, 3]]).all()
