"""The input of a detector: tracks, the chart, reception, behaviour, and the time of the run."""

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
    """All that a detector may use, made once per run.

    `now_s` is the time up to which the data are valid: a gap that still lasts is judged at it.
    `behaviour`, where there is a model, gives how unlike ordinary traffic a vessel behaves; `reception`
    whether a vessel would have been received (without it, that is unknown).
    """

    tracks: Tracks
    world: World
    now_s: float
    behaviour: Behaviour | None = None
    reception: Reception | None = None

    @property
    def heard_until_s(self) -> float:
        """Time until which a gap means something.

        The end of the data where several vessels share it: after it nothing was received, which is
        the end of the feed and not a gap. With a single vessel the two cannot be distinguished, and
        `now_s`, which the user gave, decides.
        """
        return self.tracks.end_s if len(self.tracks.vessel) > 1 else self.now_s
