"""The sentence of a dark period, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, place_text, shore_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


HEARD = {"good": "vessels near it were heard", "poor": "reception was poor"}


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    last, lasted = place_text(*finding.path[0]), f"{number_text(values['gap_h'], 1)} h"
    begin = f"{vessels[0].called} was not observed between {time_text(finding.start_s)}"
    if finding.end_s is None:
        seen = f"{begin} and the end of the data ({lasted}), last at {last}"
    else:
        seen = (
            f"{begin} and {time_text(finding.end_s)} ({lasted}): last at {last}, next at "
            f"{place_text(*finding.path[-1])}, {number_text(values['distance_km'])} km away"
        )
    shore = shore_text(values)
    if shore and finding.end_s is not None:
        shore += " at the nearer end"
    why = HEARD.get(str(values["reception"]), "whether it would have been heard is not known")
    return f"{seen}{shore}; {why}."
