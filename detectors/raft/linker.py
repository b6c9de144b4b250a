"""Rafts: dense places, reported because the pairs inside them are not solved.

The definition and its limits are in docs/definitions/raft.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.findings import CROWD, Detection, Finding
from detectors.core.single_linkage import middle_of, places
from detectors.core.units import HOUR_S
from detectors.kernels.geometry.geodesy import sphere_m
from detectors.vessels.flags import DPRK_MID

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.raft.params import RaftParams
    from detectors.scene import Scene
    from detectors.tracks.tracks import Tracks

NAME = "raft"

MID_STEP = 1_000_000
"""The MMSI of a ship begins with the three digits of its country."""


def link(scene: Scene, found: tuple[Finding, ...], params: RaftParams) -> Detection:
    """Join stays in crowds into rafts: one event for a place and the time it was crowded."""
    stays = sorted((f for f in found if f.kind == CROWD), key=_order)
    place_of = places([stay.path[0] for stay in stays], params.separation_max_m)
    by_place: dict[int, list[Finding]] = {}
    for stay, place in zip(stays, place_of, strict=True):
        by_place.setdefault(place, []).append(stay)
    rafts = [part for each in by_place.values() for part in _split(each, params.pause_max_h * HOUR_S)]
    findings = sorted((_finding(scene, part, params) for part in rafts), key=_order)
    return Detection(tuple(findings), {"stays": len(stays), "reported": len(findings)})


def _order(finding: Finding) -> tuple[float, float, tuple[int, ...], tuple[int, ...]]:
    return finding.start_s, _end_s(finding), finding.vessels, finding.rows


def _end_s(finding: Finding) -> float:
    return finding.start_s if finding.end_s is None else finding.end_s


def _split(stays: list[Finding], pause_s: float) -> list[list[Finding]]:
    """Split the stays in one place, given in order of time, where no vessel lay for longer than the pause."""
    parts: list[list[Finding]] = []
    until_s = -np.inf
    for stay in stays:
        if stay.start_s - until_s > pause_s:
            parts.append([])
        parts[-1].append(stay)
        until_s = max(until_s, _end_s(stay))
    return parts


def _finding(scene: Scene, stays: list[Finding], params: RaftParams) -> Finding:
    listed = _listed(scene.tracks, stays, int(params.vessels_listed_max))
    rows = {stay.rows[0] for stay in stays if stay.vessels[0] in listed} | {stays[0].rows[0]}
    end_s = max(_end_s(stay) for stay in stays)
    middle = middle_of([stay.path[0] for stay in stays])
    return Finding(
        kind=NAME,
        start_s=stays[0].start_s,
        end_s=end_s,
        vessels=listed,
        rows=tuple(sorted(rows, key=lambda row: (float(scene.tracks.time_s[row]), row))),
        anchors=stays[0].anchors,
        path=(middle,),
        behaved_until_s=end_s,
        measures={**_measures(scene.tracks, stays, middle), "vessels_listed": len(listed)},
    )


def _listed(tracks: Tracks, stays: list[Finding], count_max: int) -> tuple[int, ...]:
    """Return the vessels to name: those of the DPRK first, then by the time they stayed."""
    stayed_s: dict[int, float] = {}
    for stay in stays:
        stayed_s[stay.vessels[0]] = stayed_s.get(stay.vessels[0], 0.0) + _end_s(stay) - stay.start_s
    ranked = sorted(stayed_s, key=lambda v: (int(tracks.vessel[v]) // MID_STEP != DPRK_MID, -stayed_s[v], v))
    return tuple(sorted(ranked[:count_max]))


def _measures(tracks: Tracks, stays: list[Finding], middle: tuple[float, float]) -> Values:
    return {
        "vessels": len({tracks.segment_of(stay.rows[0]) for stay in stays}),
        "vessels_at_once": _at_once(stays),
        "vessel_hours": sum(_end_s(stay) - stay.start_s for stay in stays) / HOUR_S,
        "extent_m": max(sphere_m(*middle, *stay.path[0]) for stay in stays),
    }


def _at_once(stays: list[Finding]) -> int:
    changes = [(stay.start_s, 1) for stay in stays] + [(_end_s(stay), -1) for stay in stays]
    return int(np.cumsum([change for _, change in sorted(changes)]).max(initial=0))
