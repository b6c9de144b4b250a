"""What two that met say they are, where it speaks against two ships: small craft, or one ship told twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.tracks.codes import AisClass
from detectors.vessels.names import imo_is_valid, plain_name
from detectors.vessels.static_data import known_at

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import StaticReport
    from detectors.tracks.tracks import Tracks


def craft(tracks: Tracks, vessels: tuple[int, int], time_s: float, params: StsParams) -> Values:
    """Return whether one is a small craft by her set, what both together say, and how long they are.

    That is whether they say that they are one ship, and half of both lengths, None where one tells none.
    """
    first, second = (known_at(tracks, vessel, time_s) for vessel in vessels)
    return {
        "small_craft": any(
            tracks.class_of(vessel) is AisClass.B
            and (said.length_m or 0.0) < params.craft.small_craft_below_m
            for vessel, said in zip(vessels, (first, second), strict=True)
        ),
        "same_static_data": _says_the_same(first, second),
        "half_lengths_m": _half_lengths_m(first, second),
    }


def _half_lengths_m(first: StaticReport, second: StaticReport) -> float | None:
    if not first.length_m or not second.length_m:
        return None
    return 0.5 * (first.length_m + second.length_m)


def _says_the_same(first: StaticReport, second: StaticReport) -> bool:
    """Tell whether two say one IMO number, or one name and one size and no two IMO numbers.

    A name alone says little: many fishing vessels are called by their trade.
    """
    if imo_is_valid(first.imo) and imo_is_valid(second.imo):
        return first.imo == second.imo
    name = plain_name(first.name)
    sizes = [(said.length_m, said.beam_m) for said in (first, second)]
    is_sized = first.length_m is not None and sizes[0] == sizes[1]
    return is_sized and name is not None and name == plain_name(second.name)
