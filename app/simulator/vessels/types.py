"""Identities of vessels: kinds, their speeds and transponders, MMSIs and names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.tracks.codes import AisClass
from detectors.tracks.reports import StaticReport

if TYPE_CHECKING:
    from app.simulator.settings import TrafficSettings


@dataclass(frozen=True)
class Kind:
    """A kind of vessel: AIS types, cruising speed (knots), length (metres), share with a class B transponder.

    `unnamed_share` is the share that never sends static data that anyone receives.
    """

    types: tuple[int, ...]
    cruise_kn: tuple[float, float]
    length_m: tuple[float, float]
    class_b_share: float = 0.0
    unnamed_share: float = 0.05


KINDS = {
    "merchant": Kind((70, 71, 79), (10.0, 16.0), (110.0, 330.0)),
    "tanker": Kind((80, 82, 84, 89), (9.0, 13.0), (90.0, 250.0)),
    "small_tanker": Kind((80, 84, 89), (8.0, 11.0), (60.0, 125.0), unnamed_share=0.15),
    "coaster": Kind((70, 79), (7.0, 10.5), (45.0, 95.0), class_b_share=0.1, unnamed_share=0.15),
    "fishing": Kind((30,), (7.0, 9.5), (18.0, 45.0), class_b_share=0.75, unnamed_share=0.25),
    "ferry": Kind((60, 69, 40), (17.0, 24.0), (60.0, 190.0)),
    "tug": Kind((52, 31), (7.0, 10.0), (22.0, 40.0)),
    "barge": Kind((0, 99, 70), (7.0, 9.0), (50.0, 100.0), class_b_share=0.3, unnamed_share=0.4),
    "pilot": Kind((50,), (14.0, 20.0), (12.0, 22.0), class_b_share=0.3, unnamed_share=0.15),
    "launch": Kind((0, 90, 37), (9.0, 14.0), (8.0, 16.0), class_b_share=0.8, unnamed_share=0.4),
}
"""R, apart from small tankers: dwt 2,000 to 8,000, about 100 m (V: Japan MOFA, sightings 2018 to 2020)."""

MIDS = (412, 413, 414, 440, 441, 431, 416, 477, 538, 351, 372, 636, 563, 574, 511)
DESTINATIONS = ("BUSAN", "SHANGHAI", "FOR ORDER", "NINGBO", "DALIAN", "")
DRAUGHT_LEFT = 0.5
"""Share of crews that leave the draught as it was (R)."""
DPRK_MID = 445
DPRK_SHARE = {True: 0.2, False: 0.01}
"""Share with the DPRK's flag, of positives and of the others (R; most sighted partners hid theirs)."""


@dataclass(frozen=True)
class Identity:
    """A vessel's MMSI and transponder."""

    mmsi: int
    kind: str
    cruise_kn: float
    is_class_b: bool
    noise_m: float
    has_poor_kit: bool


def identity(
    number: int, kind: str, rng: np.random.Generator, settings: TrafficSettings, *, is_positive: bool
) -> Identity:
    """Return the identity of vessel `number` of the fleet."""
    what = KINDS[kind]
    mid = DPRK_MID if rng.random() < DPRK_SHARE[is_positive] else int(rng.choice(MIDS))
    return Identity(
        mmsi=mid * 1_000_000 + 900_000 + number,
        kind=kind,
        cruise_kn=float(rng.uniform(*what.cruise_kn)),
        is_class_b=bool(rng.random() < what.class_b_share),
        noise_m=float(rng.uniform(*settings.position_noise_m)),
        has_poor_kit=bool(rng.random() < settings.poor_kit_share),
    )


def statics_of(
    who: Identity, rng: np.random.Generator, transfer_end_s: float | None, start_s: float
) -> list[StaticReport]:
    """Return the vessel's static data; after a transfer (`transfer_end_s`) it may declare a new draught."""
    what = KINDS[who.kind]
    if rng.random() < what.unnamed_share:
        return []
    length_m = float(np.round(rng.uniform(*what.length_m)))
    draught_m = float(np.round(length_m * rng.uniform(0.03, 0.055), 1))
    first = StaticReport(
        vessel=who.mmsi,
        time_s=start_s,
        imo=None if who.is_class_b else imo_of(who.mmsi % 1000),
        name=f"{who.kind.upper().replace('_', ' ')} {who.mmsi % 10_000}",
        ship_type=int(rng.choice(what.types)),
        length_m=length_m,
        beam_m=float(np.round(length_m / 6.5)),
        draught_m=draught_m,
        destination=str(rng.choice(DESTINATIONS)) or None,
        ais_class=AisClass.B if who.is_class_b else AisClass.A,
    )
    if transfer_end_s is None or rng.random() < DRAUGHT_LEFT:
        return [first]
    changed_m = float(np.round(draught_m * rng.uniform(0.75, 1.3), 1))
    return [first, replace(first, time_s=transfer_end_s, draught_m=changed_m)]


def imo_of(number: int) -> int:
    """Return a number with a right check digit, from a range that no real ship has reached."""
    digits = f"{990_000 + number:06d}"
    return int(digits) * 10 + sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=True)) % 10
