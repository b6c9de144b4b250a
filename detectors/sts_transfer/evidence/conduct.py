"""Evidence of a meeting beyond how close: how they lay, and what they said of themselves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.measures import known_in, number_in
from detectors.core.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.measures import Values
    from detectors.core.spans import Span
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import StaticReport
    from detectors.tracks.tracks import Tracks


def formation(told: Values, aside: float, params: StsParams) -> str | None:
    """Return how two that sail together lie: ``abreast``, or ``in_line`` as a tug and her tow.

    By their hulls, where these lay side by side by headings and sizes, or so near that in line one would lie
    on the other; else by the sine of the angle between the course both made good and the line from one to the
    other (`aside`). None for two that make good so little way that it does not matter who is ahead: drift has
    no ahead.
    """
    made_good_kn = [known_in(told, f"speed_made_good_{n}_kn") for n in ("1", "2")]
    if min(made_good_kn) < params.motion.formation_from_kn:
        return None
    beside_h, contact_h = number_in(told, "hulls_abreast_h"), known_in(told, "contact_h")
    if beside_h and beside_h >= params.motion.beside_share * contact_h:
        return "abreast"
    apart_m, half_m = (told[name] for name in ("median_separation_m", "half_lengths_m"))
    apart_m = told["min_separation_m"] if apart_m is None else apart_m
    if (
        isinstance(apart_m, float)
        and isinstance(half_m, float)
        and apart_m < params.motion.in_line_room_share * half_m
    ):
        return "abreast"
    return "in_line" if aside < math.sin(math.radians(params.motion.in_line_max_deg)) else "abreast"


def position_rounding_m(tracks: Tracks, vessels: tuple[int, int], span: Span) -> float:
    """Return by how much rounded positions may be wrong about how far apart two were: 186 for type 27."""
    return sum(_rounded_by_m(tracks, vessel, span) for vessel in vessels)


def _rounded_by_m(tracks: Tracks, vessel: int, span: Span) -> float:
    """Return half the step to which a vessel's positions are rounded: the median of a span of time."""
    rows = slice(int(tracks.offsets[vessel]), int(tracks.offsets[vessel + 1]))
    first, end = np.searchsorted(tracks.time_s[rows], (span[0], np.nextafter(span[1], np.inf)))
    return float(np.median(tracks.uncertainty_m[rows][first:end])) if end > first else 0.0


def said(tracks: Tracks, vessel: int, span: Span, number: str, params: StsParams) -> Values:
    """Return what a vessel said of herself: draught and destination before and after."""
    until_s = span[1] + params.craft.static_data_after_h * HOUR_S
    statics = tracks.statics.get(int(tracks.vessel[vessel]), ())
    told: dict[str, float | str | None] = {}
    for name in ("draught_m", "destination"):
        before, after = _before_and_after(statics, name, span, until_s)
        stem, unit = (name[:-2], "_m") if name.endswith("_m") else (name, "")
        told |= {f"{stem}_before_{number}{unit}": before, f"{stem}_after_{number}{unit}": after}
    return told


def draught_change_m(told: Values) -> float | None:
    """Return by how much the draughts changed, where one rose or the other fell, the greater of the two.

    None where neither vessel sent one both before and after.
    """
    changes = []
    for number in ("1", "2"):
        before, after = (told.get(f"draught_{when}_{number}_m") for when in ("before", "after"))
        if isinstance(before, float) and isinstance(after, float):
            changes.append(abs(after - before))
    return max(changes, default=None)


def sog_excess_kn(told: Values, most_kn: float) -> float | None:
    """Return by how much either says that she sails faster than positions show in such a meeting, at most.

    None where neither says how fast she is.
    """
    reported_kn = [told[f"median_sog_{n}_kn"] for n in ("1", "2")]
    known_kn = [kn for kn in reported_kn if isinstance(kn, float)]
    return max(0.0, max(known_kn) - most_kn) if known_kn else None


def mode_of(told: Values, params: StsParams, *, is_under_way: bool) -> str:
    """Return ``under_way``, ``anchored`` (by status, or by not moving for long), else ``drifting``."""
    if is_under_way:
        return "under_way"
    shares = [told[f"at_anchor_share_{n}"] for n in ("1", "2")]
    if any(isinstance(share, float) and share >= params.motion.at_anchor_share for share in shares):
        return "anchored"
    still_kn = max(known_in(told, f"speed_made_good_{n}_kn") for n in ("1", "2"))
    is_long = known_in(told, "elapsed_h") >= params.motion.still_min_h
    return "anchored" if is_long and still_kn <= params.motion.still_max_kn else "drifting"


def _before_and_after(
    statics: Sequence[StaticReport], name: str, span: Span, until_s: float
) -> tuple[float | str | None, float | str | None]:
    """Return the last value sent before a meeting, and the last after it began and until a time after it.

    What only says again what was said before is left out: whether it is kept depends on how a feed was cut.
    """
    sent = [(s.time_s, getattr(s, name)) for s in statics if getattr(s, name) is not None]
    dated = [each for n, each in enumerate(sent) if n == 0 or each[1] != sent[n - 1][1]]
    before = [value for time_s, value in dated if not time_s > span[0]]
    after = [value for time_s, value in dated if span[0] < time_s <= until_s]
    return (before[-1] if before else None), (after[-1] if after else None)
