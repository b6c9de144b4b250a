"""The sentence of spoofing, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import place_text, span_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    where, pattern = f"near {place_text(*finding.path[0])}", str(values["pattern"])
    if pattern == "area":
        return (
            f"{span_text(finding)} {values['area_vessels']} vessels, {values['area_vessels_at_once']} at one "
            f"time, showed false positions {where}. This is consistent with jamming of an area, not with an "
            "act of one vessel."
        )
    also = f" (also: {values['also']})" if values["also"] else ""
    seen = SEEN[pattern].format(there=place_text(*finding.path[-1]), **values)
    return (
        f"{span_text(finding)} {vessels[0].called}, first {where}, {seen}{also}. This is consistent with "
        f"false positions, or with {ELSE[pattern]}."
    )


SEEN = {
    "jump": "was observed at {there}, {jump_km:.0f} km away, {jump_min:.0f} min later, and for "
    "{stay_there_h:.1f} h",
    "interleaved": "was observed in turn there and at {there}, {alternations} times, about "
    "{separation_km:.0f} km apart",
    "circling": "showed positions that went {laps:.1f} times round a circle of {circle_km:.1f} km radius, "
    "{circle_off_share:.1%} off it",
    "frozen": "reported one position to the last digit for {frozen_h:.1f} h at {reported_kn:.1f} kn",
    "on_land": "showed positions for {land_km:.0f} km in a straight line over land at {land_kn:.1f} kn",
    "contradicts": "reported a motion ({reported_kn:.1f} kn) that its positions contradict "
    "({made_good_kn:.1f} kn made good; {contradiction}) for {contradicts_h:.1f} h",
    "too_smooth": "sailed for {smooth_h:.1f} h with positions {smooth_off_m:.2f} m off a line",
}
"""What each pattern of spoofing shows."""

ELSE = {
    "jump": "two vessels under one MMSI",
    "interleaved": "two vessels under one MMSI",
    "circling": "jamming",
    "frozen": "a fault of its transponder or of the feed",
    "on_land": "a lake or a river that the chart does not show",
    "contradicts": "a fault of its transponder",
    "too_smooth": "a feed that interpolates",
}
"""What else it is consistent with."""
