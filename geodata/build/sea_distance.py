"""Make `gshhg/sea_distance.parquet`: the distance along water from ports and zones, on a grid.

Sources: the packaged land, ports and zones. Solver: scikit-fmm (fast marching, second order). Run::

    pip install scikit-fmm
    python -m geodata.build.sea_distance
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
import skfmm  # type: ignore[import-not-found, import-untyped, unused-ignore]
from scipy import ndimage

from geodata.build.pages import read_facts, stamp
from geodata.geodesy import geodesic_m
from geodata.layers import LAYERS_DIR
from geodata.ports import Port, read_ports
from geodata.sea_distance import QUANTUM_M, UNREACHABLE, zone_name
from geodata.sea_grid import SeaGrid, metres_per_radian
from geodata.shore import read_land
from geodata.world import REGION, SEA_STEP_DEG, load_world

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from geodata.zones import Zone

THINNING = 5  # the solver's grid is so much finer: a hundredth of a degree, 0.7 to 1.1 km
FILL_CELLS = 2  # values reach this many kept cells over the land, for points on a coarse shore
START_CELLS = 3.0  # the solver starts from a circle of that radius around the port
FARTHEST_SNAP_M = 30_000.0
MORE_PORTS = ("ru_vostochny", "ru_nakhodka")
MORE_ZONES = ("dprk_territorial_sea", "nll_disputed_waters")


def water_of(grid: SeaGrid, land: BaseGeometry) -> npt.NDArray[np.bool_]:
    """Return which cells are water and joined to the open sea, fairways of the facts dug open."""
    shapely.prepare(land)
    lon, lat = np.meshgrid(grid.lon_deg, grid.lat_deg)
    water = ~shapely.contains_xy(land, lon.ravel(), lat.ravel()).reshape(lon.shape)
    dig_fairways(grid, water)
    labels, _ = ndimage.label(water)
    sea = labels == np.bincount(labels[water]).argmax()
    return np.asarray(sea, dtype=np.bool_)


def dig_fairways(grid: SeaGrid, water: npt.NDArray[np.bool_]) -> None:
    """Make water of the cells along the fairways of the facts, joined side by side."""
    rows = read_facts("channels.csv")
    for name in {row["name"] for row in rows}:
        line = shapely.LineString(
            [(float(row["lon"]), float(row["lat"])) for row in rows if row["name"] == name]
        )
        points = shapely.get_coordinates(shapely.segmentize(line, grid.step_deg / 5))
        for shift_deg in (0.0, grid.step_deg / 4):  # or cells would touch at their corners only
            water[grid.cell(points[:, 0] + shift_deg, points[:, 1])] = True


def field_m(
    grid: SeaGrid, water: npt.NDArray[np.bool_], lon_deg: float, lat_deg: float
) -> npt.NDArray[np.float64]:
    """Return the distance along water from a place to each cell, metres, inf where none leads.

    The place is moved to the nearest water cell; the way there counts as it is.
    """
    row, column = _nearest_water(grid, water, lon_deg, lat_deg)
    snap_m = geodesic_m(
        np.array([lon_deg]), np.array([lat_deg]), grid.lon_deg[[column]], grid.lat_deg[[row]]
    )[0]
    assert snap_m < FARTHEST_SNAP_M, f"no water within {FARTHEST_SNAP_M:.0f} m of the place"
    rows, columns = np.ogrid[: grid.rows, : grid.columns]
    circle = np.hypot(rows - row, columns - column) - START_CELLS
    scale = np.broadcast_to(metres_per_radian(grid.lat_deg)[:, None], water.shape)
    masked = np.ma.MaskedArray(circle * grid.step, ~water)
    way = skfmm.travel_time(masked, 1.0 / scale, dx=grid.step, order=2)
    result = np.ma.filled(way, np.inf) + START_CELLS * grid.cell_m[row]
    inside = (circle <= 0.0) & water
    direct = np.hypot(rows - row, columns - column) * grid.cell_m[row]
    result[inside] = np.broadcast_to(direct, water.shape)[inside]
    return np.asarray(result + snap_m, dtype=np.float64)


def zone_field_m(grid: SeaGrid, water: npt.NDArray[np.bool_], zone: Zone) -> npt.NDArray[np.float64]:
    """Return the distance along water from the edge of a zone to each cell, 0 inside."""
    lon, lat = np.meshgrid(grid.lon_deg, grid.lat_deg)
    inside = shapely.contains_xy(zone.geometry, lon.ravel(), lat.ravel()).reshape(lon.shape)
    scale = np.broadcast_to(metres_per_radian(grid.lat_deg)[:, None], water.shape)
    masked = np.ma.MaskedArray(np.where(inside, -0.5, 0.5) * grid.step, ~water)
    way = np.ma.filled(skfmm.travel_time(masked, 1.0 / scale, dx=grid.step, order=2), np.inf)
    return np.where(inside & water, 0.0, way)


def _nearest_water(
    grid: SeaGrid, water: npt.NDArray[np.bool_], lon_deg: float, lat_deg: float
) -> tuple[int, int]:
    (row,), (column,) = grid.place(np.array([lon_deg]), np.array([lat_deg]))
    reach = int(np.ceil(FARTHEST_SNAP_M / 1000.0)) + 1
    top, left = max(round(row) - reach, 0), max(round(column) - reach, 0)
    rows, columns = np.nonzero(water[top : top + 2 * reach, left : left + 2 * reach])
    best = int(np.argmin(np.hypot(rows + top - row, columns + left - column)))
    return int(rows[best]) + top, int(columns[best]) + left


def kept(field: npt.NDArray[np.float64], cell_m: npt.NDArray[np.float64]) -> npt.NDArray[np.uint16]:
    """Return every fifth cell in hundreds of metres, spread some cells over the land."""
    reachable = np.isfinite(field)
    far_cells, (rows, columns) = ndimage.distance_transform_edt(~reachable, return_indices=True)
    spread = field[rows, columns] + far_cells * cell_m[:, None]
    spread[far_cells > FILL_CELLS * THINNING] = np.inf
    thin = spread[::THINNING, ::THINNING] / QUANTUM_M
    return np.where(np.isfinite(thin), np.minimum(np.rint(thin), 65534), UNREACHABLE).astype(np.uint16)


def packed(values: npt.NDArray[np.uint16]) -> npt.NDArray[np.int16]:
    """Return second differences along both axes: small numbers that compress well."""
    across = np.diff(values.astype(np.uint16), axis=1, prepend=np.uint16(0))
    return np.diff(across, axis=0, prepend=np.uint16(0)).view(np.int16)


def ports_to_solve() -> list[Port]:
    """Return the DPRK's ports and anchorages and the two Russian ports."""
    ports = read_ports(LAYERS_DIR / "ports/ports.csv")
    return [port for port in ports if port.country == "KP" or port.id in MORE_PORTS]


