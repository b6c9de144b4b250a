"""Reasons that every kind shares: who the vessels are, where it happened, how they behaved."""

from __future__ import annotations

from detectors.reasons import Ladder, Words

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
