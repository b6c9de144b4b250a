"""Static data declared by a vessel until a time: static reports, looked up and merged."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from detectors.tracks.codes import AisClass
from detectors.tracks.reports import StaticReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.tracks.tracks import Tracks

UNTIL = {"draught_m": "draught_until_s", "destination": "destination_until_s"}
"""Fields of which a report holds how long they were repeated."""

NOT_DECLARED = {"vessel", "time_s", "ais_class", *UNTIL.values()}
DECLARED = tuple(f.name for f in fields(StaticReport) if f.name not in NOT_DECLARED)
"""What a static report may declare of a vessel."""

REPORTS_SEARCHED = 200
"""Static reports searched on either side of a time: twenty hours of a vessel that sends them."""


def statics_until(tracks: Tracks, index: int, time_s: float) -> int:
    """Return how many static reports the vessel with index `index` sent until a time."""
    return bisect_right(tracks.statics.get(int(tracks.vessel[index]), ()), time_s, key=dated_s)


def known_at(tracks: Tracks, index: int, time_s: float) -> StaticReport:
    """Return the static data of the vessel with index `index` as declared by a time.

    What its latest static report until then leaves out is filled from earlier ones, then from later ones,
    at most `REPORTS_SEARCHED` of each: a transponder repeats it every six minutes.
    """
    statics = tracks.statics.get(int(tracks.vessel[index]), ())
    if not statics:
        return StaticReport(vessel=0, time_s=time_s)
    after = statics_until(tracks, index, time_s)
    before = statics[max(0, after - REPORTS_SEARCHED) : after]
    in_order = (*reversed(before), *statics[after : after + REPORTS_SEARCHED])
    if len(in_order) == 1:  # most vessels of a short or sparse file
        return replace(in_order[0], vessel=0, time_s=time_s, ais_class=AisClass.UNKNOWN)
    merged: dict[str, Any] = {
        name: next((v for s in in_order if (v := getattr(s, name)) is not None), None) for name in DECLARED
    }
    return StaticReport(vessel=0, time_s=time_s, **merged)


def statics_before(statics: Sequence[StaticReport], time_s: float) -> Sequence[StaticReport]:
    """Return the last static reports until a time, the latest first; undated ones hold throughout."""
    end = bisect_right(statics, time_s, key=dated_s)
    return statics[max(0, end - REPORTS_SEARCHED) : end][::-1]


def statics_after(statics: Sequence[StaticReport], time_s: float) -> Sequence[StaticReport]:
    """Return the first static reports from a time on."""
    first = bisect_left(statics, time_s, key=dated_s)
    return statics[first : first + REPORTS_SEARCHED]


def before_and_after(
    statics: Sequence[StaticReport], name: str, before_s: float, after_s: float, until_s: float
) -> tuple[float | str | None, float | str | None]:
    """Return the value of a field as declared by one time, and as declared from another one on.

    The latter is the last value declared until `until_s`, or the first one after that where the vessel said
    nothing between. A value that was repeated counts from each repetition (`UNTIL`), so that it does not
    matter how a feed is cut into files. None where the vessel declared nothing, or not again. Undated reports
    hold throughout, but are no repetition.
    """
    before = _first(statics_before(statics, before_s), name)
    by_end = [s for s in statics_before(statics, until_s) if getattr(s, name) is not None]
    later = _first(statics_after(statics, math.nextafter(until_s, math.inf)), name)
    value = getattr(by_end[0], name) if by_end else None
    for static in by_end:  # the latest first
        if getattr(static, name) != value:
            break
        if static.time_s >= after_s or getattr(static, UNTIL[name]) >= after_s:
            return before, value
    return before, later if until_s <= after_s or later == value else None


def _first(statics: Sequence[StaticReport], name: str) -> float | str | None:
    return next((value for s in statics if (value := getattr(s, name)) is not None), None)


def dated_s(static: StaticReport) -> float:
    """Return the time of a static report; an undated one holds from the beginning."""
    return -math.inf if math.isnan(static.time_s) else static.time_s
