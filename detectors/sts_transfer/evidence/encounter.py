"""Measures of encounters from the tracks of the two vessels, computed on their reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detectors.core.findings import Finding
from detectors.core.units import HOUR_S
from detectors.sts_transfer.evidence.craft import craft_measures
from detectors.sts_transfer.evidence.hull_clearance import hull_clearance, separation_variation_m
from detectors.sts_transfer.evidence.legs import Legs, legs_of
from detectors.sts_transfer.evidence.mode import formation, mode_of, sog_excess_kn
from detectors.sts_transfer.evidence.motion import Motion, motion_of
from detectors.sts_transfer.evidence.position_error import position_rounding_m
from detectors.sts_transfer.evidence.relative_bearing import RelativeBearings, relative_bearings_of
from detectors.sts_transfer.evidence.static_data import draught_change_m, static_data_measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.measures import Value, Values
    from detectors.core.spans import Span
    from detectors.kernels.tracks.fixes import Fixes
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class Encounter:
    """Two segments near one another during a span of time, and what the search measured of it.

    `paths` are the positions of each, in the order of `segments`, where straight lines between its
    reports do not give them.
    """

    segments: tuple[int, int]
    span: Span
    measures: Values
    is_under_way: bool
    paths: tuple[Fixes, Fixes] | None = None


class Evidence(NamedTuple):
    """The tracks of some encounters: legs, motion and relative bearings."""

    legs: Legs
    motion: Motion
    bearings: RelativeBearings


def measured(scene: Scene, kind: str, encounters: Sequence[Encounter], params: StsParams) -> list[Finding]:
    """Return the findings of encounters, with their measures and those of their tracks.

    Vessels are in the order of their keys, which is that of their segments: measures that end in ``_1``
    are of the first.
    """
    segments = np.array([sorted(e.segments) for e in encounters], dtype=np.int64).reshape(-1, 2)
    spans = np.array([e.span for e in encounters], dtype=np.float64).reshape(-1, 2)
    legs = legs_of(scene.tracks, segments, spans, params.craft)
    motion = motion_of(scene.tracks, legs, spans, [e.paths for e in encounters], params.motion)
    bearings = relative_bearings_of(scene.tracks, segments, spans, params)
    evidence = Evidence(legs, motion, bearings)
    return [_finding(scene, kind, number, each, evidence, params) for number, each in enumerate(encounters)]


def _finding(
    scene: Scene, kind: str, number: int, encounter: Encounter, evidence: Evidence, params: StsParams
) -> Finding:
    span = encounter.span
    measures = _measured(scene.tracks, number, encounter, evidence, params)
    return Finding(
        kind=kind,
        start_s=span[0],
        end_s=span[1],
        vessels=evidence.legs.vessels(number),
        rows=evidence.legs.evidence(number),
        anchors=evidence.legs.anchors(number),
        path=(evidence.motion.middle(number),),
        behaved_until_s=span[1],
        measures=measures | _derived(scene.tracks, number, encounter, evidence, measures, params),
    )


def _measured(
    tracks: Tracks, number: int, encounter: Encounter, evidence: Evidence, params: StsParams
) -> dict[str, Value]:
    """Return the measures of the tracks of one encounter."""
    span, vessels = encounter.span, evidence.legs.vessels(number)
    of_legs, of_motion = evidence.legs.measures(number), evidence.motion.measures(number)
    return {
        **encounter.measures,
        "elapsed_h": (span[1] - span[0]) / HOUR_S,
        "position_rounding_m": position_rounding_m(tracks, vessels, span),
        **of_legs,
        **of_motion,
        **static_data_measures(tracks, vessels[0], span, "1", params.craft),
        **static_data_measures(tracks, vessels[1], span, "2", params.craft),
        **craft_measures(tracks, vessels, span[0], params.craft),
        "headings_known": len(evidence.bearings.seen_from(number)),
        "rigid_abreast": evidence.bearings.is_rigid_abreast(number),
    }


def _derived(
    tracks: Tracks, number: int, encounter: Encounter, evidence: Evidence, measures: Values, params: StsParams
) -> dict[str, Value]:
    """Return what follows from the measures of one encounter."""
    formation_code = formation(measures, evidence.motion.line_angle_sine(number), params.motion)
    bearings = evidence.bearings
    made_good_max_kn = (
        params.encounter.under_way_speed_max_kn if encounter.is_under_way else params.encounter.speed_max_kn
    )
    return {
        "draught_change_m": draught_change_m(measures),
        **hull_clearance(tracks, evidence.legs.vessels(number), encounter.span, measures, params.clearance),
        "separation_variation_m": separation_variation_m(measures, params.clearance),
        "sog_excess_kn": sog_excess_kn(measures, made_good_max_kn),
        "mode": mode_of(measures, params.motion, is_under_way=encounter.is_under_way),
        "formation": formation_code,
        "in_line_offset_m": None if formation_code else bearings.in_line_offset_m(number, measures),
        "beam_side_offset_m": bearings.beam_side_offset_m(number, measures),
        "independent_swing_m": bearings.independent_swing_m(number),
    }
