"""Speeds against motion: a column whose speeds are those of another unit is converted, vessel by vessel.

Between two reports under way a vessel makes good nearly the speed that it reports. Where the ratio of both is
that of two units for most of its reports, they are in that unit, whatever the file's name for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.tracks.reports import Bool, Float32, Float64, Int64
    from detectors.tracks.tracks import Tracks

UNITS: Mapping[str, float] = {
    "0.1 kn": 10.0,
    "10 kn": 0.1,
    "m/s": KNOT_MPS,
    "km/h": 1.852,
    "knots converted from m/s by mistake": 1 / KNOT_MPS,
    "knots converted from km/h by mistake": 1 / 1.852,
}
"""How many times the speed in knots a number in each unit is."""
UNKNOWN_UNIT = "no unit that is known"
SHORTEST_S, LONGEST_S, SLOWEST_KN = 20.0, 1800.0, 3.0
"""Between such times a vessel under way sails nearly straight, and the error of a position matters little."""
MILES_PER_DEGREE = 60.0
FEWEST_PAIRS = 10
NEAR = 1.12
"""A ratio within this factor of a unit's is that unit's. Between 1.85 and 1.94 either is right to 5 %."""
WIDE = 1.25
"""Of pairs that agree, the ratio lies within this factor: turns and currents move it."""
MOST = 0.7
FASTEST_KN = 102.2
"""The fastest that AIS can report (ITU-R M.1371-5, message 1)."""


@dataclass(frozen=True)
class SpeedChange:
    """Vessels of one file whose speeds were in another unit: converted, or dropped where it is not known."""

    file: int
    unit: str
    vessels: int
    of: int


@dataclass(frozen=True)
class _Pairs:
    """Ratios of reported speed to speed made good, with the group (vessel and file) of each."""

    group: Int64
    ratio: Float64


def speeds_in_knots(
    tracks: Tracks, file_of_row: Int64, files: int
) -> tuple[np.ndarray | None, list[SpeedChange]]:
    """Return the speeds in knots, None where none changes, and what was changed.

    `file_of_row` is the place of each report's file among `files`.
    """
    sog_kn = tracks.sog_kn
    if sog_kn.strides == (0,) and np.isnan(sog_kn[0]):  # no speed at all
        return None, []
    vessel = np.repeat(np.arange(len(tracks.offsets) - 1), np.diff(tracks.offsets))
    group = vessel * files + file_of_row
    pairs = _pairs(tracks, group)
    units = _units_of(pairs)
    if not units:
        return None, []
    shared = _shared_by_files(units, _groups_with_evidence(pairs), files)
    seen = np.unique(group)
    chosen = {int(g): unit for g in seen if (unit := units.get(int(g), shared.get(int(g) % files)))}
    return _converted(sog_kn, group, chosen), _changes(chosen, seen, files)


def _pairs(tracks: Tracks, group: Int64) -> _Pairs:
    time_s, lon, lat, sog = tracks.time_s, tracks.lon_deg, tracks.lat_deg, tracks.sog_kn
    dt_s = np.diff(time_s)
    usable = (dt_s >= SHORTEST_S) & (dt_s <= LONGEST_S) & (sog[1:] > 0) & (sog[:-1] > 0)
    usable &= group[1:] == group[:-1]
    first = np.flatnonzero(usable)
    north = lat[first + 1] - lat[first]
    turn = np.abs(lon[first + 1] - lon[first])
    east = np.minimum(turn, 360.0 - turn) * np.cos(np.radians(lat[first]))
    made_good_kn = np.hypot(north, east) * MILES_PER_DEGREE / dt_s[first] * HOUR_S
    sails = made_good_kn >= SLOWEST_KN
    first = first[sails]
    reported_kn = (sog[first].astype(np.float64) + sog[first + 1]) / 2
    return _Pairs(group[first], reported_kn / made_good_kn[sails])


def _groups_with_evidence(pairs: _Pairs) -> set[int]:
    groups, counts = np.unique(pairs.group, return_counts=True)
    return set(groups[counts >= FEWEST_PAIRS].tolist())


def _units_of(pairs: _Pairs) -> dict[int, str]:
    """Return the unit of each group whose speeds are plainly not in knots."""
    if not len(pairs.group):
        return {}
    fine = (pairs.ratio > 1 / WIDE) & (pairs.ratio < WIDE)
    groups, place, counts = np.unique(pairs.group, return_inverse=True, return_counts=True)
    agree = np.bincount(place, weights=fine)
    odd = np.flatnonzero((counts >= FEWEST_PAIRS) & (agree < (1 - MOST) * counts))
    found = {int(groups[g]): _unit_of(pairs.ratio[place == g]) for g in odd}
    return {group: unit for group, unit in found.items() if unit}


def _unit_of(ratio: Float64) -> str | None:
    """Return the unit that the ratios of one group show, None where they show none.

    >>> _unit_of(np.full(20, 9.9)), _unit_of(np.full(20, 3.3)), _unit_of(np.linspace(1, 30, 20))
    ('0.1 kn', 'no unit that is known', None)
    """
    middle = float(np.median(ratio))
    if (_within(ratio, middle, WIDE)).mean() < MOST or 1 / WIDE < middle < WIDE:
        return None
    name, value = min(UNITS.items(), key=lambda item: abs(np.log(item[1] / middle)))
    return name if _within(np.array([middle]), value, NEAR)[0] else UNKNOWN_UNIT


def _within(ratio: Float64, middle: float, factor: float) -> Bool:
    return (ratio > middle / factor) & (ratio < middle * factor)


def _shared_by_files(units: Mapping[int, str], judged: set[int], files: int) -> dict[int, str]:
    """Return the unit of each file in which all judged vessels have the same: it holds for the others too."""
    shared = {}
    for file in {group % files for group in units}:
        of_file = [units.get(group) for group in judged if group % files == file]
        first = of_file[0]
        if first and first != UNKNOWN_UNIT and all(unit == first for unit in of_file):
            shared[file] = first
    return shared


def _converted(sog_kn: Float32, group: Int64, chosen: Mapping[int, str]) -> Float32:
    speeds = sog_kn.astype(np.float32, copy=True)
    for unit in set(chosen.values()):
        rows = np.isin(group, [g for g, u in chosen.items() if u == unit])
        speeds[rows] *= np.float32(1 / UNITS[unit] if unit in UNITS else np.nan)
    speeds[speeds > FASTEST_KN] = np.nan
    return speeds


def _changes(chosen: Mapping[int, str], seen: Int64, files: int) -> list[SpeedChange]:
    of = np.bincount(seen % files, minlength=files)
    counts: dict[tuple[int, str], int] = {}
    for group, unit in chosen.items():
        counts[group % files, unit] = counts.get((group % files, unit), 0) + 1
    return [SpeedChange(file, unit, n, int(of[file])) for (file, unit), n in sorted(counts.items())]
