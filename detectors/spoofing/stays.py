"""One MMSI in two places: jumps from one stay to another, and segments received in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from detectors.core.angles import wrapped_deg
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.spoofing.sign import INTERLEAVED, JUMP, Sign, is_near_zero, point, thinned
from geodata.geodesy import geodesic_m, to_ecef

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.spoofing.params import SpoofingParams
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Tracks

REPEATS_SHARE = 0.8
"""A stay of which this share of the reports lies on the track of the other follows it: late reports."""

REPEATS_M = 1000.0
"""Distance from that track: the slack of a segment in tracks."""

GARBLED_SAME_DEG, GARBLED_OTHER_DEG, GARBLED_SHARE = 0.05, 1.0, 0.5
"""In this share of the steps one coordinate is the same and the other far off."""

STANDS_M = 2000.0
"""A place that extends less is one berth or anchorage: two vessels lie at it in turn."""


@dataclass(frozen=True, eq=False)
class Stays:
    """Runs of reports of one MMSI that one segment sent, in order of time: one element per stay.

    `first` and `last` are indices into `rows`, the MMSI's reports without strays.
    """

    rows: Int64
    first: Int64
    last: Int64
    segment: Int64
    start_s: Float64
    end_s: Float64
    is_lived_in: Bool

    def of_stay(self, stay: int) -> Int64:
        """Return the reports of a stay."""
        return self.rows[self.first[stay] : self.last[stay] + 1]

    def take(self, selected: Int64) -> Stays:
        """Return some of the stays."""
        columns = {name: column[selected] for name, column in vars(self).items() if name != "rows"}
        return Stays(rows=self.rows, **columns)


def shared_mmsis(tracks: Tracks, params: SpoofingParams) -> Int64:
    """Return the vessels with two and more segments that are not strays."""
    segments = tracks.segments
    lasting = np.diff(segments.offsets) >= params.stray_reports
    counted = np.bincount(segments.vessel_index[lasting], minlength=len(tracks.vessel))
    return np.flatnonzero(counted > 1)


def signs_of_places(tracks: Tracks, vessel: int, params: SpoofingParams) -> list[Sign]:
    """Return one event of segments in turn where there is one, else the jumps of an MMSI."""
    stays = stays_of(tracks, vessel, params)
    interleaved = _interleaved_sign(tracks, vessel, stays, params)
    return [interleaved] if interleaved else _jumps(tracks, vessel, stays, params)


def stays_of(tracks: Tracks, vessel: int, params: SpoofingParams) -> Stays:
    """Return the stays of an MMSI; reports of one instant come by latitude, as 180 degrees splits none."""
    rows = np.arange(tracks.offsets[vessel], tracks.offsets[vessel + 1])
    segment = tracks.segment[rows]
    keep = np.bincount(segment)[segment] >= params.stray_reports
    rows = rows[keep]
    rows = rows[np.lexsort((tracks.lon_deg[rows], tracks.lat_deg[rows], tracks.time_s[rows]))]
    segment = tracks.segment[rows].astype(np.int64)
    changes = np.flatnonzero(np.diff(segment))
    first, last = np.append(0, changes + 1), np.append(changes, len(rows) - 1)
    start_s, end_s = tracks.time_s[rows[first]], tracks.time_s[rows[last]]
    long = end_s - start_s >= params.stay_min_h * HOUR_S
    lived = long & (last - first + 1 >= params.stay_reports)
    return Stays(rows, first, last, segment[first], start_s, end_s, lived)


def _steps(tracks: Tracks, stays: Stays, params: SpoofingParams) -> tuple[Float64, Float64, Bool]:
    """Return metres and seconds from each stay to the next, and which of these steps no vessel can make."""
    a, b = stays.rows[stays.last[:-1]], stays.rows[stays.first[1:]]
    lon, lat = tracks.lon_deg, tracks.lat_deg
    step_m, step_s = geodesic_m(lon[a], lat[a], lon[b], lat[b]), tracks.time_s[b] - tracks.time_s[a]
    slack_m = np.maximum(tracks.uncertainty_m[a], tracks.uncertainty_m[b]).astype(np.float64)
    jump_m = params.jump_km * KM_M + slack_m
    return step_m, step_s, step_m > np.maximum(jump_m, params.jump_kn * KNOT_MPS * step_s)


def _interleaved_sign(tracks: Tracks, vessel: int, stays: Stays, params: SpoofingParams) -> Sign | None:
    """Return the event of an MMSI received in turn from segments that both last."""
    reports = np.bincount(stays.segment, weights=stays.last - stays.first + 1).astype(np.int64)
    step_m, _, impossible = _steps(tracks, stays, params)
    is_known = reports[stays.segment] >= params.stay_reports
    is_brief = ~stays.is_lived_in
    counted = impossible & is_known[:-1] & is_known[1:] & (is_brief[:-1] | is_brief[1:])
    steps = np.flatnonzero(counted)
    if len(steps) < params.alternations_min:
        return None
    within = np.arange(steps[0], steps[-1] + 2)
    segments = np.unique(np.concatenate((stays.segment[steps], stays.segment[steps + 1])))
    rows = np.concatenate([stays.of_stay(int(n)) for n in within])
    report_counts = np.array([int((tracks.segment[rows] == segment).sum()) for segment in segments])
    one, other = segments[np.argsort(-report_counts, kind="stable")[:2]]
    a, b = int(stays.rows[stays.last[steps[0]]]), int(stays.rows[stays.first[steps[0] + 1]])
    until = int(stays.rows[stays.first[steps[-1] + 1]])
    return Sign(
        sort=INTERLEAVED,
        vessel=vessel,
        rows=(a, b, until),
        start_s=float(tracks.time_s[a]),
        end_s=float(tracks.time_s[until]),
        path=(point(tracks, a), point(tracks, b)),
        at=point(tracks, b),
        measures={
            "segments": len(segments),
            "alternations": len(steps),
            "alternating_h": float(tracks.time_s[until] - tracks.time_s[a]) / HOUR_S,
            "separation_km": float(np.median(step_m[steps])) / KM_M,
            "one_coordinate": _is_garbled(tracks, stays, steps),
            "fewer_reports": int(np.sort(report_counts)[-2]),
            "repeats_track": _repeats(
                tracks, rows[tracks.segment[rows] == other], rows[tracks.segment[rows] == one]
            ),
        },
    )


def _is_garbled(tracks: Tracks, stays: Stays, steps: Int64) -> bool:
    """Return whether mostly one coordinate stays and the other leaps: bits lost in the air, no place."""
    a, b = stays.rows[stays.last[steps]], stays.rows[stays.first[steps + 1]]
    east_deg = np.abs(wrapped_deg(tracks.lon_deg[b] - tracks.lon_deg[a]))
    north_deg = np.abs(tracks.lat_deg[b] - tracks.lat_deg[a])
    stays_put = np.minimum(east_deg, north_deg) <= GARBLED_SAME_DEG
    jumps = np.maximum(east_deg, north_deg) >= GARBLED_OTHER_DEG
    return float(np.mean(stays_put & jumps)) >= GARBLED_SHARE


def _jumps(tracks: Tracks, vessel: int, stays: Stays, params: SpoofingParams) -> list[Sign]:
    """Return the jumps of an MMSI; weak ones lead to or from places without a stay."""
    strong = stays.take(np.flatnonzero(stays.is_lived_in))
    strong_jumps = _jumps_between(tracks, vessel, strong, params)
    every_jump = _jumps_between(tracks, vessel, stays, params, is_weak=True)
    return strong_jumps + [
        weak for weak in every_jump if not any(_overlap(weak, sign) for sign in strong_jumps)
    ]


def _overlap(one: Sign, other: Sign) -> bool:
    return one.start_s <= other.end_s and other.start_s <= one.end_s


def _jumps_between(
    tracks: Tracks, vessel: int, stays: Stays, params: SpoofingParams, *, is_weak: bool = False
) -> list[Sign]:
    """Return the jumps between stays; one away and one back to the segment left are one."""
    if len(stays.first) < 2:  # noqa: PLR2004 - a jump needs two
        return []
    step_m, step_s, impossible = _steps(tracks, stays, params)
    found: list[Sign] = []
    back_from = -1
    for n in np.flatnonzero(impossible).tolist():
        if n == back_from:
            continue
        back = n + 2 < len(stays.first) and impossible[n + 1]
        returns = bool(back and stays.segment[n + 2] == stays.segment[n])
        if returns:
            back_from = n + 1
        after, before_row = stays.of_stay(n + 1), int(stays.rows[stays.last[n]])
        if any(is_near_zero(*point(tracks, row)) for row in (before_row, int(after[0]))):
            continue
        if _thaws(tracks, stays.of_stay(n), int(after[0]), float(step_m[n]), params):
            continue
        return_rows = (int(stays.rows[stays.first[n + 2]]),) if returns else ()
        arrival = (int(after[0]), int(after[-1]))
        found.append(
            Sign(
                sort=JUMP,
                vessel=vessel,
                rows=(before_row, *dict.fromkeys(arrival), *return_rows),
                start_s=float(tracks.time_s[before_row]),
                end_s=float(tracks.time_s[after[-1]]),
                path=(point(tracks, before_row), point(tracks, arrival[0])),
                at=point(tracks, arrival[0]),
                measures=_jump_measures(tracks, stays, n, float(step_m[n]), float(step_s[n]), returns),
                is_weak=is_weak,
            )
        )
    return found


def _thaws(tracks: Tracks, before: Int64, after: int, step_m: float, params: SpoofingParams) -> bool:
    """Return whether a position had been frozen under way, and the vessel sailed on meanwhile."""
    last = before[-1]
    moved = np.flatnonzero(
        (tracks.lon_deg[before] != tracks.lon_deg[last]) | (tracks.lat_deg[before] != tracks.lat_deg[last])
    )
    stuck = before[moved[-1] + 1 :] if len(moved) else before
    is_sailing = float(np.median(tracks.sog_kn[stuck])) >= params.moving_kn
    since_s = float(tracks.time_s[after] - tracks.time_s[stuck[0]])
    return is_sailing and step_m <= params.jump_kn * KNOT_MPS * since_s


def _jump_measures(
    tracks: Tracks,
    stays: Stays,
    n: int,
    step_m: float,
    step_s: float,
    returns: bool,  # noqa: FBT001 - a measure
) -> Values:
    before, after = stays.of_stay(n), stays.of_stay(n + 1)
    lasted_s = stays.end_s[[n, n + 1]] - stays.start_s[[n, n + 1]]
    return {
        "jump_km": step_m / KM_M,
        "jump_min": step_s / MINUTE_S,
        "required_kn": step_m / max(step_s, 1.0) / KNOT_MPS,
        "stay_before_h": float(lasted_s[0]) / HOUR_S,
        "stay_there_h": float(lasted_s[1]) / HOUR_S,
        "shortest_stay_h": float(lasted_s.min()) / HOUR_S,
        "fewest_stay_reports": min(len(before), len(after)),
        "returned": returns,
        "repeats_track": _repeats(tracks, after, before),
    }


def _repeats(tracks: Tracks, rows: Int64, others: Int64) -> bool:
    """Return whether some reports lie on the track that others made: sent late, or with a wrong clock.

    Two segments at one place do not: a track is longer than `STANDS_M`.
    """
    own, path = thinned(rows), thinned(others, 20_000)
    at_m = to_ecef(tracks.lon_deg[path], tracks.lat_deg[path])
    if float(np.ptp(at_m, axis=0).max(initial=0.0)) < STANDS_M:
        return False
    steps_m = np.linalg.norm(np.diff(at_m, axis=0), axis=1)
    near_m = REPEATS_M + 0.5 * float(np.median(steps_m))
    distance_m, _ = cKDTree(at_m).query(to_ecef(tracks.lon_deg[own], tracks.lat_deg[own]))
    return float(np.mean(distance_m <= near_m)) >= REPEATS_SHARE
