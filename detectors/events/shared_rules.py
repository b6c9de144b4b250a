"""Reasons that every kind shares: who the vessels are, where it happened, how they behaved."""

from __future__ import annotations

from detectors.core.rules import Ladder, Words

WHO = (
    Words(
        "listed_by",
        (
            ("imo", 2.5, "a vessel's IMO number is on a watch list"),
            ("mmsi", 2.0, "a vessel's MMSI is on a watch list"),
            ("name", 0.5, "a vessel's name, and only her name, is on a watch list (weak)"),
        ),
    ),
    Words("dprk_flag", ((True, 1.5, "a vessel shows the flag of the DPRK"),)),
)

WHERE = (
    Words(
        "dprk_waters",
        (
            ("territorial_sea", 1.2, "inside the indicative territorial sea of the DPRK"),
            ("disputed", 0.9, "in the waters beyond the Northern Limit Line that the DPRK claims"),
            ("eez", 0.5, "inside the exclusive economic zone that the DPRK claims"),
        ),
    ),
    Words("working_area", ((True, 0.4, "in an area where transfers with DPRK vessels were reported"),)),
)

INLAND = Words(
    "inland", ((True, -1.0, "on land by the chart: a river, a canal or a dock, or a false position"),)
)

BEHAVIOUR = (
    Ladder(
        "anomaly_percentile",
        "share",
        "behaved unlike {value:.1%} of the training traffic, most of all by {told[anomaly_features]}",
        ((0.95, 0.3), (0.99, 0.6)),
    ),
)

ANCHORAGE = Ladder(
    "ships_lying_near",
    "vessels",
    "{value:.0f} other slow vessels within 2 nautical miles",
    ((0.0, 0.2), (1.0, 0.0), (4.0, -0.4), (7.0, -1.0), (10.0, -1.3), (20.0, -1.8)),
)

DOUBTED = Words(
    "doubted_positions",
    (
        ("frozen", -2.0, "positions of one of them were frozen meanwhile: where she was is not known"),
        ("circling", -2.0, "positions of one of them went in circles meanwhile: where she was is not known"),
        (
            "jump",
            -2.0,
            "one of them came or left faster than a ship can: her positions there are in doubt",
        ),
    ),
)
