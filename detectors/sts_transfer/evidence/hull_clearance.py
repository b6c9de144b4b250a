"""Water between two ships that never stayed as near as their lengths would let moored ships lie.

Cargo goes over hoses and derricks, hull to hull. Antennas of two ships made fast lie apart by less than their
lengths, wherever they stand. Two that were watched the whole time and stayed farther off had water between,
even if one passed the other nearer. So had two that lay abreast, by their headings and dimensions, and whose
hulls stayed apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.measures import known_in, number_in
from detectors.core.units import HOUR_S, MINUTE_S
from detectors.tracks.codes import AisClass
from detectors.vessels.static_data import known_at

if TYPE_CHECKING:
    from detectors.core.measures import Value, Values
    from detectors.sts_transfer.evidence.encounter import Span
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.tracks import Tracks


def water(tracks: Tracks, vessels: tuple[int, int], span: Span, told: Values, params: StsParams) -> Values:
    """Return the water between two where they stayed: as one of three measures, and None of the others.

    `placed_water_m`: of hulls placed by the antennas and compasses of both, in a meeting watched so closely
    that they cannot have come nearer unseen. `clear_water_m`: in such a meeting of others, by how much their
    separation exceeds half of both lengths, or how far their hulls were by an estimate. `likely_water_m`: the
    same where much of the meeting was seen. 0 where there was no water; all None where it cannot be said.
    """
    values: dict[str, Value] = dict.fromkeys(("placed_water_m", "clear_water_m", "likely_water_m"))
    seen = known_in(told, "contact_h") >= params.clearance.watched_contact_h
    if _watched(span[1] - span[0], told, params):
        if told["hull_gap_m"] is not None and told["bows_told"] == len(vessels):
            return values | {"placed_water_m": told["hull_gap_m"]}
        return values | {"clear_water_m": _water_m(tracks, vessels, span, told, params)}
    if seen and known_in(told, "fixes_least") >= params.clearance.likely_reports_min:
        return values | {"likely_water_m": _water_m(tracks, vessels, span, told, params)}
    return values


def _water_m(
    tracks: Tracks, vessels: tuple[int, int], span: Span, told: Values, params: StsParams
) -> float | None:
    said_m = [known_at(tracks, vessel, span[0]).length_m for vessel in vessels]
    lengths_m = [m or _assumed_m(tracks, v, params) for m, v in zip(said_m, vessels, strict=True)]
    stayed_m = number_in(told, "stayed_separation_m")
    if stayed_m is None:
        return None
    beyond_m = stayed_m - 0.5 * sum(lengths_m)
    if told["rigid_abreast"] and not all(said_m):  # longer ships than assumed, their antennas far apart
        beyond_m = 0.0
    abreast_m = number_in(told, "hull_water_m")
    return max(0.0, beyond_m, 0.0 if abreast_m is None else min(stayed_m, abreast_m))


def _assumed_m(tracks: Tracks, vessel: int, params: StsParams) -> float:
    """Return how long a vessel is taken to be, by her class of set."""
    is_class_b = tracks.class_of(vessel) is AisClass.B
    return params.clearance.assumed_length_class_b_m if is_class_b else params.clearance.assumed_length_m


def _watched(elapsed_s: float, told: Values, params: StsParams) -> bool:
    """Tell whether a meeting was watched so closely that two cannot have come nearer unseen."""
    contact_min_h = min(
        params.clearance.watched_contact_h, params.clearance.watched_share * elapsed_s / HOUR_S
    )
    silence_max_min = max(
        params.clearance.watched_gap_max_min, params.clearance.watched_gap_share * elapsed_s / MINUTE_S
    )
    return (
        elapsed_s > 0.0
        and known_in(told, "contact_h") >= contact_min_h
        and known_in(told, "fixes_least") >= params.clearance.watched_reports_min
        and known_in(told, "longest_silence_min") <= silence_max_min
    )


def loose_m(told: Values, params: StsParams) -> float | None:
    """Return within how many metres their separation changed: two made fast keep theirs.

    Less what rounded positions may be wrong by. None where they were not observed for long and closely.
    """
    contact_h = known_in(told, "contact_h")
    if contact_h < params.clearance.variation_contact_min_h:
        return None
    if known_in(told, "fixes_least") < params.clearance.variation_reports_min_per_h * contact_h:
        return None
    spread_m = number_in(told, "separation_spread_m")
    return None if spread_m is None else max(0.0, spread_m - known_in(told, "rounding_m"))
