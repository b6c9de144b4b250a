"""Look-alikes of transfers: ordinary encounters at sea, in the clear majority."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.simulator.episodes.episode import Episode, Mark, Part, hot_place, spell
from app.simulator.vessels.motion import HOUR_S, adrift, beside, fishing, steps, swinging, visit
from app.simulator.vessels.path import KNOT_MPS, MOORED, Path, moved, path_of, sailed
from detectors.kernels.geometry.geodesy import plane_m

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.simulator.vessels.voyages import Stage
    from app.simulator.vessels.waters import Place

DRIFT_SHORE_MIN_M = 3000.0
KEPT_CLEAR_M = 900.0
TRADERS = ("merchant", "tanker", "coaster", "small_tanker")


def _a_harbour(stage: Stage) -> Place:
    return stage.harbours[int(stage.rng.integers(len(stage.harbours)))]


def _trader(stage: Stage) -> str:
    return str(stage.rng.choice(TRADERS))


def _like(label: str, parts: tuple[Part, ...], during: tuple[float, float]) -> Episode:
    who = tuple(range(len(parts)))
    return Episode(parts, (Mark("sts_transfer", label, who, *during),))


def bunkering_in_port(stage: Stage) -> Episode:
    """Make a vessel at anchor off a port that takes bunkers from a small tanker for 2 to 6 h."""
    rng = stage.rng
    during = spell(stage, rng.uniform(2.0, 6.0), 3.0, 3.0)
    roads = stage.waters.near(rng, _a_harbour(stage), 1500.0, 6000.0)
    span = during[0] - rng.uniform(1, 9) * HOUR_S, during[1] + rng.uniform(1, 9) * HOUR_S
    host = swinging(roads, *span, stage.current, rng)
    guest = visit(host, during, rng.uniform(12.0, 60.0), rng, reach_m=600.0)
    return _like("bunkering_in_port", (Part(_trader(stage), host), Part("small_tanker", guest)), during)


def pilot_boarding(stage: Stage) -> Episode:
    """Make a pilot boat that runs beside a vessel that has slowed to 4-7 kn, for a few minutes off a port."""
    rng, speed_kn = stage.rng, stage.rng.uniform(4.0, 7.0)
    harbour = _a_harbour(stage)
    start = stage.waters.near(rng, harbour, 6000.0, 14000.0)
    during = spell(stage, rng.uniform(0.1, 0.25))
    during = during[0], during[0] + rng.uniform(5, 15) * 60.0
    host = stage.way(start, harbour, speed_kn, during[0] - 900.0)
    boat = visit(host, during, rng.uniform(8.0, 20.0), rng, reach_m=400.0)
    return _like("pilot_boarding", (Part(_trader(stage), host), Part("pilot", boat)), during)


def tug_and_tow(stage: Stage) -> Episode:
    """Make a tug with a barge 100 to 500 m behind it, at 2 to 6 kn for half a day."""
    rng, speed_kn = stage.rng, stage.rng.uniform(2.0, 6.0)
    during = spell(stage, rng.uniform(8.0, 20.0), 2.0, 2.0)
    route = stage.waters.route(_place_of_either(stage), _a_harbour(stage), rng)
    host = _along(route, speed_kn, during)
    line_m, (speed, course) = rng.uniform(100.0, 500.0), host.motion_at(steps(*during, 900.0))
    back = np.radians(course + 180.0)
    offsets = zip(steps(*during, 900.0), line_m * np.sin(back), line_m * np.cos(back), strict=True)
    del speed
    return _like("tug_and_tow", (Part("tug", host), Part("barge", beside(host, list(offsets)))), during)


def _place_of_either(stage: Stage) -> Place:
    """Return a place in a hot box or anywhere off the coast: look-alikes do not differ by their waters."""
    if stage.rng.random() < 0.5:  # noqa: PLR2004 - half of them
        return hot_place(stage, 15_000.0)
    return stage.waters.open_place(stage.rng, stage.settings.bought_box, 10_000.0)


def _along(route: tuple[np.ndarray, np.ndarray], speed_kn: float, during: tuple[float, float]) -> Path:
    """Return a route at one speed for a time; a vessel that arrives early waits at its end."""
    return sailed(*route, speed_kn, during[0]).between(*during)


def fishing_pair(stage: Stage) -> Episode:
    """Make two trawlers that tow one net between them, 150 to 450 m apart, for some hours."""
    rng = stage.rng
    during = spell(stage, rng.uniform(3.0, 12.0), 3.0, 3.0)
    host = fishing(_place_of_either(stage), *during, rng)
    apart_m, at_s = rng.uniform(150.0, 450.0), steps(*during, 1200.0)
    beam = np.radians(host.motion_at(at_s)[1] + 90.0)
    wobble = apart_m * rng.uniform(0.8, 1.2, len(at_s))
    mate = beside(host, list(zip(at_s, wobble * np.sin(beam), wobble * np.cos(beam), strict=True)), 7)
    return _like("fishing_pair", (Part("fishing", host), Part("fishing", mate)), during)


def convoy(stage: Stage) -> Episode:
    """Make two or three vessels together at 6 to 12 kn, 500 to 1,500 m apart."""
    rng = stage.rng
    during = spell(stage, rng.uniform(4.0, 12.0), 1.0, 1.0)
    route = stage.waters.route(_place_of_either(stage), _a_harbour(stage), rng)
    host = _along(route, rng.uniform(6.0, 12.0), during)
    parts = [Part(_trader(stage), host)]
    for n in range(int(rng.integers(1, 3))):
        lag_s = (n + 1) * rng.uniform(500.0, 1500.0) / (9.0 * KNOT_MPS)
        follower = host.shifted(lag_s).between(during[0] + lag_s, during[1] + lag_s)
        parts.append(Part(_trader(stage), follower))
    return _like("convoy", tuple(parts), during)


def ferry_pass(stage: Stage) -> Episode:
    """Make two ferries of one line that pass each other 100 to 400 m apart."""
    return _pass(stage, "ferry_pass", ("ferry", "ferry"), (17.0, 23.0), opposite=True)


def crossing(stage: Stage) -> Episode:
    """Make two vessels whose courses cross, one close astern of the other."""
    return _pass(stage, "crossing", (_trader(stage), _trader(stage)), (8.0, 14.0), opposite=False)


def _pass(
    stage: Stage, label: str, kinds: tuple[str, str], speeds_kn: tuple[float, float], *, opposite: bool
) -> Episode:
    rng = stage.rng
    start_s, _ = spell(stage, 1.0)
    place, course = _place_of_either(stage), rng.uniform(0, 2 * np.pi)
    courses = course, course + (np.pi if opposite else rng.uniform(0.5, 2.6))
    parts = []
    for n, (kind, angle) in enumerate(zip(kinds, courses, strict=True)):
        middle = moved(*place, *(n * rng.uniform(100.0, 400.0) * np.array([np.cos(course), -np.sin(course)])))
        run_m = rng.uniform(*speeds_kn) * KNOT_MPS * 900.0
        ends = moved(
            *middle, np.array([-run_m, run_m]) * np.sin(angle), np.array([-run_m, run_m]) * np.cos(angle)
        )
        parts.append(Part(kind, path_of([start_s - 900.0, start_s + 900.0], *ends, 0)))
    return _like(label, tuple(parts), (start_s - 600.0, start_s + 600.0))


def anchorage_neighbours(stage: Stage) -> Episode:
    """Make eight to fourteen vessels at anchor off a port, each 250 to 600 m from the next."""
    rng = stage.rng
    during = spell(stage, rng.uniform(15.0, 60.0), 3.0, 3.0)
    centre = stage.waters.near(rng, _a_harbour(stage), 5000.0, 15000.0)
    spacing_m, count = rng.uniform(250.0, 600.0), int(rng.integers(8, 15))
    parts = []
    for n in range(count):
        east_m, north_m = np.array([n % 4, n // 4]) * spacing_m + rng.normal(0.0, 0.08 * spacing_m, 2)
        lon, lat = moved(*centre, east_m, north_m)
        if stage.waters.world.on_land([lon], [lat])[0]:
            continue
        comes_s, goes_s = rng.uniform(0.0, 0.3, 2) * (during[1] - during[0])
        span = during[0] + comes_s, during[1] - goes_s
        parts.append(Part(_trader(stage), swinging((float(lon), float(lat)), *span, stage.current, rng)))
    return _like("anchorage_neighbours", tuple(parts), during)


def waiting_drifters(stage: Stage) -> Episode:
    """Make three to five vessels that wait for orders adrift, 1 to 5 km apart."""
    rng = stage.rng
    during = spell(stage, rng.uniform(8.0, 30.0), 2.0, 2.0)
    place, paths, wanted = _place_of_either(stage), list[Path](), int(rng.integers(3, 6))
    for _ in range(40):
        away_m, angle = rng.uniform(1000.0, 5000.0), rng.uniform(0, 2 * np.pi)
        lon, lat = moved(*place, away_m * np.sin(angle), away_m * np.cos(angle))
        if stage.waters.world.shore_distance_m([lon], [lat])[0] < DRIFT_SHORE_MIN_M:
            continue
        span = during[0] + rng.uniform(0, 2) * HOUR_S, during[1] - rng.uniform(0, 2) * HOUR_S
        drifter = adrift((float(lon), float(lat)), *span, stage.current, rng)
        if len(paths) < wanted and all(_keep_clear(drifter, other) for other in paths):
            paths.append(drifter)
    spans = [(float(path.time_s[0]), float(path.time_s[-1])) for path in paths]
    loiter = (Mark("loitering", "waiting_drifters", (n,), *span) for n, span in enumerate(spans))
    encounter = Mark("sts_transfer", "waiting_drifters", tuple(range(len(paths))), *during)
    return Episode(tuple(Part(_trader(stage), path) for path in paths), (encounter, *loiter))


def _keep_clear(a: Path, b: Path) -> bool:
    """Return whether two vessels adrift keep clear of each other, as their watches would."""
    when = steps(max(a.time_s[0], b.time_s[0]), min(a.time_s[-1], b.time_s[-1]), 900.0)
    return bool(np.hypot(*plane_m(*a.at(when), *b.at(when))).min() > KEPT_CLEAR_M)


def launch(stage: Stage) -> Episode:
    """Make a launch with stores or crew beside a vessel at anchor off a port for 15 to 60 minutes."""
    rng = stage.rng
    during = spell(stage, rng.uniform(0.25, 1.0), 3.0, 3.0)
    roads = stage.waters.near(rng, _a_harbour(stage), 2500.0, 12000.0)
    host = swinging(
        roads, during[0] - 4 * HOUR_S, during[1] + rng.uniform(2, 12) * HOUR_S, stage.current, rng
    )
    boat = visit(host, during, rng.uniform(8.0, 35.0), rng, reach_m=500.0)
    return _like("launch", (Part(_trader(stage), host), Part("launch", boat)), during)


def moored_side_by_side(stage: Stage) -> Episode:
    """Make two vessels at one quay or side by side, for one to three days."""
    rng = stage.rng
    during = spell(stage, rng.uniform(20.0, 60.0), 2.0, 2.0)
    berth = stage.waters.near(rng, _a_harbour(stage), 100.0, 1500.0)
    other = moved(*berth, *rng.uniform(15.0, 35.0, 2))
    late_s = rng.uniform(0.0, 0.4) * (during[1] - during[0])
    first = path_of(during, *berth, MOORED)
    second = path_of([during[0] + late_s, during[1]], float(other[0]), float(other[1]), MOORED)
    spell_s = during[0] + late_s, during[1]
    kinds = stage.rng.choice(["coaster", "fishing", "small_tanker", "merchant"], 2)
    return _like("moored_side_by_side", (Part(str(kinds[0]), first), Part(str(kinds[1]), second)), spell_s)


LOOK_ALIKES: tuple[Callable[[Stage], Episode], ...] = (
    bunkering_in_port,
    tug_and_tow,
    fishing_pair,
    pilot_boarding,
    waiting_drifters,
    launch,
    convoy,
    moored_side_by_side,
    crossing,
    ferry_pass,
    anchorage_neighbours,
)
