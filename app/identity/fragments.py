"""Pieces of track under one name: which of them one vessel can have sailed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.one_track import MOST_KN, SLACK_M
from detectors.core.units import KNOT_MPS, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detectors.tracks.reports import Bool, Float64

SAME_PLACE_M = 300.0
"""Two stations place one vessel this near to one another at one time: rounding, and clocks seconds apart."""

TURN_SHARE = 0.1
"""A vessel leaves the chord between two of its reports by this share of its length, as it turns."""

NEAR_IN_TIME_S = 30.0 * MINUTE_S
"""Between reports that are farther apart in time the chord says nothing of the place."""

AGREEING_SHARE = 0.95
"""Two vessels that meet agree for a part of their time; one vessel all the time, but for wild fixes."""

ENDS = 3
"""So many reports at an end of a fragment are tried: a single wild fix there cuts nothing off."""

OPEN_VESSELS = 64
"""So many vessels of one name, those heard last, may go on: bounds the cost of a name for thousands."""


@dataclass(frozen=True, eq=False)
class Fragment:
    """One track of one file under its own name, in time order.

    `file` and `number` say which (the file's place in the run, the track's place in it), `point_m` are its
    places in earth-centred space, where no meridian is special.
    """

    name: str
    file: int
    number: int
    time_s: Float64
    point_m: Float64

    @property
    def start_s(self) -> float:
        """Time of the first report."""
        return float(self.time_s[0])

    @property
    def end_s(self) -> float:
        """Time of the last report."""
        return float(self.time_s[-1])

    @cached_property
    def order(self) -> tuple[float, float, tuple[float, ...], int, int]:
        """Place among fragments: by content before files, whose order a user may change."""
        return self.start_s, self.end_s, tuple(self.point_m[0].tolist()), self.file, self.number


@dataclass(eq=False)
class _Vessel:
    """A vessel as far as it is known: all its fragments, and those that may overlap with what comes."""

    members: list[Fragment]
    running: list[Fragment]
    last: Fragment

    def misfit_m(self, fragment: Fragment) -> float | None:
        """Return how far off the fragment begins, 0 where it agrees, None where another vessel sent it."""
        self.running = [each for each in self.running if each.end_s > fragment.start_s]
        if self.running:
            return 0.0 if all(agree(each, fragment) for each in self.running) else None
        distance_m, excess_m = _between(self.last, fragment)
        return distance_m if excess_m <= SLACK_M else None

    def take(self, fragment: Fragment) -> None:
        self.members.append(fragment)
        self.running.append(fragment)
        self.last = max(self.last, fragment, key=lambda each: each.end_s)


def vessels_of(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Return the fragments by vessel, both in the order of their times.

    Fragments that overlap in time are one vessel where their places agree, those that follow one another
    where a vessel can have sailed between them; of several that can, the one that ended nearest.
    """
    found: list[_Vessel] = []
    for fragment in sorted(fragments, key=lambda each: each.order):
        recent = sorted(found, key=lambda each: -each.last.end_s)[:OPEN_VESSELS]
        misfits = [(misfit, each) for each in recent if (misfit := each.misfit_m(fragment)) is not None]
        if not misfits:
            found.append(_Vessel([fragment], [fragment], fragment))
        else:
            min(misfits, key=lambda pair: pair[0])[1].take(fragment)
    return [each.members for each in found]


def agree(one: Fragment, other: Fragment) -> bool:
    """Return whether two fragments that overlap in time can be one vessel, received twice."""
    judged = [_agreements(one, other), _agreements(other, one)]
    for kind in zip(*judged, strict=True):
        fits = np.concatenate(kind)
        if len(fits) and fits.mean() < AGREEING_SHARE:
            return False
    return True


def _agreements(one: Fragment, other: Fragment) -> tuple[Bool, Bool]:
    """Judge the reports of another within the time of one: at its places then, and within its reach."""
    inside = (other.time_s >= one.start_s) & (other.time_s <= one.end_s)
    time_s, point_m = other.time_s[inside], other.point_m[inside]
    after = np.clip(np.searchsorted(one.time_s, time_s), 1, max(len(one.time_s) - 1, 1))
    before, after = after - 1, np.minimum(after, len(one.time_s) - 1)
    step_s, chord_m = one.time_s[after] - one.time_s[before], one.point_m[after] - one.point_m[before]
    share = np.clip((time_s - one.time_s[before]) / np.where(step_s > 0, step_s, 1.0), 0.0, 1.0)
    miss_m = _length(one.point_m[before] + chord_m * share[:, None] - point_m)
    allowed_m = SAME_PLACE_M + TURN_SHARE * _length(chord_m)
    is_reached = np.ones(len(time_s), dtype=np.bool_)
    for end in (before, after):
        reach_m = MOST_KN * KNOT_MPS * np.abs(time_s - one.time_s[end]) + SLACK_M
        is_reached &= _length(one.point_m[end] - point_m) <= reach_m
    is_near = step_s <= NEAR_IN_TIME_S
    return (miss_m <= allowed_m)[is_near], is_reached[~is_near]


def _between(before: Fragment, after: Fragment) -> tuple[float, float]:
    """Return the distance from one to the next, and by how much it exceeds their reach, metres."""
    end, start = _sound_end(before, -1), _sound_end(after, 1)
    gap_s = max(float(after.time_s[start] - before.time_s[end]), 0.0)
    distance_m = float(_length(after.point_m[start] - before.point_m[end]))
    return distance_m, distance_m - MOST_KN * KNOT_MPS * gap_s


def _sound_end(fragment: Fragment, step: int) -> int:
    """Return the first report from an end that its neighbour does not call a wild fix; else the end."""
    end = 0 if step > 0 else len(fragment.time_s) - 1
    for n in range(min(ENDS, len(fragment.time_s) - 1)):
        here, next_ = end + step * n, end + step * (n + 1)
        reach_m = MOST_KN * KNOT_MPS * abs(fragment.time_s[here] - fragment.time_s[next_]) + SLACK_M
        if _length(fragment.point_m[here] - fragment.point_m[next_]) <= reach_m:
            return here
    return end


def _length(vectors: Float64) -> Float64:
    return np.asarray(np.sqrt((vectors**2).sum(axis=-1)))
