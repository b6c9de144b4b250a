"""Thresholds of a dark period, as published by `GET /v1/detectors`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.params import ParamError, Params, knob


@dataclass(frozen=True)
class DarkParams(Params):
    """Thresholds of a dark period."""

    gap_min_h: float = knob(
        6.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A silence is told when it is longer than this (strictly).",
        source="Global Fishing Watch gaps, 6 h (GFW technical documentation)",
    )
    cruise_speed_kn: float = knob(
        10.0,
        unit="kn",
        low=3,
        high=30,
        meaning="Speed assumed for a vessel whose own cruising speed the data do not show.",
        source="our choice, from general knowledge, not verified: small coastal tankers make 9-13 kn",
    )
    cruise_from_kn: float = knob(
        4.0,
        unit="kn",
        low=1,
        high=15,
        meaning="Reports faster than this show the vessel's own cruising speed (their median).",
        source="our choice: above drifting and manoeuvring",
    )
    hull_reports_min: float = knob(
        2.0,
        unit="reports",
        low=1,
        high=100,
        meaning="A hull with fewer reports under a number that others share is a stray fix: it ends nobody's "
        "silence and has none of its own.",
        source="our choice: one wild fix must not hide a ship",
    )
    bound_speed_kn: float = knob(
        22.0,
        unit="kn",
        low=5,
        high=60,
        meaning="Speed that no ship of the trade exceeds: what is farther away was out of her reach.",
        source="our prototype: reception along detours was flat from 15 to 22 kn",
    )
    before_h: float = knob(
        12.0,
        unit="h",
        low=1,
        high=72,
        meaning="Reports in this time before the silence are counted, as evidence that she was heard.",
        source="Global Fishing Watch disabling model: positions in the 12 h before",
    )

    def check_together(self) -> None:
        """Refuse speeds that contradict one another."""
        if self.cruise_speed_kn < self.cruise_from_kn:
            raise ParamError("cruise_speed_kn is below cruise_from_kn")
        if self.bound_speed_kn < self.cruise_speed_kn:
            raise ParamError("bound_speed_kn is below cruise_speed_kn")
