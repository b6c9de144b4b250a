"""Antenna offsets: half of all large ships have the antenna a third of their length off the middle.

A vessel declares four distances: to bow, stern, port and starboard (ITU-R M.1371, messages 5, 19, 24).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detectors.sts_transfer.params.hulls import HullParams
    from detectors.tracks.reports import StaticReport

NOT_DECLARED = (math.nan, math.nan)


def antenna_m(static_data: StaticReport, params: HullParams) -> tuple[float, float]:
    """Return how far the antenna stands ahead of the middle of the hull, and to starboard of it, in metres.

    NaN where the vessel does not declare it, or declares a place outside its hull.
    """
    ahead_m, beam_side_offset_m = static_data.antenna_ahead_m, static_data.antenna_abeam_m
    if not params.placed_by_antenna or ahead_m is None or beam_side_offset_m is None:
        return NOT_DECLARED
    is_aboard = 2.0 * abs(ahead_m) <= (static_data.length_m or 0.0) and 2.0 * abs(beam_side_offset_m) <= (
        static_data.beam_m or 0.0
    )
    return (ahead_m, beam_side_offset_m) if is_aboard else NOT_DECLARED
