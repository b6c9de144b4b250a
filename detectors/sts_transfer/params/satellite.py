"""Thresholds of meetings that satellites saw for moments (docs/definitions/sts_transfer.md, rule 6)."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, knob

_PASSES = (
    "our choice: on simulated satellite-only delivery contact alone told 1 of 33 transfers "
    "(docs/definitions/sts_transfer.md)"
)
_ROUGH = (
    "ITU-R M.1371: type 27 rounds to 1/10 minute, 185 m; the difference of two places then errs by 76 m "
    "(root mean square) on each axis, anew at each pass of ships that drift"
)
_WATCHED = (
    "our choice: who drifts by at half a knot is 46 m farther off after three minutes; garbled numbers come "
    "one by one (docs/decisions/0009-one-pass-well-watched.md)"
)


@dataclass(frozen=True)
class PassParams(Params):
    """Thresholds of which meetings passes tell."""

    passes_told: bool = knob(
        True,
        unit="on/off",
        meaning="Tell meetings that were observed together only for moments, at several separate passes.",
        source=_PASSES,
    )
    passes_min: float = knob(
        2.0,
        unit="passes",
        low=2,
        high=20,
        meaning="Separate passes at which reports of both place them together; they span near_contact_min.",
        source=_PASSES,
    )
    passes_enter_m: float = knob(
        150.0,
        unit="m",
        low=50,
        high=1000,
        meaning="Together at a pass means this near at every report, beyond what rounding and carrying leave "
        "in doubt.",
        source="our choice: antennas of two ships of 150 m made fast lie no farther apart",
    )
    passes_pair_min: float = knob(
        10.0,
        unit="min",
        low=1,
        high=30,
        meaning="At a pass a vessel is carried for at most this long beyond her own reports.",
        source="our choice: the length of a satellite's pass",
    )
    passes_carry_kn: float = knob(
        0.5,
        unit="kn",
        low=0,
        high=2,
        meaning="A reported speed and course may be wrong by this much: so fast grows the doubt about a "
        "carried vessel. Also the rounding of a speed in whole knots.",
        source="our choice: type 27 rounds to a knot, and a ship that comes alongside slows",
    )
    passes_longest_min: float = knob(
        30.0,
        unit="min",
        low=1,
        high=120,
        meaning="Reports of a longer time with no silence over contact_floor_min are no pass.",
        source="our choice: two passes that adjoin; whoever is heard for longer is told by the other tiers",
    )
    passes_reports_min: float = knob(
        2.0,
        unit="reports",
        low=2,
        high=20,
        meaning="One pass alone is told where this many reports of each place them together.",
        source=_WATCHED,
    )
    passes_watched_min: float = knob(
        3.0,
        unit="min",
        low=1,
        high=30,
        meaning="One pass alone is told where those reports span this long.",
        source=_WATCHED,
    )
    rough_doubt_max_m: float = knob(
        250.0,
        unit="m",
        low=50,
        high=1000,
        meaning="Where rounding leaves both places in doubt by more than passes_enter_m and at most this, "
        "three passes or more may tell a meeting. Both have gone farther than this from one to the next.",
        source=_ROUGH,
    )
    rough_passes_min: float = knob(
        3.0,
        unit="passes",
        low=3,
        high=20,
        meaning="So many passes with rounded positions tell a meeting; they span near_contact_min.",
        source=_ROUGH,
    )
    rough_within_m: float = knob(
        200.0,
        unit="m",
        low=100,
        high=1000,
        meaning="Root mean square separation at these passes, at most.",
        source=_ROUGH,
    )
