"""From antenna to antenna to hull to hull: an estimate where two vessels say how long and broad they are.

The rule is in docs/definitions/sts_transfer.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.encounter_tiers import TIERS, UNDER_WAY
from detectors.core.units import HOUR_S
from detectors.kernels.encounters.hull_distances import (
    ABREAST_S,
    FIRST_CONTACT_S,
    GAP_M,
    MEDIAN_M,
    WATER_M,
    lay_beside,
)
from detectors.kernels.encounters.rules import Lying, Tiers
from detectors.kernels.encounters.solving import END_OF_S, HULL_A, HULL_B, START_S
from detectors.kernels.geometry.antennas import Boxes
from detectors.sts_transfer.evidence.antennas import antenna_m
from detectors.sts_transfer.search import cadence
from detectors.vessels.static_data import dated_s, known_at

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Bool, Float64, Int32, Int64
    from detectors.tracks.tracks import Tracks

HULL_TIERS = TIERS[:2]
"""Tiers that hulls side by side can reach, the innermost first."""


NOT_MEASURED = dict.fromkeys(
    (
        "hull_separation_m",
        "hull_distance_abreast_m",
        "hull_distance_by_antennas_m",
        "hulls_alongside_h",
        "hulls_close_h",
        "hulls_abreast_h",
        "hulls_placed_by_antenna",
    )
)
"""What is told of hulls in a meeting that only passes tell."""


@dataclass(frozen=True, eq=False)
class Beside:
    """How the hulls lay in each of some meetings; NaN where a vessel does not tell her dimensions.

    `median_m` is the median of the estimated distance over the observed time, `water_m` that within which
    they stayed while they lay abreast, `gap_m` the same whichever way they lay, of two that both are placed
    by their antennas; `abreast_s` is the observed time alongside with bows that are known; `contact_s` has a
    column of observed time side by side for each of `HULL_TIERS`; `by_antenna` tells of how many of the two
    the antenna's place on the hull is known.
    """

    median_m: Float64
    water_m: Float64
    gap_m: Float64
    abreast_s: Float64
    contact_s: Float64
    by_antenna: Int64

    def measures(self, number: int) -> Values:
        """Return what is told of one meeting."""
        seconds = (*self.contact_s[number], self.abreast_s[number])
        metres = (self.median_m[number], self.water_m[number], self.gap_m[number])
        told = *metres, *(s / HOUR_S for s in seconds)
        values = [float(value) if np.isfinite(value) else None for value in told]
        known = int(self.by_antenna[number]) if np.isfinite(told[0]) else None
        return dict(zip(NOT_MEASURED, (*values, known), strict=True))

    def tier(self, params: StsParams) -> Int64:
        """Return the number of the innermost tier in use that each meeting reaches, -1 for none."""
        reached = np.full(len(self.contact_s), -1)
        for number, tier in reversed(list(enumerate(params.encounter.tiers))):
            if tier in HULL_TIERS:
                reached[self.contact_s[:, HULL_TIERS.index(tier)] >= params.encounter.min_s(tier)] = number
        return reached

    def are_alongside(self, params: StsParams) -> Bool:
        """Tell which lay alongside for as long as a meeting under way must last."""
        return (
            self.contact_s[:, 0] >= params.encounter.min_s(UNDER_WAY)
        ) & params.encounter.alongside_reported


def beside(scene: Scene, rows: Float64, params: StsParams) -> Beside:
    """Return how the hulls lay in meetings (rows of `kernels.meetings`)."""
    hulls, tracks = scene.tracks.segments, scene.tracks
    spans = np.hstack([np.sort(rows[:, [HULL_A, HULL_B]], axis=1), rows[:, [START_S, END_OF_S]]])
    hull_m = _hulls_m(tracks, hulls.vessel_index[spans[:, :2].astype(np.int64)], spans[:, 2], params)
    half_m, place_m = 0.5 * hull_m[..., :2].sum(axis=1), hull_m[..., 2:]
    told = np.flatnonzero(~np.isnan(half_m[:, 0]))
    lay = np.full((len(rows), FIRST_CONTACT_S + len(HULL_TIERS)), np.nan)
    if params.hulls.reach_tiers and len(told):
        lay[told] = lay_beside(
            spans[told],
            Boxes(half_m[told], np.nan_to_num(place_m[told]).reshape(-1, 4)),
            hulls.offsets,
            hulls.fixes,
            tracks.by_segment(tracks.heading_deg),
            tracks.by_segment(tracks.cog_deg),
            tracks.by_segment(tracks.sog_kn),
            hulls.uncertainty_m,
            cadence(params),
            _tiers(params),
            _rule(params),
        )
    is_placed = ~np.isnan(place_m[..., 0])
    gap_m = np.where(is_placed[:, 0] & is_placed[:, 1], lay[:, GAP_M], np.nan)
    return Beside(
        lay[:, MEDIAN_M],
        lay[:, WATER_M],
        gap_m,
        lay[:, ABREAST_S],
        lay[:, FIRST_CONTACT_S:],
        is_placed.sum(axis=1),
    )


def _tiers(params: StsParams) -> Tiers:
    enter_m = np.array([params.hulls.alongside_enter_m, params.encounter.close_enter_m])
    return Tiers(
        enter_m, np.array([params.hulls.alongside_leave_m, params.encounter.close_leave_m]), np.empty(0)
    )


def _rule(params: StsParams) -> Lying:
    """Return the rule of how hulls lie as loops take it."""
    return Lying(
        course_from_kn=params.hulls.course_from_kn,
        parallel_max_deg=params.hulls.parallel_max_deg,
        parallel_share=params.hulls.parallel_share,
        abreast_share=params.hulls.abreast_share,
    )


def _hulls_m(tracks: Tracks, vessels: Int32, at_s: Float64, params: StsParams) -> Float64:
    """Return the hulls (`_hull_m`) of pairs as told by a time, shape (pairs, 2, 4)."""
    hull_m = np.full((*vessels.shape, 4), np.nan)
    for vessel in np.unique(vessels).tolist():
        statics = tracks.statics.get(int(tracks.vessel[vessel]))
        if statics:
            hers = np.argwhere(vessels == vessel)
            told = np.searchsorted([dated_s(each) for each in statics], at_s[hers[:, 0]], side="right")
            for number in np.unique(told).tolist():
                some = hers[told == number]
                hull_m[some[:, 0], some[:, 1]] = _hull_m(tracks, vessel, float(at_s[some[0, 0]]), params)
    return hull_m


def _hull_m(tracks: Tracks, vessel: int, time_s: float, params: StsParams) -> tuple[float, ...]:
    """Return length and beam told by a time, and the place of the antenna; NaN where not told.

    Sizes that no ship has are not told.
    """
    said = known_at(tracks, vessel, time_s)
    length_m, beam_m = said.length_m or 0.0, said.beam_m or 0.0
    is_ship = 0.0 < beam_m <= length_m <= params.hulls.length_max_m and beam_m <= params.hulls.beam_max_m
    return (length_m, beam_m, *antenna_m(said, params)) if is_ship else (np.nan,) * 4
