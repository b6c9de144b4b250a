"""Hull clearance of two vessels, and the variation of their separation.

Cargo goes over hoses and derricks, hull to hull. The antennas of two ships made fast are separated by less
than their lengths, wherever they stand. Two that were closely observed and stayed farther apart had water
between them, even if one passed the other nearer. So had two that lay abreast, by their headings and
dimensions, and whose hulls stayed separated.
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
    from detectors.sts_transfer.params.clearance import ClearanceParams
    from detectors.tracks.tracks import Tracks


def hull_clearance(
    tracks: Tracks, vessels: tuple[int, int], span: Span, measures: Values, params: ClearanceParams
) -> Values:
    """Return the clearance between two hulls where the vessels stayed: one of three measures, by its basis.

    `hull_clearance_by_antennas_m`: both hulls are placed by their antennas and headings, in an encounter
    watched so closely that the two cannot have come nearer unseen. `hull_clearance_m`: in such an encounter
    of others, by how much the separation exceeds half of both lengths, or the estimated distance of the
    hulls. `hull_clearance_likely_m`: the same where much of the encounter was seen. 0 where there was no
    clearance; None of those with another basis, and of all where it is not known.
    """
    values: dict[str, Value] = dict.fromkeys(
        ("hull_clearance_by_antennas_m", "hull_clearance_m", "hull_clearance_likely_m")
    )
    is_observed = known_in(measures, "contact_h") >= params.watched_contact_h
    if _is_closely_observed(span[1] - span[0], measures, params):
        if measures["hull_distance_by_antennas_m"] is not None and measures["headings_known"] == len(vessels):
            return values | {"hull_clearance_by_antennas_m": measures["hull_distance_by_antennas_m"]}
        return values | {"hull_clearance_m": _clearance_m(tracks, vessels, span, measures, params)}
    if is_observed and known_in(measures, "reports_least") >= params.likely_reports_min:
        return values | {"hull_clearance_likely_m": _clearance_m(tracks, vessels, span, measures, params)}
    return values


def _clearance_m(
    tracks: Tracks, vessels: tuple[int, int], span: Span, measures: Values, params: ClearanceParams
) -> float | None:
    declared_m = [known_at(tracks, vessel, span[0]).length_m for vessel in vessels]
    lengths_m = [m or _assumed_length_m(tracks, v, params) for m, v in zip(declared_m, vessels, strict=True)]
    stayed_m = number_in(measures, "stayed_separation_m")
    if stayed_m is None:
        return None
    beyond_m = stayed_m - 0.5 * sum(lengths_m)
    if measures["rigid_abreast"] and not all(declared_m):  # longer than assumed, with distant antennas
        beyond_m = 0.0
    abreast_m = number_in(measures, "hull_distance_abreast_m")
    return max(0.0, beyond_m, 0.0 if abreast_m is None else min(stayed_m, abreast_m))


def _assumed_length_m(tracks: Tracks, vessel: int, params: ClearanceParams) -> float:
    """Return the length assumed for a vessel that declares none, by the class of its transponder."""
    is_class_b = tracks.class_of(vessel) is AisClass.B
    return params.assumed_length_class_b_m if is_class_b else params.assumed_length_m


def _is_closely_observed(elapsed_s: float, measures: Values, params: ClearanceParams) -> bool:
    """Return whether an encounter was observed so closely that the two cannot have come nearer unobserved."""
    contact_min_h = min(params.watched_contact_h, params.watched_share * elapsed_s / HOUR_S)
    gap_max_min = max(params.watched_gap_max_min, params.watched_gap_share * elapsed_s / MINUTE_S)
    return (
        elapsed_s > 0.0
        and known_in(measures, "contact_h") >= contact_min_h
        and known_in(measures, "reports_least") >= params.watched_reports_min
        and known_in(measures, "longest_gap_min") <= gap_max_min
    )


def separation_variation_m(measures: Values, params: ClearanceParams) -> float | None:
    """Return the separation variation in metres: two made fast keep their separation.

    Position rounding is subtracted. None where the two were not observed for long and closely.
    """
    contact_h = known_in(measures, "contact_h")
    if contact_h < params.variation_contact_min_h:
        return None
    if known_in(measures, "reports_least") < params.variation_reports_min_per_h * contact_h:
        return None
    spread_m = number_in(measures, "separation_spread_m")
    return None if spread_m is None else max(0.0, spread_m - known_in(measures, "position_rounding_m"))
