"""The fleet: the vessels of every behaviour, and ordinary vessels for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.episodes.look_alikes import LOOK_ALIKES
from app.simulator.episodes.positives import SWITCH_OFFS, TRANSFERS, cluster, dark_partner, open_call
from app.simulator.truth import Truth
from app.simulator.vessels.motion import HOUR_S
from app.simulator.vessels.path import FISHING, MOORED, UNDER_WAY, Path
from app.simulator.vessels.types import Identity, identity, statics_of
from app.simulator.vessels.voyages import life, lived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.simulator.episodes.episode import Episode, Mark, Part
    from app.simulator.vessels.voyages import Stage
    from detectors.tracks.reports import StaticReport

ORDINARY = {
    "merchant": 0.36,
    "coaster": 0.16,
    "tanker": 0.08,
    "small_tanker": 0.1,
    "fishing": 0.24,
    "ferry": 0.06,
}
"""Shares of the vessels that have no part in any behaviour (R)."""

TRIES = 30
LOOK_S = 30.0
"""A vessel is checked this often for having run aground: 200 m at 13 kn."""


@dataclass(frozen=True, eq=False)
class Vessel:
    """A vessel of the traffic: identity, path, when its transponder is off and why, static data."""

    who: Identity
    path: Path
    off: tuple[tuple[float, float, str], ...]
    statics: tuple[StaticReport, ...]


def make_fleet(stage: Stage) -> tuple[list[Vessel], list[Truth]]:
    """Return all vessels and the truth of all behaviours; gaps are added after reception."""
    vessels: list[Vessel] = []
    truth: list[Truth] = []
    for play in _episodes(stage):
        episode = _afloat(play, stage)
        if len(vessels) + len(episode.parts) > stage.settings.ships:
            continue
        players = [_player(part, n, episode, stage, len(vessels) + n) for n, part in enumerate(episode.parts)]
        vessels.extend(players)
        truth.extend(_truth(mark, players) for mark in episode.marks)
    vessels.extend(_ordinary(number, stage) for number in range(len(vessels), stage.settings.ships))
    return vessels, truth


def _episodes(stage: Stage) -> Iterator[Callable[[Stage], Episode]]:
    settings = stage.settings
    yield from islice(cycle(TRANSFERS), settings.transfers)
    yield from [cluster] * settings.clusters
    yield from [dark_partner] * settings.dark_partners
    yield from islice(cycle(SWITCH_OFFS), settings.switch_offs)
    yield from [open_call] * settings.open_calls
    yield from islice(cycle(LOOK_ALIKES), settings.look_alikes)


def _afloat(play: Callable[[Stage], Episode], stage: Stage) -> Episode:
    """Return an episode none of whose vessels runs aground or begins or ends out of reach."""
    for _ in range(TRIES):
        episode = play(stage)
        if all(_is_afloat(part.path, stage) for part in episode.parts):
            return episode
    raise ValueError(f"{play.__name__} always ran aground: the boxes hold too little water")


def _is_afloat(path: Path, stage: Stage) -> bool:
    ends = ((float(path.lon_deg[n]), float(path.lat_deg[n])) for n in (0, -1))
    if not all(stage.waters.reaches(end) for end in ends):
        return False
    times = np.arange(path.time_s[0], path.time_s[-1], LOOK_S)
    return not bool(stage.waters.world.on_land(*path.at(times)).any())


def _player(part: Part, number: int, episode: Episode, stage: Stage, index: int) -> Vessel:
    marks = [m for m in episode.marks if number in m.who]
    is_positive = any(m.is_positive for m in marks) or bool(part.off)
    who = identity(index, part.kind, stage.rng, stage.settings, is_positive=is_positive)
    transfer_end_s = next(
        (m.end_s for m in marks if m.kind in {"sts_transfer", "dark_meeting"} and m.is_positive), None
    )
    return _vessel(
        who, lambda: lived(part.path, part.kind, who.cruise_kn, stage), part.off, transfer_end_s, stage
    )


def _ordinary(number: int, stage: Stage) -> Vessel:
    rng, settings = stage.rng, stage.settings
    kind = str(rng.choice(list(ORDINARY), p=list(ORDINARY.values())))
    who = identity(number, kind, rng, settings, is_positive=False)
    lead_s = rng.uniform(0.0, 24.0) * HOUR_S
    whole_s = settings.end_s - settings.start_s + lead_s

    def make() -> Path:
        start = stage.harbours[int(rng.integers(len(stage.harbours)))]
        lives = life(start, kind, who.cruise_kn, whole_s, stage).shifted(settings.start_s - lead_s)
        return lives.between(settings.start_s, settings.end_s)

    return _vessel(who, make, (), None, stage)


def _vessel(
    who: Identity,
    make: Callable[[], Path],
    off: tuple[tuple[float, float, str], ...],
    transfer_end_s: float | None,
    stage: Stage,
) -> Vessel:
    """Return a vessel whose path keeps to the water while it is under way; the last try if none does."""
    for _ in range(TRIES):
        path = make()
        if _is_afloat_under_way(path, stage):
            break
    if who.kind == "fishing" and stage.rng.random() < stage.settings.harbour_off_share:
        off = (*off, *_off_in_harbour(path, stage))
    statics = statics_of(who, stage.rng, transfer_end_s, stage.settings.start_s)
    return Vessel(who, path, off, tuple(statics))


def _is_afloat_under_way(path: Path, stage: Stage) -> bool:
    times = np.arange(path.time_s[0], path.time_s[-1], LOOK_S)
    times = times[np.isin(path.status_at(times), (UNDER_WAY, FISHING))]
    return not bool(stage.waters.world.on_land(*path.at(times)).any())


def _off_in_harbour(path: Path, stage: Stage) -> list[tuple[float, float, str]]:
    """Return the stays in harbour, from soon after making fast until before sailing."""
    is_moored = np.concatenate(([False], path.status[:-1] == MOORED, [False]))
    edges = np.flatnonzero(np.diff(is_moored.astype(np.int8)))
    spans = [
        (float(path.time_s[a]), float(path.time_s[b])) for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
    return [
        (a + stage.rng.uniform(0.1, 0.6) * HOUR_S, b - 0.1 * HOUR_S, "moored_off")
        for a, b in spans
        if b - a > 3 * HOUR_S
    ]


def _truth(mark: Mark, vessels: list[Vessel]) -> Truth:
    mmsis = tuple(sorted(vessels[n].who.mmsi for n in mark.who))
    return Truth(mark.kind, mmsis, mark.start_s, mark.end_s, mark.label, mark.is_positive)
