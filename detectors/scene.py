"""What a detector may look at: tracks, the chart, who would have been heard, and the time of the run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detectors.behaviour.behaviour import Behaviour
    from detectors.reception.reception import Reception
    from detectors.tracks.tracks import Tracks
    from geodata.world import World


@dataclass(frozen=True, eq=False)
class Scene:
    """All that a detector may look at, made once per run.

    `now_s` is the time up to which the data speak: silence that still lasts is judged at it. `behaviour`,
    where there is a model, tells how unlike ordinary traffic a vessel behaves; `reception` who would have
    been heard (without it, it is unknown).
    """

    tracks: Tracks
    world: World
    now_s: float
    behaviour: Behaviour | None = None
    reception: Reception | None = None

    @property
    def heard_until_s(self) -> float:
        """Time until which silence means something.

        The end of the data where several vessels share it: after it nobody was heard, which is the end of
        the feed and not silence. With a single vessel there is nobody to tell the two apart, and `now_s`,
        which the user gave, decides.
        """
        return self.tracks.end_s if len(self.tracks.vessel) > 1 else self.now_s
