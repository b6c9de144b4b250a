"""Parameters of the kind `anomaly`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class AnomalyParams(Params):
    """Threshold of an anomaly."""

    percentile_min: float = parameter(
        0.995,
        unit="share",
        low=0.9,
        high=1.0,
        meaning="A window is unusual when this share of the training windows of the vessel's class is less "
        "so.",
        source="our choice: one window in 200 of traffic like that of the training",
    )
