"""What is said of water between two, and of a distance that changes, from what was measured."""

import pytest
from support import T0, every, scene_of, still

from detectors.core.params import overridden
from detectors.sts_transfer.evidence.hull_clearance import hull_clearance, separation_variation_m
from detectors.sts_transfer.params import StsParams
from detectors.tracks.reports import StaticReport

HELD = {
    "contact_h": 8.0,
    "reports_least": 96,
    "longest_gap_min": 10.0,
    "stayed_separation_m": 300.0,
    "hull_distance_abreast_m": None,
    "hull_distance_by_antennas_m": None,
    "rigid_abreast": False,
    "headings_known": 2,
    "separation_spread_m": 120.0,
    "position_rounding_m": 0.0,
}
SPAN = (T0, T0 + 8 * 3600.0)


@pytest.mark.parametrize(
    ("changes", "told_m"),
    [
        ({}, 200.0),
        ({"hull_distance_abreast_m": 250.0}, 250.0),
        ({"hull_distance_abreast_m": 900.0}, 300.0),  # they lay abreast farther off than where they stayed
        ({"stayed_separation_m": 80.0}, 0.0),
    ],
)
def test_water_is_what_lengths_do_not_explain_or_hulls_abreast_show(changes, told_m):
    statics = [StaticReport(n, T0, length_m=100.0) for n in (1, 2)]
    times = every(5, 0, 8)
    tracks = scene_of(still(1, times), still(2, times, 300.0), statics=statics).tracks
    assert (
        hull_clearance(tracks, (0, 1), SPAN, {**HELD, **changes}, StsParams().clearance)["hull_clearance_m"]
        == told_m
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"headings_known": 1}, (None, 200.0, None)),  # a course, or a heading that is none
        ({}, (12.0, None, None)),  # by the hulls alone: half of both lengths explain nothing then
        ({"contact_h": 1.9}, (None, None, None)),
        ({"longest_gap_min": 95.0}, (None, None, 200.0)),  # likely at the most
    ],
)
def test_hulls_that_both_are_placed_by_their_antennas_tell_it_alone(changes, told):
    times = every(5, 0, 8)
    statics = [StaticReport(n, T0, length_m=100.0) for n in (1, 2)]
    tracks = scene_of(still(1, times), still(2, times, 300.0), statics=statics).tracks
    measured = hull_clearance(
        tracks, (0, 1), SPAN, {**HELD, "hull_distance_by_antennas_m": 12.0, **changes}, StsParams().clearance
    )
    names = ("hull_clearance_by_antennas_m", "hull_clearance_m", "hull_clearance_likely_m")
    assert tuple(measured[name] for name in names) == told


@pytest.mark.parametrize(
    ("changes", "told_m"),
    [
        ({}, 120.0),
        ({"position_rounding_m": 50.0}, 70.0),  # rounded places change by as much
        ({"position_rounding_m": 186.0}, 0.0),
        ({"contact_h": 5.9}, None),
        ({"reports_least": 31}, None),
    ],
)
def test_a_distance_that_changes_is_told_of_long_meetings_looked_at_closely(changes, told_m):
    assert separation_variation_m({**HELD, **changes}, StsParams().clearance) == told_m


def test_thresholds_of_it_can_be_changed():
    params = overridden(
        StsParams(), {"clearance.variation_contact_min_h": 4.0, "clearance.variation_reports_min_per_h": 1.0}
    )
    assert separation_variation_m({**HELD, "contact_h": 4.5, "reports_least": 6}, params.clearance) == 120.0
