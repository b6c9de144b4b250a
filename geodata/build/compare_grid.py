"""Compare a port's packaged distances along water with a solution on a grid ten times finer.

Run::

    pip install scikit-fmm
    python -m geodata.build.compare_grid kp_nampo kp_chongjin
"""

from __future__ import annotations

import argparse

import numpy as np

from geodata.build.sea_distance import field_m, water_of
from geodata.sea_grid import SeaGrid
from geodata.world import REGION, SEA_STEP_DEG, load_world

TIMES_FINER = 10
SAMPLES = 200_000


def main() -> None:
    """Print how far the packaged distances of some ports lie from the finer ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port_id", nargs="+")
    port_ids = parser.parse_args().port_id
    world = load_world()
    grid = SeaGrid.over(REGION, SEA_STEP_DEG).finer(TIMES_FINER)
    water = water_of(grid, world.shore.lands[0].geometry)
    picked = np.random.default_rng(0).choice(np.flatnonzero(water), SAMPLES, replace=False)
    row, column = np.unravel_index(picked, water.shape)
    for port_id in port_ids:
        port = world.port(port_id)
        fine_m = field_m(grid, water, port.lon, port.lat)[row, column]
        ours_m = world.sea_distance_m(port_id, grid.lon_deg[column], grid.lat_deg[row])
        near = np.isfinite(fine_m) & np.isfinite(ours_m)
        off_m = (ours_m - fine_m)[near]
        share = np.abs(off_m) / np.maximum(fine_m[near], 1.0)
        print(f"{port_id}: metres, 1/50/99 %: {np.percentile(off_m, [1, 50, 99]).round()}")
        print(f"  of the way, 50/95/99 %: {(100 * np.percentile(share, [50, 95, 99])).round(2)} %")


if __name__ == "__main__":
    main()
