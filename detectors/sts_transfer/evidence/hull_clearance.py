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
    from detectors.core.spans import Span
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.tracks import Tracks


def water(tracks: Tracks, vessels: tuple[int, int], span: Span, told: Values, params: StsParams) -> Values:
    """Return the clearance between two hulls where the vessels stayed: one of three measures, by its basis.

    `hull_clearance_by_antennas_m`: both hulls are placed by their antennas and headings, in an encounter
    watched so closely that the two cannot have come nearer unseen. `hull_clearance_m`: in such an encounter
    of others, by how much the separation exceeds half of both lengths, or the estimated distance of the
    hulls. `hull_clearance_likely_m`: the same where much of the encounter was seen. 0 where there was no
    clearance; None of those with another basis, and of all where it cannot be said.
    """
    values: dict[str, Value] = dict.fromkeys(
        ("hull_clearance_by_antennas_m", "hull_clearance_m", "hull_clearance_likely_m")
    )
    seen = known_in(told, "contact_h") >= params.clearance.watched_contact_h
    if _watched(span[1] - span[0], told, params):
        if told["hull_distance_by_antennas_m"] is not None and told["headings_known"] == len(vessels):
            return values | {"hull_clearance_by_antennas_m": told["hull_distance_by_antennas_m"]}
        return values | {"hull_clearance_m": _water_m(tracks, vessels, span, told, params)}
    if seen and known_in(told, "reports_least") >= params.clearance.likely_reports_min:
        return values | {"hull_clearance_likely_m": _water_m(tracks, vessels, span, told, params)}
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
    abreast_m = number_in(told, "hull_distance_abreast_m")
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
        and known_in(told, "reports_least") >= params.clearance.watched_reports_min
        and known_in(told, "longest_gap_min") <= silence_max_min
    )


def separation_variation_m(told: Values, params: StsParams) -> float | None:
    """Return within how many metres their separation changed: two made fast keep theirs.

    Less what rounded positions may be wrong by. None where they were not observed for long and closely.
    """
    contact_h = known_in(told, "contact_h")
    if contact_h < params.clearance.variation_contact_min_h:
        return None
    if known_in(told, "reports_least") < params.clearance.variation_reports_min_per_h * contact_h:
        return None
    spread_m = number_in(told, "separation_spread_m")
    return None if spread_m is None else max(0.0, spread_m - known_in(told, "position_rounding_m"))
