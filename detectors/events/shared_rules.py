"""Reasons that every kind shares: who the vessels are, where it happened, how they behaved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.rules import CategoryWeights, StepWeights
from detectors.events import measures as around

if TYPE_CHECKING:
    from detectors.core.measures import Measure

WHO = (
    CategoryWeights(
        around.LISTED_BY,
        (
            ("imo", 2.5, "a vessel's IMO number is on a watch list"),
            ("mmsi", 2.0, "a vessel's MMSI is on a watch list"),
            ("name", 0.5, "a vessel's name, and only its name, is on a watch list (weak)"),
        ),
    ),
    CategoryWeights(around.DPRK_FLAG, ((True, 1.5, "a vessel shows the flag of the DPRK"),)),
)

WHERE = (
    CategoryWeights(
        around.DPRK_WATERS,
        (
            ("territorial_sea", 1.2, "inside the indicative territorial sea of the DPRK"),
            ("disputed", 0.9, "in the waters beyond the Northern Limit Line that the DPRK claims"),
            ("eez", 0.5, "inside the exclusive economic zone that the DPRK claims"),
        ),
    ),
    CategoryWeights(
        around.WORKING_AREA, ((True, 0.4, "in an area where transfers with DPRK vessels were reported"),)
    ),
)

INLAND = CategoryWeights(
    around.INLAND, ((True, -1.0, "on land by the chart: a river, a canal or a dock, or a false position"),)
)

BEHAVIOUR = (
    StepWeights(
        around.ANOMALY_PERCENTILE,
        "behaved unlike {value:.1%} of the training traffic, most of all by {anomaly_features}",
        ((0.95, 0.3), (0.99, 0.6)),
    ),
)


def anchorage(vessels_near: Measure) -> StepWeights:
    """Return the rule of an encounter among other slow vessels, as ships lie in an anchorage."""
    return StepWeights(
        vessels_near,
        "{value:.0f} other slow vessels within 2 nautical miles",
        ((0.0, 0.2), (1.0, 0.0), (4.0, -0.4), (7.0, -1.0), (10.0, -1.3), (20.0, -1.8)),
    )


def suspect(positions: Measure) -> CategoryWeights:
    """Return the rule of an encounter where the position of one of the two is in doubt."""
    return CategoryWeights(
        positions,
        (
            ("frozen", -2.0, "positions of one of the two were frozen meanwhile: where it was is not known"),
            (
                "circling",
                -2.0,
                "positions of one of the two went in circles meanwhile: where it was is not known",
            ),
            (
                "jump",
                -2.0,
                "one of the two came or left faster than a vessel can: its positions there are suspect",
            ),
        ),
    )
