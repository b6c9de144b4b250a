"""The sentence of an identity change, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, place_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    span = f"{time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)}"
    where = f"near {place_text(*finding.path[0])}"
    if measures["pattern"] == "handover":
        return (
            f"{measures['old_mmsi']} was last observed and {measures['new_mmsi']} first observed between "
            f"{span} {where}, {number_text(measures['gap_min'])} min and "
            f"{number_text(measures['distance_km'], 1)} km "
            "apart in one motion. This is consistent with one vessel that changed her number."
        )
    if measures["pattern"] == "swap":
        names = " and ".join(v.called for v in vessels)
        return (
            f"{names} each ended at one place and went on at the other's between {span}, at {where[5:]} and "
            f"{place_text(*finding.path[-1])}, {number_text(measures['gap_min'])} min apart at most. "
            "This is consistent with two vessels that exchanged their numbers."
        )
    if measures["pattern"] == "two_mmsis":
        names = " and ".join(v.called for v in vessels)
        return (
            f"{names} were under way together for {number_text(measures['together_h'], 1)} h between "
            f"{span}, at "
            f"first {where}, {number_text(measures['median_separation_m'])} m apart. This is consistent "
            "with two "
            "identities sent from one vessel, a spare set, or a tug made fast."
        )
    told = f"changed ({measures['static_changes']})" if measures["static_changes"] else "contradicts itself"
    return (
        f"Between {span} what {vessels[0].called} says of herself {told}: "
        f"{', '.join(_signs(measures))}; at first {where}. This is consistent with another identity, "
        "a sale, or wrong entries."
    )


def _signs(measures: Values) -> list[str]:
    words = {
        "imo_invalid": "the IMO number is none",
        "mmsi_fault": f"a number of {measures['mmsi_fault']} country"
        if measures["mmsi_fault"] == "unknown"
        else "a malformed number",
        "flag_contradicts": "flag and number differ",
        "size_against_type": "size and type differ",
        "changes": f"{measures['changes']} changes",
    }
    return [word for name, word in words.items() if measures[name]]
