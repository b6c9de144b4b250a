"""Whose shore is it: the region's shoreline by state, and what lies within a distance of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from geodata.build.pages import read_facts
from geodata.world import REGION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

STATE_OF_NAME = {
    "North Korea": "KP",
    "South Korea": "KR",
    "China": "CN",
    "Hong Kong": "CN",
    "Macao": "CN",
    "Taiwan": "TW",
    "Japan": "JP",
    "Russia": "RU",
    "Vietnam": "VN",
    "Philippines": "PH",
}
SHORE_TOLERANCE_DEG = 0.0002  # some 20 m: far below the shoreline's own error
TILE_DEG = 1.0
LARGEST_ISLAND_DEG2 = 0.05  # some 500 km2: no island of the fact table is larger
CONTINENT_VERTICES = 20_000  # a ring of more vertices holds more than one state
ARC_STEPS = 32  # points per quarter circle: the arc is 7 m inside at most for 12 nm


def plane_at(lon: float, lat: float) -> CRS:
    """Return an azimuthal equidistant plane: exact from its centre, 1 in 10,000 at 150 km."""
    return CRS.from_proj4(f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84 +units=m")


def read_states(folder: Path) -> gpd.GeoDataFrame:
    """Return the region's coastal states from world-atlas `countries-10m.json`."""
    countries = gpd.read_file(folder / "countries-10m.json", layer="countries", engine="pyogrio")
    states = countries[countries["name"].isin(list(STATE_OF_NAME))].set_crs(4326, allow_override=True)
    states = states.set_geometry(states.make_valid()).clip(shapely.box(*REGION))
    return states.assign(state=states["name"].map(STATE_OF_NAME))[["state", "geometry"]]


