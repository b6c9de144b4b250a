"""A loop over reports that looks for speeds and courses told that the positions do not make."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.core.units import KNOT_MPS
from detectors.kernels.arrays.growing_rows import with_room
from detectors.kernels.geometry.geodesy import scale_at, wrap_one_deg
from geodata.jit import at, bundle, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

SAYS_LESS, SAYS_MORE, SAYS_ASTERN = 0, 1, 2
"""What a contradiction is: a lower speed, a higher speed, or another course than the positions make."""

NONE = -1.0
"""Instead of a difference: nothing contradicts."""

DEGREES = np.radians(np.arange(361.0))
_SINE, _COSINE = np.sin(DEGREES), np.cos(DEGREES)
SURE_DEG = 0.51
"""Courses are looked up to the nearest degree: a turn is surely less where it is less by this."""


@helper
def _keeps_course(east_m: float, north_m: float, cog: float, cosine: float) -> bool:
    """Tell whether a way made surely lies nearer to a course than the angle of a given cosine."""
    degree = int(cog + 0.5)
    along_m = east_m * at(_SINE, degree) + north_m * at(_COSINE, degree)
    return bool(along_m > cosine * math.sqrt(east_m * east_m + north_m * north_m))


@helper
def _turn_deg(course: float, cog: float) -> float:
    return abs(wrap_one_deg(course - (cog - 360.0 if cog >= 180.0 else cog)))


@helper
def _turned_deg(k: int, lon: Float64, lat: Float64, cog_deg: Float32, sure: float) -> float:
    """Return the angle between the way to the next report and the nearer of both courses.

    NONE where it is surely less than the angle whose cosine is `sure`: most are, and need no arc tangent.
    """
    from_lat, to_lat = at(lat, k), at(lat, k + 1)
    east, north = scale_at(0.5 * (from_lat + to_lat))
    east_m, north_m = wrap_one_deg(at(lon, k + 1) - at(lon, k)) * east, (to_lat - from_lat) * north
    one, other = at(cog_deg, k), at(cog_deg, k + 1)
    if _keeps_course(east_m, north_m, one, sure) or _keeps_course(east_m, north_m, other, sure):
        return NONE
    course = math.atan2(east_m, north_m) * 180.0 / math.pi
    return min(_turn_deg(course, one), _turn_deg(course, other))


@bundle
class Words(NamedTuple):
    """What ships say of their speed and course, and the speed that they made to the next report."""

    sog_kn: Float32
    cog_deg: Float32
    made_mps: Float32


@bundle
class WordRule(NamedTuple):
    """When words contradict the way made: by `leave_mps`, or `turn_deg` where both are `moving_mps` at least.

    Intervals longer than `silence_s` say nothing, and longer than `interval_s` only that she made more way
    than told: ships turn round in them. A run has so many `reports` at least.
    """

    leave_mps: float
    moving_mps: float
    turn_deg: float
    interval_s: float
    silence_s: float
    reports: int


@bundle
class Book(NamedTuple):
    """Runs that go on, for each sort: the first report or -1, sum of difference by time, and time."""

    begin: Int64
    weighted: Float64
    total_s: Float64


@helper
def _begin_or_go_on(what: int, k: int, by: float, dt_s: float, book: Book) -> None:
    if book.begin[what] < 0:
        book.begin[what], book.weighted[what], book.total_s[what] = k, 0.0, 0.0
    book.weighted[what] += by * dt_s
    book.total_s[what] += dt_s


@helper
def _end(
    what: int, k: int, least: int, book: Book, runs: Int64, means: Float64, n: int
) -> tuple[Int64, Float64, int]:
    """Write a run that ends at report k after the `n` runs so far, if it has so many reports as the least."""
    runs, means = with_room(runs, n + 1), with_room(means, n + 1)
    runs[n, 0], runs[n, 1], runs[n, 2] = what, book.begin[what], k
    means[n] = book.weighted[what] / max(book.total_s[what], 1e-9)
    is_run = k - book.begin[what] + 1 >= least
    book.begin[what] = -1
    return runs, means, n + int(is_run)


@kernel
def contradictions(
    offsets: Int64, fixes: Fixes, words: Words, rule: WordRule
) -> tuple[Int64, Float64, Float64]:
    """Return where the speed or course told and the way made contradict one another.

    Runs as (what, first, last) rows, shape (runs, 3); the mean difference of each, metres per second or
    degrees; and per hull the seconds that contradict and that could, shape (hulls, 3, 2).
    """
    time_s, lon, lat = fixes
    sog_kn, cog_deg, made_mps = words
    leave_mps, moving_mps, turn_deg, interval_s, silence_s, reports = rule
    runs, means, n = np.empty((16, 3), np.int64), np.empty(16, np.float64), 0
    spent = np.zeros((offsets.size - 1, 3, 2), np.float64)
    sure = math.cos((turn_deg - SURE_DEG) * math.pi / 180.0)
    book = Book(np.full(3, -1, np.int64), np.zeros(3), np.zeros(3))
    for h in range(offsets.size - 1):
        end = offsets[h + 1]
        is_open = False
        for k in range(offsets[h], end):
            dt_s = at(time_s, k + 1) - at(time_s, k) if k + 1 < end else math.inf
            less = more = turned = NONE
            made = at(made_mps, k)
            if dt_s <= silence_s and not math.isnan(made):
                one, other = at(sog_kn, k) * np.float32(KNOT_MPS), at(sog_kn, k + 1) * np.float32(KNOT_MPS)
                low, high = min(one, other), max(one, other)
                is_told = not (math.isnan(one) or math.isnan(other))
                if is_told and made >= leave_mps:
                    spent[h, SAYS_LESS, 1] += dt_s
                    less = made - high
                if is_told and dt_s <= interval_s and low >= leave_mps:
                    spent[h, SAYS_MORE, 1] += dt_s
                    more = low - made
                has_course = not (math.isnan(at(cog_deg, k)) or math.isnan(at(cog_deg, k + 1)))
                if is_told and 0.0 < dt_s <= interval_s and min(made, low) >= moving_mps and has_course:
                    spent[h, SAYS_ASTERN, 1] += dt_s
                    turned = _turned_deg(k, lon, lat, cog_deg, sure)
            contradicts = less >= leave_mps, more >= leave_mps, turned >= turn_deg
            if not (is_open or contradicts[0] or contradicts[1] or contradicts[2]):
                continue
            is_open = False
            for what in range(3):
                if contradicts[what]:
                    is_open = True
                    _begin_or_go_on(what, k, (less, more, turned)[what], dt_s, book)
                    spent[h, what, 0] += dt_s
                elif book.begin[what] >= 0:
                    runs, means, n = _end(what, k, reports, book, runs, means, n)
    return runs[:n], means[:n], spent
