"""Positives: transfers, clusters, transfers with a dark partner, transponders switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.simulator.episodes.episode import Episode, Mark, Part, hot_place, spell
from app.simulator.vessels.motion import HOUR_S, adrift, swinging, visit
from app.simulator.vessels.path import KNOT_MPS, joined, moved, path_of, sailed
from app.simulator.vessels.waters import DPRK_ROADS

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.simulator.vessels.path import Path
    from app.simulator.vessels.voyages import Stage
    from app.simulator.vessels.waters import Place

ALONGSIDE_M = (10.0, 60.0)
"""Between the antennas of two moored vessels of 60 to 150 m (R)."""
OPEN_SEA_M = 40_000.0


def _hours(stage: Stage) -> float:
    """Return how long a transfer takes: 600 to 2,500 t at 200-600 t/h, "several hours", under 8 (V, R)."""
    return float(np.clip(stage.rng.lognormal(1.4, 0.4), 2.0, 8.0))


def _tankers(stage: Stage) -> tuple[str, str]:
    first, second = stage.rng.choice(["small_tanker", "small_tanker", "tanker", "coaster"], 2)
    return str(first), str(second)


def _gap_m(stage: Stage) -> float:
    return float(stage.rng.uniform(*ALONGSIDE_M))


def transfer_drifting(stage: Stage) -> Episode:
    """Make two vessels stopped on the high sea, adrift together."""
    during = spell(stage, _hours(stage), 2.0, 2.0)
    host = adrift(
        hot_place(stage, OPEN_SEA_M),
        during[0] - 1.7 * HOUR_S,
        during[1] + 1.7 * HOUR_S,
        stage.current,
        stage.rng,
    )
    return _pair(stage, host, during, "transfer_drifting")


def transfer_at_anchor(stage: Stage) -> Episode:
    """Make one vessel at anchor in the open, the other made fast to it."""
    during = spell(stage, _hours(stage), 5.0, 5.0)
    place = hot_place(stage, 12_000.0)
    span = during[0] - stage.rng.uniform(1, 4) * HOUR_S, during[1] + stage.rng.uniform(1, 4) * HOUR_S
    return _pair(stage, swinging(place, *span, stage.current, stage.rng), during, "transfer_at_anchor")


def transfer_under_way(stage: Stage) -> Episode:
    """Make two vessels made fast, steaming slowly on one course to keep their heads to the sea."""
    during = spell(stage, _hours(stage), 2.0, 2.0)
    lasts_s, speed_kn = during[1] - during[0] + 3.4 * HOUR_S, stage.rng.uniform(2.0, 5.5)
    line = _clear_line(stage, lasts_s * speed_kn * KNOT_MPS)
    host = sailed(*line, speed_kn, during[0] - 1.7 * HOUR_S)
    return _pair(stage, host, during, "transfer_under_way")


def _clear_line(stage: Stage, length_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the two ends of a line of open sea."""
    for _ in range(50):
        place, course = hot_place(stage, OPEN_SEA_M), stage.rng.uniform(0, 2 * np.pi)
        lon, lat = moved(*place, *(length_m * np.array([np.sin(course), np.cos(course)]))[:, None])
        lon, lat = np.array([place[0], lon[0]]), np.array([place[1], lat[0]])
        along = np.linspace(0, 1, 60)
        points = lon[0] + along * (lon[1] - lon[0]), lat[0] + along * (lat[1] - lat[0])
        if stage.waters.world.shore_distance_m(*points).min() > OPEN_SEA_M / 4:
            return lon, lat
    raise ValueError("no open line of sea in the hot boxes")


def _pair(stage: Stage, host: Path, during: tuple[float, float], label: str) -> Episode:
    kinds = _tankers(stage)
    guest = visit(host, during, _gap_m(stage), stage.rng)
    parts = Part(kinds[0], host), Part(kinds[1], guest)
    return Episode(parts, (Mark("sts_transfer", label, (0, 1), *during, is_positive=True),))


def cluster(stage: Stage) -> Episode:
    """Make one vessel and three feeders that come one after another within 36 h, all adrift (V: AN SAN 1)."""
    rng = stage.rng
    hours = [_hours(stage) for _ in range(3)]
    waits = [0.0, *rng.uniform(2.5, 6.0, 2)]
    need_h = sum(hours) + sum(waits)
    start_s, end_s = spell(stage, min(36.0, need_h), 2.0, 2.0)
    squeeze = (end_s - start_s) / HOUR_S / need_h
    host = adrift(
        hot_place(stage, OPEN_SEA_M), start_s - 1.7 * HOUR_S, end_s + 1.7 * HOUR_S, stage.current, rng
    )
    parts, marks, now_s = [Part("small_tanker", host)], list[Mark](), start_s
    for n, (wait_h, lasts_h) in enumerate(zip(waits, hours, strict=True)):
        begin_s = now_s + wait_h * squeeze * HOUR_S
        now_s = begin_s + lasts_h * squeeze * HOUR_S
        parts.append(
            Part(
                str(rng.choice(["small_tanker", "coaster"])),
                visit(host, (begin_s, now_s), _gap_m(stage), rng),
            )
        )
        marks.append(Mark("sts_transfer", "transfer_drifting", (0, n + 1), begin_s, now_s, is_positive=True))
    whole = Mark("sts_cluster", "cluster", (0, 1, 2, 3), start_s, now_s, is_positive=True)
    return Episode(tuple(parts), (*marks, whole))


