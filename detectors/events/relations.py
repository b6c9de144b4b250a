"""Relations that several kinds share with the other findings of a vessel: encounter, call, jamming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.kind_names import LOITERING, PORT_CALL, SPOOFING, STS_TRANSFER
from detectors.core.units import HOUR_S, KM_M
from detectors.events.history import overlap
from detectors.kernels.geometry.geodesy import sphere_m

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.events.history import History

AREA, FROZEN, CIRCLING, JUMP = "area", "frozen", "circling", "jump"
"""Patterns of spoofing that make the position of a vessel suspect."""


def is_beside_seen(finding: Finding, history: History) -> bool:
    """Return whether the vessel had an encounter with an observed one, in the time of a finding."""
    return any(overlap(finding, each) for each in history.of_vessel(STS_TRANSFER, finding.vessels[0]))


def is_in_port(finding: Finding, history: History) -> bool:
    """Return whether the vessel called at a port of the chart in the time of a finding."""
    calls = history.of_vessel(PORT_CALL, finding.vessels[0])
    return any(overlap(finding, call) for call in calls if call.measures["called_port"] is not None)


def unexplained_loitering(history: History) -> list[Finding]:
    """Return the loitering of vessels that were neither beside an observed vessel nor in port."""
    loitering = history.of_kind(LOITERING)
    return [f for f in loitering if not is_beside_seen(f, history) and not is_in_port(f, history)]


def is_jammed(finding: Finding, history: History) -> bool:
    """Return whether positions of a whole area were false meanwhile, its vessels' or those at its place."""
    areas = (f for f in history.of_kind(SPOOFING) if f.measures["pattern"] == AREA)
    return any(
        overlap(finding, area) and (set(finding.vessels) & set(area.vessels) or _is_inside(finding, area))
        for area in areas
    )


def suspect_positions(encounter: Finding, history: History) -> str | None:
    """Return why positions of one of two vessels are suspect; None where they are not.

    Positions frozen or in circles, or a jump to or from the encounter.
    """
    near_m = history.params.suspect_within_km * KM_M
    of_both = (f for vessel in encounter.vessels for f in history.of_vessel(SPOOFING, vessel))
    false = (f for f in of_both if f.measures["pattern"] in {FROZEN, CIRCLING, JUMP})
    found = [f for f in false if min(sphere_m(*p, *encounter.path[0]) for p in f.path) <= near_m]
    covering = {f.measures["pattern"] for f in found if history.covers(f, encounter)}
    for pattern in (FROZEN, CIRCLING):
        if pattern in covering:
            return pattern
    jumps = (f for f in found if f.measures["pattern"] == JUMP)
    return JUMP if any(_left_by(jump, encounter, history) for jump in jumps) else None


def _left_by(jump: Finding, encounter: Finding, history: History) -> bool:
    """Return whether a vessel left an encounter by a jump, or was there for most of it between two.

    A vessel that came by a jump and stayed may have been shown at its true place again.
    """
    latest_s = encounter.seen_until_s + history.params.jump_after_h * HOUR_S
    if encounter.start_s <= jump.start_s <= latest_s:
        return True
    distance_m = sphere_m(*jump.path[-1], *encounter.path[0])
    is_there = distance_m <= history.params.suspect_within_km * KM_M and history.covers(jump, encounter)
    return is_there and bool(jump.measures["returned"])


def _is_inside(finding: Finding, area: Finding) -> bool:
    extent_km = area.measures["area_extent_km"]
    if not isinstance(extent_km, float):
        return False
    return sphere_m(*finding.path[0], *area.path[0]) <= extent_km * KM_M
