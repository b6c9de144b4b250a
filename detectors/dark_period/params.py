"""Thresholds of a dark period, as published by `GET /v1/detectors`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from detectors.core.params import ParamError, Params, parameter

_GRADES = "our choice: documented cases span a few days to eight months; GFW grades at 12 h"


@dataclass(frozen=True)
class DarkParams(Params):
    """Thresholds of a dark period."""

    gap_min_h: float = parameter(
        6.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A silence is told when it is longer than this (strictly).",
        source="Global Fishing Watch gaps, 6 h (GFW technical documentation)",
    )
    cruise_speed_kn: float = parameter(
        10.0,
        unit="kn",
        low=3,
        high=30,
        meaning="Speed assumed for a vessel whose own cruising speed the data do not show.",
        source="our choice, from general knowledge, not verified: small coastal tankers make 9-13 kn",
    )
    cruise_from_kn: float = parameter(
        4.0,
        unit="kn",
        low=1,
        high=15,
        meaning="Reports faster than this show the vessel's own cruising speed (their median).",
        source="our choice: above drifting and manoeuvring",
    )
    segment_reports_min: float = parameter(
        2.0,
        unit="reports",
        low=1,
        high=100,
        meaning="A segment with fewer reports under a number that others share is a stray fix: it ends "
        "nobody's "
        "silence and has none of its own.",
        source="our choice: one wild fix must not hide a ship",
    )
    bound_speed_kn: float = parameter(
        22.0,
        unit="kn",
        low=5,
        high=60,
        meaning="Speed that no ship of the trade exceeds: what is farther away was out of her reach.",
        source="our prototype: reception along detours was flat from 15 to 22 kn",
    )
    before_h: float = parameter(
        12.0,
        unit="h",
        low=1,
        high=72,
        meaning="Reports in this time before the silence are counted, as evidence that she was heard.",
        source="Global Fishing Watch disabling model: positions in the 12 h before",
    )
    grade_1_h: float = parameter(
        6.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A silence from this length has grade 1, a shorter one 0; a grade sorts and does not weigh.",
        source=_GRADES,
    )
    grade_2_h: float = parameter(
        12.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="From this length grade 2.",
        source=_GRADES,
    )
    grade_3_h: float = parameter(
        24.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="From this length grade 3.",
        source=_GRADES,
    )
    grade_4_h: float = parameter(
        96.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="From this length grade 4.",
        source=_GRADES,
    )
    grade_5_h: float = parameter(
        720.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="From this length grade 5.",
        source=_GRADES,
    )
    usual_intervals_min: float = parameter(
        3.0,
        unit="intervals",
        low=1,
        high=1000,
        meaning="So many times between reports, the silence left out, show what is usual for a vessel.",
        source="our choice: two reports do not show what is usual",
    )

    call_near_nm: float = parameter(
        30.0,
        unit="nm",
        low=1,
        high=200,
        meaning="Both ends of a silence so near to a port make a possible call.",
        source="our choice: three hours' sail of a small tanker",
    )
    call_stay_h: float = parameter(
        6.0,
        unit="h",
        low=0.5,
        high=240,
        meaning="Time at that port that the silence must leave.",
        source="our choice: the shortest time in which a small tanker loads",
    )
    look_ahead_h: float = parameter(
        2.0,
        unit="h",
        low=0.25,
        high=24,
        meaning="Her course at the last report is followed for so long.",
        source="our choice: long enough to tell where she goes, short enough to be her course",
    )
    nearer_share: float = parameter(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning="She is headed for a water if that brings her nearer by this share of the way sailed.",
        source="our choice: within 60 degrees of it",
    )
    stationary_kn: float = parameter(
        0.5,
        unit="kn",
        low=0.05,
        high=3,
        meaning="Slower at the last report, she lay still.",
        source="our choice: above the noise of a moored set",
    )
    stationary_m: float = parameter(
        1000.0,
        unit="m",
        low=50,
        high=10000,
        meaning="Heard next within this distance, she lay at the same place.",
        source="our choice: the length of a quay",
    )
    repeat_days: float = parameter(
        180.0,
        unit="days",
        low=1,
        high=730,
        meaning="Earlier silences are counted for so long.",
        source="the six months that the BIMCO AIS clause of 2021 looks back",
    )
    repeat_h: float = parameter(
        12.0,
        unit="h",
        low=1,
        high=240,
        meaning="Earlier silences count from this length.",
        source="Global Fishing Watch disabling model: 12 h",
    )
    repeat_stay_h: float = parameter(
        2.0,
        unit="h",
        low=0.5,
        high=240,
        meaning="Earlier silences count if they left this for a stay in DPRK waters.",
        source="our choice: the least stay that tells a silence from anywhere in the theatre",
    )

    def check_together(self) -> None:
        """Refuse speeds and grades that contradict one another."""
        if self.cruise_speed_kn < self.cruise_from_kn:
            raise ParamError("cruise_speed_kn is below cruise_from_kn")
        if self.bound_speed_kn < self.cruise_speed_kn:
            raise ParamError("bound_speed_kn is below cruise_speed_kn")
        for number, (lower_h, upper_h) in enumerate(pairwise(self.grades_h), start=1):
            if upper_h < lower_h:
                raise ParamError(f"grade_{number + 1}_h is below grade_{number}_h")

    @property
    def grades_h(self) -> tuple[float, ...]:
        """Lengths from which a silence is graded 1, 2, ..."""
        return (self.grade_1_h, self.grade_2_h, self.grade_3_h, self.grade_4_h, self.grade_5_h)
