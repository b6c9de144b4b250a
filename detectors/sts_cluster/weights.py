"""Weights of a cluster of ship-to-ship transfers."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import BEHAVIOUR, INLAND, WHERE, WHO, anchorage, suspect
from detectors.sts_cluster import measures as own

PRIOR = -2.0

RULES: tuple[Rule, ...] = (
    StepWeights(
        own.PARTNERS,
        "vessels that had an encounter with the hub vessel: {value:.0f}",
        ((1.0, -0.6), (2.0, 0.6), (3.0, 0.9), (6.0, 0.3), (8.0, -0.8)),
    ),
    StepWeights(
        own.SEGMENTS,
        "{value:.0f} vessels linked by encounters: as in an anchorage with many vessels",
        ((10.0, -0.8), (20.0, -1.6)),
    ),
    CategoryWeights(
        own.TIER,
        (
            ("alongside", 1.0, "alongside: as near as two vessels made fast are taken to lie"),
            ("close", 0.6, "close: as near as the hoses of large vessels are taken to reach"),
        ),
    ),
    StepWeights(
        own.CONTACT_H,
        "observed together for {value:.1f} h, over all encounters",
        ((1.0, 0.3), (4.0, 0.8), (8.0, 1.0)),
    ),
    StepWeights(
        own.REPORTS_LEAST,
        "only {value:.0f} reports of one vessel during one of the encounters",
        ((0.0, -0.4), (4.0, 0.0)),
    ),
    StepWeights(
        around.PORT_DISTANCE_MAX_KM,
        "{port_distance_km:.1f} km from {port} by the chart, {value:.1f} km at most: "
        "encounters are ordinary there",
        ((0.0, -2.0), (5.0, -1.2), (10.0, -0.4), (20.0, 0.0)),
    ),
    anchorage(own.ANCHORAGE_VESSELS),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.5, "all are tankers or cargo vessels"),
            (
                "service",
                -1.2,
                "a tug, pilot or other service vessel among them: such encounters are its work",
            ),
            ("fishing", -1.0, "all are fishing vessels"),
            ("passenger", -1.0, "a passenger, fast or pleasure craft among them"),
        ),
    ),
    suspect(own.SUSPECT_POSITIONS),
    CategoryWeights(
        own.IN_JAMMED_AREA,
        ((True, -2.2, "many vessels showed false positions there at one time: jamming of an area"),),
    ),
    INLAND,
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
