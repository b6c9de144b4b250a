"""Speed of the world: points per second on one core, load time, size of the layers.

Run: python benchmarks/world.py
"""

from __future__ import annotations

import platform
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geodata.layers import LAYERS_DIR
from geodata.sun import sun_elevation_deg
from geodata.world import load_world

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS = 1_000_000


def best_s(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the least time of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def tracks(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return vessels' tracks in the Yellow and East China Sea, a report each 100 m or so."""
    rng = np.random.default_rng(1)
    per_vessel = 2000
    vessels = count // per_vessel
    heading = np.cumsum(rng.normal(0, 0.02, (vessels, per_vessel)), axis=1)
    heading += rng.uniform(0, 2 * np.pi, (vessels, 1))
    lon = rng.uniform(121.5, 125.5, (vessels, 1)) + np.cumsum(np.cos(heading) * 1e-3, axis=1)
    lat = rng.uniform(30.0, 38.0, (vessels, 1)) + np.cumsum(np.sin(heading) * 1e-3, axis=1)
    return np.clip(lon, 118, 130).ravel(), np.clip(lat, 25, 40).ravel()


def main() -> None:
    """Print the table."""
    start = time.perf_counter()
    world = load_world()
    print(f"load_world                {time.perf_counter() - start:8.3f} s")
    start = time.perf_counter()
    world.shore_distance_m([125.0], [37.0])
    print(f"first shore distance      {time.perf_counter() - start:8.3f} s")
    rng = np.random.default_rng(0)
    random = rng.uniform(117, 142, POINTS), rng.uniform(30, 46, POINTS)
    along = tracks(POINTS)
    afloat = tuple(column[~world.on_land(*along)] for column in along)
    times = np.full(POINTS, 1.6e9)
    world.sea_distance_m("kp_nampo", [125.0], [37.0])
    for name, columns, work in (
        ("on_land, random", random, world.on_land),
        ("on_land, tracks", along, world.on_land),
        ("shore_distance_m, random", random, world.shore_distance_m),
        ("shore_distance_m, tracks", along, world.shore_distance_m),
        ("  the same, afloat only", afloat, world.shore_distance_m),
        ("nearest_ports, tracks", along, world.nearest_ports),
        (
            "in dprk_territorial_sea",
            along,
            lambda x, y: world.in_zone("dprk_territorial_sea", x, y),
        ),
        (
            "distance_to_zone_m",
            along,
            lambda x, y: world.distance_to_zone_m("dprk_territorial_sea", x, y),
        ),
        ("sea_distance_m, Nampo", along, lambda x, y: world.sea_distance_m("kp_nampo", x, y)),
        ("sun_elevation_deg", random, lambda x, y: sun_elevation_deg(x, y, times[: len(x)])),
    ):
        work(columns[0][:1000], columns[1][:1000])
        rate = len(columns[0]) / best_s(lambda work=work, columns=columns: work(*columns)) / 1e6
        print(f"{name:25s} {rate:8.2f} million/s")
    one = np.array([124.0]), np.array([37.0])
    lookup_us = best_s(lambda: world.sea_distance_m("kp_nampo", *one), 50) * 1e6
    print(f"sea_distance_m, one       {lookup_us:8.1f} us")
    places = iter(np.linspace(33.0, 36.0, 50))
    solve_s = best_s(lambda: world.sea_distance_between_m(124.0, float(next(places)), *one), 5)
    print(f"new place on demand       {solve_s:8.3f} s")
    size_mb = sum(path.stat().st_size for path in Path(LAYERS_DIR).rglob("*.*")) / 1e6
    print(f"layers                    {size_mb:8.2f} MB")
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")


if __name__ == "__main__":
    main()
