"""Part the hulls that share a number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernels.geometry.geodesy import sphere_m, wrap_one_deg
from geodata.jit import at, bundle, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]

DEGREE_MAX_M = 111_200.0
"""No degree of a great circle is longer on the sphere of `sphere_m`."""

NOBODY = -1
OPEN, NAMED = 0, 1


@bundle
class HullRule(NamedTuple):
    """Which hull a report joins: the thresholds of `part_hulls`."""

    max_speed_mps: float
    slack_m: float
    hulls_max: int
    young: int
    young_factor: float
    lead_s: float
    wander_mps: float
    pad_s: float
    return_s: float


@bundle
class Book(NamedTuple):
    """Hulls of one number that may go on: a row each.

    `last` and `before` are her last two reports, `firsts` her first ones (twice `young`), `sent` tells how
    many there are, `name` is her number. `size` tells how many hulls are `OPEN`, and how many were `NAMED`.
    """

    last: Int64
    before: Int64
    firsts: Int64
    sent: Int64
    name: Int32
    size: Int64


@helper
def _is_near(lon_a: float, lat_a: float, lon_b: float, lat_b: float, within_m: float) -> bool:
    """Tell that the way along the meridian and then the parallel is short enough, so the shortest is too."""
    return (abs(lat_b - lat_a) + abs(wrap_one_deg(lon_b - lon_a))) * DEGREE_MAX_M <= within_m


@helper
def _is_one_hull(first: int, end: int, fixes: Fixes, rule: HullRule) -> bool:
    """Tell that each report can be reached from the one before: so it is for nearly every vessel."""
    time_s, lon, lat = fixes
    for k in range(first + 1, end):
        reach_m = rule.slack_m + rule.max_speed_mps * (at(time_s, k) - at(time_s, k - 1))
        if not _is_near(at(lon, k - 1), at(lat, k - 1), at(lon, k), at(lat, k), reach_m):
            return False
    return True


@helper
def _apart_m(a: int, b: int, fixes: Fixes) -> float:
    return float(sphere_m(fixes.lon[a], fixes.lat[a], fixes.lon[b], fixes.lat[b]))


@helper
def _speed_mps(a: int, b: int, fixes: Fixes, slack_m: float) -> float:
    """Return the least speed from one report to another, some metres of error allowed."""
    span_s = max(fixes.time_s[b] - fixes.time_s[a], 1.0)
    return float(max(_apart_m(a, b, fixes) - slack_m, 0.0) / span_s)


@helper
def _led_m(last: int, before: int, k: int, fixes: Fixes, lead_s: float) -> float:
    """Return how far report k lies from where a hull would be who went on as before; infinite if unknown."""
    time_s, lon, lat = fixes
    step_s = time_s[last] - time_s[before] if before != NOBODY else 0.0
    if not 0.0 < step_s <= lead_s:
        return math.inf
    on = min(time_s[k] - time_s[last], lead_s) / step_s
    led_lon = lon[last] + on * wrap_one_deg(lon[last] - lon[before])
    led_lat = lat[last] + on * (lat[last] - lat[before])
    return float(sphere_m(led_lon, led_lat, lon[k], lat[k]))


@helper
def _misfit(h: int, k: int, book: Book, fixes: Fixes, rule: HullRule) -> float:
    """Return how badly report k fits on a hull's way; infinite where she cannot have come there."""
    last = book.last[h]
    since_s = fixes.time_s[k] - fixes.time_s[last]
    apart_m = _apart_m(last, k, fixes)
    if apart_m > rule.slack_m + rule.max_speed_mps * since_s:
        return math.inf
    if book.size[OPEN] == 1:
        return 0.0
    apart_m = min(apart_m, _led_m(last, book.before[h], k, fixes, rule.lead_s))
    padded_s = math.hypot(since_s, rule.pad_s)
    misfit = (apart_m / padded_s / rule.wander_mps) ** 2 + math.log(padded_s)
    if book.sent[h] < rule.young:
        misfit += math.log(rule.young_factor * padded_s / rule.pad_s)
    return float(misfit)


@helper
def _best_fit(k: int, book: Book, fixes: Fixes, rule: HullRule) -> int:
    """Return the open hull on whose way report k fits best."""
    best, least = NOBODY, math.inf
    for h in range(book.size[OPEN]):
        misfit = _misfit(h, k, book, fixes, rule)
        if misfit < least:
            best, least = h, misfit
    return best


