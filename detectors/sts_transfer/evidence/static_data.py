"""Static data declared before and after an encounter: draught and destination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.measures import Values
    from detectors.core.spans import Span
    from detectors.sts_transfer.params.craft import CraftParams
    from detectors.tracks.reports import StaticReport
    from detectors.tracks.tracks import Tracks


def static_data_measures(tracks: Tracks, vessel: int, span: Span, number: str, params: CraftParams) -> Values:
    """Return the draught and destination that a vessel declared before and after an encounter.

    `number` is the vessel's number in the names of the measures: "1" or "2".
    """
    until_s = span[1] + params.static_data_after_h * HOUR_S
    statics = tracks.statics.get(int(tracks.vessel[vessel]), ())
    measures: dict[str, float | str | None] = {}
    for name in ("draught_m", "destination"):
        before, after = _before_and_after(statics, name, span, until_s)
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


def _before_and_after(
    statics: Sequence[StaticReport], name: str, span: Span, until_s: float
) -> tuple[float | str | None, float | str | None]:
    """Return the last value declared before an encounter, and the last after it began and until `until_s`.

    A value that only repeats the one before is left out: whether it is kept depends on how a feed was cut.
    """
    declared = [(s.time_s, getattr(s, name)) for s in statics if getattr(s, name) is not None]
    changed = [each for n, each in enumerate(declared) if n == 0 or each[1] != declared[n - 1][1]]
    before = [value for time_s, value in changed if not time_s > span[0]]
    after = [value for time_s, value in changed if span[0] < time_s <= until_s]
    return (before[-1] if before else None), (after[-1] if after else None)
