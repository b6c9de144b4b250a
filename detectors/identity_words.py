"""What one number says of its vessel over time, and where that contradicts itself."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from detectors.units import MINUTE_S
from detectors.vessels import countries, flag_of
from detectors.watch import imo_is_valid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detectors.base import Measure
    from detectors.identity_params import IdentityParams
    from detectors.tracks.reports import StaticReport
    from detectors.vessels import Vessel

SHIP_MMSI = range(200_000_000, 800_000_000)
"""Numbers of ships begin with 2 to 7 (ITU-R M.585)."""

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
"""States, and their territories with numbers of their own, whose ships may claim either flag."""

ONE_STATE = {territory: state for state, territories in OVERSEAS.items() for territory in territories}

SAME_LENGTH_M, SAME_BEAM_M = 2.0, 1.0
"""Dimensions so near are equal: crews round."""

Told = tuple[float, object]


@dataclass(frozen=True)
class Change:
    """One change of one field: when the new value was first told, what it was and is."""

    field: str
    time_s: float
    before: object
    after: object


def changes_of(statics: Sequence[StaticReport], until_s: float, params: IdentityParams) -> list[Change]:
    """Return the changes of what a number says, in order of time; slips and mere spelling left out.

    `until_s` is the last report of the number: a value told shortly before it may still be a slip.
    """
    if not statics:
        return []
    found: list[Change] = []
    for field, differ in _DIFFER.items():
        told = [
            (s.time_s, v) for s in statics if math.isfinite(s.time_s) and (v := getattr(s, field)) is not None
        ]
        lasting = _lasting(told, until_s, params.slip_max_min * MINUTE_S, partial(differ, params=params))
        for (_, before), (time_s, after) in pairwise(lasting):
            found.append(Change(field, time_s, before, after))
    return sorted(found, key=lambda c: (c.time_s, c.field))


def _lasting(
    told: Sequence[Told], until_s: float, slip_s: float, differ: Callable[[object, object], bool]
) -> list[Told]:
    """Return when each value that stood for longer than a slip was first told."""
    ends = [*(time_s for time_s, _ in told), until_s][1:]
    lasting: list[Told] = []
    begun: list[Told] = []
    for (time_s, value), end_s in zip(told, ends, strict=True):
        if not begun or differ(begun[-1][1], value):
            begun.append((time_s, value))
        if end_s - begun[-1][0] > slip_s and (not lasting or differ(lasting[-1][1], value)):
            lasting.append(begun[-1])
    return lasting


def standing_signs(vessel: Vessel, params: IdentityParams) -> dict[str, Measure]:
    """Return what is wrong with an identity as it stands: number, flag, IMO number, size."""
    claimed = country_of(vessel.flag_claimed)
    held = vessel.flag
    length_m = vessel.length_m or 0.0
    is_large = length_m >= params.large_m
    against = "fishing" if vessel.type_word == "fishing" else "class_b" if vessel.ais_class == "B" else None
    return {
        "imo_invalid": vessel.imo is not None and not imo_is_valid(vessel.imo),
        "mid": mid_word(vessel.mmsi),
        "flag_contradicts": bool(claimed and held and _state(claimed) != _state(held)),
        "size_against_type": against if is_large else None,
    }


def mid_word(mmsi: int | None) -> str | None:
    """Return what is wrong with a number: ``unknown`` country, ``malformed``; None for nothing.

    >>> mid_word(445123000), mid_word(299123000), mid_word(123456789)
    (None, 'unknown', 'malformed')
    """
    if mmsi is None or flag_of(mmsi):
        return None
    return "unknown" if mmsi in SHIP_MMSI and mmsi // 1_000_000 not in countries() else _malformed(mmsi)


def _malformed(mmsi: int) -> str | None:
    return None if mmsi in SHIP_MMSI else "malformed"


def country_of(claim: str | None) -> str | None:
    """Return the two-letter code of a claimed flag: a code, a MID or a name; None where it is not understood.

    >>> country_of("kp"), country_of("445"), country_of("Panama"), country_of("PAN")
    ('KP', 'KP', 'PA', None)
    """
    plain = (claim or "").strip().upper()
    if not plain:
        return None
    if plain.isdigit():
        return _by_mid().get(int(plain))
    return plain if plain in _codes() else _by_name().get(plain)


def sizes_contradict(a: Vessel, b: Vessel, params: IdentityParams) -> bool:
    """Tell whether two sets of dimensions cannot be one ship's."""
    pairs = ((a.length_m, b.length_m), (a.beam_m, b.beam_m))
    return any(x is not None and y is not None and _is_other_size(x, y, params) for x, y in pairs)


def sizes_equal(a: Vessel, b: Vessel) -> bool:
    """Tell whether both tell their length and beam, and the same ones."""
    if a.length_m is None or b.length_m is None or a.beam_m is None or b.beam_m is None:
        return False
    return abs(a.length_m - b.length_m) <= SAME_LENGTH_M and abs(a.beam_m - b.beam_m) <= SAME_BEAM_M


def is_other_text(a: object, b: object) -> bool:
    """Tell whether two texts differ by more than spelling and one letter.

    >>> is_other_text("AN SAN 1", "Ansan-1"), is_other_text("HOPE SEA", "HOPE SEE")
    (False, False)
    >>> is_other_text("HOPE SEA", "AN SAN 1")
    True
    """
    one, other = (re.sub(r"[\W_]", "", str(text)).upper() for text in (a, b))
    return not _is_one_edit(one, other)


def _is_one_edit(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    n = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[n + (len(short) == len(long)) :] == long[n + 1 :]


def _is_other_spelling(a: object, b: object, params: IdentityParams) -> bool:  # noqa: ARG001 - as all of them
    return is_other_text(a, b)


def _is_other_number(a: object, b: object, params: IdentityParams) -> bool:  # noqa: ARG001 - as all of them
    return a != b


def _is_other_flag(a: object, b: object, params: IdentityParams) -> bool:  # noqa: ARG001 - as all of them
    one, other = (country_of(str(flag)) or str(flag).strip().upper() for flag in (a, b))
    return one != other


def _is_other_size(a: object, b: object, params: IdentityParams) -> bool:
    one, other = float(str(a)), float(str(b))
    return abs(one - other) > max(params.size_change_m, params.size_change_share * max(one, other))


def _state(country: str) -> str:
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


_DIFFER: dict[str, Callable[..., bool]] = {
    "name": _is_other_spelling,
    "callsign": _is_other_spelling,
    "imo": _is_other_number,
    "flag": _is_other_flag,
    "length_m": _is_other_size,
    "beam_m": _is_other_size,
}
"""For each field what makes two values different."""
