"""From antenna to antenna to hull to hull: an estimate where two vessels say how long and broad they are.

Where the antenna stands on a hull is not kept, so each hull is a box centred on her antenna. The rule is in
docs/definitions/sts_transfer.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.angles import wrapped_deg
from detectors.kernels.geodesy import plane_m
from detectors.kernels.meetings import contact_limit_s
from detectors.vessels import known_at

if TYPE_CHECKING:
    from detectors.hull_params import HullParams
    from detectors.meeting import Leg, Span
    from detectors.tracks.reports import Bool, Float64
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True)
class Boxes:
    """Half the sum of two vessels' lengths, and of their beams."""

    length_m: float
    beam_m: float


@dataclass(frozen=True, eq=False)
class Beside:
    """How two hulls lay during a meeting, at each time at which either reported.

    `hull_m` is the estimated distance of the hulls; `is_beside` tells whether they lay side by side;
    `is_parallel` tells where their headings were. `step_s` is the observed time to the next of the
    times, 0 for the last and across silence.
    """

    hull_m: Float64
    is_beside: Bool
    is_parallel: Bool
    step_s: Float64

    def water_m(self, parallel_share: float) -> float | None:
        """Return the least distance of hulls abreast; None where fewer than this share lay parallel.

        Abreast it is the distance across the keels, whichever end the antennas stand at. Ahead or astern of
        one another no two lie made fast.
        """
        seen = self.step_s > 0.0
        abreast = seen & self.is_parallel & self.is_beside
        if not abreast.any() or self.is_parallel[seen].mean() < parallel_share:
            return None
        return float(self.hull_m[abreast].min())

    def median_m(self) -> float | None:
        """Return the median distance of the hulls over the observed time; None where none is observed."""
        between_m = 0.5 * (self.hull_m[:-1] + self.hull_m[1:])
        order = np.argsort(between_m, kind="stable")
        passed_s = np.cumsum(self.step_s[:-1][order])
        if not len(passed_s) or passed_s[-1] <= 0.0:
            return None
        return float(between_m[order[np.searchsorted(passed_s, 0.5 * passed_s[-1])]])

    def contact_s(self, enter_m: float, leave_m: float) -> float:
        """Return the observed time in spells side by side within `leave_m` that come within `enter_m`.

        Counted in whole stretches between reports. Hulls that are inside the bound at both ends of one are
        inside it throughout, because both move in straight lines.
        """
        inside = self.is_beside & (self.hull_m <= leave_m)
        both = inside[:-1] & inside[1:]
        spell = np.cumsum(np.concatenate(([True], ~both[:-1]))) if len(both) else np.zeros(0, np.int64)
        nearest_m = np.minimum(self.hull_m[:-1], self.hull_m[1:])
        came_near = set(spell[both & (nearest_m <= enter_m)].tolist())
        counts = both & np.isin(spell, list(came_near))
        return float(self.step_s[:-1][counts].sum())


def boxes(tracks: Tracks, vessels: tuple[int, int], time_s: float, params: HullParams) -> Boxes | None:
    """Return half the sums of what two vessels say of their dimensions; None where one says none."""
    if not all(tracks.statics.get(int(tracks.vessel[vessel])) for vessel in vessels):
        return None
    said = [known_at(tracks, vessel, time_s) for vessel in vessels]
    sizes = [(s.length_m or 0.0, s.beam_m or 0.0) for s in said]
    length_max_m, beam_max_m = params.hulls_length_max_m, params.hulls_beam_max_m
    if not all(0.0 < beam <= length <= length_max_m and beam <= beam_max_m for length, beam in sizes):
        return None
    (length_1, beam_1), (length_2, beam_2) = sizes
    return Boxes(0.5 * (length_1 + length_2), 0.5 * (beam_1 + beam_2))


def lay(
    tracks: Tracks,
    legs: tuple[Leg, Leg],
    times: Float64,
    span: Span,
    size: Boxes,
    params: HullParams,
    rule: Float64,
) -> Beside:
    """Return how two hulls lay at the given times. `rule` is that of `contact_limit_s`."""
    (lon_1, lat_1), (lon_2, lat_2) = (leg.at(times) for leg in legs)
    east_m, north_m = plane_m(lon_1, lat_1, lon_2, lat_2)
    bow_1, bow_2 = (_bow_deg(tracks, leg, times, params.hulls_course_from_kn) for leg in legs)
    turned = wrapped_deg(2.0 * (bow_2 - bow_1)) / 2.0  # the angle between their keels, whichever end leads
    keel = np.radians(bow_1 + turned / 2.0)
    across_m = np.abs(east_m * np.cos(keel) - north_m * np.sin(keel))
    along_m = np.abs(east_m * np.sin(keel) + north_m * np.cos(keel))
    apart_m = np.maximum(0.0, np.hypot(east_m, north_m) - size.beam_m)
    box_m = np.hypot(np.maximum(0.0, across_m - size.beam_m), np.maximum(0.0, along_m - size.length_m))
    known = ~np.isnan(turned)
    parallel = known & (np.abs(turned) <= params.hulls_parallel_max_deg)
    abreast = (along_m <= size.length_m) & (across_m >= params.hulls_abreast_share * size.beam_m)
    return Beside(
        hull_m=np.where(parallel, box_m, apart_m),
        is_beside=np.where(parallel, abreast, ~known),
        is_parallel=parallel,
        step_s=_observed_s(legs, times, span, rule),
    )


def _bow_deg(tracks: Tracks, leg: Leg, times: Float64, course_from_kn: float) -> Float64:
    """Return where the bow points, by the last report at or before each time: heading, else course."""
    rows = leg.rows[np.clip(np.searchsorted(leg.time_s, times, side="right") - 1, 0, len(leg.rows) - 1)]
    heading = tracks.heading_deg[rows].astype(np.float64)
    moves = tracks.sog_kn[rows] >= course_from_kn
    course = np.where(moves, tracks.cog_deg[rows].astype(np.float64), np.nan)
    return np.where(np.isnan(heading), course, heading)


def _observed_s(legs: tuple[Leg, Leg], times: Float64, span: Span, rule: Float64) -> Float64:
    """Return the time from each of the times to the next, 0 where either was silent for too long."""
    step_s = np.append(np.diff(times), 0.0)
    for leg in legs:
        limit_s = contact_limit_s((0, len(leg.all_time_s)), *span, leg.all_time_s, rule)
        number = np.clip(np.searchsorted(leg.time_s, times, side="right") - 1, 0, max(0, len(leg.rows) - 2))
        heard_s = np.diff(leg.time_s)[number] if len(leg.rows) > 1 else np.full(len(times), np.inf)
        step_s = np.where(heard_s <= limit_s, step_s, 0.0)
    return step_s
