"""The sentence of a port call, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, place_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    port = values["called_port"]
    where = f"at {port}" if port else "in the indicative territorial sea of the DPRK"
    came = "arrived" if values["arrival_seen"] else "was already there when first heard"
    left = "left" if values["departure_seen"] else "was not seen to leave"
    until = "the end of the data" if finding.end_s is None else time_text(finding.end_s)
    return (
        f"Between {time_text(finding.start_s)} and {until} {vessels[0].called} was observed {where}, near "
        f"{place_text(*finding.path[0])}, stopped for {number_text(values['stopped_h'], 1)} h; it {came}, "
        f"and {left}. This is consistent with a port call or a wait; it does not show that cargo moved."
    )
