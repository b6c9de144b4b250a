"""The sentence of spoofing, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import place_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    span = f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)}"
    where = f"near {place_text(*finding.path[0])}"
    if measures["pattern"] == "area":
        return (
            f"{span} {measures['area_vessels']} vessels, {measures['area_vessels_at_once']} at one time, "
            f"showed false positions {where}. This is consistent with jamming of an area, not with an act of "
            "one ship."
        )
    also = f" (also: {measures['also']})" if measures["also"] else ""
    sort = str(measures["pattern"])
    told = SEEN[sort].format(told=measures, there=place_text(*finding.path[-1]))
    return (
        f"{span} {vessels[0].called}, first {where}, {told}{also}. This is consistent with false positions, "
        f"or with {ELSE[sort]}."
    )


SEEN = {
    "jump": "was observed at {there}, {told[jump_km]:.0f} km away, {told[jump_min]:.0f} min later, and for "
    "{told[stay_there_h]:.1f} h",
    "interleaved": "was observed in turn there and at {there}, {told[alternations]} times, about "
    "{told[separation_km]:.0f} km apart",
    "circling": "was told {told[laps]:.1f} times round a circle of {told[circle_km]:.1f} km radius, "
    "{told[circle_off_share]:.1%} off it",
    "frozen": "told one position to the digit for {told[frozen_h]:.1f} h at {told[reported_kn]:.1f} kn",
    "on_land": "was told {told[land_km]:.0f} km in a straight line over land at {told[land_kn]:.1f} kn",
    "contradicts": "told a motion ({told[reported_kn]:.1f} kn) that her positions contradict "
    "({told[made_good_kn]:.1f} kn made; {told[contradiction]}) for {told[contradicts_h]:.1f} h",
    "too_smooth": "sailed for {told[smooth_h]:.1f} h with positions {told[smooth_off_m]:.2f} m off a line",
}
"""What each sort of spoofing says of the vessel."""

ELSE = {
    "jump": "two vessels under one number",
    "interleaved": "two vessels under one number",
    "circling": "jamming",
    "frozen": "a fault of her set or of the feed",
    "on_land": "a lake or a river that the chart does not show",
    "contradicts": "a fault of her set",
    "too_smooth": "a feed that interpolates",
}
"""What else it is consistent with."""
