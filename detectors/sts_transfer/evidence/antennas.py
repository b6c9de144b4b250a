"""Where on her hull a vessel's antenna stands: half of all large ships have it a third of her length off.

She tells it by four distances, to bow, stern, port and starboard (ITU-R M.1371, messages 5, 19 and 24).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import StaticReport

NOT_TOLD = (math.nan, math.nan)


def antenna_m(said: StaticReport, params: StsParams) -> tuple[float, float]:
    """Return how far an antenna stands ahead of the middle of the hull, and to starboard of it.

    NaN where she does not tell it, or tells a place that is not on her hull.
    """
    ahead_m, beam_side_offset_m = said.antenna_ahead_m, said.antenna_abeam_m
    if not params.hulls.placed_by_antenna or ahead_m is None or beam_side_offset_m is None:
        return NOT_TOLD
    is_aboard = 2.0 * abs(ahead_m) <= (said.length_m or 0.0) and 2.0 * abs(beam_side_offset_m) <= (
        said.beam_m or 0.0
    )
    return (ahead_m, beam_side_offset_m) if is_aboard else NOT_TOLD
