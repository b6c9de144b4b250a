"""Evidence of a meeting beyond how close: how they moved, and what they said of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.geodesy import plane_m
from detectors.quantiles import median_of
from detectors.units import HOUR_S, KNOT_MPS, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.base import Measures
    from detectors.meeting import Leg, Span
    from detectors.sts_evidence_params import EvidenceParams
    from detectors.tracks.reports import Float64, StaticReport
    from detectors.tracks.tracks import Tracks

AT_ANCHOR = (1, 5)
"""Navigational status "at anchor" and "moored" (ITU-R M.1371)."""

STATUS_KNOWN = 14
"""Higher values of navigational status mean that it is not told."""


def motion(first: Leg, second: Leg, span: Span, params: EvidenceParams) -> Measures:
    """Return the median relative speed, and how alike the two moved (1: the same, 0: nothing in common)."""
    at_s = _instants(span, params)
    steps = [_moved_m(leg, at_s) for leg in (first, second)]
    relative_mps = np.hypot(*(steps[1] - steps[0])) / np.diff(at_s)
    lengths_m2 = [float((step**2).sum()) for step in steps]
    still = min(lengths_m2) < params.moved_min_m**2 / (len(at_s) - 1)
    alike = None if still else float((steps[0] * steps[1]).sum() / np.sqrt(lengths_m2[0] * lengths_m2[1]))
    return {"relative_speed_kn": median_of(relative_mps) / KNOT_MPS, "drift_correlation": alike}


def sails(told: Measures, params: EvidenceParams) -> bool:
    """Tell whether both make good so much way that it matters who is ahead: drift has no ahead."""
    return all(float(told[f"speed_made_good_{n}_kn"] or 0.0) >= params.formation_from_kn for n in ("1", "2"))


def formation(first: Leg, second: Leg, span: Span, told: Measures, params: EvidenceParams) -> str:
    """Return how two that sail together lie: ``abreast``, or ``in_line`` as a tug and her tow.

    By their hulls, where these lay side by side by bows and sizes; else by the course both made good.
    """
    beside_h, contact_h = (float(told[name] or 0.0) for name in ("hulls_abreast_h", "contact_h"))
    if beside_h and beside_h >= params.beside_share * contact_h:
        return "abreast"
    at_s = _instants(span, params)
    east_m, north_m = 0.5 * (_moved_m(first, at_s) + _moved_m(second, at_s))
    (lon_1, lat_1), (lon_2, lat_2) = (leg.at(at_s[:-1]) for leg in (first, second))
    x_m, y_m = plane_m(lon_1, lat_1, lon_2, lat_2)
    across = np.abs(x_m * north_m - y_m * east_m)
    whole = np.hypot(x_m, y_m) * np.hypot(east_m, north_m)
    in_line_max = np.sin(np.radians(params.in_line_max_deg))
    return "in_line" if float(across.sum()) < in_line_max * float(whole.sum()) else "abreast"


def said(tracks: Tracks, leg: Leg, span: Span, number: str, params: EvidenceParams) -> Measures:
    """Return what a vessel said of herself: status during, draught and destination before and after."""
    status = tracks.nav_status[leg.inside(span)]
    known = status[status < STATUS_KNOWN]
    until_s = span[1] + params.said_after_h * HOUR_S
    statics = tracks.statics.get(int(tracks.vessel[leg.vessel]), ())
    told: dict[str, float | str | None] = {
        f"at_anchor_share_{number}": float(np.isin(known, AT_ANCHOR).mean()) if len(known) else None
    }
    for name in ("draught_m", "destination"):
        before, after = _before_and_after(statics, name, span, until_s)
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


def mode_of(told: Measures, params: EvidenceParams, *, is_under_way: bool) -> str:
    """Return ``under_way``, ``anchored`` (by status, or by not moving for long), else ``drifting``."""
    if is_under_way:
        return "under_way"
    shares = [told[f"at_anchor_share_{n}"] for n in ("1", "2")]
    if any(isinstance(share, float) and share >= params.at_anchor_share for share in shares):
        return "anchored"
    still_kn = max(float(told[f"speed_made_good_{n}_kn"] or 0.0) for n in ("1", "2"))
    is_long = float(told["elapsed_h"] or 0.0) >= params.still_min_h
    return "anchored" if is_long and still_kn <= params.still_max_kn else "drifting"


def _instants(span: Span, params: EvidenceParams) -> Float64:
    """Return instants a step apart from the beginning of a span; its two ends where it is shorter."""
    at_s = np.arange(span[0], span[1], params.motion_step_min * MINUTE_S)
    return at_s if len(at_s) > 1 else np.array(span)


def _moved_m(leg: Leg, at_s: Float64) -> Float64:
    lon, lat = leg.at(at_s)
    return np.stack(plane_m(lon[:-1], lat[:-1], lon[1:], lat[1:]))


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