def zones_to_solve() -> list[Zone]:
    """Return the zones whose reach matters: the DPRK's waters and the working areas."""
    return [zone for zone in load_world().zones if zone.id in MORE_ZONES or zone.status == "working_area"]


def main() -> None:
    """Solve for every port and zone and write the layer."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    coarse = SeaGrid.over(REGION, SEA_STEP_DEG)
    grid = coarse.finer(THINNING)
    water = water_of(grid, read_land(LAYERS_DIR / "gshhg/land.parquet"))
    print(f"{water.shape} cells, {water.mean():.2f} water")
    wet = water[::THINNING, ::THINNING].copy()
    dig_fairways(coarse, wet)
    rows = [{"port_id": "", "values": packed(wet.astype(np.uint16)).tobytes()}]
    for port in ports_to_solve():
        field = kept(field_m(grid, water, port.lon, port.lat), grid.cell_m)
        rows.append({"port_id": port.id, "values": packed(field).tobytes()})
        print(port.id, int(field[field != UNREACHABLE].max()) * QUANTUM_M / 1852.0, "nm at most")
    for zone in zones_to_solve():
        field = kept(zone_field_m(grid, water, zone), grid.cell_m)
        rows.append({"port_id": zone_name(zone.id), "values": packed(field).tobytes()})
        print(zone.id, int(field[field != UNREACHABLE].max()) * QUANTUM_M / 1852.0, "nm at most")
    path = LAYERS_DIR / "gshhg/sea_distance.parquet"
    schema = pa.schema([("port_id", pa.string()), ("values", pa.binary())])
    pq.write_table(
        pa.Table.from_pylist(rows, schema),
        path,
        row_group_size=1,
        compression="zstd",
        compression_level=19,
        use_dictionary=False,
        store_schema=False,
    )
    stamp("gshhg/sea_distance.parquet")


if __name__ == "__main__":
    main()
