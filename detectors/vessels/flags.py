"""Flags: the country of an MMSI or of a declared flag."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DPRK_MID = 445
"""Maritime identification digits of the DPRK (ITU table of MIDs)."""

MMSI_MIN, MMSI_MAX = 100_000_000, 999_999_999

SHIP_MMSI = range(200_000_000, 800_000_000)
"""MMSIs of ships begin with 2 to 7 (ITU-R M.585)."""

OVERSEAS = {
    "AU": ("CC", "CX"),
    "CN": ("HK", "MO"),
    "DK": ("FO", "GL"),
    "FR": ("GF", "GP", "MQ", "NC", "PF", "PM", "RE", "TF", "WF"),
    "GB": ("AI", "BM", "FK", "GI", "IM", "KY", "MS", "TC", "VG"),
    "NL": ("AW", "CW", "SX"),
    "NZ": ("CK", "NU"),
    "US": ("AS", "MP", "PR", "VI"),
}
"""States, and their territories with MIDs of their own, whose vessels may declare either flag."""

CORRECTED = {740: ("FK", "Falkland Islands")}
"""MIDs that pyais has under a code that is none of ISO 3166: "UK", which a British vessel may declare."""

ONE_STATE = {territory: state for state, territories in OVERSEAS.items() for territory in territories}


@cache
def countries() -> Mapping[int, tuple[str, str]]:
    """Return code (ISO 3166 alpha-2) and name of the country that holds each MID, by the ITU's table."""
    from pyais.constants import COUNTRY_MAPPING  # noqa: PLC0415 - reading files needs no table of countries

    return {**COUNTRY_MAPPING, **CORRECTED}


def flag_of(mmsi: int | None) -> str | None:
    """Return the country of a ship's MMSI; None for an MMSI that no country holds.

    >>> flag_of(445123000), flag_of(41)
    ('KP', None)
    """
    if mmsi is None or not MMSI_MIN <= mmsi <= MMSI_MAX:
        return None
    code, _ = countries().get(mmsi // 1_000_000, (None, None))
    return None if code is None else str(code)


def mmsi_fault(mmsi: int | None) -> str | None:
    """Return what is wrong with an MMSI: ``unknown`` country, ``malformed``; None for nothing.

    >>> mmsi_fault(445123000), mmsi_fault(299123000), mmsi_fault(123456789)
    (None, 'unknown', 'malformed')
    """
    if mmsi is None or flag_of(mmsi):
        return None
    return "unknown" if mmsi in SHIP_MMSI and mmsi // 1_000_000 not in countries() else _malformed(mmsi)


def _malformed(mmsi: int) -> str | None:
    return None if mmsi in SHIP_MMSI else "malformed"


def country_of(claim: str | None) -> str | None:
    """Return the code of a declared flag, given as code, MID or name; None where it is not understood.

    >>> country_of("kp"), country_of("445"), country_of("Panama"), country_of("PAN")
    ('KP', 'KP', 'PA', None)
    """
    plain = (claim or "").strip().upper()
    if not plain:
        return None
    if plain.isdigit():
        return _by_mid().get(int(plain))
    return plain if plain in _codes() else _by_name().get(plain)


def state_of(country: str) -> str:
    """Return the state that a territory with MIDs of its own belongs to; else the country itself."""
    return ONE_STATE.get(country, country)


@cache
def _by_mid() -> dict[int, str]:
    return {mid: code for mid, (code, _) in countries().items()}


@cache
def _codes() -> frozenset[str]:
    return frozenset(_by_mid().values())


@cache
def _by_name() -> dict[str, str]:
    return {name.upper(): code for code, name in countries().values()}
