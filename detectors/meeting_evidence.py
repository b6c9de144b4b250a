"""Evidence of a meeting beyond how close: how they moved, whence they came, what they said of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.geodesy import plane_m
from detectors.meeting_company import LOOK_S, STEP_S, company_kept
from detectors.units import DAY_S, HOUR_S, KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.base import Measures
    from detectors.meeting import Leg, Span
    from detectors.tracks.reports import Float64, StaticReport
    from detectors.tracks.tracks import Tracks

LEG_S = HOUR_S
"""Approach and departure are the hour before and the hour after."""

BRIDGE_S = 4 * HOUR_S
"""A position between two reports farther apart than this is not known."""

AT_ANCHOR = (1, 5)
"""Navigational status "at anchor" and "moored" (ITU-R M.1371)."""

STATUS_KNOWN = 14
"""Higher values of navigational status mean that it is not told."""

AFTER_S = 2 * DAY_S
"""What a crew types after a transfer is looked for until this long after its end."""

MOVED_M = 100.0
"""Vessels that did not move this far in all were still: how alike they moved cannot be told."""


STILL_KN = 0.1
"""A vessel that made good no more than this over an hour or longer did not drift: 190 m in an hour."""

SAILS_KN = 2.0
"""Made good by both, more than wind and current usually give ships that lie stopped (our choice)."""

IN_LINE_MAX = 0.5
"""Sine of the angle between the course and the line to the partner: less is ahead or astern of her."""


def motion(first: Leg, second: Leg, span: Span) -> Measures:
    """Return the median relative speed, and how alike the two moved (1: the same, 0: nothing in common)."""
    at_s = _instants(span)
    steps = [_moved_m(leg, at_s) for leg in (first, second)]
    relative_mps = np.hypot(*(steps[1] - steps[0])) / np.diff(at_s)
    lengths_m2 = [float((step**2).sum()) for step in steps]
    still = min(lengths_m2) < MOVED_M**2 / (len(at_s) - 1)
    alike = None if still else float((steps[0] * steps[1]).sum() / np.sqrt(lengths_m2[0] * lengths_m2[1]))
    return {"relative_speed_kn": float(np.median(relative_mps)) / KNOT_MPS, "drift_correlation": alike}


def came_and_went(first: Leg, second: Leg, span: Span) -> Measures:
    """Return approach and departure of each, and how long the two were far apart the day before and after."""
    ends_s = np.array([span[0] - LEG_S, span[0], span[1], span[1] + LEG_S])
    back_s = np.arange(STEP_S, LOOK_S + 1.0, STEP_S)
    at_s = np.concatenate((ends_s, span[0] - back_s, span[1] + back_s))
    one, other = (leg.known_at(at_s, BRIDGE_S) for leg in (first, second))
    told: dict[str, float | None] = {}
    for number, (lon, lat) in (("1", one), ("2", other)):
        told |= _course_and_speed(lon[0:2], lat[0:2], "approach", number)
        told |= _course_and_speed(lon[2:4], lat[2:4], "departure", number)
    days = [(lon[len(ends_s) :], lat[len(ends_s) :]) for lon, lat in (one, other)]
    return {**told, **company_kept(days[0], days[1])}


def sails(told: Measures) -> bool:
    """Tell whether both make good so much way that it matters who is ahead: drift has no ahead."""
    return all(float(told[f"speed_made_good_{n}_kn"] or 0.0) >= SAILS_KN for n in ("1", "2"))


def formation(first: Leg, second: Leg, span: Span) -> str:
    """Return how two that sail together lie: ``abreast``, or ``in_line`` as a tug and her tow."""
    at_s = _instants(span)
    east_m, north_m = 0.5 * (_moved_m(first, at_s) + _moved_m(second, at_s))
    (lon_1, lat_1), (lon_2, lat_2) = (leg.at(at_s[:-1]) for leg in (first, second))
    x_m, y_m = plane_m(lon_1, lat_1, lon_2, lat_2)
    across = np.abs(x_m * north_m - y_m * east_m)
    whole = np.hypot(x_m, y_m) * np.hypot(east_m, north_m)
    return "in_line" if float(across.sum()) < IN_LINE_MAX * float(whole.sum()) else "abreast"


def said(tracks: Tracks, leg: Leg, span: Span, number: str) -> Measures:
    """Return what a vessel said of herself: status during, draught and destination before and after."""
    status = tracks.nav_status[leg.inside(span)]
    known = status[status < STATUS_KNOWN]
    statics = tracks.statics.get(int(tracks.vessel[leg.vessel]), ())
    told: dict[str, float | str | None] = {
        f"at_anchor_share_{number}": float(np.isin(known, AT_ANCHOR).mean()) if len(known) else None
    }
    for name in ("draught_m", "destination"):
        before, after = _before_and_after(statics, name, span)
        stem, unit = (name[:-2], "_m") if name.endswith("_m") else (name, "")
        told |= {f"{stem}_before_{number}{unit}": before, f"{stem}_after_{number}{unit}": after}
    return told


def draught_change_m(told: Measures) -> float | None:
    """Return by how much the draughts changed, where one rose or the other fell, the greater of the two.

    None where neither vessel sent one both before and after.
    """
    changes = []
    for number in ("1", "2"):
        before, after = (told.get(f"draught_{when}_{number}_m") for when in ("before", "after"))
        if isinstance(before, float) and isinstance(after, float):
            changes.append(abs(after - before))
    return max(changes, default=None)


def mode_of(told: Measures, *, is_under_way: bool) -> str:
    """Return ``under_way``, ``anchored`` (by status, or by not moving for an hour), else ``drifting``."""
    if is_under_way:
        return "under_way"
    shares = [told[f"at_anchor_share_{n}"] for n in ("1", "2")]
    if any(isinstance(share, float) and share >= 0.5 for share in shares):  # noqa: PLR2004 - most of the time
        return "anchored"
    still_kn = max(float(told[f"speed_made_good_{n}_kn"] or 0.0) for n in ("1", "2"))
    return "anchored" if still_kn <= STILL_KN and float(told["elapsed_h"] or 0.0) >= 1.0 else "drifting"


def _instants(span: Span) -> Float64:
    """Return instants a step apart from the beginning of a span; its two ends where it is shorter."""
    at_s = np.arange(span[0], span[1], STEP_S)
    return at_s if len(at_s) > 1 else np.array(span)


def _moved_m(leg: Leg, at_s: Float64) -> Float64:
    lon, lat = leg.at(at_s)
    return np.stack(plane_m(lon[:-1], lat[:-1], lon[1:], lat[1:]))


def _course_and_speed(lon: Float64, lat: Float64, word: str, number: str) -> dict[str, float | None]:
    """Return speed and course made good over one leg, from its two ends."""
    east_m, north_m = plane_m(lon[0], lat[0], lon[1], lat[1])
    speed_kn = float(np.hypot(east_m, north_m)) / LEG_S / KNOT_MPS
    course_deg = float(np.degrees(np.arctan2(east_m, north_m)) % 360.0)
    known = np.isfinite(speed_kn)
    return {
        f"{word}_speed_{number}_kn": speed_kn if known else None,
        f"{word}_course_{number}_deg": course_deg if known else None,
    }


def _before_and_after(
    statics: Sequence[StaticReport], name: str, span: Span
) -> tuple[float | str | None, float | str | None]:
    """Return the last value sent before a meeting, and the last after it began and until two days after.

    What only says again what was said before is left out: whether it is kept depends on how a feed was cut.
    """
    sent = [(s.time_s, getattr(s, name)) for s in statics if getattr(s, name) is not None]
    dated = [each for n, each in enumerate(sent) if n == 0 or each[1] != sent[n - 1][1]]
    before = [value for time_s, value in dated if not time_s > span[0]]
    after = [value for time_s, value in dated if span[0] < time_s <= span[1] + AFTER_S]
    return (before[-1] if before else None), (after[-1] if after else None)
