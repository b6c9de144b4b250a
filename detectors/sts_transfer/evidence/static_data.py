"""Static data declared before and after an encounter: draught and destination."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from detectors.core.units import HOUR_S
from detectors.vessels.static_data import before_and_after

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.core.spans import Span
    from detectors.sts_transfer.params.craft import CraftParams
    from detectors.tracks.tracks import Tracks


def static_data_measures(tracks: Tracks, vessel: int, span: Span, number: str, params: CraftParams) -> Values:
    """Return the draught and destination that a vessel declared before and after an encounter.

    `number` is the vessel's number in the names of the measures: "1" or "2".
    """
    until_s = span[1] + params.static_data_after_h * HOUR_S
    statics = tracks.statics.get(int(tracks.vessel[vessel]), ())
    measures: dict[str, float | str | None] = {}
    for name in ("draught_m", "destination"):
        before, after = before_and_after(statics, name, span[0], math.nextafter(span[0], math.inf), until_s)
        stem, unit = (name[:-2], "_m") if name.endswith("_m") else (name, "")
        measures |= {f"{stem}_before_{number}{unit}": before, f"{stem}_after_{number}{unit}": after}
    return measures


def draught_change_m(measures: Values) -> float | None:
    """Return the change of declared draught in metres, either way, the greater of the two vessels.

    None where neither vessel declared one both before and after.
    """
    changes = []
    for number in ("1", "2"):
        before, after = (measures.get(f"draught_{when}_{number}_m") for when in ("before", "after"))
        if isinstance(before, float) and isinstance(after, float):
            changes.append(abs(after - before))
    return max(changes, default=None)
