"""Static data of one MMSI over time, and where they contradict themselves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from detectors.core.units import MINUTE_S
from detectors.vessels.flags import country_of, mmsi_fault, state_of
from detectors.vessels.names import imo_is_valid, is_other_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detectors.core.measures import Value
    from detectors.identity_change.params import IdentityParams
    from detectors.tracks.reports import StaticReport
    from detectors.vessels.vessel import Vessel

SAME_LENGTH_M, SAME_BEAM_M = 2.0, 1.0
"""Dimensions so near are equal: crews round."""

Dated = tuple[float, object]


@dataclass(frozen=True)
class Change:
    """One change of one field: when the new value was first declared, the values before and after."""

    field: str
    time_s: float
    before: object
    after: object


def changes_of(statics: Sequence[StaticReport], until_s: float, params: IdentityParams) -> list[Change]:
    """Return the changes of the static data of an MMSI, by time; slips and mere spelling left out.

    `until_s` is the last report of the MMSI: a value declared shortly before it may still be a slip.
    """
    if len(statics) <= 1:
        return []
    found: list[Change] = []
    for field, differ in _DIFFER.items():
        dated = [
            (s.time_s, v) for s in statics if math.isfinite(s.time_s) and (v := getattr(s, field)) is not None
        ]
        lasting = _lasting(dated, until_s, params.slip_max_min * MINUTE_S, partial(differ, params=params))
        for (_, before), (time_s, after) in pairwise(lasting):
            found.append(Change(field, time_s, before, after))
    return sorted(found, key=lambda c: (c.time_s, c.field))


def _lasting(
    dated: Sequence[Dated], until_s: float, slip_s: float, differ: Callable[[object, object], bool]
) -> list[Dated]:
    """Return when each value that stood for longer than a slip was first declared."""
    ends = [*(time_s for time_s, _ in dated), until_s][1:]
    lasting: list[Dated] = []
    begun: list[Dated] = []
    for (time_s, value), end_s in zip(dated, ends, strict=True):
        if not begun or differ(begun[-1][1], value):
            begun.append((time_s, value))
        if end_s - begun[-1][0] > slip_s and (not lasting or differ(lasting[-1][1], value)):
            lasting.append(begun[-1])
    return lasting


def standing_signs(vessel: Vessel, params: IdentityParams) -> dict[str, Value]:
    """Return what is wrong with an identity as it stands: MMSI, flag, IMO number, size."""
    declared = country_of(vessel.flag_claimed)
    implied = vessel.flag
    length_m = vessel.length_m or 0.0
    is_large = length_m >= params.large_m
    contradicted = (
        "fishing" if vessel.type_word == "fishing" else "class_b" if vessel.ais_class == "B" else None
    )
    return {
        "imo_invalid": vessel.imo is not None and not imo_is_valid(vessel.imo),
        "mmsi_fault": mmsi_fault(vessel.mmsi),
        "flag_contradicts": bool(declared and implied and state_of(declared) != state_of(implied)),
        "size_against_type": contradicted if is_large else None,
    }


def sizes_contradict(a: Vessel, b: Vessel, params: IdentityParams) -> bool:
    """Return whether two sets of dimensions cannot be those of one vessel."""
    pairs = ((a.length_m, b.length_m), (a.beam_m, b.beam_m))
    return any(x is not None and y is not None and _is_other_size(x, y, params) for x, y in pairs)


def sizes_equal(a: Vessel, b: Vessel) -> bool:
    """Return whether both declare their length and beam, and the same ones."""
    if a.length_m is None or b.length_m is None or a.beam_m is None or b.beam_m is None:
        return False
    return abs(a.length_m - b.length_m) <= SAME_LENGTH_M and abs(a.beam_m - b.beam_m) <= SAME_BEAM_M


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


_DIFFER: dict[str, Callable[..., bool]] = {
    "name": _is_other_spelling,
    "callsign": _is_other_spelling,
    "imo": _is_other_number,
    "flag": _is_other_flag,
    "length_m": _is_other_size,
    "beam_m": _is_other_size,
}
"""For each field the function that returns whether two values are different."""
