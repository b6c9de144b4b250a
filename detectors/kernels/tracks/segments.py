"""Split the reports of an MMSI into segments: the parts that one hull can have sent."""

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
"""No degree of a great circle is longer on the sphere of `sphere_m`, in metres."""

NOBODY = -1
OPEN, NAMED = 0, 1


@bundle
class SegmentRule(NamedTuple):
    """Which segment a report joins: the thresholds of `split_segments`."""

    max_speed_mps: float
    slack_m: float
    segments_max: int
    young: int
    young_factor: float
    lead_s: float
    wander_mps: float
    pad_s: float
    return_s: float


@bundle
class Book(NamedTuple):
    """Segments of one MMSI that may go on: a row each.

    `last` and `before` are its last two reports, `firsts` its first ones (twice `young`), `sent` is how many
    there are, `name` is its number. `size` holds how many segments are `OPEN`, and how many were `NAMED`.
    """

    last: Int64
    before: Int64
    firsts: Int64
    sent: Int64
    name: Int32
    size: Int64


@helper
def _is_near(lon_a: float, lat_a: float, lon_b: float, lat_b: float, within_m: float) -> bool:
    """Return whether the way along meridian and then parallel is short enough; then the shortest is too."""
    return (abs(lat_b - lat_a) + abs(wrap_one_deg(lon_b - lon_a))) * DEGREE_MAX_M <= within_m


@helper
def _is_one_segment(first: int, end: int, fixes: Fixes, rule: SegmentRule) -> bool:
    """Return whether each report can be reached from the one before: so it is for nearly every vessel."""
    time_s, lon, lat = fixes
    for k in range(first + 1, end):
        # A fast bound comes first, without a sine or a root. It is stricter than the exact rule: where it
        # fails, the exact rule decides.
        reach_m = rule.slack_m + rule.max_speed_mps * (at(time_s, k) - at(time_s, k - 1))
        if not _is_near(at(lon, k - 1), at(lat, k - 1), at(lon, k), at(lat, k), reach_m):
            return False
    return True


@helper
def _distance_m(a: int, b: int, fixes: Fixes) -> float:
    return float(sphere_m(fixes.lon[a], fixes.lat[a], fixes.lon[b], fixes.lat[b]))


@helper
def _speed_mps(a: int, b: int, fixes: Fixes, slack_m: float) -> float:
    """Return the least speed from one report to another, `slack_m` of position error allowed."""
    # Reports of one instant are taken as a second apart: there is nothing to divide by.
    span_s = max(fixes.time_s[b] - fixes.time_s[a], 1.0)
    return float(max(_distance_m(a, b, fixes) - slack_m, 0.0) / span_s)


@helper
def _off_prediction_m(last: int, before: int, k: int, fixes: Fixes, lead_s: float) -> float:
    """Return how far report k lies from where the segment would be if it went on as before; metres.

    Infinite where this is not known.
    """
    time_s, lon, lat = fixes
    step_s = time_s[last] - time_s[before] if before != NOBODY else 0.0
    # Two last reports too far apart give no velocity of now.
    if not 0.0 < step_s <= lead_s:
        return math.inf
    # Sailing on is believed for `segment_lead_h` at most; after that the vessel may have turned.
    steps_on = min(time_s[k] - time_s[last], lead_s) / step_s
    predicted_lon = lon[last] + steps_on * wrap_one_deg(lon[last] - lon[before])
    predicted_lat = lat[last] + steps_on * (lat[last] - lat[before])
    return float(sphere_m(predicted_lon, predicted_lat, lon[k], lat[k]))


@helper
def _misfit(h: int, k: int, book: Book, fixes: Fixes, rule: SegmentRule) -> float:
    """Return how badly report k fits on the way of a segment; infinite where it cannot be reached."""
    last = book.last[h]
    since_s = fixes.time_s[k] - fixes.time_s[last]
    distance_m = _distance_m(last, k, fixes)
    # It can be reached at `segment_speed_max_kn`, with `segment_slack_m` of position error.
    if distance_m > rule.slack_m + rule.max_speed_mps * since_s:
        return math.inf
    # Nothing to choose from: the cost need not be computed.
    if book.size[OPEN] == 1:
        return 0.0
    # The predicted way is sailing on as before or lying still, whichever fits better.
    distance_m = min(distance_m, _off_prediction_m(last, book.before[h], k, fixes, rule.lead_s))
    # Short times are padded smoothly: otherwise noise of position over a second would look like a great
    # speed.
    padded_s = math.hypot(since_s, rule.pad_s)
    # Squared deviation in units of `segment_wander_kn`, as of a normal distribution, plus the logarithm of
    # its width, which grows with the time. So below that deviation the time decides: the segment heard last
    # is joined.
    misfit = (distance_m / padded_s / rule.wander_mps) ** 2 + math.log(padded_s)
    if book.sent[h] < rule.young:
        # A young segment must fit `segment_young_factor` times better, and the more so the longer its gap:
        # stray reports must not draw reports of a long segment to them.
        misfit += math.log(rule.young_factor * padded_s / rule.pad_s)
    return float(misfit)


@helper
def _best_fit(k: int, book: Book, fixes: Fixes, rule: SegmentRule) -> int:
    """Return the open segment on whose way report k fits best; `NOBODY` where it can reach none."""
    best, least = NOBODY, math.inf
    for h in range(book.size[OPEN]):
        misfit = _misfit(h, k, book, fixes, rule)
        if misfit < least:
            best, least = h, misfit
    return best


