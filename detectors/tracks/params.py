"""Thresholds of putting reports into tracks."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.params import Params, knob


@dataclass(frozen=True)
class TrackParams(Params):
    """How reports become tracks: what is one transmission, and what one hull can have sent."""

    duplicate_within_s: float = knob(
        1.0,
        unit="s",
        low=0,
        high=2,
        meaning="Equal reports of a vessel at most this far apart are one transmission heard twice.",
        source="ITU-R M.1371-5, quoted from memory, not checked: nominal intervals of 2 s and more",
    )
    hull_speed_max_kn: float = knob(
        50.0,
        unit="kn",
        low=20,
        high=200,
        meaning="Reports that ask for a faster ship are of two hulls that share a number, or false.",
        source="our choice, from general knowledge, not verified: high-speed ferries make about 40 kn",
    )
    hull_slack_m: float = knob(
        1000.0,
        unit="m",
        low=0,
        high=20000,
        meaning="Position error allowed before that speed is judged.",
        source="our choice: five times the rounding of type 27 reports (ITU-R M.1371-5)",
    )
    hulls_max: float = knob(
        8.0,
        unit="hulls",
        low=2,
        high=32,
        meaning="Hulls followed at once under one number; the one heard longest ago makes room.",
        source="our choice: bounds the cost of default MMSIs that many ships share",
    )
