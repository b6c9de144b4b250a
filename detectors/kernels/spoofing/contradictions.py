"""Reported speeds and courses that the positions contradict (spoofing, `contradicts`)."""

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

REPORTS_LESS, REPORTS_MORE, REPORTS_ASTERN = 0, 1, 2
"""What a contradiction is: a lower speed, a higher speed, or another course than the positions show."""

NONE = -1.0
"""Instead of a difference: nothing contradicts."""

DEGREES = np.radians(np.arange(361.0))
_SINE, _COSINE = np.sin(DEGREES), np.cos(DEGREES)
SURE_DEG = 0.51
"""Courses are looked up to the nearest degree: a turn is surely less where it is less by this."""


@helper
def _is_near_course(east_m: float, north_m: float, cog: float, cosine: float) -> bool:
    """Return whether a motion surely lies nearer to a course than the angle of a given cosine."""
    degree = int(cog + 0.5)
    # The component along the course, from a table of sines: far cheaper than an arc tangent.
    along_m = east_m * at(_SINE, degree) + north_m * at(_COSINE, degree)
    # cos(angle) = along / length, multiplied out: no division, and a motion of no length is not near.
    return bool(along_m > cosine * math.sqrt(east_m * east_m + north_m * north_m))


@helper
def _turn_deg(course: float, cog: float) -> float:
    return abs(wrap_one_deg(course - (cog - 360.0 if cog >= 180.0 else cog)))


@helper
def _turned_deg(k: int, lon: Float64, lat: Float64, cog_deg: Float32, sure_cosine: float) -> float:
    """Return the angle between the motion to the next report and the nearer of both reported courses.

    Degrees. `NONE` where it is surely less than the angle whose cosine is `sure_cosine`: most are, and need
    no arc tangent.
    """
    from_lat, to_lat = at(lat, k), at(lat, k + 1)
    east, north = scale_at(0.5 * (from_lat + to_lat))
    east_m, north_m = wrap_one_deg(at(lon, k + 1) - at(lon, k)) * east, (to_lat - from_lat) * north
    cog_here, cog_next = at(cog_deg, k), at(cog_deg, k + 1)
    # The nearer of both courses counts, so that a turn between two reports is no contradiction.
    if _is_near_course(east_m, north_m, cog_here, sure_cosine) or _is_near_course(
        east_m, north_m, cog_next, sure_cosine
    ):
        return NONE
    course = math.atan2(east_m, north_m) * 180.0 / math.pi
    return min(_turn_deg(course, cog_here), _turn_deg(course, cog_next))


@bundle
class ReportedMotion(NamedTuple):
    """The reported speed and course of each row, and the speed made good to the next report."""

    sog_kn: Float32
    cog_deg: Float32
    made_mps: Float32


@bundle
class ContradictionRule(NamedTuple):
    """When reported motion contradicts the positions.

    By `leave_mps`, or by `turn_deg` where both speeds are `moving_mps` at least. Intervals longer than
    `silence_s` show nothing. Intervals longer than `interval_s` show only that the vessel made good more than
    it reported, since it may have turned around in between. A run has at least so many `reports`.
    """

    leave_mps: float
    moving_mps: float
    turn_deg: float
    interval_s: float
    silence_s: float
    reports: int


@bundle
class OpenContradictions(NamedTuple):
    """Runs that go on, for each sort: the first report or -1, sum of difference by time, and time."""

    begin: Int64
    weighted: Float64
    total_s: Float64


@helper
def _extend(what: int, k: int, by: float, dt_s: float, book: OpenContradictions) -> None:
    if book.begin[what] < 0:
        book.begin[what], book.weighted[what], book.total_s[what] = k, 0.0, 0.0
    book.weighted[what] += by * dt_s
    book.total_s[what] += dt_s


@helper
def _end(
    what: int, k: int, least: int, book: OpenContradictions, runs: Int64, means: Float64, n: int
) -> tuple[Int64, Float64, int]:
    """Write a run that ends at report k after the `n` runs so far, if it has at least `least` reports."""
    runs, means = with_room(runs, n + 1), with_room(means, n + 1)
    # Written at once, and counted only if it is long enough: the next run then takes its place.
    runs[n, 0], runs[n, 1], runs[n, 2] = what, book.begin[what], k
    # The page asks for the difference on average: by time, so that dense reports do not weigh more.
    means[n] = book.weighted[what] / max(book.total_s[what], 1e-9)
    is_run = k - book.begin[what] + 1 >= least
    book.begin[what] = -1
    return runs, means, n + int(is_run)


