"""Thresholds of putting reports into tracks."""

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
        meaning="Equal reports of a vessel at most this far apart are one transmission heard twice.",
        source="ITU-R M.1371-5, quoted from memory, not checked: nominal intervals of 2 s and more",
    )
    rounded_share: float = parameter(
        0.98,
        unit="share",
        low=0.5,
        high=1,
        meaning="A vessel of whose positions this share lies on a grid of 0.01, 1/600 or 0.001 degrees has "
        "rounded positions: uncertain by half a line.",
        source="our choice: a position lies on such a grid by chance once in 2,500; one in fifty may be wild",
    )
    rounded_moves_min: float = parameter(
        5.0,
        unit="moves",
        low=1,
        high=1000,
        meaning="So many changes of place, all on the grid, show that they were rounded.",
        source="our choice: one place that lies still on a line is chance",
    )
    segment_speed_max_kn: float = parameter(
        50.0,
        unit="kn",
        low=20,
        high=200,
        meaning="Reports that ask for a faster ship are of two segments that share a number, or false.",
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
        meaning="Segments followed at once under one number; the one heard longest ago makes room.",
        source="our choice: bounds the cost of default MMSIs that many ships share",
    )
    segment_young_reports: float = parameter(
        5.0,
        unit="reports",
        low=2,
        high=100,
        meaning="A segment of fewer reports may be wild fixes.",
        source="our choice: errors come one by one; public tracks agree (docs/segments.md)",
    )
    segment_young_factor: float = parameter(
        3.0,
        unit="times",
        low=1,
        high=100,
        meaning="So many times better a report must fit such a segment than an older one.",
        source="our choice: the same",
    )
    segment_lead_h: float = parameter(
        2.0,
        unit="h",
        low=0,
        high=24,
        meaning="A segment is thought to sail on as before for so long at most.",
        source="our choice: later, courses have changed",
    )
    segment_wander_kn: float = parameter(
        5.0,
        unit="kn",
        low=0.5,
        high=50,
        meaning="Of two segments off their ways by less than this, the one heard last has the report.",
        source="Global Fishing Watch, gpsdio-segment: speeds beyond 5 kn off the way are discouraged",
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
        meaning="A segment that ended in a wild fix is joined to its going on if no longer was between them.",
        source="our choice: in a longer time too many places are in reach",
    )
