"""Who a vessel says she is, at the time of an event."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from detectors.tracks.reports import StaticReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detectors.tracks.tracks import Tracks
    from detectors.watch import Match, WatchList

DPRK_MID = 445
"""Maritime identification digits of the DPRK (ITU table of MIDs)."""

LOOK = 200
"""Static reports that are looked through on either side of a time: twenty hours of a ship that sends them."""

MMSI_MIN, MMSI_MAX = 100_000_000, 999_999_999

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
    match = watch.match(vessel)
    return replace(vessel, match=match) if match else vessel


@cache
def countries() -> Mapping[int, tuple[str, str]]:
    """Return code (ISO 3166 alpha-2) and name of the country that holds each MID, by the ITU's table."""
    from pyais.constants import COUNTRY_MAPPING  # noqa: PLC0415 - reading files needs no table of countries

    return COUNTRY_MAPPING


def flag_of(mmsi: int | None) -> str | None:
    """Return the country whose number a ship's MMSI is; None for numbers that no country holds.

    >>> flag_of(445123000), flag_of(41)
    ('KP', None)
    """
    if mmsi is None or not MMSI_MIN <= mmsi <= MMSI_MAX:
        return None
    code, _ = countries().get(mmsi // 1_000_000, (None, None))
    return None if code is None or code == "NA" else str(code)


def statics_until(tracks: Tracks, index: int, time_s: float) -> int:
    """Return how many static reports of vessel number `index` were sent until a time."""
    return bisect_right(tracks.statics.get(int(tracks.vessel[index]), ()), time_s, key=dated_s)


def known_at(tracks: Tracks, index: int, time_s: float) -> StaticReport:
    """Return what vessel number `index` had said of herself by a time.

    What her latest static report until then does not say is filled from earlier ones, then from later
    ones, at most `LOOK` of each: her crew repeats it every six minutes.
    """
    statics = tracks.statics.get(int(tracks.vessel[index]), ())
    if not statics:
        return StaticReport(vessel=0, time_s=time_s)
    after = statics_until(tracks, index, time_s)
    before = statics[max(0, after - LOOK) : after]
    told = (*reversed(before), *statics[after : after + LOOK])
    merged: dict[str, Any] = {
        f.name: next((v for s in told if (v := getattr(s, f.name)) is not None), None)
        for f in fields(StaticReport)
        if f.name not in {"vessel", "time_s", "ais_class"}
    }
    return StaticReport(vessel=0, time_s=time_s, **merged)


def said_before(statics: Sequence[StaticReport], time_s: float) -> Sequence[StaticReport]:
    """Return the last static reports until a time, the latest first; undated ones hold throughout."""
    end = bisect_right(statics, time_s, key=dated_s)
    return statics[max(0, end - LOOK) : end][::-1]


def said_after(statics: Sequence[StaticReport], time_s: float) -> Sequence[StaticReport]:
    """Return the first static reports from a time on."""
    first = bisect_left(statics, time_s, key=dated_s)
    return statics[first : first + LOOK]


def dated_s(static: StaticReport) -> float:
    """Return when a static report was sent; an undated one holds from the beginning."""
    return -math.inf if math.isnan(static.time_s) else static.time_s
