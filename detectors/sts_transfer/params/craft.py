"""Declared static data of the two, vessels that lie fixed, and stray reports."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_FIXED = "our choice: noise of positions is 10 m; a ship of 80 m at anchor swings through more than a hundred"
_STRAY = "our choice: strays come one by one, and a ship that was there is received again and again"


@dataclass(frozen=True)
class CraftParams(Params):
    """Declared static data of the two, vessels that lie fixed, and stray reports."""

    static_data_after_h: float = parameter(
        48.0,
        unit="h",
        low=1,
        high=720,
        meaning="Draught and destination declared until so long after an encounter are reported with it.",
        source="our choice: crews enter them late",
    )
    small_craft_below_m: float = parameter(
        60.0,
        unit="m",
        low=10,
        high=400,
        meaning="A vessel with a class B transponder counts as a small craft, unless it declares this "
        "length or more.",
        source="as large_m of identity_change: a class B transponder on a longer ship is itself a sign of "
        "deception",
    )
    fixed_within_m: float = parameter(
        40.0,
        unit="m",
        low=1,
        high=1000,
        meaning="A vessel that stays this near to one place lies fixed to the ground.",
        source=_FIXED,
    )
    fixed_share: float = parameter(
        0.95,
        unit="share",
        low=0.5,
        high=1,
        meaning="This share of its reports must be so near.",
        source="our choice: one report in twenty may be wild",
    )
    fixed_reports_min: float = parameter(
        20.0,
        unit="reports",
        low=2,
        high=1000,
        meaning="Fewer reports do not show that a vessel lies fixed.",
        source="our choice: enough to detect a share of one in twenty",
    )
    fixed_look_h: float = parameter(
        24.0,
        unit="h",
        low=0,
        high=168,
        meaning="Reports of so long before and after an encounter count too.",
        source="our choice: two tides before and two after, through which a ship at anchor swings",
    )
    stray_reports_max: float = parameter(
        9.0,
        unit="reports",
        low=1,
        high=1000,
        meaning="A segment with more reports during an encounter was there: its reports are no strays.",
        source=_STRAY,
    )
    others_max: float = parameter(
        100.0,
        unit="vessels",
        low=20,
        high=1000,
        meaning="Other slow vessels near an encounter are counted up to this many.",
        source="our choice: bounds the cost of places where ships lie in hundreds; more than any weight "
        "requires",
    )
    others_speed_max_kn: float = parameter(
        3.0,
        unit="kn",
        low=0.1,
        high=15,
        meaning="Other vessels near an encounter are counted where they make good at most this speed.",
        source="our choice: as fast as the two of an encounter may be (encounter.speed_max_kn)",
    )