@kernel
def contradictions(
    offsets: Int64, fixes: Fixes, words: ReportedMotion, rule: ContradictionRule
) -> tuple[Int64, Float64, Float64]:
    """Return where the reported speed or course and the positions contradict one another.

    Runs as (what, first, last) rows, shape (runs, 3); the mean difference of each, metres per second or
    degrees; and per segment the seconds that contradict and those that could, shape (segments, 3, 2).
    """
    time_s, lon, lat = fixes
    sog_kn, cog_deg, made_mps = words
    leave_mps, moving_mps, turn_deg, interval_s, silence_s, reports = rule
    runs, means, n = np.empty((16, 3), np.int64), np.empty(16, np.float64), 0
    spent = np.zeros((offsets.size - 1, 3, 2), np.float64)
    # A little less than the limit: what the fast test passes as near is surely no contradiction.
    sure_cosine = math.cos((turn_deg - SURE_DEG) * math.pi / 180.0)
    book = OpenContradictions(np.full(3, -1, np.int64), np.zeros(3), np.zeros(3))
    for h in range(offsets.size - 1):
        end = offsets[h + 1]
        is_open = False
        for k in range(offsets[h], end):
            # The last report has no interval: infinite, which ends all runs.
            dt_s = at(time_s, k + 1) - at(time_s, k) if k + 1 < end else math.inf
            slower_by = faster_by = turned_by = NONE
            made_good_mps = at(made_mps, k)
            if dt_s <= silence_s and not math.isnan(made_good_mps):
                sog_mps, next_sog_mps = (
                    at(sog_kn, k) * np.float32(KNOT_MPS),
                    at(sog_kn, k + 1) * np.float32(KNOT_MPS),
                )
                # The speed may have changed between the two reports: only what contradicts both counts.
                low, high = min(sog_mps, next_sog_mps), max(sog_mps, next_sog_mps)
                has_speed = not (math.isnan(sog_mps) or math.isnan(next_sog_mps))
                # Reported less than made good: the speed made good is a lower bound of the speed sailed, so
                # any interval shows it.
                if has_speed and made_good_mps >= leave_mps:
                    spent[h, REPORTS_LESS, 1] += dt_s
                    slower_by = made_good_mps - high
                # Reported more than made good: only in short intervals, since a vessel that turns around
                # makes good little.
                if has_speed and dt_s <= interval_s and low >= leave_mps:
                    spent[h, REPORTS_MORE, 1] += dt_s
                    faster_by = low - made_good_mps
                # Another course: only where both speeds show that the vessel moves; a course at rest is
                # noise.
                has_course = not (math.isnan(at(cog_deg, k)) or math.isnan(at(cog_deg, k + 1)))
                if (
                    has_speed
                    and 0.0 < dt_s <= interval_s
                    and min(made_good_mps, low) >= moving_mps
                    and has_course
                ):
                    spent[h, REPORTS_ASTERN, 1] += dt_s
                    turned_by = _turned_deg(k, lon, lat, cog_deg, sure_cosine)
            # Never by less than `contradict_leave_kn`, in no interval of a run. The mean is judged
            # afterwards.
            contradicts = slower_by >= leave_mps, faster_by >= leave_mps, turned_by >= turn_deg
            # A fast way out for nearly all reports: nothing contradicts and no run is open.
            if not (is_open or contradicts[0] or contradicts[1] or contradicts[2]):
                continue
            is_open = False
            for what in range(3):
                if contradicts[what]:
                    is_open = True
                    _extend(what, k, (slower_by, faster_by, turned_by)[what], dt_s, book)
                    spent[h, what, 0] += dt_s
                elif book.begin[what] >= 0:
                    runs, means, n = _end(what, k, reports, book, runs, means, n)
    return runs[:n], means[:n], spent
