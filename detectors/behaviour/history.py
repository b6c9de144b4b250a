"""A history to learn from: windows of one feed or several, with the field learnt without those it judges."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from detectors.behaviour.features import FEATURES, Seen
from detectors.behaviour.field import learn_field
from detectors.behaviour.motion import Motion
from detectors.behaviour.reporting import Neighbours
from detectors.behaviour.windows import windows_along
from detectors.vessels.static_data import known_at
from detectors.vessels.vessel import type_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from detectors.behaviour.field import WaterField
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Tracks
    from geodata.world import World

NEIGHBOURS_KEPT = 1500
"""Windows of a run that neighbours are taken from: enough for a region, and no run waits for it."""

FOLDS = 5
"""Parts of the ships that are held against a field learnt from the others."""

CLASSES = ("tanker", "cargo", "fishing", "other", "unknown")
"""Classes of ships that are held against their like; tugs, ferries, pilots and the rest are `other`."""


@dataclass(frozen=True, eq=False)
class History:
    """Windows to learn from: features, each ship's class (its place in `CLASSES`), the field."""

    windows: Float64
    ship_class: npt.NDArray[np.int64]
    field: WaterField


def history_of(feeds: Sequence[Tracks], world: World) -> History:
    """Return what one feed, or several that do not know one another, have to teach.

    A window's departure from the field is measured against one learnt without a fifth of the ships, hers
    among them: a ship that had helped to make the lane she is held against would never depart from it.
    """
    seen = [Seen.of(feed.segments, windows_along(feed.segments), world) for feed in feeds]
    segment = np.concatenate([(s.windows.segment * len(feeds) + n) for n, s in enumerate(seen)])
    fold = np.concatenate([s.windows.segment % FOLDS for s in seen])
    motion = _joined([s.motion for s in seen])
    features = np.empty((len(segment), len(FEATURES)))
    around = [neighbours_of(s) for s in seen]
    for left_out in np.unique(fold):
        mine = fold == left_out
        others = mine if mine.all() else ~mine
        field = learn_field(_rows(motion, others), segment[others])
        told = [s.features(field, n) for s, n in zip(seen, around, strict=True)]
        features[mine] = np.concatenate(told)[mine]
    classes = np.concatenate([classes_of(f, s.windows.segment) for f, s in zip(feeds, seen, strict=True)])
    return History(features, classes, learn_field(motion, segment))


def neighbours_of(seen: Seen) -> Neighbours:
    """Return the neighbours that a run offers: all its windows, or evenly chosen ones."""
    every = seen.reporting
    if len(every.segment) <= NEIGHBOURS_KEPT:
        return Neighbours(every)
    some = np.linspace(0, len(every.segment) - 1, NEIGHBOURS_KEPT).astype(np.intp)
    return Neighbours(
        type(every)(every.segment[some], every.rate[some], every.silence[some], every.place[some])
    )


def classes_of(tracks: Tracks, segment: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the class of each segment's ship by what she says of herself at the end."""
    vessels, at = np.unique(tracks.segments.vessel_index[segment], return_inverse=True)
    return np.array([_class(tracks, int(v)) for v in vessels], dtype=np.int64)[at]


def _class(tracks: Tracks, vessel: int) -> int:
    word = type_word(known_at(tracks, vessel, tracks.end_s).ship_type) or "unknown"
    return CLASSES.index(word) if word in CLASSES else CLASSES.index("other")


def _joined(motions: Sequence[Motion]) -> Motion:
    return Motion(*(np.concatenate([getattr(m, f.name) for m in motions]) for f in fields(Motion)))


def _rows(motion: Motion, which: npt.NDArray[np.bool_]) -> Motion:
    return Motion(*(getattr(motion, f.name)[which] for f in fields(Motion)))
