"""Mode and formation of an encounter, and reported speeds over ground that contradict its positions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from detectors.core.measures import known_in, number_in

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.sts_transfer.params.motion import MotionParams


def mode_of(measures: Values, params: MotionParams, *, is_under_way: bool) -> str:
    """Return ``under_way``, ``anchored`` (by status, or by not moving for long), else ``drifting``."""
    if is_under_way:
        return "under_way"
    shares = [measures[f"at_anchor_share_{n}"] for n in ("1", "2")]
    if any(isinstance(share, float) and share >= params.at_anchor_share for share in shares):
        return "anchored"
    still_kn = max(known_in(measures, f"speed_made_good_{n}_kn") for n in ("1", "2"))
    is_long = known_in(measures, "elapsed_h") >= params.still_min_h
    return "anchored" if is_long and still_kn <= params.still_max_kn else "drifting"


def formation(measures: Values, line_angle_sine: float, params: MotionParams) -> str | None:
    """Return the formation of two that make way: ``abreast``, or ``in_line`` as a tug and its tow.

    By their hulls, where these lay side by side by headings and sizes, or so near that in line one would lie
    on the other; else by the sine of the angle between the course both made good and the line from one to the
    other. None for two that make good so little way that it does not matter who is ahead.
    """
    made_good_kn = [known_in(measures, f"speed_made_good_{n}_kn") for n in ("1", "2")]
    if min(made_good_kn) < params.formation_from_kn:
        return None
    abreast_h, contact_h = number_in(measures, "hulls_abreast_h"), known_in(measures, "contact_h")
    if abreast_h and abreast_h >= params.beside_share * contact_h:
        return "abreast"
    if _has_no_room_in_line(measures, params):
        return "abreast"
    return "in_line" if line_angle_sine < math.sin(math.radians(params.in_line_max_deg)) else "abreast"


def _has_no_room_in_line(measures: Values, params: MotionParams) -> bool:
    separation_m, half_m = (measures[name] for name in ("median_separation_m", "half_lengths_m"))
    separation_m = measures["min_separation_m"] if separation_m is None else separation_m
    return (
        isinstance(separation_m, float)
        and isinstance(half_m, float)
        and separation_m < params.in_line_room_share * half_m
    )


def sog_excess_kn(measures: Values, made_good_max_kn: float) -> float | None:
    """Return the excess of the higher reported speed over the highest speed made good of such an encounter.

    None where neither vessel reports its speed.
    """
    reported_kn = [measures[f"median_sog_{n}_kn"] for n in ("1", "2")]
    known_kn = [kn for kn in reported_kn if isinstance(kn, float)]
    return max(0.0, max(known_kn) - made_good_max_kn) if known_kn else None
