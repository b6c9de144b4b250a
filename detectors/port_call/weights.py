"""Weights of a port call."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import BEHAVIOUR, WHERE, WHO
from detectors.port_call import measures as own

PRIOR = -2.0

RULES: tuple[Rule, ...] = (
    CategoryWeights(
        own.CALLED_AT,
        (
            ("dprk_port", 1.2, "at a port of the DPRK by the chart"),
            ("dprk_waters", 0.4, "stopped in the indicative territorial sea of the DPRK"),
            ("russian_terminal", -0.6, "at Vostochny or Nakhodka, where most calls are ordinary trade"),
        ),
    ),
    StepWeights(
        own.STOPPED_H,
        "stopped for {value:.1f} h",
        ((0.0, -0.5), (2.0, 0.0), (6.0, 0.3), (240.0, 0.0)),
    ),
    CategoryWeights(
        own.HOME_FLAG,
        ((True, -3.8, "an MMSI of the DPRK in DPRK waters: neither flag nor place shows more"),),
    ),
    CategoryWeights(
        own.REPORTED_OTHERWISE, ((True, -2.0, "the stay is reported as an encounter or as loitering"),)
    ),
    StepWeights(
        own.LONGEST_GAP_H,
        "not observed for {value:.1f} h of it",
        ((4.0, 0.1), (12.0, 0.2)),
    ),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.5, "a tanker or cargo vessel"),
            ("service", -0.3, "a tug, pilot or other service vessel"),
            ("fishing", -0.6, "a fishing vessel"),
            ("passenger", -0.5, "a passenger, fast or pleasure craft"),
        ),
    ),
    CategoryWeights(around.CLASS_B, ((True, -0.3, "a class B transponder: small craft"),)),
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
