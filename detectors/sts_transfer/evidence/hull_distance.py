"""Estimated hull distance of two vessels that declare their length and beam.

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
    hull_distances,
)
from detectors.kernels.encounters.rules import HullsRule, Tiers
from detectors.kernels.encounters.solving import END_OF_S, SEGMENT_A, SEGMENT_B, START_S
from detectors.kernels.geometry.antennas import Boxes
from detectors.sts_transfer.evidence.antennas import antenna_m
from detectors.sts_transfer.search import cadence
from detectors.vessels.static_data import dated_s, known_at

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.params.encounter import EncounterParams
    from detectors.sts_transfer.params.hulls import HullParams
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
"""The measures of hulls, all None: those of an encounter observed only at passes."""


@dataclass(frozen=True, eq=False)
class HullDistances:
    """How the hulls lay in some encounters, a row each; NaN where a vessel does not declare its dimensions.

    `median_m` is the median of the estimated distance over the observed time, `clearance_abreast_m` that
    within which they stayed while they lay abreast, `clearance_m` the same in any attitude, of two that
    both are placed by their antennas; `abreast_s` is the observed time alongside with known headings;
    `contact_s` has a column of observed time side by side for each of `HULL_TIERS`; `placed_by_antenna`
    is the number of the two whose antenna offset is known.
    """

    median_m: Float64
    clearance_abreast_m: Float64
    clearance_m: Float64
    abreast_s: Float64
    contact_s: Float64
    placed_by_antenna: Int64

    def measures(self, number: int) -> Values:
        """Return the measures of one encounter."""
        seconds = (*self.contact_s[number], self.abreast_s[number])
        metres = (self.median_m[number], self.clearance_abreast_m[number], self.clearance_m[number])
        row = *metres, *(s / HOUR_S for s in seconds)
        values = [float(value) if np.isfinite(value) else None for value in row]
        known = int(self.placed_by_antenna[number]) if np.isfinite(row[0]) else None
        return dict(zip(NOT_MEASURED, (*values, known), strict=True))

    def tier(self, params: EncounterParams) -> Int64:
        """Return the index of the innermost tier in use that each encounter reaches, -1 for none."""
        reached = np.full(len(self.contact_s), -1)
        for number, tier in reversed(list(enumerate(params.tiers))):
            if tier in HULL_TIERS:
                reached[self.contact_s[:, HULL_TIERS.index(tier)] >= params.min_s(tier)] = number
        return reached

    def are_alongside(self, params: EncounterParams) -> Bool:
        """Return which lay alongside for as long as an encounter under way must last."""
        return (self.contact_s[:, 0] >= params.min_s(UNDER_WAY)) & params.alongside_reported


def hull_distances_of(scene: Scene, rows: Float64, params: StsParams) -> HullDistances:
    """Return how the hulls lay in encounters (rows of `kernels.encounters.solving`)."""
    segments, tracks = scene.tracks.segments, scene.tracks
    spans = np.hstack([np.sort(rows[:, [SEGMENT_A, SEGMENT_B]], axis=1), rows[:, [START_S, END_OF_S]]])
    hull_m = _pair_hulls_m(
        tracks, segments.vessel_index[spans[:, :2].astype(np.int64)], spans[:, 2], params.hulls
    )
    half_m, antennas_m = 0.5 * hull_m[..., :2].sum(axis=1), hull_m[..., 2:]
    sized = np.flatnonzero(~np.isnan(half_m[:, 0]))
    columns = np.full((len(rows), FIRST_CONTACT_S + len(HULL_TIERS)), np.nan)
    if params.hulls.reach_tiers and len(sized):
        columns[sized] = hull_distances(
            spans[sized],
            Boxes(half_m[sized], np.nan_to_num(antennas_m[sized]).reshape(-1, 4)),
            segments.offsets,
            segments.fixes,
            tracks.by_segment(tracks.heading_deg),
            tracks.by_segment(tracks.cog_deg),
            tracks.by_segment(tracks.sog_kn),
            segments.uncertainty_m,
            cadence(params.contact),
            _tiers(params),
            _rule(params.hulls),
        )
    is_placed = ~np.isnan(antennas_m[..., 0])
    clearance_m = np.where(is_placed[:, 0] & is_placed[:, 1], columns[:, GAP_M], np.nan)
    return HullDistances(
        columns[:, MEDIAN_M],
        columns[:, WATER_M],
        clearance_m,
        columns[:, ABREAST_S],
        columns[:, FIRST_CONTACT_S:],
        is_placed.sum(axis=1),
    )


def _tiers(params: StsParams) -> Tiers:
    enter_m = np.array([params.hulls.alongside_enter_m, params.encounter.close_enter_m])
    return Tiers(
        enter_m, np.array([params.hulls.alongside_leave_m, params.encounter.close_leave_m]), np.empty(0)
    )


def _rule(params: HullParams) -> HullsRule:
    """Return the rule of how hulls lie as the kernels take it."""
    return HullsRule(
        course_from_kn=params.course_from_kn,
        parallel_max_deg=params.parallel_max_deg,
        parallel_share=params.parallel_share,
        abreast_share=params.abreast_share,
    )


def _pair_hulls_m(tracks: Tracks, vessels: Int32, at_s: Float64, params: HullParams) -> Float64:
    """Return the hulls (`_hull_m`) of pairs as declared by a time, shape (pairs, 2, 4)."""
    hull_m = np.full((*vessels.shape, 4), np.nan)
    for vessel in np.unique(vessels).tolist():
        statics = tracks.statics.get(int(tracks.vessel[vessel]))
        if statics:
            places = np.argwhere(vessels == vessel)
            versions = np.searchsorted([dated_s(s) for s in statics], at_s[places[:, 0]], side="right")
            for version in np.unique(versions).tolist():
                some = places[versions == version]
                hull_m[some[:, 0], some[:, 1]] = _hull_m(tracks, vessel, float(at_s[some[0, 0]]), params)
    return hull_m


def _hull_m(tracks: Tracks, vessel: int, time_s: float, params: HullParams) -> tuple[float, ...]:
    """Return declared length, beam and antenna offsets, all NaN for dimensions that no ship has."""
    static_data = known_at(tracks, vessel, time_s)
    length_m, beam_m = static_data.length_m or 0.0, static_data.beam_m or 0.0
    is_ship = 0.0 < beam_m <= length_m <= params.length_max_m and beam_m <= params.beam_max_m
    return (length_m, beam_m, *antenna_m(static_data, params)) if is_ship else (np.nan,) * 4
