"""Identity of a vessel at the time of an event."""

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
"""AIS ship types (ITU-R M.1371) as words; what is not named here is "other" or not known."""


@dataclass(frozen=True)
class Vessel:
    """A vessel as an event reports it. None where the data do not say.

    `flag` is the country of its MMSI (ISO 3166 alpha-2), `flag_claimed` the declared one. `match` is its
    strongest match on the watch lists in use.
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
        """Return whether the MMSI or the declared flag is that of the DPRK."""
        claim = (self.flag_claimed or "").strip().upper()
        return self.flag == "KP" or claim in {"KP", "PRK", "445"}

    @property
    def called(self) -> str:
        """Return how a sentence names the vessel: its name with its MMSI, or the MMSI alone."""
        return f"{self.name} ({self.key})" if self.name else self.key


def type_word(ship_type: int | None) -> str | None:
    """Return an AIS ship type as a word; None where it is not known."""
    if not ship_type:
        return None
    return next((word for codes, word in TYPE_WORDS if ship_type in codes), "other")


def vessel_at(tracks: Tracks, index: int, time_s: float, watch: WatchList) -> Vessel:
    """Return the vessel with index `index` as known at a time: the latest static report until then.

    What that report leaves out is filled from earlier ones, then from later ones.
    """
    number = int(tracks.vessel[index])
    declared = known_at(tracks, index, time_s)
    mmsi = number if number >= 0 else None
    vessel = Vessel(
        key=tracks.key(index),
        mmsi=mmsi,
        imo=declared.imo,
        name=declared.name,
        callsign=declared.callsign,
        flag=flag_of(mmsi),
        flag_claimed=declared.flag,
        ship_type=declared.ship_type,
        length_m=declared.length_m,
        beam_m=declared.beam_m,
        draught_m=declared.draught_m,
        destination=declared.destination,
        ais_class=tracks.class_of(index).name if tracks.class_of(index) else None,
    )
    match = watch.match(imo=vessel.imo, mmsi=vessel.mmsi, name=vessel.name)
    return replace(vessel, match=match) if match else vessel
