"""What two tracks tell of meetings: evidence for an analyst, measured on the reports themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detectors.core.findings import Finding
from detectors.core.units import HOUR_S
from detectors.sts_transfer.evidence.conduct import (
    draught_change_m,
    formation,
    mode_of,
    position_rounding_m,
    said,
    sog_excess_kn,
)
from detectors.sts_transfer.evidence.craft import craft
from detectors.sts_transfer.evidence.hull_clearance import separation_variation_m, water
from detectors.sts_transfer.evidence.legs import Legs, legs_of
from detectors.sts_transfer.evidence.motion import Ways, ways_of
from detectors.sts_transfer.evidence.relative_bearing import Keels, keels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.measures import Value, Values
    from detectors.core.spans import Span
    from detectors.kernels.tracks.fixes import Fixes
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class Meeting:
    """Two segments that met during a span of time, and what the search measured of it.

    `ways` are where each went, in the order of `segments`, where straight lines between her reports do not
    tell it.
    """

    segments: tuple[int, int]
    span: Span
    measures: Values
    is_under_way: bool
    ways: tuple[Fixes, Fixes] | None = None


class Looks(NamedTuple):
    """Some meetings as looked at in several ways: their legs, the ways they went, and along their keels."""

    legs: Legs
    ways: Ways
    keels: Keels


def measured(scene: Scene, kind: str, meetings: Sequence[Meeting], params: StsParams) -> list[Finding]:
    """Return the findings of meetings, with their measures and those of their tracks.

    Vessels are told in the order of their keys, which is that of their segments: measures that end in ``_1``
    are of the first.
    """
    segments = np.array([sorted(m.segments) for m in meetings], dtype=np.int64).reshape(-1, 2)
    spans = np.array([m.span for m in meetings], dtype=np.float64).reshape(-1, 2)
    legs = legs_of(scene.tracks, segments, spans, params)
    ways = ways_of(scene.tracks, legs, spans, [m.ways for m in meetings], params)
    keels = keels_of(scene.tracks, segments, spans, params)
    looks = Looks(legs, ways, keels)
    return [_finding(scene, kind, number, each, looks, params) for number, each in enumerate(meetings)]


def _finding(
    scene: Scene, kind: str, number: int, meeting: Meeting, looks: Looks, params: StsParams
) -> Finding:
    span = meeting.span
    told = _measured(scene.tracks, number, meeting, looks, params)
    return Finding(
        kind=kind,
        start_s=span[0],
        end_s=span[1],
        vessels=looks.legs.vessels(number),
        rows=looks.legs.evidence(number),
        anchors=looks.legs.anchors(number),
        path=(looks.ways.place(number),),
        behaved_until_s=span[1],
        measures=told | _followed(scene.tracks, number, meeting, looks, told, params),
    )


def _measured(
    tracks: Tracks, number: int, meeting: Meeting, looks: Looks, params: StsParams
) -> dict[str, Value]:
    """Return what the tracks of one meeting tell."""
    span, vessels = meeting.span, looks.legs.vessels(number)
    of_legs, of_ways = looks.legs.measures(number), looks.ways.measures(number)
    return {
        **meeting.measures,
        "elapsed_h": (span[1] - span[0]) / HOUR_S,
        "position_rounding_m": position_rounding_m(tracks, vessels, span),
        **of_legs,
        **of_ways,
        **said(tracks, vessels[0], span, "1", params),
        **said(tracks, vessels[1], span, "2", params),
        **craft(tracks, vessels, span[0], params),
        "headings_known": len(looks.keels.seen_from(number)),
        "rigid_abreast": looks.keels.is_rigid_abreast(number),
    }


def _followed(
    tracks: Tracks, number: int, meeting: Meeting, looks: Looks, told: Values, params: StsParams
) -> dict[str, Value]:
    """Return what follows from what was measured of one meeting."""
    lie, keels = formation(told, looks.ways.aside(number), params), looks.keels
    most_kn = (
        params.encounter.under_way_speed_max_kn if meeting.is_under_way else params.encounter.speed_max_kn
    )
    return {
        "draught_change_m": draught_change_m(told),
        **water(tracks, looks.legs.vessels(number), meeting.span, told, params),
        "separation_variation_m": separation_variation_m(told, params),
        "sog_excess_kn": sog_excess_kn(told, most_kn),
        "mode": mode_of(told, params, is_under_way=meeting.is_under_way),
        "formation": lie,
        "in_line_offset_m": None if lie else keels.in_line_offset_m(number, told),
        "beam_side_offset_m": keels.beam_side_offset_m(number, told),
        "independent_swing_m": keels.independent_swing_m(number),
    }
