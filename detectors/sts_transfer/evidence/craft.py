"""Static data of the two that speaks against two ships: small craft, or the same static data twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.tracks.codes import AisClass
from detectors.vessels.gear import is_gear_name
from detectors.vessels.names import imo_is_valid, plain_name
from detectors.vessels.static_data import known_at

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.sts_transfer.params.craft import CraftParams
    from detectors.tracks.reports import StaticReport
    from detectors.tracks.tracks import Tracks


def craft_measures(tracks: Tracks, vessels: tuple[int, int], time_s: float, params: CraftParams) -> Values:
    """Return whether one is a small craft or gear, whether both declare the same, and half their lengths.

    A small craft is one by its transponder class and declared length. `half_lengths_m` is half of both
    declared lengths together, None where either declares none.
    """
    first, second = (known_at(tracks, vessel, time_s) for vessel in vessels)
    return {
        "small_craft": any(
            tracks.class_of(vessel) is AisClass.B and (each.length_m or 0.0) < params.small_craft_below_m
            for vessel, each in zip(vessels, (first, second), strict=True)
        ),
        "fishing_gear": any(_is_gear(tracks, vessel) for vessel in vessels),
        "same_static_data": _is_same_static_data(first, second),
        "half_lengths_m": _half_lengths_m(first, second),
    }


def _is_gear(tracks: Tracks, vessel: int) -> bool:
    """Return whether a vessel has a name of gear at any time, declared or its own."""
    statics = tracks.statics.get(int(tracks.vessel[vessel]), ())
    return any(is_gear_name(name) for name in (*(each.name for each in statics), tracks.key(vessel)))


def _half_lengths_m(first: StaticReport, second: StaticReport) -> float | None:
    if not first.length_m or not second.length_m:
        return None
    return 0.5 * (first.length_m + second.length_m)


def _is_same_static_data(first: StaticReport, second: StaticReport) -> bool:
    """Return whether two declare one IMO number, or one name and size without two IMO numbers.

    A name alone is weak evidence: many fishing vessels are named after their trade.
    """
    if imo_is_valid(first.imo) and imo_is_valid(second.imo):
        return first.imo == second.imo
    name = plain_name(first.name)
    sizes = [(each.length_m, each.beam_m) for each in (first, second)]
    is_sized = first.length_m is not None and sizes[0] == sizes[1]
    return is_sized and name is not None and name == plain_name(second.name)
