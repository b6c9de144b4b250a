"""One sentence per event, for a person. "Consistent with" and "not observed between": never more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detectors.core.findings import Finding, Measures
    from detectors.events.score import Score
    from detectors.vessels.vessel import Vessel

FIX_M = 10.0
"""A position of high accuracy is right within this much (ITU-R M.1371, position accuracy)."""


def summary_of(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures, score: Score) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    return f"{TELL[finding.kind](finding, vessels, measures)} Score {score.value:.2f} ({score.band})."


def place_text(lon_deg: float, lat_deg: float) -> str:
    """Return a position as a person reads it.

    >>> place_text(124.0, -38.25)
    '38.250S 124.000E'
    """
    north_south, east_west = ("N" if lat_deg >= 0 else "S"), ("E" if lon_deg >= 0 else "W")
    return f"{abs(lat_deg):.3f}{north_south} {abs(lon_deg):.3f}{east_west}"


def time_text(time_s: float) -> str:
    """Return a time to the minute.

    >>> time_text(1709280000.0)
    '2024-03-01 08:00 UTC'
    """
    return datetime.fromtimestamp(time_s, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _transfer(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    first, second = (v.called for v in vessels)
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} {first} and "
        f"{second} were observed together {_together(measures)}, {_mode(measures)}"
        f"{_apart(measures['min_separation_m'], measures)} apart at the nearest"
        f"{_median(measures)}, near {place_text(*finding.path[0])}"
        f"{_shore(measures)}. This is consistent with a ship-to-ship transfer; it does not show that cargo "
        "moved."
    )


def _together(measures: Measures) -> str:
    if measures.get("tier") != "passes":
        return f"for {_number(measures['contact_h'], 1)} h"
    passes = measures["joint_passes"]
    each = "one pass" if passes == 1 else f"{passes} separate passes"
    return f"only for moments, at {each} of a receiver"


def _median(measures: Measures) -> str:
    known = measures["median_separation_m"]
    return "" if known is None else f" (median {_apart(known, measures)})"


def _apart(value: object, measures: Measures) -> str:
    """Return a separation in words; what lies within the error of the positions is not told as measured."""
    within_m = max(FIX_M, float(measures.get("rounding_m") or 0.0))
    if isinstance(value, (int, float)) and value < within_m:
        return f"less than {within_m:.0f} m"
    return f"{_number(value)} m"


def _cluster(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    hub = next((v.called for v in vessels if v.key == measures["hub"]), str(measures["hub"]))
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} "
        f"{measures['hulls']} vessels met in {measures['meetings']} meetings, {hub} with "
        f"{measures['partners']} of the others; {_number(measures['contact_h'], 1)} h observed together in "
        f"all, first near {place_text(*finding.path[0])}{_shore(measures)}. This is consistent with linked "
        "ship-to-ship transfers; it does not show that cargo moved."
    )


def _raft(finding: Finding, _: tuple[Vessel, ...], measures: Measures) -> str:
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} "
        f"{measures['ships']} ships lay close together, {measures['ships_at_once']} at one time, near "
        f"{place_text(*finding.path[0])}{_shore(measures)}; {measures['vessels_listed']} of them are named. "
        "Meetings among them were not worked out: the place was too dense."
    )


def _dark(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    start = f"{vessels[0].called} was not observed between {time_text(finding.start_s)}"
    if finding.end_s is None:
        told = f"{start} and now ({_number(measures['gap_h'], 1)} h), last {place_text(*finding.path[0])}"
    else:
        told = (
            f"{start} and {time_text(finding.end_s)} ({_number(measures['gap_h'], 1)} h): last "
            f"{place_text(*finding.path[0])}, next {place_text(*finding.path[-1])}, "
            f"{_number(measures['distance_km'])} km away"
        )
    heard = {"good": "ships near her were heard", "poor": "reception was poor"}
    why = heard.get(str(measures["reception"]), "whether she would have been heard is not known")
    return f"{told}{_shore(measures)}; {why}."


def _mode(measures: Measures) -> str:
    words = {"under_way": "under way, ", "anchored": "at anchor, ", "drifting": "adrift, "}
    return words.get(str(measures.get("mode")), "")


def _shore(measures: Measures) -> str:
    shore_km = measures.get("shore_distance_km")
    return "" if shore_km is None else f", {_number(shore_km)} km from the shore"


def _number(value: object, digits: int = 0) -> str:
    return f"{value:.{digits}f}" if isinstance(value, (int, float)) else "an unknown number of"


def _loitering(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} "
        f"{vessels[0].called} lingered for {_number(measures['lingering_h'], 1)} h near "
        f"{place_text(*finding.path[0])}{_shore(measures)}, moving "
        f"{_number(measures['drift_km'], 1)} km. This is consistent with waiting, drifting, fishing, or a "
        "meeting with a vessel that was not observed."
    )


def _dark_meeting(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    names = " and ".join(v.called for v in vessels)
    seen = "one lingered in sight" if measures["sides_seen"] else "neither was observed"
    return (
        f"{names} could have lain together for at most {_number(measures['together_at_most_h'], 1)} h "
        f"between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} near "
        f"{place_text(*finding.path[0])}{_shore(measures)}; {seen}, and at most {_number(measures['fits'])} "
        "vessels fit. This is a lead: no meeting was observed."
    )


def _port_call(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    port = measures["called_port"]
    where = f"at {port}" if port else "in the territorial sea of the DPRK"
    came = "came" if measures["arrival_seen"] else "was already there when first heard"
    left = "left" if measures["departure_seen"] else "was not seen to leave"
    until = "now" if finding.end_s is None else time_text(finding.end_s)
    return (
        f"Between {time_text(finding.start_s)} and {until} {vessels[0].called} was observed {where}, near "
        f"{place_text(*finding.path[0])}, stopped for {_number(measures['stopped_h'], 1)} h; she {came}, and "
        f"{left}. This is consistent with a port call or a wait; it does not show that cargo moved."
    )


def _identity(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    span = f"{time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)}"
    where = f"near {place_text(*finding.path[0])}"
    if measures["sort"] == "handover":
        return (
            f"{measures['old_number']} was last observed and {measures['new_number']} first observed between "
            f"{span} {where}, {_number(measures['gap_min'])} min and {_number(measures['way_km'], 1)} km "
            "apart in one motion. This is consistent with one vessel that changed her number."
        )
    if measures["sort"] == "swap":
        names = " and ".join(v.called for v in vessels)
        return (
            f"{names} each ended at one place and went on at the other's between {span}, at {where[5:]} and "
            f"{place_text(*finding.path[-1])}, {_number(measures['gap_min'])} min apart at most. "
            "This is consistent with two vessels that exchanged their numbers."
        )
    if measures["sort"] == "two_numbers":
        names = " and ".join(v.called for v in vessels)
        return (
            f"{names} were under way together for {_number(measures['together_h'], 1)} h between {span}, at "
            f"first {where}, {_number(measures['median_separation_m'])} m apart. This is consistent with two "
            "identities sent from one vessel, a spare set, or a tug made fast."
        )
    told = f"changed ({measures['changed']})" if measures["changed"] else "contradicts itself"
    return (
        f"Between {span} what {vessels[0].called} says of herself {told}: "
        f"{', '.join(_signs(measures))}; at first {where}. This is consistent with another identity, "
        "a sale, or wrong entries."
    )


def _spoofing(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    span = f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)}"
    where = f"near {place_text(*finding.path[0])}"
    if measures["sort"] == "area":
        return (
            f"{span} {measures['area_vessels']} vessels, {measures['area_vessels_at_once']} at one time, "
            f"showed false positions {where}. This is consistent with jamming of an area, not with an act of "
            "one ship."
        )
    also = f" (also: {measures['also']})" if measures["also"] else ""
    sort = str(measures["sort"])
    told = SPOOFING_TELLS[sort].format(told=measures, there=place_text(*finding.path[-1]))
    return (
        f"{span} {vessels[0].called}, first {where}, {told}{also}. This is consistent with false positions, "
        f"or with {SPOOFING_ELSE[sort]}."
    )


SPOOFING_TELLS = {
    "jump": "was observed at {there}, {told[jump_km]:.0f} km away, {told[jump_min]:.0f} min later, and for "
    "{told[stay_there_h]:.1f} h",
    "interleaved": "was observed in turn there and at {there}, {told[alternations]} times, about "
    "{told[apart_km]:.0f} km apart",
    "circling": "was told {told[laps]:.1f} times round a circle of {told[circle_km]:.1f} km radius, "
    "{told[circle_off_share]:.1%} off it",
    "frozen": "told one position to the digit for {told[frozen_h]:.1f} h at {told[said_kn]:.1f} kn",
    "on_land": "was told {told[land_km]:.0f} km in a straight line over land at {told[land_kn]:.1f} kn",
    "contradicts": "told a motion ({told[said_kn]:.1f} kn) that her positions contradict "
    "({told[made_kn]:.1f} kn made; {told[contradiction]}) for {told[contradicts_h]:.1f} h",
    "too_smooth": "sailed for {told[smooth_h]:.1f} h with positions {told[smooth_off_m]:.2f} m off a line",
}
"""What each sort of spoofing says of the vessel."""

SPOOFING_ELSE = {
    "jump": "two vessels under one number",
    "interleaved": "two vessels under one number",
    "circling": "jamming",
    "frozen": "a fault of her set or of the feed",
    "on_land": "a lake or a river that the chart does not show",
    "contradicts": "a fault of her set",
    "too_smooth": "a feed that interpolates",
}
"""What else it is consistent with."""


def _signs(measures: Measures) -> list[str]:
    words = {
        "imo_invalid": "the IMO number is none",
        "mid": f"a number of {measures['mid']} country"
        if measures["mid"] == "unknown"
        else "a malformed number",
        "flag_contradicts": "flag and number differ",
        "size_against_type": "size and type differ",
        "changes": f"{measures['changes']} changes",
    }
    return [word for name, word in words.items() if measures[name]]


def _anomaly(finding: Finding, vessels: tuple[Vessel, ...], measures: Measures) -> str:
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} "
        f"{vessels[0].called}, at first near {place_text(*finding.path[0])}{_shore(measures)}, behaved "
        "unlike the traffic that the anomaly model was learnt from, most of all by "
        f"{measures['unusual_features']}. No rule explains it. This is a lead: unusual is not wrong."
    )


TELL = {
    "sts_transfer": _transfer,
    "dark_period": _dark,
    "sts_cluster": _cluster,
    "raft": _raft,
    "loitering": _loitering,
    "port_call": _port_call,
    "identity_change": _identity,
    "spoofing": _spoofing,
    "dark_meeting": _dark_meeting,
    "anomaly": _anomaly,
}
"""For each kind the function that tells it."""
