"""Reception of a run: judgements of gaps, from the traffic of the run and a background."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detectors.reception.coverage.features import Cover
from detectors.reception.coverage.presence import presence_of
from detectors.reception.judging import NOTHING, judged

if TYPE_CHECKING:
    from collections.abc import Callable

    from detectors.reception.background import Background
    from detectors.reception.coverage.presence import Presence
    from detectors.reception.judging import Judgement
    from detectors.reception.params import ReceptionParams
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Tracks


def nowhere(lon_deg: Float64, lat_deg: Float64) -> Bool:  # noqa: ARG001 - as a chart answers
    """Return that no place is on land, as a chart of an open ocean would."""
    return np.zeros(len(lon_deg), dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class Reception:
    """What a run's own traffic, and a background where there is one, show of reception by place."""

    tracks: Tracks
    params: ReceptionParams
    background: Background | None = None
    on_land: Callable[[Float64, Float64], Bool] = nowhere

    @cached_property
    def presence(self) -> Presence | None:
        """The table of half-hours; None where it would be too long."""
        return presence_of(self.tracks, self.params)

    def judge(self, rows: Int64, open_until_s: Float64) -> tuple[Judgement, ...]:
        """Return a judgement of each gap after the given reports (rows of the segments' columns).

        `open_until_s` is NaN for a gap that ended with the next report, else the time until which it
        is known to last.
        """
        if self.presence is None or not len(rows):
            return tuple(NOTHING for _ in rows)
        cells = self.background.cells if self.background else None
        cover = Cover.of(self.presence, cells, self.params)
        return judged(self.tracks.segments, cover, self.background, self.on_land, rows, open_until_s)
