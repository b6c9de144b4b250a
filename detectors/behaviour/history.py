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
"""Parts of the vessels that are compared with a field learnt from the others."""

CLASSES = ("tanker", "cargo", "fishing", "other", "unknown")
"""Classes of vessels that are compared with their like; tugs, ferries, pilots and the rest are `other`."""


@dataclass(frozen=True, eq=False)
class History:
    """Windows to learn from: features, each vessel's class (its index in `CLASSES`), the field."""

    windows: Float64
    ship_class: npt.NDArray[np.int64]
    field: WaterField


def history_of(feeds: Sequence[Tracks], world: World) -> History:
    """Return what one feed, or several separate ones, have to teach.

    A window's departure from the field is measured against one learnt without a fifth of the vessels, its
    own among them: a vessel that had helped to make a lane would never depart from it.
    """
    seen = [Seen.of(feed.segments, windows_along(feed.segments), world) for feed in feeds]
    segment = np.concatenate([(s.windows.segment * len(feeds) + n) for n, s in enumerate(seen)])
    fold = np.concatenate([s.windows.segment % FOLDS for s in seen])
    motion = _joined([s.motion for s in seen])
    features = np.empty((len(segment), len(FEATURES)))
    neighbours = [neighbours_of(s) for s in seen]
    for left_out in np.unique(fold):
        is_left_out = fold == left_out
        others = is_left_out if is_left_out.all() else ~is_left_out
        field = learn_field(_rows(motion, others), segment[others])
        by_feed = [s.features(field, n) for s, n in zip(seen, neighbours, strict=True)]
        features[is_left_out] = np.concatenate(by_feed)[is_left_out]
    classes = np.concatenate([classes_of(f, s.windows.segment) for f, s in zip(feeds, seen, strict=True)])
    return History(features, classes, learn_field(motion, segment))


def neighbours_of(seen: Seen) -> Neighbours:
    """Return the neighbours that a run offers: all its windows, or evenly chosen ones."""
    every = seen.reporting
    if len(every.segment) <= NEIGHBOURS_KEPT:
        return Neighbours(every)
    some = np.linspace(0, len(every.segment) - 1, NEIGHBOURS_KEPT).astype(np.intp)
    return Neighbours(
        type(every)(every.segment[some], every.rate[some], every.longest_gap[some], every.place[some])
    )


def classes_of(tracks: Tracks, segment: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the class of each segment's vessel by its static data at the end."""
    vessels, at = np.unique(tracks.segments.vessel_index[segment], return_inverse=True)
    return np.array([_class(tracks, int(v)) for v in vessels], dtype=np.int64)[at]


def _class(tracks: Tracks, vessel: int) -> int:
    ship_class_name = type_word(known_at(tracks, vessel, tracks.end_s).ship_type) or "unknown"
    return CLASSES.index(ship_class_name) if ship_class_name in CLASSES else CLASSES.index("other")


def _joined(motions: Sequence[Motion]) -> Motion:
    return Motion(*(np.concatenate([getattr(m, f.name) for m in motions]) for f in fields(Motion)))


def _rows(motion: Motion, which: npt.NDArray[np.bool_]) -> Motion:
    return Motion(*(getattr(motion, f.name)[which] for f in fields(Motion)))