@helper
def _new_segment(book: Book, fixes: Fixes) -> int:
    """Return the row of a new segment: the next free one, or that of the one heard longest ago.

    The latter is closed: a bound on the work for MMSIs under which everything is sent.
    """
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
def _add(h: int, k: int, book: Book) -> None:
    """Add report k to a segment."""
    if book.sent[h] < book.firsts.shape[1]:
        book.firsts[h, book.sent[h]] = k
    book.before[h], book.last[h] = book.last[h], k
    book.sent[h] += 1


@helper
def _owner(h: int, strays: int, book: Book, fixes: Fixes, rule: SegmentRule) -> int:
    """Return the segment that ended in a wild position and whose own reports went to segment `h`.

    All but the first `strays` reports of `h` are its own. `NOBODY` where there is none.
    """
    own_first, stray = book.firsts[h, strays], book.firsts[h, strays - 1] if strays else NOBODY
    owner, least_mps = NOBODY, rule.max_speed_mps
    for other in range(book.size[OPEN]):
        # In question: the report before the last one, and the last one, which may be the wild one.
        last_good, wild = book.before[other], book.last[other]
        # The wild position came after the strays of `h` and before the own reports. Segments of a few
        # reports own nothing.
        if other == h or not stray < wild < own_first or book.sent[other] <= rule.young:
            continue
        # The last report lies better on its way than the own reports would: it is no stray. Without this,
        # two vessels that share an MMSI would change their reports.
        if _speed_mps(last_good, own_first, fixes, 0.0) > _speed_mps(last_good, wild, fixes, 0.0):
            continue
        speed_mps = _speed_mps(last_good, own_first, fixes, rule.slack_m)
        # At most `segment_return_h` between, and at a speed a vessel can make. Of several the slowest way
        # wins.
        if fixes.time_s[own_first] - fixes.time_s[last_good] <= rule.return_s and speed_mps <= least_mps:
            owner, least_mps = other, speed_mps
    return owner


@helper
def _return_reports(h: int, strays: int, owner: int, book: Book, segment: Int32, young: int) -> None:
    """Return reports of a segment after its first strays to their owner; the wild one joins the strays."""
    wild = book.last[owner]
    segment[wild] = book.name[h]
    # The question is asked when exactly `young` own reports follow on the strays.
    for n in range(strays, strays + young):
        segment[book.firsts[h, n]] = book.name[owner]
    book.before[owner], book.last[owner] = book.before[h], book.last[h]
    # Beyond the number at which the question is asked, so the owner is never taken for strays again.
    book.sent[owner] += 2 * young
    # Segment `h` goes back to its strays, with the wild position as the last of them.
    book.firsts[h, strays] = wild
    book.before[h] = book.firsts[h, strays - 1] if strays else NOBODY
    book.last[h], book.sent[h] = wild, strays + 1


@kernel
def split_segments(offsets: Int64, fixes: Fixes, rule: SegmentRule) -> Int32:
    """Give each report of a vessel the number (0, 1, ...) of a segment that can have sent it.

    A report joins a segment from whose last report it can be reached at `max_speed_mps`, `slack_m` of
    position error allowed. Of several, it joins the one from whose predicted way (on as before for `lead_s`
    at most, or lying still) it differs least.

    The difference is in units of the speed `wander_mps`, squared, plus the logarithm of the time since: of
    two that fit alike, the one heard last. Times count as `pad_s` at least. Segments of fewer than `young`
    reports must fit `young_factor` times better, and the more so the longer their gap. If none can be
    reached, the report begins a new segment.

    Where the last report of a segment was a wild position, its own reports after it go to another segment,
    new or of strays that came before (fewer than `young`). At report number `young` after the wild one, if no
    more than `return_s` lay between, these reports go back, and the wild one joins the strays. They do not go
    back where it lies better on the way than they do.

    When `segments_max` segments are open, the one heard longest ago is closed. Linear in reports.
    """
    segment = np.zeros(fixes.time_s.size, np.int32)
    open_max, young = rule.segments_max, rule.young
    book = Book(
        np.empty(open_max, np.int64),
        np.empty(open_max, np.int64),
        np.empty((open_max, 2 * young), np.int64),
        np.empty(open_max, np.int64),
        np.empty(open_max, np.int32),
        np.empty(2, np.int64),
    )
    for g in range(offsets.size - 1):
        # Nearly every vessel: all its reports keep number 0.
        if _is_one_segment(offsets[g], offsets[g + 1], fixes, rule):
            continue
        book.size[:] = 0
        for k in range(offsets[g], offsets[g + 1]):
            h = _best_fit(k, book, fixes, rule)
            if h == NOBODY:
                h = _new_segment(book, fixes)
            _add(h, k, book)
            segment[k] = book.name[h]
            # Asked at each of the reports `young` to 2 x `young` - 1 of a segment: it then holds `young`
            # reports after so many strays.
            strays = book.sent[h] - young
            if 0 <= strays < young and book.size[OPEN] > 1:
                owner = _owner(h, strays, book, fixes, rule)
                if owner != NOBODY:
                    _return_reports(h, strays, owner, book, segment, young)
    return segment
