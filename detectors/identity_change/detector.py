"""Identity changes: an MMSI whose static data change, or one vessel that shows two MMSIs.

The definition and its limits are in docs/definitions/identity_change.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.findings import Detection, Finding
from detectors.core.units import HOUR_S, KNOT_MPS, MINUTE_S
from detectors.identity_change.handover import Ends, Join, ends_of, joins
from detectors.identity_change.static_data import (
    Change,
    changes_of,
    sizes_contradict,
    sizes_equal,
    standing_signs,
)
from detectors.identity_change.swap import Swap, swaps
from detectors.identity_change.two_identities import Pair, pairs_of
from detectors.vessels.names import is_other_text
from detectors.vessels.vessel import vessel_at
from detectors.vessels.watch_list import WatchList

if TYPE_CHECKING:
    from detectors.core.measures import Value
    from detectors.identity_change.params import IdentityParams
    from detectors.scene import Scene
    from detectors.tracks.tracks import Tracks
    from detectors.vessels.vessel import Vessel

NAME = "identity_change"
STATIC_DATA, HANDOVER, TWO_MMSIS, SWAP = "static_data", "handover", "two_mmsis", "swap"
WEAK = {"malformed"}
"""Faults reported only beside another sign; so is a country that does not exist, in a stray MMSI."""

NO_WATCH_LIST = WatchList(())


def detect(scene: Scene, params: IdentityParams) -> Detection:
    """Find MMSIs whose static data contradict, that follow one another, and that share a track."""
    contradictions = [
        f for v in range(len(scene.tracks.vessel)) if (f := _static_data_finding(scene, v, params))
    ]
    handovers, joined, in_crowds = _handovers(scene, params)
    two_mmsis, examined = _two_mmsis(scene, params)
    swapped = _swaps(scene, params)
    findings = sorted(
        [*contradictions, *handovers, *two_mmsis, *swapped], key=lambda f: (f.start_s, f.vessels, f.rows)
    )
    return Detection(
        findings=tuple(findings),
        examined={
            "mmsis": len(scene.tracks.vessel),
            "static_data": len(contradictions),
            "joins": joined,
            "handovers": len(handovers),
            "ends_in_crowds": in_crowds,
            "pairs_under_way": examined,
            "two_mmsis": len(two_mmsis),
            "swaps": len(swapped),
        },
    )


def _static_data_finding(scene: Scene, vessel: int, params: IdentityParams) -> Finding | None:
    """Return the event of one MMSI whose static data change or contradict themselves."""
    tracks = scene.tracks
    rows = range(int(tracks.offsets[vessel]), int(tracks.offsets[vessel + 1]))
    until_s = float(tracks.time_s[rows[-1]])
    vessel_then = vessel_at(tracks, vessel, until_s, NO_WATCH_LIST)
    signs = standing_signs(vessel_then, params)
    statics = tracks.statics.get(int(tracks.vessel[vessel]), ())
    segments = _segments_at_once(tracks, vessel, params)
    changes = changes_of(statics, until_s, params) if segments == 1 else []
    weak = WEAK if len(rows) >= params.reports_min else WEAK | {"unknown"}
    if not changes and not any(sign for sign in signs.values() if sign not in weak):
        return None
    start_s = (
        max(changes[0].time_s, float(tracks.time_s[rows[0]])) if changes else float(tracks.time_s[rows[0]])
    )
    end_s = max(changes[-1].time_s, start_s) if changes else until_s
    times = tracks.time_s[rows.start : rows.stop]
    at = rows.start + int(np.searchsorted(times, start_s, side="right")) - 1
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=(vessel,),
        rows=tuple(dict.fromkeys((at, rows[-1]))),
        anchors=(rows[0],),
        path=((float(tracks.lon_deg[at]), float(tracks.lat_deg[at])),),
        behaved_until_s=end_s,
        measures={"pattern": STATIC_DATA, **_change_measures(changes), **signs, "segments_at_once": segments},
    )


def _change_measures(changes: list[Change]) -> dict[str, Value]:
    changed_fields = {change.field for change in changes}
    texts = (f"{c.field}: {c.before} -> {c.after}" for c in changes)
    sizes = [
        abs(float(str(c.after)) - float(str(c.before))) for c in changes if c.field in {"length_m", "beam_m"}
    ]
    return {
        "static_changes": "; ".join(texts) or None,
        "changes": len(changes),
        **{f"{field}_changed": field in changed_fields for field in ("name", "callsign", "imo", "flag")},
        "declared_size_change_m": max(sizes, default=None),
    }


def _segments_at_once(tracks: Tracks, vessel: int, params: IdentityParams) -> int:
    """Return the most segments of an MMSI that were received over one time; strays do not count."""
    segments = tracks.segments
    if len(segments) == len(tracks.vessel):
        return 1
    own = slice(*np.searchsorted(segments.vessel_index, (vessel, vessel + 1)))
    first, end = segments.offsets[:-1][own], segments.offsets[1:][own]
    lasting = end - first >= params.reports_min
    if lasting.sum() <= 1:
        return 1
    begin_s, end_s = np.sort(segments.time_s[first[lasting]]), np.sort(segments.time_s[end[lasting] - 1])
    begun = np.arange(1, len(begin_s) + 1)
    return int((begun - np.searchsorted(end_s, begin_s, side="left")).max())


def _handovers(scene: Scene, params: IdentityParams) -> tuple[list[Finding], int, int]:
    endings, beginnings = ends_of(scene, params)
    found_joins, in_crowds = joins(endings, beginnings, params)
    found = (_handover(scene, endings, beginnings, join, params) for join in found_joins)
    return [finding for finding in found if finding], len(found_joins), in_crowds


def _handover(
    scene: Scene, endings: Ends, beginnings: Ends, join: Join, params: IdentityParams
) -> Finding | None:
    """Return the event of a join; None where dimensions contradict, or it lay still and none are equal."""
    tracks, segments = scene.tracks, scene.tracks.segments
    old, new = int(endings.vessel[join.ending]), int(beginnings.vessel[join.beginning])
    times = float(endings.time_s[join.ending]), float(beginnings.time_s[join.beginning])
    before = vessel_at(tracks, old, times[0], NO_WATCH_LIST)
    after = vessel_at(tracks, new, times[1], NO_WATCH_LIST)
    equal = sizes_equal(before, after)
    under_way = join.speed_mps >= params.moving_kn * KNOT_MPS
    if sizes_contradict(before, after, params) or not (under_way or equal):
        return None
    rows = (int(segments.row[endings.row[join.ending]]), int(segments.row[beginnings.row[join.beginning]]))
    rows = rows if times[0] <= times[1] else (rows[1], rows[0])
    return Finding(
        kind=NAME,
        start_s=min(times),
        end_s=max(times),
        vessels=(min(old, new), max(old, new)),
        rows=rows,
        anchors=rows,
        path=tuple((float(tracks.lon_deg[row]), float(tracks.lat_deg[row])) for row in rows),
        behaved_until_s=min(times),
        measures={
            "pattern": HANDOVER,
            "old_mmsi": tracks.key(old),
            "new_mmsi": tracks.key(new),
            "gap_min": join.gap_s / MINUTE_S,
            "distance_km": join.distance_m / 1000.0,
            "predicted_position_error_m": join.error_m,
            "speed_kn": join.speed_mps / KNOT_MPS,
            "not_heard_after_h": (scene.heard_until_s - times[0]) / HOUR_S,
            "not_heard_before_h": (times[1] - tracks.start_s) / HOUR_S,
            **_shared_static_data(before, after),
        },
    )


def _swaps(scene: Scene, params: IdentityParams) -> list[Finding]:
    endings, beginnings, crossed = swaps(scene, params)
    found = (_swap(scene, endings, beginnings, swap, params) for swap in crossed)
    return [finding for finding in found if finding]


def _swap(
    scene: Scene, endings: Ends, beginnings: Ends, swap: Swap, params: IdentityParams
) -> Finding | None:
    """Return the event of two MMSIs exchanged; None where either lay still and no dimensions agree."""
    tracks, segments = scene.tracks, scene.tracks.segments
    both_joins = (swap.one, swap.other)
    times = [
        (float(endings.time_s[join.ending]), float(beginnings.time_s[join.beginning])) for join in both_joins
    ]
    identities = [
        (
            vessel_at(tracks, int(endings.vessel[join.ending]), before_s, NO_WATCH_LIST),
            vessel_at(tracks, int(beginnings.vessel[join.beginning]), after_s, NO_WATCH_LIST),
        )
        for join, (before_s, after_s) in zip(both_joins, times, strict=True)
    ]
    slowest_mps = min(join.speed_mps for join in both_joins)
    if slowest_mps < params.moving_kn * KNOT_MPS and not all(sizes_equal(*pair) for pair in identities):
        return None
    ends = [int(segments.row[endings.row[join.ending]]) for join in both_joins]
    begins = [int(segments.row[beginnings.row[join.beginning]]) for join in both_joins]
    rows = sorted({*ends, *begins}, key=lambda row: (float(tracks.time_s[row]), row))
    start_s, end_s = float(tracks.time_s[rows[0]]), float(tracks.time_s[rows[-1]])
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=tuple(sorted(int(endings.vessel[join.ending]) for join in both_joins)),
        rows=tuple(rows),
        anchors=tuple(sorted(ends)),
        path=tuple((float(tracks.lon_deg[row]), float(tracks.lat_deg[row])) for row in ends),
        behaved_until_s=start_s,
        measures={
            "pattern": SWAP,
            "gap_min": max(abs(join.gap_s) for join in both_joins) / MINUTE_S,
            "predicted_position_error_m": max(join.error_m for join in both_joins),
            "speed_kn": slowest_mps / KNOT_MPS,
            **_shared_static_data(*identities[0]),
        },
    )


def _two_mmsis(scene: Scene, params: IdentityParams) -> tuple[list[Finding], int]:
    found, examined = pairs_of(scene, params)
    return [_pair_finding(scene, pair) for pair in found], examined


def _pair_finding(scene: Scene, pair: Pair) -> Finding:
    tracks, segments = scene.tracks, scene.tracks.segments
    times = [(float(segments.time_s[a]), float(segments.time_s[b])) for a, b in (pair.first, pair.last)]
    start_s, end_s = min(times[0]), max(times[1])
    vessels = tuple(int(segments.vessel_index[segment]) for segment in pair.segments)
    one, other = (vessel_at(tracks, v, end_s, NO_WATCH_LIST) for v in vessels)
    ordered = sorted(pair.first, key=lambda row: (float(segments.time_s[row]), row))
    rows = tuple(int(segments.row[row]) for row in ordered)
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=tuple(sorted(vessels)),
        rows=(*rows, *(int(segments.row[row]) for row in pair.last)),
        anchors=rows,
        path=((float(tracks.lon_deg[rows[0]]), float(tracks.lat_deg[rows[0]])),),
        behaved_until_s=end_s,
        measures={
            "pattern": TWO_MMSIS,
            "together_h": pair.together_s / HOUR_S,
            "median_separation_m": pair.median_m,
            "offset_m": float(np.hypot(pair.ahead_m, pair.beam_side_offset_m)),
            "spread_m": pair.spread_m,
            "separated_h": pair.separated_s / HOUR_S,
            "class_a_and_b": {one.ais_class, other.ais_class} == {"A", "B"},
            **_shared_static_data(one, other),
        },
    )


def _shared_static_data(one: Vessel, other: Vessel) -> dict[str, Value]:
    """Return which static data two identities share; None where either declares none."""
    return {
        "same_name": None if not (one.name and other.name) else not is_other_text(one.name, other.name),
        "same_imo": None if not (one.imo and other.imo) else one.imo == other.imo,
        "same_size": sizes_equal(one, other) or None,
        "same_flag": None if not (one.flag and other.flag) else one.flag == other.flag,
    }
