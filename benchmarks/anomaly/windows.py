"""Windows of simulated traffic, labelled: positives against all that ordinary vessels do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.settings import TrafficSettings
from app.simulator.traffic import make_traffic
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
"""Labels of the truth by what is looked for: both vessels of a transfer, the one that lingers with an
unobserved one, and half a day before a crew switched off."""


@dataclass(frozen=True, eq=False)
class Feed:
    """Traffic as delivered, and its truth."""

    tracks: Tracks
    truth: tuple[Truth, ...]


@dataclass(frozen=True, eq=False)
class Labelled:
    """Windows with features, class of vessel, and group; an empty group is ordinary."""

    windows: np.ndarray
    ship_class: np.ndarray
    group: np.ndarray


def feed(asked: tuple[int, str]) -> Feed:
    """Return the traffic of a seed and a regime."""
    seed, regime = asked
    traffic = make_traffic(TrafficSettings(seed=seed, regime=regime), load_world())
    tracks, _ = make_tracks(traffic.reports, traffic.statics)
    return Feed(tracks, traffic.truth)


def labelled(one: Feed, field: WaterField) -> Labelled:
    """Return one window of each positive and vessel, and every window of vessels without a positive.

    Of an encounter it is the half day that ends with it, of a gap the one before it.
    """
    tracks, segments, world = one.tracks, one.tracks.segments, load_world()
    along = windows_along(segments)
    around = neighbours_of(Seen.of(segments, along, world))
    positives, groups, busy = _positives(one)
    ordinary = along.take(~np.isin(segments.vessel_index[along.segment], list(busy)))
    parts = [(positives, groups), (ordinary, np.full(len(ordinary), "", dtype=object))]
    return Labelled(
        np.concatenate([Seen.of(segments, w, world).features(field, around) for w, _ in parts]),
        np.concatenate([classes_of(tracks, w.segment) for w, _ in parts]),
        np.concatenate([g for _, g in parts]),
    )


def _positives(one: Feed) -> tuple[Windows, np.ndarray, set[int]]:
    tracks = one.tracks
    number = {int(mmsi): n for n, mmsi in enumerate(tracks.vessel)}
    rows, busy = [], set()
    for truth in one.truth:
        group = next((g for g, labels in GROUPS.items() if truth.label in labels), None)
        for vessel in (number[m] for m in truth.mmsis if group and truth.is_positive and m in number):
            busy.add(vessel)
            end_s = truth.start_s if truth.kind == "dark_period" else min(truth.end_s, tracks.end_s)
            rows.append((int(np.searchsorted(tracks.segments.vessel_index, vessel)), end_s, group))
    rows.sort(key=lambda row: row[:2])
    segment, end_s = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    windows, enough = windows_at(tracks.segments, segment, end_s)
    return windows, np.array([r[2] for r in rows], dtype=object)[enough], busy
