"""Identity changes: a number that says other things, or one segment that shows two numbers.

The definition, in words and with its limits, is docs/definitions/identity_change.md.
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
OWN_WORDS, HANDOVER, TWO_NUMBERS, SWAP = "static_data", "handover", "two_mmsis", "swap"
WEAK = {"malformed"}
"""What is told only beside another sign; so is a country that does not exist, in a stray number."""

NO_LIST = WatchList(())


def detect(scene: Scene, params: IdentityParams) -> Detection:
    """Find numbers that contradict themselves, that follow one another, and that share a track."""
    words = [f for v in range(len(scene.tracks.vessel)) if (f := _own_words(scene, v, params))]
    handovers, fitting, crowded = _handovers(scene, params)
    both, looked_at = _two_numbers(scene, params)
    exchanged = _swaps(scene, params)
    told = sorted([*words, *handovers, *both, *exchanged], key=lambda f: (f.start_s, f.vessels, f.rows))
    return Detection(
        findings=tuple(told),
        examined={
            "mmsis": len(scene.tracks.vessel),
            "static_data": len(words),
            "joins": fitting,
            "handovers": len(handovers),
            "ends_in_crowds": crowded,
            "pairs_under_way": looked_at,
            "two_mmsis": len(both),
            "swaps": len(exchanged),
        },
    )


def _own_words(scene: Scene, vessel: int, params: IdentityParams) -> Finding | None:
    """Return the event of one number, where what it says changes or contradicts itself."""
    tracks = scene.tracks
    rows = range(int(tracks.offsets[vessel]), int(tracks.offsets[vessel + 1]))
    until_s = float(tracks.time_s[rows[-1]])
    who = vessel_at(tracks, vessel, until_s, NO_LIST)
    signs = standing_signs(who, params)
    statics = tracks.statics.get(int(tracks.vessel[vessel]), ())
    segments = _hulls_at_once(tracks, vessel, params)
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
        measures={"pattern": OWN_WORDS, **_told(changes), **signs, "segments_at_once": segments},
    )


def _told(changes: list[Change]) -> dict[str, Value]:
    fields = {change.field for change in changes}
    texts = (f"{c.field}: {c.before} -> {c.after}" for c in changes)
    sizes = [
        abs(float(str(c.after)) - float(str(c.before))) for c in changes if c.field in {"length_m", "beam_m"}
    ]
    return {
        "static_changes": "; ".join(texts) or None,
        "changes": len(changes),
        **{f"{field}_changed": field in fields for field in ("name", "callsign", "imo", "flag")},
        "declared_size_change_m": max(sizes, default=None),
    }


def _hulls_at_once(tracks: Tracks, vessel: int, params: IdentityParams) -> int:
    """Return the most segments of a number that were heard over one time; stray fixes do not count."""
    segments = tracks.segments
    if len(segments) == len(tracks.vessel):
        return 1
    mine = slice(*np.searchsorted(segments.vessel_index, (vessel, vessel + 1)))
    first, end = segments.offsets[:-1][mine], segments.offsets[1:][mine]
    lasting = end - first >= params.reports_min
    if lasting.sum() <= 1:
        return 1
    begin_s, end_s = np.sort(segments.time_s[first[lasting]]), np.sort(segments.time_s[end[lasting] - 1])
    begun = np.arange(1, len(begin_s) + 1)
    return int((begun - np.searchsorted(end_s, begin_s, side="left")).max())


def _handovers(scene: Scene, params: IdentityParams) -> tuple[list[Finding], int, int]:
    endings, beginnings = ends_of(scene, params)
    fits, crowded = joins(endings, beginnings, params)
    found = (_handover(scene, endings, beginnings, fit, params) for fit in fits)
    return [finding for finding in found if finding], len(fits), crowded


def _handover(
    scene: Scene, endings: Ends, beginnings: Ends, fit: Join, params: IdentityParams
) -> Finding | None:
    """Return the event of a join; None where dimensions differ, or she lay still and they are not told."""
    tracks, segments = scene.tracks, scene.tracks.segments
    old, new = int(endings.vessel[fit.ending]), int(beginnings.vessel[fit.beginning])
    times = float(endings.time_s[fit.ending]), float(beginnings.time_s[fit.beginning])
    was = vessel_at(tracks, old, times[0], NO_LIST)
    now = vessel_at(tracks, new, times[1], NO_LIST)
    equal = sizes_equal(was, now)
    under_way = fit.speed_mps >= params.moving_kn * KNOT_MPS
    if sizes_contradict(was, now, params) or not (under_way or equal):
        return None
    rows = (int(segments.row[endings.row[fit.ending]]), int(segments.row[beginnings.row[fit.beginning]]))
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
            "gap_min": fit.gap_s / MINUTE_S,
            "distance_km": fit.way_m / 1000.0,
            "predicted_position_error_m": fit.off_m,
            "speed_kn": fit.speed_mps / KNOT_MPS,
            "not_heard_after_h": (scene.heard_until_s - times[0]) / HOUR_S,
            "not_heard_before_h": (times[1] - tracks.start_s) / HOUR_S,
            **_compared(was, now),
        },
    )


def _swaps(scene: Scene, params: IdentityParams) -> list[Finding]:
    endings, beginnings, crossed = swaps(scene, params)
    found = (_swap(scene, endings, beginnings, swap, params) for swap in crossed)
    return [finding for finding in found if finding]


def _swap(
    scene: Scene, endings: Ends, beginnings: Ends, swap: Swap, params: IdentityParams
) -> Finding | None:
    """Return the event of two numbers exchanged; None where either ship lay still and no dimensions agree."""
    tracks, segments = scene.tracks, scene.tracks.segments
    both = (swap.one, swap.other)
    times = [(float(endings.time_s[fit.ending]), float(beginnings.time_s[fit.beginning])) for fit in both]
    words = [
        (
            vessel_at(tracks, int(endings.vessel[fit.ending]), was_s, NO_LIST),
            vessel_at(tracks, int(beginnings.vessel[fit.beginning]), now_s, NO_LIST),
        )
        for fit, (was_s, now_s) in zip(both, times, strict=True)
    ]
    slowest_mps = min(fit.speed_mps for fit in both)
    if slowest_mps < params.moving_kn * KNOT_MPS and not all(sizes_equal(*pair) for pair in words):
        return None
    ends = [int(segments.row[endings.row[fit.ending]]) for fit in both]
    begins = [int(segments.row[beginnings.row[fit.beginning]]) for fit in both]
    rows = sorted({*ends, *begins}, key=lambda row: (float(tracks.time_s[row]), row))
    start_s, end_s = float(tracks.time_s[rows[0]]), float(tracks.time_s[rows[-1]])
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=tuple(sorted(int(endings.vessel[fit.ending]) for fit in both)),
        rows=tuple(rows),
        anchors=tuple(sorted(ends)),
        path=tuple((float(tracks.lon_deg[row]), float(tracks.lat_deg[row])) for row in ends),
        behaved_until_s=start_s,
        measures={
            "pattern": SWAP,
            "gap_min": max(abs(fit.gap_s) for fit in both) / MINUTE_S,
            "predicted_position_error_m": max(fit.off_m for fit in both),
            "speed_kn": slowest_mps / KNOT_MPS,
            **_compared(*words[0]),
        },
    )


def _two_numbers(scene: Scene, params: IdentityParams) -> tuple[list[Finding], int]:
    found, looked_at = pairs_of(scene, params)
    return [_pair_finding(scene, pair) for pair in found], looked_at


def _pair_finding(scene: Scene, pair: Pair) -> Finding:
    tracks, segments = scene.tracks, scene.tracks.segments
    times = [(float(segments.time_s[a]), float(segments.time_s[b])) for a, b in (pair.first, pair.last)]
    start_s, end_s = min(times[0]), max(times[1])
    vessels = tuple(int(segments.vessel_index[segment]) for segment in pair.segments)
    one, other = (vessel_at(tracks, v, end_s, NO_LIST) for v in vessels)
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
            "pattern": TWO_NUMBERS,
            "together_h": pair.together_s / HOUR_S,
            "median_separation_m": pair.median_m,
            "offset_m": float(np.hypot(pair.ahead_m, pair.beam_side_offset_m)),
            "spread_m": pair.spread_m,
            "separated_h": pair.apart_s / HOUR_S,
            "class_a_and_b": {one.ais_class, other.ais_class} == {"A", "B"},
            **_compared(one, other),
        },
    )


def _compared(one: Vessel, other: Vessel) -> dict[str, Value]:
    """Return what two identities share; None where either does not tell."""
    return {
        "same_name": None if not (one.name and other.name) else not is_other_text(one.name, other.name),
        "same_imo": None if not (one.imo and other.imo) else one.imo == other.imo,
        "same_size": sizes_equal(one, other) or None,
        "same_flag": None if not (one.flag and other.flag) else one.flag == other.flag,
    }
