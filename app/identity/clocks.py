"""Vessels whose clocks are wrong: their tracks lie where nobody else of the delivery was heard.

The latest report of one such vessel would make all others silent until then. Pauses of an archive, files of
other years and feeds of one or two vessels are no such thing: what is compared is how many are heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import DAY_S, HOUR_S

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Float64, Int32, Int64

WINDOW_S = 6.0 * HOUR_S
"""Time is cut into windows; one without any report parts what is before it from what is after."""

FEW_SHARE = 0.10
"""A feed thinned at night or by passes of satellites keeps more of its usual company; strays a hundredth."""

COMPANY_MIN = 2.0
"""One vessel shows no traffic: of two that differ in time nobody can say whose clock is wrong."""

FEW_LAST_S = HOUR_S
"""A station that has just begun has not heard many either."""

FAR_S = 180.0 * DAY_S
"""No pause of a feed: nearer, one vessel of a few may be the only one that was heard."""

PAUSE_S = DAY_S
"""A pause that is longer than this, and than all the traffic of a delivery lasted, is none of its own."""

FEWER = 0.5
"""Whose clock is wrong is clear where those who differ are at most half as many as the traffic."""

ROLLOVER_S = 1024.0 * 7.0 * DAY_S
"""Weeks of GPS are counted in ten bits: a receiver that misses the overflow is off by just as much."""

CHANCE = 0.01
"""Into traffic that lasts this share of those weeks, data of other years fall so seldom by chance."""

PAIRS_MAX = 200_000_000
"""Vessels times windows up to which a table of both is filled; beyond, pairs are sorted."""


@dataclass(frozen=True)
class Far:
    """A vessel with reports far from the traffic: which (by number), how many, and how far in seconds."""

    vessel: int
    reports: int
    offset_s: float


@dataclass(frozen=True, eq=False)
class _Eras:
    """Times in which vessels were heard, parted by empty windows. `of_row` is the era of each report."""

    of_row: Int64
    start_s: Float64
    end_s: Float64
    company: Float64
    """The most vessels of one window."""
    usual: float
    """The company that a typical report has."""

    @cached_property
    def is_traffic(self) -> Bool:
        """Whether enough vessels are heard at once, and by right clocks."""
        return (self.company >= max(COMPANY_MIN, FEW_SHARE * self.usual)) & ~self.is_rolled_over

    @cached_property
    def is_rolled_over(self) -> Bool:
        """Whether an era lies in that of more vessels once the overflow of GPS weeks is undone."""
        is_short = (self.end_s - self.start_s <= ROLLOVER_S * CHANCE) & (self.company >= COMPANY_MIN)
        fits = np.zeros(len(self.company), dtype=np.bool_)
        for host in np.flatnonzero(is_short):
            shift_s = np.where(self.start_s > self.start_s[host], -ROLLOVER_S, ROLLOVER_S)
            starts, ends = self.start_s + shift_s, self.end_s + shift_s
            inside = (starts >= self.start_s[host] - WINDOW_S) & (ends <= self.end_s[host] + WINDOW_S)
            fits |= inside & (self.company <= FEWER * self.company[host])
        return fits


def far_from_traffic(vessel: Int32, time_s: Float64, file: Int64) -> tuple[Bool, list[Far]]:
    """Return which reports lie far from the traffic as their vessel's clock is wrong, and whose they are.

    `vessel` and `file` number each report's vessel and file. The order of the reports changes nothing.
    """
    where = np.zeros(len(time_s), dtype=np.bool_)
    eras = _eras(vessel, time_s) if len(time_s) else None
    if eras is None or not eras.is_traffic.any() or eras.is_traffic.all():
        return where, []
    rows = np.flatnonzero(~eras.is_traffic[eras.of_row])
    groups, of_group = np.unique(np.stack([vessel[rows], eras.of_row[rows]]), axis=1, return_inverse=True)
    known = _Known(eras, vessel, file, rows, of_group.ravel())
    wrong = np.array([known.is_wrong(n, *pair) for n, pair in enumerate(groups.T.tolist())], dtype=np.bool_)
    where[rows] = wrong[known.of_group]
    return where, _named(eras, groups[:, wrong], known.sizes[wrong])


class _Known:
    """What the reports outside the traffic show, by groups: the reports of one vessel in one era."""

    def __init__(self, eras: _Eras, vessel: Int32, file: Int64, rows: Int64, of_group: Int64) -> None:
        self.eras, self.of_group = eras, of_group
        self.sizes = np.bincount(of_group)
        main = eras.is_traffic[eras.of_row]
        self._is_of_traffic = np.zeros(int(vessel.max()) + 1, dtype=np.bool_)
        self._is_of_traffic[vessel[main]] = True
        has_traffic = np.zeros(int(file.max()) + 1, dtype=np.bool_)
        has_traffic[file[main]] = True
        self._shares_file = np.zeros(len(self.sizes), dtype=np.bool_)
        self._shares_file[of_group[has_traffic[file[rows]]]] = True
        self._vessels = np.zeros(len(eras.company), dtype=np.int64)
        np.add.at(self._vessels, eras.of_row[rows[np.unique(of_group, return_index=True)[1]]], 1)
        outside = np.unique(vessel[rows][~self._is_of_traffic[vessel[rows]]])
        self._is_main_clear = len(outside) <= FEWER * eras.company.max()
        self._far_s = FAR_S
        if len(self.sizes) == 1 and eras.is_traffic.sum() == 1:
            self._far_s = max(PAUSE_S, float((eras.end_s - eras.start_s)[eras.is_traffic][0]))

    def is_wrong(self, group: int, vessel: int, era: int) -> bool:
        """Return whether the clock of a vessel was wrong in an era."""
        if self.eras.is_rolled_over[era]:
            return True
        if self._is_of_traffic[vessel] or not self._shares_file[group]:
            return False
        eras = self.eras
        if self._vessels[era] > 1:  # who agree on the time bear each other out
            return False
        is_few = eras.usual > 1.0 / FEW_SHARE and eras.end_s[era] - eras.start_s[era] >= FEW_LAST_S
        return bool(is_few or (abs(offset_s(eras, era)) >= self._far_s and self._is_main_clear))


def offset_s(eras: _Eras, era: int) -> float:
    """Return how long after the nearest traffic an era begins; negative, how long before it ends."""
    main = np.flatnonzero(eras.is_traffic)
    after, before = eras.start_s[era] - eras.end_s[main], eras.end_s[era] - eras.start_s[main]
    gaps = np.where(main < era, after, before)
    return float(gaps[np.argmin(np.abs(gaps))])


def _named(eras: _Eras, groups: Int64, sizes: Int64) -> list[Far]:
    found: dict[int, Far] = {}
    for (vessel, era), size in zip(groups.T.tolist(), sizes.tolist(), strict=True):
        known = found.get(vessel)
        gap_s = offset_s(eras, era)
        farthest = gap_s if known is None else max(known.offset_s, gap_s, key=abs)
        found[vessel] = Far(vessel, size + (known.reports if known else 0), farthest)
    return list(found.values())


def _eras(vessel: Int32, time_s: Float64) -> _Eras | None:
    """Return the times in which vessels were heard, None where no empty window parts them."""
    window = np.floor((time_s - time_s.min()) / WINDOW_S).astype(np.int64)
    heard = np.bincount(window)
    number = np.cumsum(heard > 0) - 1
    occupied = np.flatnonzero(heard)
    if occupied[-1] == len(occupied) - 1:
        return None
    era_of_window = np.concatenate(([0], np.cumsum(np.diff(occupied) > 1)))
    of_row = era_of_window[number[window]]
    company = _company(vessel, number[window], len(occupied))
    start_s, end_s = np.full(era_of_window[-1] + 1, np.inf), np.full(era_of_window[-1] + 1, -np.inf)
    np.minimum.at(start_s, of_row, time_s)
    np.maximum.at(end_s, of_row, time_s)
    most = np.zeros(len(start_s))
    np.maximum.at(most, era_of_window, company)
    return _Eras(of_row, start_s, end_s, most, float((company**2).sum() / company.sum()))


def _company(vessel: Int32, window: Int64, windows: int) -> Float64:
    """Return how many vessels were heard in each window."""
    vessels = int(vessel.max()) + 1
    pair = vessel.astype(np.int64) * windows + window
    if vessels * windows > PAIRS_MAX:
        return np.bincount(np.unique(pair) % windows, minlength=windows).astype(np.float64)
    heard = np.zeros(vessels * windows, dtype=np.bool_)
    heard[pair] = True
    return np.asarray(heard.reshape(vessels, windows).sum(axis=0), dtype=np.float64)
