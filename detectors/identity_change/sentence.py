"""The sentence of an identity change, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, place_text, span_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    return SENTENCES[str(values["pattern"])](finding, vessels, values)


def _handover(finding: Finding, _: tuple[Vessel, ...], values: Values) -> str:
    return (
        f"{span_text(finding)} {values['old_mmsi']} was last observed and {values['new_mmsi']} first "
        f"observed near {place_text(*finding.path[0])}, {number_text(values['gap_min'])} min and "
        f"{number_text(values['distance_km'], 1)} km apart in one motion. This is consistent with one vessel "
        "that changed its MMSI."
    )


def _swap(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    names = " and ".join(v.called for v in vessels)
    return (
        f"{span_text(finding)} {names} each ended at one place and went on at the other's, at "
        f"{place_text(*finding.path[0])} and {place_text(*finding.path[-1])}, "
        f"{number_text(values['gap_min'])} min apart at most. This is consistent with two vessels that "
        "exchanged their MMSIs."
    )


def _two_mmsis(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    names = " and ".join(v.called for v in vessels)
    return (
        f"{span_text(finding)} {names} were under way together for {number_text(values['together_h'], 1)} "
        f"h, at first near {place_text(*finding.path[0])}, {number_text(values['median_separation_m'])} m "
        "apart. This is consistent with two identities sent from one vessel, a spare transponder, or a "
        "tug made fast."
    )


def _static_data(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    changes = values["static_changes"]
    seen = f"changed ({changes})" if changes else "contradicts itself"
    return (
        f"{span_text(finding)} the static data that {vessels[0].called} declares {seen}: "
        f"{', '.join(_signs(values))}; at first near {place_text(*finding.path[0])}. This is consistent with "
        "another identity, a sale, or wrong entries."
    )


SENTENCES = {
    "handover": _handover,
    "swap": _swap,
    "two_mmsis": _two_mmsis,
    "static_data": _static_data,
}
"""The sentence of each pattern."""

MMSI_FAULTS = {"unknown": "an MMSI of a country that does not exist", "malformed": "a malformed MMSI"}


def _signs(values: Values) -> list[str]:
    changes = values["changes"]
    texts = {
        "imo_invalid": "the declared IMO number is not valid",
        "mmsi_fault": MMSI_FAULTS.get(str(values["mmsi_fault"]), ""),
        "flag_contradicts": "declared flag and MMSI differ",
        "size_against_type": "declared size and type do not fit",
        "changes": "one change" if changes == 1 else f"{changes} changes",
    }
    return [text for name, text in texts.items() if values[name]]
