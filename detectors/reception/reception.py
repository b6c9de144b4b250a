"""Would she have been heard? Judgements of silences, from the traffic of the run and a background."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detectors.reception.features import Cover
from detectors.reception.judging import NOTHING, judged
from detectors.reception.presence import presence_of

if TYPE_CHECKING:
    from detectors.reception.background import Background
    from detectors.reception.judging import Judgement
    from detectors.reception.params import ReceptionParams
    from detectors.reception.presence import Presence
    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class Reception:
    """What a run's own traffic, and a background where there is one, tell of who was heard where."""

    tracks: Tracks
    params: ReceptionParams
    background: Background | None = None

    @cached_property
    def presence(self) -> Presence | None:
        """The table of half-hours; None where it would be too long."""
        return presence_of(self.tracks, self.params)

    def judge(self, rows: Int64, open_until_s: Float64) -> tuple[Judgement, ...]:
        """Return a judgement of each silence after the given reports (rows of the hulls' columns).

        `open_until_s` is NaN for a silence that ended with the next report, else the time until which it is
        known to last.
        """
        if self.presence is None or not len(rows):
            return tuple(NOTHING for _ in rows)
        cells = self.background.cells if self.background else None
        cover = Cover.of(self.presence, cells, self.params)
        lines = self.background.lines if self.background else None
        return judged(self.tracks.hulls, cover, lines, rows, open_until_s)
