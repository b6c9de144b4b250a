"""What the reports of one vessel show of it during an encounter."""

from __future__ import annotations

import numpy as np
import pytest

from detectors.kernels.encounters import legs as k
from detectors.sts_transfer.evidence.legs import legs_of
from detectors.sts_transfer.params import StsParams
from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports

HOUR_S = 3600.0


def tracks_of(*ships):
    """Return tracks of ships that lie still, each given by its times in hours and other columns."""
    parts = [
        Reports.of(
            np.full(len(hours), 440000001 + n),
            np.array(hours) * HOUR_S,
            np.full(len(hours), 124.0),
            np.full(len(hours), 38.0),
            **others,
        )
        for n, (hours, others) in enumerate(ships)
    ]
    return make_tracks(Reports.concat(parts))[0]


def leg(hours, start_h, end_h, **others):
    """Return the row that one ship's reports give for a span, and the tracks."""
    tracks = tracks_of((hours, others), (hours, others))
    legs = legs_of(tracks, np.array([[0, 1]]), np.array([[start_h, end_h]]) * HOUR_S, StsParams().craft)
    return legs.columns[0, 0], legs


def test_a_leg_goes_from_the_report_before_the_span_to_the_one_after_it():
    told, legs = leg([0, 1, 2, 3, 4, 5], 1.5, 3.5)
    assert told[[k.FIRST, k.END, k.FIXES]].tolist() == [1, 5, 2]
    assert legs.evidence(0) == (1, 7, 4, 10)
    assert legs.anchors(0) == (1, 7)


def test_a_track_may_begin_or_end_inside_the_span():
    told, _ = leg([2, 3], 1, 5)
    assert told[[k.FIRST, k.END, k.FIXES]].tolist() == [0, 2, 2]
    assert told[k.SILENCE_S] == 2 * HOUR_S  # from the last report to the end of the span


def test_reports_at_the_very_ends_of_a_span_are_inside_it():
    told, _ = leg([0, 1, 2, 3], 1, 2)
    assert told[k.FIXES] == 2
    assert told[k.SILENCE_S] == HOUR_S


@pytest.mark.parametrize(("hours", "silent_h"), [([0, 4], 1), ([0, 1.5, 4], 0.5), ([0, 1.1, 1.2, 4], 0.8)])
def test_silence_counts_inside_the_span_alone(hours, silent_h):
    told, _ = leg(hours, 1, 2)
    assert told[k.SILENCE_S] == pytest.approx(silent_h * HOUR_S)


def test_speeds_that_are_not_known_do_not_count():
    told, _ = leg([1, 2, 3, 4], 0, 5, sog_kn=[np.nan, 0.5, 1.0, 4.0])
    assert told[k.SOG_KN] == 1.0
    assert np.isnan(leg([1, 2], 0, 5)[0][k.SOG_KN])


def test_the_mean_direction_of_bows_round_north_is_north():
    told, _ = leg([1, 2], 0, 5, heading_deg=[350.0, 10.0])
    assert told[k.HEADING_DEG] == pytest.approx(0.0, abs=1e-4)


def test_the_share_at_anchor_is_of_statuses_that_are_known():
    told, _ = leg([1, 2, 3, 4], 0, 5, nav_status=[1, 5, 0, 15])
    assert told[k.ANCHORED_SHARE] == pytest.approx(2 / 3)
    assert np.isnan(leg([1, 2], 0, 5)[0][k.ANCHORED_SHARE])


def test_no_meetings_have_no_legs():
    legs = legs_of(tracks_of(([0, 1], {})), np.empty((0, 2), np.int64), np.empty((0, 2)), StsParams().craft)
    assert legs.columns.shape == (0, 2, k.COLUMNS)
    assert len(legs.stray_ratio) == 0
