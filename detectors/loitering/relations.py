"""Measures of loitering from the other findings of its vessel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from detectors.core.kind_names import STS_TRANSFER
from detectors.events.history import overlap
from detectors.events.relations import is_beside_seen, is_in_port

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detectors.core.findings import Detection, Finding
    from detectors.core.measures import Values
    from detectors.events.history import History
    from detectors.loitering.params import LoiteringParams


def related(finding: Finding, history: History) -> Values:
    """Return whether the vessel was beside one that was observed, or in port."""
    return {
        "beside_observed_vessel": is_beside_seen(finding, history),
        "in_port_call": is_in_port(finding, history),
    }


def without_encounters(detection: Detection, history: History, params: LoiteringParams) -> Detection:
    """Leave out loitering that is an encounter reported by itself; count it as ``beside_observed_vessel``.

    The vessel loitered beside observed vessels for at least `encounter_share` of the time.
    """
    kept = tuple(
        f
        for f in detection.findings
        if _encounter_share(f, history.of_vessel(STS_TRANSFER, f.vessels[0])) < params.encounter_share
    )
    beside = len(detection.findings) - len(kept)
    examined = {**detection.examined, "reported": len(kept), "beside_observed_vessel": beside}
    return replace(detection, findings=kept, examined=examined)


def _encounter_share(finding: Finding, encounters: Iterable[Finding]) -> float:
    """Return the share of the time of a finding that encounters take, each instant counted once."""
    end_s = finding.end_s or finding.start_s
    spans = [
        (max(finding.start_s, each.start_s), min(end_s, each.end_s or each.start_s))
        for each in encounters
        if overlap(finding, each)
    ]
    together_s, until_s = 0.0, finding.start_s
    for begin_s, stop_s in sorted(spans):
        together_s += max(0.0, stop_s - max(begin_s, until_s))
        until_s = max(until_s, stop_s)
    return together_s / max(end_s - finding.start_s, 1.0)
