"""Who a vessel says she is, at the time of an event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detectors.vessels.flags import flag_of
from detectors.vessels.static_data import known_at

if TYPE_CHECKING:
    from detectors.tracks.tracks import Tracks
    from detectors.vessels.listed import Match
    from detectors.vessels.watch_list import WatchList

TYPE_WORDS: tuple[tuple[range, str], ...] = (
    (range(30, 31), "fishing"),
    (range(31, 33), "tug"),
    (range(33, 34), "dredger"),
    (range(36, 38), "pleasure"),
    (range(40, 50), "high speed"),
    (range(50, 51), "pilot"),
    (range(51, 52), "rescue"),
    (range(52, 53), "tug"),
    (range(53, 56), "service"),
    (range(58, 59), "medical"),
    (range(60, 70), "passenger"),
    (range(70, 80), "cargo"),
    (range(80, 90), "tanker"),
)
"""AIS ship types (ITU-R M.1371) in words; what is not named here is "other" or not known."""


@dataclass(frozen=True)
class Vessel:
    """A vessel as an event tells her. None where the data do not say.

    `flag` is the country that her MMSI belongs to (ISO 3166 alpha-2), `flag_claimed` what the source
    says. `match` is her strongest match on the watch lists in use.
    """

    key: str
    mmsi: int | None = None
    imo: int | None = None
    name: str | None = None
    callsign: str | None = None
    flag: str | None = None
    flag_claimed: str | None = None
    ship_type: int | None = None
    length_m: float | None = None
    beam_m: float | None = None
    draught_m: float | None = None
    destination: str | None = None
    ais_class: str | None = None
    match: Match | None = None

    @property
    def type_word(self) -> str | None:
        """Return the ship type as a word; None where it is not known."""
        return type_word(self.ship_type)

    @property
    def is_dprk(self) -> bool:
        """Tell whether her MMSI or her claim names the DPRK's flag."""
        claim = (self.flag_claimed or "").strip().upper()
        return self.flag == "KP" or claim in {"KP", "PRK", "445"}

    @property
    def called(self) -> str:
        """Return what a sentence calls her: her name with her number, or the number alone."""
        return f"{self.name} ({self.key})" if self.name else self.key


def type_word(ship_type: int | None) -> str | None:
    """Return an AIS ship type as a word; None where it is not known."""
    if not ship_type:
        return None
    return next((word for codes, word in TYPE_WORDS if ship_type in codes), "other")


def vessel_at(tracks: Tracks, index: int, time_s: float, watch: WatchList) -> Vessel:
    """Return vessel number `index` as known at a time: the latest static report until then.

    What that report does not say is filled from earlier ones, then from later ones.
    """
    number = int(tracks.vessel[index])
    known = known_at(tracks, index, time_s)
    mmsi = number if number >= 0 else None
    vessel = Vessel(
        key=tracks.key(index),
        mmsi=mmsi,
        imo=known.imo,
        name=known.name,
        callsign=known.callsign,
        flag=flag_of(mmsi),
        flag_claimed=known.flag,
        ship_type=known.ship_type,
        length_m=known.length_m,
        beam_m=known.beam_m,
        draught_m=known.draught_m,
        destination=known.destination,
        ais_class=tracks.class_of(index).name if tracks.class_of(index) else None,
    )
    match = watch.match(imo=vessel.imo, mmsi=vessel.mmsi, name=vessel.name)
    return replace(vessel, match=match) if match else vessel