def shore_by_state(land: BaseGeometry, states: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the shoreline as short lines, each with the state whose land is nearest.

    Islands go whole to one state (that of most of their vertices, or of the fact table); the shore
    of a continent is split vertex by vertex. Where the fact table of shores says otherwise, it
    rules.
    """
    rings = shapely.get_exterior_ring(shapely.get_parts(land))
    rings = shapely.simplify(rings, SHORE_TOLERANCE_DEG)
    lines = gpd.GeoDataFrame(geometry=rings, crs=4326).explode(ignore_index=True)
    counts = shapely.get_num_coordinates(lines.geometry.to_numpy())
    points, ring = shapely.get_coordinates(lines.geometry.to_numpy(), return_index=True)
    states_of_points = _by_fact(points, _nearest_state(points, states))
    per_ring = pd.DataFrame({"ring": ring, "state": states_of_points})
    majority = per_ring.groupby("ring")["state"].agg(lambda column: column.mode().iloc[0])
    majority = majority.mask(counts > CONTINENT_VERTICES, "")  # split below
    small = shapely.area(shapely.polygons(rings)) < LARGEST_ISLAND_DEG2
    for island in read_facts("islands.csv"):
        place = shapely.Point(float(island["lon"]), float(island["lat"]))
        near = shapely.distance(rings, place) < float(island["reach_deg"])
        majority[near & small] = island["state"]
    owner = majority.reindex(ring).to_numpy().copy()
    owner[owner == ""] = states_of_points[owner == ""]
    return _with_islets(_pieces(points, ring, owner))


def _with_islets(shore: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the shore with the islets that it lacks, each a point of its state's baseline."""
    islets = pd.DataFrame(read_facts("islets.csv"))
    places = gpd.points_from_xy(islets["lon"].astype(float), islets["lat"].astype(float), crs=4326)
    points = gpd.GeoDataFrame({"state": islets["state"]}, geometry=places)
    return gpd.GeoDataFrame(pd.concat([shore, points], ignore_index=True), crs=4326)


def _nearest_state(points: np.ndarray, states: gpd.GeoDataFrame) -> np.ndarray:
    parts = cut_into_tiles(states.geometry.to_numpy())
    owner = states["state"].to_numpy()[parts["shape"]]
    return owner[shapely.STRtree(parts.geometry.to_numpy()).nearest(shapely.points(points))]


def _by_fact(points: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Return the owners of points of the shore, put right within the areas of the fact table.

    Natural Earth draws some shores of a border river on the wrong side.
    """
    rows = pd.DataFrame(read_facts("shores.csv"))
    for _, corners in rows.groupby("area", sort=False):
        area = shapely.Polygon(corners[["lon", "lat"]].astype(float).to_numpy())
        inside = shapely.contains_xy(area, points[:, 0], points[:, 1])
        owner = np.where(inside, corners["state"].iloc[0], owner)
    return owner


def on_region_edge(points: np.ndarray) -> np.ndarray:
    """Return which points lie on the edge of the region's box, where land is cut, not washed."""
    west, south, east, north = REGION
    lon, lat = points.T
    return np.isin(lon, (west, east)) | np.isin(lat, (south, north))


def _pieces(points: np.ndarray, ring: np.ndarray, owner: np.ndarray) -> gpd.GeoDataFrame:
    """Return runs of vertices of one ring and owner as lines, single ones as points."""
    change = (np.diff(ring) != 0) | (owner[1:] != owner[:-1])
    edge = on_region_edge(points)
    change |= edge[1:] & edge[:-1]
    starts = np.concatenate(([0], np.flatnonzero(change) + 1, [len(ring)]))
    shapes = [
        shapely.LineString(points[a:b]) if b - a > 1 else shapely.Point(points[a])
        for a, b in pairwise(starts)
    ]
    pieces = gpd.GeoDataFrame({"state": owner[starts[:-1]]}, geometry=shapes, crs=4326)
    return pieces[~(edge[starts[:-1]] & (pieces.geom_type == "Point"))].reset_index(drop=True)


def tiles(box: Iterable[float]) -> list[BaseGeometry]:
    """Return the one-degree tiles of a box."""
    west, south, east, north = box
    return [
        shapely.box(lon, lat, lon + TILE_DEG, lat + TILE_DEG)
        for lon in np.arange(np.floor(west), east, TILE_DEG)
        for lat in np.arange(np.floor(south), north, TILE_DEG)
    ]


def cut_into_tiles(shapes: np.ndarray) -> gpd.GeoDataFrame:
    """Return shapes cut into tiles of one degree, with the number of the tile."""
    every = tiles(shapely.total_bounds(shapes))
    tile, number = shapely.STRtree(shapes).query(every, predicate="intersects")
    pieces = shapely.intersection(shapes[number], np.array(every)[tile])
    corners = shapely.bounds(np.array(every)[tile])
    frame = gpd.GeoDataFrame(
        {"tile": tile, "shape": number, "west": corners[:, 0], "south": corners[:, 1]},
        geometry=pieces,
        crs=4326,
    )
    return frame[~frame.is_empty].reset_index(drop=True)


def within(shore: gpd.GeoSeries, distance_m: float, tolerance_m: float) -> BaseGeometry:
    """Return what lies within a geodesic distance of a shoreline, land and sea.

    The line is cut into tiles of one degree, each widened in a plane centred on it, bends of less
    than the tolerance taken straight.
    """
    parts = []
    for _, pieces in cut_into_tiles(shore.to_numpy()).groupby("tile"):
        west, south = pieces[["west", "south"]].to_numpy()[0]
        centre = plane_at(west + TILE_DEG / 2, south + TILE_DEG / 2)
        lines = gpd.GeoSeries(pieces.geometry.to_numpy(), crs=4326).to_crs(centre)
        wide = lines.simplify(tolerance_m).buffer(distance_m, quad_segs=ARC_STEPS).union_all()
        parts.append(gpd.GeoSeries([wide], crs=centre).to_crs(4326).iloc[0])
    return shapely.make_valid(shapely.union_all(parts))


def nearer_to(
    ours: gpd.GeoSeries, theirs: gpd.GeoSeries, area: BaseGeometry, step_m: float = 300.0
) -> BaseGeometry:
    """Return the part of an area whose nearest shore is ours: the side of the median line.

    Both shores are taken as points every `step_m` metres, in a plane centred on the area.
    """
    plane = plane_at(area.centroid.x, area.centroid.y)
    shapes = [gpd.GeoSeries(s, crs=4326).to_crs(plane).union_all() for s in (ours, theirs)]
    points = [shapely.get_coordinates(shapely.segmentize(shape, step_m)) for shape in shapes]
    both = np.unique(np.round(np.vstack(points)), axis=0)
    first = shapely.STRtree(shapely.get_parts(shapely.MultiPoint(points[0])))
    owner = first.query_nearest(shapely.points(both), max_distance=1.0, all_matches=False)[0]
    flat = gpd.GeoSeries([area], crs=4326).to_crs(plane).iloc[0]
    cells = shapely.voronoi_polygons(
        shapely.multipoints(both), extend_to=flat.envelope.buffer(1e5), ordered=True
    )
    own_cells = shapely.union_all(shapely.get_parts(cells)[owner])
    return gpd.GeoSeries([flat.intersection(own_cells)], crs=plane).to_crs(4326).make_valid().iloc[0]
