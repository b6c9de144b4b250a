"""The sentence of a ship-to-ship transfer, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.measures import known_in
from detectors.events.wording import number_text, place_text, shore_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


FIX_M = 10.0
"""A position of high accuracy is right within this much (ITU-R M.1371, position accuracy)."""


def sentence(finding: Finding, vessels: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    first, second = (v.called for v in vessels)
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} {first} and "
        f"{second} were observed together {_together(measures)}, {_mode(measures)}"
        f"{_apart(measures['min_separation_m'], measures)} apart at the nearest"
        f"{_median(measures)}, near {place_text(*finding.path[0])}"
        f"{shore_text(measures)}. This is consistent with a ship-to-ship transfer; it does not show that "
        "cargo "
        "moved."
    )


def _together(measures: Values) -> str:
    if measures.get("tier") != "passes":
        return f"for {number_text(measures['contact_h'], 1)} h"
    passes = measures["joint_passes"]
    each = "one pass" if passes == 1 else f"{passes} separate passes"
    return f"only for moments, at {each} of a receiver"


def _median(measures: Values) -> str:
    known = measures["median_separation_m"]
    return "" if known is None else f" (median {_apart(known, measures)})"


def _apart(value: object, measures: Values) -> str:
    """Return a separation in words; what lies within the error of the positions is not told as measured."""
    within_m = max(FIX_M, known_in(measures, "position_rounding_m"))
    if isinstance(value, (int, float)) and value < within_m:
        return f"less than {within_m:.0f} m"
    return f"{number_text(value)} m"


def _mode(measures: Values) -> str:
    words = {"under_way": "under way, ", "anchored": "at anchor, ", "drifting": "adrift, "}
    return words.get(str(measures.get("mode")), "")
