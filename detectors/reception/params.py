"""Thresholds of reception, as published by `GET /v1/detectors`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import ParamError, Params, parameter

_PROTOTYPE = "our prototype's sweep (docs/definitions/reception.md): "


@dataclass(frozen=True)
class ReceptionParams(Params):
    """How the received share of vessels is learnt, and what judging a gap requires."""

    bin_min: float = parameter(
        30.0,
        unit="min",
        low=10,
        high=120,
        meaning="Time is cut into bins of this length; each holds a report or is missed.",
        source=_PROTOTYPE + "20 and 60 min were worse; a satellite's pass then falls into one bin",
    )
    known_max_h: float = parameter(
        6.0,
        unit="h",
        low=1,
        high=24,
        meaning="Between reports at most this far apart a vessel was surely present; its missed bins count.",
        source=_PROTOTYPE + "the shortest gap that is reported",
    )
    long_weight: float = parameter(
        0.5,
        unit="share",
        low=0,
        high=0.99,
        meaning="Weight of the missed bins of longer gaps, in which the vessel's presence is not known.",
        source=_PROTOTYPE + "0 and 1 were worse",
    )
    ends_h: float = parameter(
        24.0,
        unit="h",
        low=2,
        high=96,
        meaning="Of a gap longer than twice this, only the bins so near to its ends are examined.",
        source="our choice: farther from either report its position is not known",
    )
    near_km: float = parameter(
        20.0,
        unit="km",
        low=5,
        high=100,
        meaning="Vessels at this distance show what was received there at that hour (one standard "
        "deviation).",
        source=_PROTOTYPE + "flat from 12 to 25 km",
    )
    wide_km: float = parameter(
        120.0,
        unit="km",
        low=20,
        high=500,
        meaning="The same for a satellite's pass, which receives or misses a whole water.",
        source=_PROTOTYPE + "without it precision at 90 % recall fell from .83 to .55",
    )
    prior_h: float = parameter(
        2.0,
        unit="vessel-hours",
        low=0.1,
        high=50,
        meaning="The share of a wider square counts like this many vessel-hours in a smaller one.",
        source=_PROTOTYPE + "2 to 3",
    )
    now_prior_h: float = parameter(
        1.0,
        unit="vessel-hours",
        low=0.1,
        high=50,
        meaning="The usual share of a place counts like this many vessel-hours of the vessels near now.",
        source=_PROTOTYPE + "flat from .3 to 3",
    )
    root_share: float = parameter(
        0.02,
        unit="share",
        low=0.001,
        high=0.5,
        meaning="Received share where no vessel was ever observed: a water without traffic is not covered.",
        source=_PROTOTYPE + "the mean share instead let ships that left the bought area look dark",
    )
    chance_max: float = parameter(
        0.01,
        unit="probability",
        low=0.0001,
        high=0.2,
        meaning="Reception is good only where a gap by chance is less likely than this.",
        source=_PROTOTYPE + "a gap that chance makes once in a hundred",
    )
    neighbours_min_h: float = parameter(
        0.2,
        unit="vessel-hours",
        low=0.01,
        high=10,
        meaning="With fewer vessels near than this, on average, reception is unknown.",
        source=_PROTOTYPE + "below it stated and observed shares differ",
    )
    background_min_h: float = parameter(
        24.0,
        unit="vessel-hours",
        low=1,
        high=1000,
        meaning="A place is known where vessels were observed for this long within 0.3 degree.",
        source="our choice: a day of one vessel",
    )
    background_chance_min: float = parameter(
        0.005,
        unit="probability",
        low=0.001,
        high=0.2,
        meaning="Least chance that a background alone gives: it does not know of outages.",
        source="our choice: half of chance_max, so that a background alone can give good",
    )
    sailed_on_share: float = parameter(
        0.5,
        unit="share",
        low=0,
        high=1,
        meaning="Weight of the path on which the vessel sails on as before; the rest is the straight line.",
        source="our choice: which of the two it took is not known",
    )
    wide_min_h: float = parameter(
        1.0,
        unit="vessel-hours",
        low=0.05,
        high=50,
        meaning="Vessels of the same water are evidence from this many vessel-hours per bin.",
        source="our choice: two vessels within 120 km",
    )
    surprise: float = parameter(
        7.0,
        unit="log-odds",
        low=1,
        high=20,
        meaning="Another gap of the vessel whose chance is below exp(-this) indicates a failing "
        "transponder, or a habit.",
        source=_PROTOTYPE + "of 3, 5 and 7 the last was best",
    )
    chance_floor: float = parameter(
        0.001,
        unit="probability",
        low=1e-06,
        high=0.01,
        meaning="No smaller chance is ever stated.",
        source=_PROTOTYPE + "observed shares floor near 2e-4",
    )
    rows_max: float = parameter(
        30e6,
        unit="rows",
        low=10000.0,
        high=1000000000.0,
        meaning="With more bins of all vessels together reception is not judged, and a warning says so.",
        source="our choice: about 1.2 GB",
    )

    def check_together(self) -> None:
        """Raise ParamError where the chance that is called good is below the least chance stated."""
        if self.chance_max <= self.chance_floor:
            raise ParamError("chance_max is not above chance_floor: no reception could be good")
