"""Parameters of a dark period, as published by `GET /v1/detectors`."""

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
        meaning="A gap is reported when it is longer than this (strictly).",
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
        meaning="A segment with fewer reports under an MMSI that others share is a stray: it ends no "
        "vessel's gap and has none of its own.",
        source="our choice: one wild report must not hide a ship",
    )
    bound_speed_kn: float = parameter(
        22.0,
        unit="kn",
        low=5,
        high=60,
        meaning="Speed that no ship of the trade exceeds: places farther away are out of reach.",
        source="our prototype: reception along detours was flat from 15 to 22 kn",
    )
    before_h: float = parameter(
        12.0,
        unit="h",
        low=1,
        high=72,
        meaning="Reports in this time before the gap are counted, as evidence that the vessel was received.",
        source="Global Fishing Watch disabling model: positions in the 12 h before",
    )
    grade_1_h: float = parameter(
        6.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A gap from this length has grade 1, a shorter one 0; a grade sorts and does not weigh.",
        source=_GRADES,
    )
    grade_2_h: float = parameter(
        12.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A gap from this length has grade 2.",
        source=_GRADES,
    )
    grade_3_h: float = parameter(
        24.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A gap from this length has grade 3.",
        source=_GRADES,
    )
    grade_4_h: float = parameter(
        96.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A gap from this length has grade 4.",
        source=_GRADES,
    )
    grade_5_h: float = parameter(
        720.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A gap from this length has grade 5.",
        source=_GRADES,
    )
    usual_intervals_min: float = parameter(
        3.0,
        unit="intervals",
        low=1,
        high=1000,
        meaning="So many times between reports, the gap left out, show what is usual for a vessel.",
        source="our choice: two reports do not show what is usual",
    )

    call_near_nm: float = parameter(
        30.0,
        unit="nm",
        low=1,
        high=200,
        meaning="Both ends of a gap within this distance of a port make a possible call.",
        source="our choice: three hours' sail of a small tanker",
    )
    call_stay_h: float = parameter(
        6.0,
        unit="h",
        low=0.5,
        high=240,
        meaning="Least time at that port that the gap must leave.",
        source="our choice: the shortest time in which a small tanker loads",
    )
    look_ahead_h: float = parameter(
        2.0,
        unit="h",
        low=0.25,
        high=24,
        meaning="The course at the last report is projected over this time.",
        source="our choice: long enough to show where the vessel goes, short enough to be its course",
    )
    nearer_share: float = parameter(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning="A vessel is headed for a water if its course brings it nearer by this share of the "
        "distance sailed.",
        source="our choice: within 60 degrees of it",
    )
    stationary_kn: float = parameter(
        0.5,
        unit="kn",
        low=0.05,
        high=3,
        meaning="A vessel with at most this reported speed at the last report was stationary.",
        source="our choice: above the noise of a moored vessel's transponder",
    )
    stationary_m: float = parameter(
        1000.0,
        unit="m",
        low=50,
        high=10000,
        meaning="A vessel whose next report is within this distance was at the same place.",
        source="our choice: the length of a quay",
    )
    repeat_days: float = parameter(
        180.0,
        unit="days",
        low=1,
        high=730,
        meaning="Earlier gaps are counted over this time.",
        source="the six months that the BIMCO AIS clause of 2021 looks back",
    )
    repeat_h: float = parameter(
        12.0,
        unit="h",
        low=1,
        high=240,
        meaning="Earlier gaps count from this length.",
        source="Global Fishing Watch disabling model: 12 h",
    )
    repeat_stay_h: float = parameter(
        2.0,
        unit="h",
        low=0.5,
        high=240,
        meaning="Earlier gaps count if they left this time for a stay in DPRK waters.",
        source="our choice: the least stay that separates such a gap from one anywhere in the region",
    )

    def check_together(self) -> None:
        """Raise ParamError where speeds or grades contradict one another."""
        if self.cruise_speed_kn < self.cruise_from_kn:
            raise ParamError("cruise_speed_kn is below cruise_from_kn")
        if self.bound_speed_kn < self.cruise_speed_kn:
            raise ParamError("bound_speed_kn is below cruise_speed_kn")
        for number, (lower_h, upper_h) in enumerate(pairwise(self.grades_h), start=1):
            if upper_h < lower_h:
                raise ParamError(f"grade_{number + 1}_h is below grade_{number}_h")

    @property
    def grades_h(self) -> tuple[float, ...]:
        """Lengths from which a gap is graded 1, 2, ..."""
        return (self.grade_1_h, self.grade_2_h, self.grade_3_h, self.grade_4_h, self.grade_5_h)