@helper
def _begun(book: Book, fixes: Fixes) -> int:
    """Return the row of a new hull: the next, or that of the one heard longest ago, who is closed."""
    h = int(book.size[OPEN])
    if h < book.last.size:
        book.size[OPEN] += 1
    else:
        h = 0
        for other in range(1, book.last.size):
            if fixes.time_s[book.last[other]] < fixes.time_s[book.last[h]]:
                h = other
    book.name[h] = book.size[NAMED]
    book.size[NAMED] += 1
    book.last[h], book.sent[h] = NOBODY, 0
    return h


@helper
def _note(h: int, k: int, book: Book) -> None:
    """Add report k to a hull."""
    if book.sent[h] < book.firsts.shape[1]:
        book.firsts[h, book.sent[h]] = k
    book.before[h], book.last[h] = book.last[h], k
    book.sent[h] += 1


@helper
def _owner(h: int, strays: int, book: Book, fixes: Fixes, rule: HullRule) -> int:
    """Return the hull whose last report was wild, and whose own going on all but `strays` of `h` are."""
    born, stray = book.firsts[h, strays], book.firsts[h, strays - 1] if strays else NOBODY
    owner, least_mps = NOBODY, rule.max_speed_mps
    for other in range(book.size[OPEN]):
        good, wild = book.before[other], book.last[other]
        if other == h or not stray < wild < born or book.sent[other] <= rule.young:
            continue
        if _speed_mps(good, born, fixes, 0.0) > _speed_mps(good, wild, fixes, 0.0):
            continue  # her last report lies better on her way: it is no stray
        speed_mps = _speed_mps(good, born, fixes, rule.slack_m)
        if fixes.time_s[born] - fixes.time_s[good] <= rule.return_s and speed_mps <= least_mps:
            owner, least_mps = other, speed_mps
    return owner


@helper
def _give_back(h: int, strays: int, owner: int, book: Book, segment: Int32, young: int) -> None:
    """Give a hull's reports after its first strays to their owner, whose wild one joins the strays."""
    wild = book.last[owner]
    segment[wild] = book.name[h]
    for n in range(strays, strays + young):
        segment[book.firsts[h, n]] = book.name[owner]
    book.before[owner], book.last[owner] = book.before[h], book.last[h]
    book.sent[owner] += 2 * young  # never taken for strays again
    book.firsts[h, strays] = wild
    book.before[h] = book.firsts[h, strays - 1] if strays else NOBODY
    book.last[h], book.sent[h] = wild, strays + 1


@kernel
def part_hulls(offsets: Int64, fixes: Fixes, rule: HullRule) -> Int32:
    """Give each report of a vessel the number (0, 1, ...) of a hull that can have sent it.

    A report joins a hull from whose last report it can be reached at `max_speed_mps`, `slack_m` of position
    error allowed. Of several it joins the one from whose way (on as before for `lead_s` at most, or lying
    still) it differs the least, in units of the speed `wander_mps`, squared, plus the logarithm of the time
    since: of two that fit alike, the one heard last. Times count as `pad_s` at least. Hulls of fewer than
    `young` reports must fit `young_factor` times better, and the more so the longer they were not heard. If
    none can be, it begins a new hull. Where a hull's last report was the wild one, its own going on is taken
    for another hull, new or of strays that came before (fewer than `young`): at report number `young` after
    the wild one, if no more than `return_s` lay between, these reports go back, and the wild one joins
    strays: not where it lies better on her way than what would go back.
    When `hulls_max` are open, the one heard longest ago is closed. Linear in reports.
    """
    segment = np.zeros(fixes.time_s.size, np.int32)
    most, young = rule.hulls_max, rule.young
    book = Book(
        np.empty(most, np.int64),
        np.empty(most, np.int64),
        np.empty((most, 2 * young), np.int64),
        np.empty(most, np.int64),
        np.empty(most, np.int32),
        np.empty(2, np.int64),
    )
    for g in range(offsets.size - 1):
        if _is_one_hull(offsets[g], offsets[g + 1], fixes, rule):
            continue
        book.size[:] = 0
        for k in range(offsets[g], offsets[g + 1]):
            h = _best_fit(k, book, fixes, rule)
            if h == NOBODY:
                h = _begun(book, fixes)
            _note(h, k, book)
            segment[k] = book.name[h]
            strays = book.sent[h] - young
            if 0 <= strays < young and book.size[OPEN] > 1:
                owner = _owner(h, strays, book, fixes, rule)
                if owner != NOBODY:
                    _give_back(h, strays, owner, book, segment, young)
    return segment
