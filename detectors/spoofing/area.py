"""Areas of jamming: many MMSIs that show false positions at once and in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.single_linkage import middle_of, places
from detectors.core.units import HOUR_S, KM_M
from detectors.kernels.geometry.geodesy import sphere_m
from detectors.spoofing.sign import AREA, CIRCLING, FROZEN, JUMP, Sign
from detectors.vessels.flags import DPRK_MID

if TYPE_CHECKING:
    from detectors.spoofing.params import SpoofingParams
    from detectors.tracks.tracks import Tracks

AREA_SIGNS = {JUMP, CIRCLING, FROZEN}
"""Signs that jamming causes. Segments in turn and ruled lines are made by one sender."""

MID_PLACE = 1_000_000


def areas(tracks: Tracks, signs: list[Sign], params: SpoofingParams) -> tuple[list[list[Sign]], list[Sign]]:
    """Return groups of signs that belong to one area, and the signs that do not, weak ones left out."""
    candidates = sorted(
        (s for s in signs if s.sort in AREA_SIGNS),
        key=lambda s: (s.start_s, int(tracks.vessel[s.vessel]), s.rows),
    )
    place_of = places([sign.at for sign in candidates], params.area_km * KM_M)
    by_place: dict[int, list[Sign]] = {}
    for sign, place in zip(candidates, place_of, strict=True):
        by_place.setdefault(place, []).append(sign)
    groups = [group for each in by_place.values() for group in _at_once(each, params)]
    in_areas = {id(sign) for group in groups for sign in group}
    return groups, [sign for sign in signs if id(sign) not in in_areas and not sign.is_weak]


def _at_once(signs: list[Sign], params: SpoofingParams) -> list[list[Sign]]:
    """Return the groups of one place, given by time, that overlap and hold enough MMSIs at one time."""
    groups: list[list[Sign]] = []
    until_s = -np.inf
    for sign in signs:
        if sign.start_s > until_s:
            groups.append([])
        groups[-1].append(sign)
        until_s = max(until_s, sign.end_s)
    return [group for group in groups if most_at_once(group) >= params.area_vessels]


def most_at_once(signs: list[Sign]) -> int:
    """Return the most MMSIs whose signs share one time."""
    changes = sorted([(s.start_s, 0, s.vessel) for s in signs] + [(s.end_s, 1, s.vessel) for s in signs])
    open_signs: dict[int, int] = {}
    most = 0
    for _, ends, vessel in changes:
        open_signs[vessel] = open_signs.get(vessel, 0) + (-1 if ends else 1)
        if not open_signs[vessel]:
            del open_signs[vessel]
        most = max(most, len(open_signs))
    return most


def area_sign(tracks: Tracks, group: list[Sign], params: SpoofingParams) -> tuple[Sign, tuple[int, ...]]:
    """Return the sign of an area, and the vessels that it names: those of the DPRK first, then by time."""
    end_s = max(sign.end_s for sign in group)
    ranked = sorted(group, key=lambda s: (int(tracks.vessel[s.vessel]) // MID_PLACE != DPRK_MID, s.start_s))
    named = tuple(dict.fromkeys(s.vessel for s in ranked))[: int(params.vessels_listed_max)]
    middle = middle_of([sign.at for sign in group])
    rows = dict.fromkeys(s.rows[0] for s in group if s.vessel in named or s is group[0])
    sign = Sign(
        sort=AREA,
        vessel=group[0].vessel,
        rows=tuple(sorted(rows, key=lambda row: (float(tracks.time_s[row]), row))),
        start_s=group[0].start_s,
        end_s=end_s,
        path=(middle,),
        at=middle,
        measures={
            "area_vessels": len({s.vessel for s in group}),
            "area_vessels_at_once": most_at_once(group),
            "area_h": (end_s - group[0].start_s) / HOUR_S,
            "area_extent_km": max(sphere_m(*middle, *s.at) for s in group) / KM_M,
            "area_patterns": "+".join(sorted({s.sort for s in group})),
            "vessels_listed": len(named),
        },
    )
    return sign, tuple(sorted(named))