def dark_partner(stage: Stage) -> Episode:
    """Make a transfer adrift with one side observed: the other is off from hours before to hours after."""
    rng = stage.rng
    during = spell(stage, _hours(stage), 4.0, 4.0)
    place = hot_place(stage, OPEN_SEA_M)
    waits = rng.uniform(0.5, 3.0, 2) * HOUR_S
    host = adrift(
        place, during[0] - 1.7 * HOUR_S - waits[0], during[1] + 1.7 * HOUR_S + waits[1], stage.current, rng
    )
    guest = visit(host, during, _gap_m(stage), rng)
    off = during[0] - rng.uniform(1.5, 8.0) * HOUR_S, during[1] + rng.uniform(1.5, 12.0) * HOUR_S
    loiters = float(host.time_s[0]), float(host.time_s[-1])
    marks = (
        Mark("dark_meeting", "dark_partner", (0, 1), *during, is_positive=True),
        Mark("loitering", "dark_partner", (0,), *loiters, is_positive=True),
    )
    return Episode((Part("tanker", host), Part("small_tanker", guest, ((*off, "switched_off"),))), marks)


def dprk_call(stage: Stage) -> Episode:
    """Make a vessel bound for Nampo that switches off on course to Korea Bay and on again on its way back."""
    path, stay, speed_kn = _voyage(stage)
    off = (
        max(float(path.time_s[0]), stay[0] - _dark_leg_s(stage, speed_kn)),
        min(float(path.time_s[-1]), stay[1] + _dark_leg_s(stage, speed_kn)),
    )
    return Episode((Part(_caller(stage), path, ((*off, "switched_off"),)),), ())


def open_call(stage: Stage) -> Episode:
    """Make a vessel that calls at Nampo with its transponder on."""
    path, stay, _ = _voyage(stage)
    return Episode(
        (Part(_caller(stage), path),), (Mark("port_call", "open_call", (0,), *stay, is_positive=True),)
    )


def _caller(stage: Stage) -> str:
    return str(stage.rng.choice(["small_tanker", "coaster", "small_tanker"]))


def _voyage(stage: Stage) -> tuple[Path, tuple[float, float], float]:
    """Return a voyage to the roads of Nampo and back, its stay there, and its speed in knots."""
    rng, speed_kn = stage.rng, stage.rng.uniform(8.0, 11.0)
    days = (stage.settings.end_s - stage.settings.start_s) / 86400.0
    stay_h = float(np.clip(rng.lognormal(3.3, 0.5), 6.0, max(6.0, 16.0 * days)))
    stay = spell(stage, stay_h, min(9.0, 4.0 * days), min(9.0, 4.0 * days))
    berth = stage.waters.near(rng, DPRK_ROADS, 500.0, 6000.0)
    moored = path_of(stay, *berth, 5)
    before = _leg(stage, berth, speed_kn, stay[0]).backwards(stay[0])
    after = _leg(stage, berth, speed_kn, stay[1])
    return joined([before, moored, after]), stay, speed_kn


def _leg(stage: Stage, berth: Place, speed_kn: float, start_s: float) -> Path:
    """Return the first leg from the DPRK: to the middle of the Yellow Sea."""
    outer = stage.waters.open_place(stage.rng, (122.8, 35.0, 124.3, 37.4), 30_000.0)
    return stage.way(berth, outer, speed_kn, start_s)


def _dark_leg_s(stage: Stage, speed_kn: float) -> float:
    """Return how long before the berth it is off: 40 to 230 km of sailing (R; from Shidao, V DE YI)."""
    return float(stage.rng.uniform(40_000.0, 230_000.0) / (speed_kn * KNOT_MPS))


def dark_at_sea(stage: Stage) -> Episode:
    """Make a vessel that switches off and waits adrift in a hot spot for half a day to days."""
    rng = stage.rng
    days = (stage.settings.end_s - stage.settings.start_s) / 86400.0
    hours = float(np.clip(rng.lognormal(2.9, 0.6), 7.0, max(7.0, 14.0 * days)))
    during = spell(stage, hours, 2.0, 2.0)
    host = adrift(hot_place(stage, OPEN_SEA_M), *during, stage.current, rng)
    lead_s, lag_s = rng.uniform(0.2, 2.5, 2) * HOUR_S
    off = (during[0] - lead_s, during[1] + lag_s, "switched_off")
    return Episode((Part(str(rng.choice(["small_tanker", "tanker", "coaster"])), host, (off,)),), ())


TRANSFERS: tuple[Callable[[Stage], Episode], ...] = (
    transfer_drifting,
    transfer_drifting,
    transfer_at_anchor,
    transfer_under_way,
)
"""In turn: most official sightings are of vessels stopped on the high sea (V)."""

SWITCH_OFFS: tuple[Callable[[Stage], Episode], ...] = (dprk_call, dark_at_sea, dprk_call)
