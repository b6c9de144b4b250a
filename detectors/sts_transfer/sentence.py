"""The sentence of a ship-to-ship transfer, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.measures import known_in
from detectors.events.wording import number_text, span_text, where_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


FIX_M = 10.0
"""A position of high accuracy is right within this much (ITU-R M.1371, position accuracy)."""

MODES = {"under_way": "under way, ", "anchored": "at anchor, ", "drifting": "adrift, "}


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    first, second = (v.called for v in vessels)
    nearest = _separation_text(values["min_separation_m"], values)
    return (
        f"{span_text(finding)} {first} and {second} were observed together {_together(values)}, "
        f"{MODES.get(str(values.get('mode')), '')}{nearest} apart at the nearest{_median(values)}, "
        f"{where_text(finding, values)}. This is consistent with a ship-to-ship transfer; "
        "it does not show that cargo moved."
    )


def _together(values: Values) -> str:
    if values.get("tier") != "passes":
        return f"for {number_text(values['contact_h'], 1)} h"
    passes = values["joint_passes"]
    each = "one pass" if passes == 1 else f"{passes} separate passes"
    return f"only for moments, at {each} of a receiver"


def _median(values: Values) -> str:
    known = values["median_separation_m"]
    return "" if known is None else f" (median {_separation_text(known, values)})"


def _separation_text(value: object, values: Values) -> str:
    """Return a separation; one within the error of the positions is not stated as measured."""
    within_m = max(FIX_M, known_in(values, "position_rounding_m"))
    if isinstance(value, (int, float)) and value < within_m:
        return f"less than {within_m:.0f} m"
    return f"{number_text(value)} m"
