"""How much the separation of two changed while they were observed, coming and going left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import every, meeting_pair, path, scene_of, still

from detectors.kernels.encounters.relative_motion import COLUMNS
from detectors.kernels.encounters.separations import separations
from detectors.presets import params_for
from detectors.sts_transfer.detector import detect


def spread_m(*parts):
    (meeting,) = detect(scene_of(*parts), params_for("default").by_name["sts_transfer"]).findings
    return meeting.measures["separation_spread_m"]


def test_two_made_fast_keep_their_separation_whatever_way_they_came():
    assert spread_m(*meeting_pair(30.0, 6.0)) == pytest.approx(0.0, abs=1.0)


def test_two_who_drift_about_each_other_do_not():
    """To and fro between 60 and 260 m: for three fifths of the time within 162 m of this."""
    times = every(5, 0, 8)
    assert spread_m(
        still(1, times), path(2, times, 160 - 100 * np.cos(np.pi * times), 0 * times)
    ) == pytest.approx(162.0, abs=6.0)


@given(st.integers(0, 10_000))
def test_the_loop_tells_the_quantiles_of_the_time(seed):
    """Stretches of one second, so that each counts alike."""
    random = np.random.default_rng(seed)
    away_m = random.uniform(10.0, 500.0, 50)
    parts = np.zeros((50, COLUMNS))
    parts[:, 0], parts[:, 1] = np.arange(50), np.arange(1, 51)
    parts[:, 2] = parts[:, 4] = away_m
    contact_s, nearest_m, _, median_m, p95_m, spread = separations(
        parts, 0.0, 50.0, (60.0, 60.0), 600.0, 1800.0
    )
    ordered = np.sort(away_m)
    assert (contact_s, nearest_m, median_m, p95_m) == pytest.approx(
        (50, ordered[0], ordered[24], ordered[47])
    )
    assert spread == pytest.approx(ordered[39] - ordered[9])
