"""Thresholds of building tracks from reports."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class TrackParams(Params):
    """How reports become tracks: what is one transmission, and what one segment can have sent."""

    duplicate_within_s: float = parameter(
        1.0,
        unit="s",
        low=0,
        high=2,
        meaning="Equal reports of a vessel at most this far apart in time are one transmission received "
        "twice.",
        source="ITU-R M.1371-5, quoted from memory, not checked: nominal intervals of 2 s and more",
    )
    rounded_share: float = parameter(
        0.98,
        unit="share",
        low=0.5,
        high=1,
        meaning="A vessel of whose positions this share lies on a grid of 0.01, 1/600 or 0.001 degrees has "
        "rounded positions: uncertain by half a grid step.",
        source="our choice: a position lies on such a grid by chance once in 2,500; one in fifty may be wild",
    )
    rounded_moves_min: float = parameter(
        5.0,
        unit="moves",
        low=1,
        high=1000,
        meaning="This many changes of position, all on the grid, show that positions were rounded.",
        source="our choice: one position at rest on a grid line is chance",
    )
    segment_speed_max_kn: float = parameter(
        50.0,
        unit="kn",
        low=20,
        high=200,
        meaning="Reports that require a faster vessel are of two segments that share an MMSI, or false.",
        source="our choice, from general knowledge, not verified: high-speed ferries make about 40 kn",
    )
    segment_slack_m: float = parameter(
        1000.0,
        unit="m",
        low=0,
        high=20000,
        meaning="Position error allowed before that speed is judged.",
        source="our choice: five times the rounding of type 27 reports (ITU-R M.1371-5)",
    )
    segments_max: float = parameter(
        8.0,
        unit="segments",
        low=2,
        high=32,
        meaning="Greatest number of segments followed at once under one MMSI; the one received longest ago "
        "is dropped.",
        source="our choice: bounds the cost of default MMSIs that many ships share",
    )
    segment_young_reports: float = parameter(
        5.0,
        unit="reports",
        low=2,
        high=100,
        meaning="A segment with fewer reports may be strays.",
        source="our choice: errors come one by one; public tracks agree (docs/segments.md)",
    )
    segment_young_factor: float = parameter(
        3.0,
        unit="times",
        low=1,
        high=100,
        meaning="A report must fit such a segment this many times better than an older one.",
        source="our choice: the same",
    )
    segment_lead_h: float = parameter(
        2.0,
        unit="h",
        low=0,
        high=24,
        meaning="The motion of a segment is projected forward for at most this long.",
        source="our choice: later, courses have changed",
    )
    segment_wander_kn: float = parameter(
        5.0,
        unit="kn",
        low=0.5,
        high=50,
        meaning="Of two segments whose projections miss by less than this, the one received last gets the "
        "report.",
        source="Global Fishing Watch, gpsdio-segment: speeds beyond 5 kn off the projection are discouraged",
    )
    segment_pad_h: float = parameter(
        0.25,
        unit="h",
        low=0.01,
        high=6,
        meaning="Shorter times between two reports count as this.",
        source="Global Fishing Watch, gpsdio-segment: buffer of 0.25 h",
    )
    segment_return_h: float = parameter(
        3.0,
        unit="h",
        low=0,
        high=24,
        meaning="A segment that ended in a stray is joined to its continuation if no longer time lies "
        "between them.",
        source="our choice: in a longer time too many places are in reach",
    )
