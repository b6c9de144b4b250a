"""The sentence of a dark period, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, place_text, shore_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    start = f"{vessels[0].called} was not observed between {time_text(finding.start_s)}"
    if finding.end_s is None:
        told = f"{start} and now ({number_text(measures['gap_h'], 1)} h), last {place_text(*finding.path[0])}"
    else:
        told = (
            f"{start} and {time_text(finding.end_s)} ({number_text(measures['gap_h'], 1)} h): last "
            f"{place_text(*finding.path[0])}, next {place_text(*finding.path[-1])}, "
            f"{number_text(measures['distance_km'])} km away"
        )
    heard = {"good": "ships near her were heard", "poor": "reception was poor"}
    why = heard.get(str(measures["reception"]), "whether she would have been heard is not known")
    return f"{told}{shore_text(measures)}; {why}."
