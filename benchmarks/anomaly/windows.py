"""Windows of theatres, labelled: sought behaviour against all that ordinary ships do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.settings import TheatreSettings
from app.simulator.traffic import make_theatre
from detectors.behaviour.features import Seen
from detectors.behaviour.history import classes_of, neighbours_of
from detectors.behaviour.windows import windows_along, windows_at
from detectors.tracks.build import make_tracks
from geodata.world import load_world

if TYPE_CHECKING:
    from app.simulator.truth import Truth
    from detectors.behaviour.field import WaterField
    from detectors.behaviour.windows import Windows
    from detectors.tracks.tracks import Tracks

GROUPS = {
    "transfer": ("transfer_drifting", "transfer_at_anchor", "transfer_under_way", "cluster"),
    "dark partner": ("dark_partner",),
    "switched off": ("switched_off",),
}
"""Labels of the truth by what is looked for: both ships of a transfer, who lingers with a silent one, and
half a day before a crew switched off."""


@dataclass(frozen=True, eq=False)
class Feed:
    """A theatre as delivered, and its truth."""

    tracks: Tracks
    truth: tuple[Truth, ...]


@dataclass(frozen=True, eq=False)
class Labelled:
    """Windows with features, class of ship, and group; an empty group is ordinary."""

    windows: np.ndarray
    ship_class: np.ndarray
    group: np.ndarray


def feed(asked: tuple[int, str]) -> Feed:
    """Return the theatre of a seed and a regime."""
    seed, regime = asked
    theatre = make_theatre(TheatreSettings(seed=seed, regime=regime), load_world())
    tracks, _ = make_tracks(theatre.reports, theatre.statics)
    return Feed(tracks, theatre.truth)


def labelled(one: Feed, field: WaterField) -> Labelled:
    """Return one window of each sought behaviour and ship, and every window of ships that did nothing sought.

    Of a meeting it is the half day that ends with it, of a silence the one before it.
    """
    tracks, hulls, world = one.tracks, one.tracks.segments, load_world()
    along = windows_along(hulls)
    around = neighbours_of(Seen.of(hulls, along, world))
    sought, groups, busy = _sought(one)
    ordinary = along.take(~np.isin(hulls.vessel_index[along.segment], list(busy)))
    parts = [(sought, groups), (ordinary, np.full(len(ordinary), "", dtype=object))]
    return Labelled(
        np.concatenate([Seen.of(hulls, w, world).features(field, around) for w, _ in parts]),
        np.concatenate([classes_of(tracks, w.segment) for w, _ in parts]),
        np.concatenate([g for _, g in parts]),
    )


def _sought(one: Feed) -> tuple[Windows, np.ndarray, set[int]]:
    tracks = one.tracks
    number = {int(mmsi): n for n, mmsi in enumerate(tracks.vessel)}
    rows, busy = [], set()
    for truth in one.truth:
        group = next((g for g, labels in GROUPS.items() if truth.label in labels), None)
        for vessel in (number[m] for m in truth.mmsis if group and truth.is_sought and m in number):
            busy.add(vessel)
            end_s = truth.start_s if truth.kind == "dark_period" else min(truth.end_s, tracks.end_s)
            rows.append((int(np.searchsorted(tracks.segments.vessel_index, vessel)), end_s, group))
    rows.sort(key=lambda row: row[:2])
    hull, end_s = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    windows, enough = windows_at(tracks.segments, hull, end_s)
    return windows, np.array([r[2] for r in rows], dtype=object)[enough], busy
