"""Which encounters are reported that satellites received only at single passes."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_PASSES = (
    "our choice: on simulated satellite-only delivery contact alone reported 1 of 33 transfers "
    "(docs/definitions/sts_transfer_satellite.md)"
)
_ROUNDED = (
    "ITU-R M.1371: type 27 rounds to 1/10 minute, 185 m; the difference of two positions then errs by 76 m "
    "(root mean square) on each axis, anew at each pass of ships that drift"
)
_OBSERVED = "our choice: two vessels in an encounter observed less may have come nearer meanwhile"


@dataclass(frozen=True)
class SatelliteParams(Params):
    """Which encounters are reported that satellites received only at single passes."""

    reported: bool = parameter(
        True,
        unit="on/off",
        meaning="Report encounters that were observed together only for moments, at several separate passes.",
        source=_PASSES,
    )
    passes_min: float = parameter(
        2.0,
        unit="passes",
        low=2,
        high=20,
        meaning="Separate passes at which reports of both place them together; they span "
        "encounter.near_contact_min.",
        source=_PASSES,
    )
    enter_m: float = parameter(
        150.0,
        unit="m",
        low=50,
        high=1000,
        meaning="Two are together at a pass where they are this near at every report, less the uncertainty "
        "by rounding and carrying.",
        source="our choice: antennas of two ships of 150 m made fast lie no farther apart",
    )
    carried_max_min: float = parameter(
        10.0,
        unit="min",
        low=1,
        high=30,
        meaning="At a pass a vessel's position is carried for at most this long beyond its own reports.",
        source="our choice: the length of a satellite's pass",
    )
    carry_error_kn: float = parameter(
        0.5,
        unit="kn",
        low=0,
        high=2,
        meaning="A reported speed and course may be wrong by this much: the uncertainty of a carried "
        "position grows at this speed, which is also the rounding of a speed in whole knots.",
        source="our choice: type 27 rounds to a knot, and a ship that comes alongside slows",
    )
    longest_min: float = parameter(
        30.0,
        unit="min",
        low=1,
        high=120,
        meaning="Reports over a longer time with no gap over gap_max_min are no pass.",
        source="our choice: two adjoining passes; a vessel received for longer is reported by the other "
        "tiers",
    )
    single_reports_min: float = parameter(
        2.0,
        unit="reports",
        low=2,
        high=20,
        meaning="A single pass is reported where this many reports of each vessel place them together.",
        source=_OBSERVED,
    )
    single_watched_min: float = parameter(
        3.0,
        unit="min",
        low=1,
        high=30,
        meaning="A single pass is reported where those reports span this long.",
        source=_OBSERVED,
    )
    rounded_doubt_max_m: float = parameter(
        250.0,
        unit="m",
        low=50,
        high=1000,
        meaning="Where rounding makes both positions uncertain by more than enter_m and at most this, three "
        "passes or more may show an encounter if both vessels have moved farther than this from one pass to "
        "the next.",
        source=_ROUNDED,
    )
    rounded_passes_min: float = parameter(
        3.0,
        unit="passes",
        low=3,
        high=20,
        meaning="So many passes with rounded positions show an encounter; they span "
        "encounter.near_contact_min.",
        source=_ROUNDED,
    )
    rounded_within_m: float = parameter(
        200.0,
        unit="m",
        low=100,
        high=1000,
        meaning="Greatest root mean square separation at these passes.",
        source=_ROUNDED,
    )
    gap_max_min: float = parameter(
        20.0,
        unit="min",
        low=1,
        high=240,
        meaning="A longer gap between two reports of a vessel ends a pass.",
        source="our definition: the least bound of contact (contact.floor_min)",
    )
    still_max_kn: float = parameter(
        0.5,
        unit="kn",
        low=0,
        high=2,
        meaning="At or below this reported speed a vessel's position is carried without a course.",
        source="our choice: as far as a reported speed may be wrong (carry_error_kn)",
    )
    speed_rounding_kn: float = parameter(
        0.5,
        unit="kn",
        low=0,
        high=2,
        meaning="A speed in whole knots may be wrong by this much when two are compared.",
        source="ITU-R M.1371: type 27 rounds speed to whole knots",
    )
    unreported_motion_min: float = parameter(
        3.0,
        unit="min",
        low=1,
        high=30,
        meaning="Without reported speed and course, reports must span this long to show how a vessel moves.",
        source="our choice: as long as a single pass must be observed (single_watched_min)",
    )
    single_enter_m: float = parameter(
        100.0,
        unit="m",
        low=1,
        high=1000,
        meaning="At a single pass the two must be this near, less the uncertainty by rounding and carrying.",
        source="our choice: as far as vessels alongside may be (encounter.alongside_leave_m)",
    )
    rounded_moved_min_m: float = parameter(
        250.0,
        unit="m",
        low=50,
        high=1000,
        meaning="Passes with rounded positions count where both vessels have moved farther than this since "
        "the last one that counted.",
        source="our choice: beyond it a position is rounded anew (rounded_doubt_max_m)",
    )
