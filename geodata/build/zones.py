"""Make `gshhg/zones.parquet` (computed from the shore) and `cited/zones.geojson` (as written).

Sources: the packaged land of the region, npm package world-atlas 2.0.2 (whose shore it is), and
the tables in `facts/`. Run::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m geodata.build.zones package
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geodata.build.land_tables import polygons_of
from geodata.build.pages import read_facts, stamp
from geodata.build.shores import nearer_to, read_states, shore_by_state, within
from geodata.geodesy import NAUTICAL_MILE_M
from geodata.layers import LAYERS_DIR
from geodata.shore import read_land
from geodata.world import REGION

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Rows: TypeAlias = "list[tuple[dict[str, str | None], BaseGeometry]]"

TERRITORIAL_SEA_M = 12 * NAUTICAL_MILE_M
FINE_M, COARSE_M = 40.0, 100.0  # bends of the shore taken straight: the DPRK's, the others'
LANDWARD_M = 1500.0  # zones reach this far over the land, so that a vessel at a quay is in them
LANDWARD_TOLERANCE_DEG = 0.001
EDGE_TOLERANCE_DEG = 0.0001  # some 10 m
STEP_DEG = 1e-6
WEST_OF_YALU, EAST_OF_YALU = 123.0, 125.5  # beyond either state's 12 nm off the river's mouth
SMALLEST_PART_DEG2 = 1e-5  # some 0.1 km2
LARGEST_LOSS = 0.002
GSHHG = "computed from GSHHG 2.3.6 (LGPL)"
SEAS = {
    "KP": ("dprk_territorial_sea", "DPRK territorial sea"),
    "KR": ("rok_territorial_sea", "ROK territorial sea"),
    "CN": ("prc_territorial_sea", "PRC territorial sea"),
    "RU": ("russia_territorial_sea", "Russian territorial sea"),
    "JP": ("japan_territorial_sea", "Japanese territorial sea"),
    "TW": ("taiwan_territorial_sea", "Territorial sea of Taiwan"),
    "VN": ("vietnam_territorial_sea", "Vietnamese territorial sea"),
    "PH": ("philippines_territorial_sea", "Philippine territorial sea"),
    "dokdo_takeshima": ("dokdo_takeshima_territorial_sea", "Waters of Dokdo / Takeshima"),
    "senkaku_diaoyu": ("senkaku_diaoyu_territorial_sea", "Waters of Senkaku / Diaoyu"),
}
DISPUTES = {
    "dokdo_takeshima": "Held by the ROK, claimed by Japan.",
    "senkaku_diaoyu": "Held by Japan, claimed by the PRC and by Taiwan.",
}


@cache
def turning_points(line: str) -> list[tuple[float, float]]:
    """Return the points of a line of `facts/turning_points.csv`, longitude first."""
    rows = read_facts("turning_points.csv")
    return [(float(row["lon"]), float(row["lat"])) for row in rows if row["line"] == line]


def rok_side() -> BaseGeometry:
    """Return what lies on the ROK's side of the Northern Limit Line, west and east.

    East of the line's first point, in the Han estuary, the median line of the shores rules instead.
    """
    west, east = turning_points("nll_west"), turning_points("nll_east")
    sides = [
        [*west, (west[-1][0], 33.0), (west[0][0], 33.0)],
        [(127.8, east[0][1]), *east, (east[-1][0], 33.0), (127.8, 33.0)],
    ]
    return shapely.union_all(shapely.polygons([shapely.linearrings(side) for side in sides]))


def dprk_side() -> BaseGeometry:
    """Return what lies on the DPRK's side of the Northern Limit Line, west and east."""
    west, east = turning_points("nll_west"), turning_points("nll_east")
    sides = [
        [*west, (west[-1][0], 41.0), (west[0][0], 41.0)],
        [(127.8, east[0][1]), *east, (east[-1][0], 42.0), (127.8, 42.0)],
    ]
    return shapely.union_all(shapely.polygons([shapely.linearrings(side) for side in sides]))


def russian_side() -> BaseGeometry:
    """Return what lies on Russia's side of the lines of 1985 and 1986."""
    corners = [*turning_points("east_eez")[:3], (134.5, 42.0), (131.5, 43.5), (130.697, 43.5)]
    return shapely.polygons(shapely.linearrings(corners))


def yalu_side(far_lon: float) -> BaseGeometry:
    """Return what lies off the Yalu between the line of 1964 and a meridian, west or east of it."""
    line = turning_points("yalu_sea")
    return shapely.polygons(shapely.linearrings([*line, (far_lon, line[-1][1]), (far_lon, line[0][1])]))


@dataclass
class Seas:
    """Shores by state and the territorial seas drawn from them."""

    land: BaseGeometry
    shore: gpd.GeoDataFrame
    raw: dict[str, BaseGeometry] = field(default_factory=dict)

    def shore_of(self, state: str) -> gpd.GeoSeries:
        """Return the shoreline of a state."""
        return gpd.GeoSeries(self.shore[self.shore["state"] == state].geometry)

    @cached_property
    def inland(self) -> BaseGeometry:
        """Land farther than `LANDWARD_M` from any shore."""
        strip = within(self.shore.geometry, LANDWARD_M, COARSE_M)
        return self.land.difference(strip).simplify(LANDWARD_TOLERANCE_DEG).buffer(0)

    def widen(self) -> None:
        """Fill `raw`: what lies within 12 nm of each state's shore."""
        for state in SEAS:
            tolerance_m = FINE_M if state == "KP" else COARSE_M
            self.raw[state] = within(self.shore_of(state), TERRITORIAL_SEA_M, tolerance_m)
            print(f"{state}: widened")

    def cut(self) -> dict[str, BaseGeometry]:
        """Return the territorial seas cut where two of them meet."""
        seas = dict(self.raw)
        for number, ours in enumerate(SEAS):
            for theirs in list(SEAS)[number + 1 :]:
                both = self.raw[ours].intersection(self.raw[theirs])
                if both.is_empty:
                    continue
                own_side = self._side(ours, theirs, both)
                seas[ours] = seas[ours].difference(both.difference(own_side))
                seas[theirs] = seas[theirs].difference(own_side)
        seas["KP"] = seas["KP"].difference(rok_side())
        seas["KR"] = seas["KR"].difference(dprk_side())
        seas["KP"] = seas["KP"].difference(russian_side())
        seas["KP"] = seas["KP"].difference(yalu_side(WEST_OF_YALU))
        seas["CN"] = seas["CN"].difference(yalu_side(EAST_OF_YALU))
        return seas

    def _side(self, ours: str, theirs: str, both: BaseGeometry) -> BaseGeometry:
        """Return our part of the waters that lie within 12 nm of two states."""
        if (ours, theirs) == ("KP", "RU"):
            return both.difference(russian_side())
        near = both.buffer(0.5)
        median = nearer_to(self.shore_of(ours).clip(near), self.shore_of(theirs).clip(near), both)
        if (ours, theirs) == ("KP", "CN"):
            east = both.intersection(yalu_side(EAST_OF_YALU))
            return median.union(east).difference(yalu_side(WEST_OF_YALU))
        if (ours, theirs) == ("KP", "KR"):
            return median.union(both.intersection(dprk_side())).difference(rok_side())
        return median

    def finish(self, area: BaseGeometry) -> BaseGeometry:
        """Return an area as it is kept: without the inland, within the region, tidy."""
        sea = area.difference(self.inland).intersection(shapely.box(*REGION))
        parts = [_tidy(part) for part in shapely.get_parts(sea) if part.area > SMALLEST_PART_DEG2]
        result = shapely.union_all([part for part in parts if not part.is_empty])
        assert abs(result.area - sea.area) < LARGEST_LOSS * sea.area, "tidying lost a part"
        return polygons_of(result)


def _tidy(part: BaseGeometry) -> BaseGeometry:
    """Return a polygon with fewer points, on a grid, valid."""
    simple = shapely.simplify(part, EDGE_TOLERANCE_DEG)
    return shapely.set_precision(shapely.make_valid(simple), STEP_DEG)


def row(
    zone_id: str, name: str, kind: str, status: str, holder: str | None, note: str, source: str
) -> dict[str, str | None]:
    """Return the attributes of a zone."""
    return {
        "id": zone_id,
        "name": name,
        "kind": kind,
        "status": status,
        "holder": holder,
        "note": note,
        "source": source,
    }


def territorial_rows(
    seas: dict[str, BaseGeometry],
) -> Rows:
    """Return the territorial seas with their attributes."""
    note = (
        "12 nm from the shore, not from the straight baselines that the state may claim; cut at "
        "the median line where two meet."
    )
    dprk = (
        "12 nm from the shore; the DPRK claims it from straight baselines it never published. "
        "Cut at the Northern Limit Line, the line of 1985 with Russia, the line of 1964 "
        "with the PRC off the Yalu and the median line beyond it."
    )
    rows = []
    for state, (zone_id, name) in SEAS.items():
        status = "disputed" if state in DISPUTES else "indicative"
        holder = None if state in DISPUTES else state
        zone_note = DISPUTES.get(state, dprk if state == "KP" else note)
        rows.append((row(zone_id, name, "territorial_sea", status, holder, zone_note, GSHHG), seas[state]))
    return rows


def yellow_sea_eez(seas: Seas) -> BaseGeometry:
    """Return the waters of the Yellow Sea nearer to the DPRK than to the PRC, north of the line."""
    box = shapely.box(122.0, 37.4, turning_points("nll_west")[0][0], 40.3)
    near = box.buffer(2.0)
    ours, theirs = (seas.shore_of(state).clip(near) for state in ("KP", "CN"))
    nearer = nearer_to(ours, theirs, box, step_m=1000.0)
    return nearer.difference(rok_side()).difference(yalu_side(WEST_OF_YALU))


def inland_edge(line: str, landward: list[tuple[float, float]]) -> BaseGeometry:
    """Return the polygon between a line at sea and points on land behind the shore."""
    return shapely.polygons(shapely.linearrings([*turning_points(line), *landward]))


def claim_rows(seas: Seas, cut: dict[str, BaseGeometry]) -> Rows:
    """Return the DPRK's claims beyond the territorial sea, and the waters in dispute."""
    behind = [(127.0, 38.617), (127.0, 40.0), (128.0, 41.0), (129.4, 42.0), (130.3, 42.5)]
    west = yellow_sea_eez(seas)
    sea = seas.land.union(cut["KP"])
    eez = inland_edge("east_eez", behind).union(west).difference(sea)
    military = inland_edge("east_military", behind).union(west).union(cut["KP"])
    beyond = seas.raw["KP"].intersection(rok_side())
    return [
        (
            row(
                "dprk_eez_claimed", "DPRK claimed exclusive economic zone", "eez", "claimed", "KP",
                "Claimed on 21 June 1977, coordinates never published. East Sea by turning points; "
                "Yellow Sea computed (median line to the PRC, Northern Limit Line to the ROK) and "
                "approximate. Begins beyond the territorial sea.",
                f"facts/turning_points.csv; {GSHHG}",
            ),
            eez,
        ),
        (
            row(
                "dprk_military_boundary_1977", "DPRK military boundary of 1977",
                "military_boundary", "claimed", "KP",
                "In force since 1 August 1977: 50 nm in the East Sea, to the limit of the claimed "
                "EEZ in the Yellow Sea; drawn from the shore. Not accepted by other states.",
                f"facts/turning_points.csv; {GSHHG}",
            ),
            military,
        ),
        (
            row(
                "nll_disputed_waters", "Waters in dispute beyond the Northern Limit Line",
                "disputed_waters", "disputed", None,
                "Within 12 nm of the DPRK's shore but on the ROK's side of the Northern Limit "
                "Line, which the DPRK does not accept. Overlaps the ROK territorial sea.",
                f"facts/turning_points.csv; {GSHHG}",
            ),
            beyond,
        ),
    ]  # fmt: skip


def write_computed(folder: Path) -> None:
    """Write the zones computed from the shore."""
    land = read_land(LAYERS_DIR / "gshhg/land.parquet")
    seas = Seas(land, shore_by_state(land, read_states(folder)))
    seas.widen()
    cut = seas.cut()
    rows = territorial_rows(cut) + claim_rows(seas, cut)
    finished = [(fields, seas.finish(area)) for fields, area in rows]
    for fields, area in finished:
        assert area.is_valid, f"{fields['id']} is not valid"
    table = [{**fields, "wkb": shapely.to_wkb(area)} for fields, area in finished]
    path = LAYERS_DIR / "gshhg/zones.parquet"
    pq.write_table(
        pa.Table.from_pylist(table),
        path,
        compression="zstd",
        compression_level=19,
        store_schema=False,
    )
    stamp("gshhg/zones.parquet")


def _box(area: dict[str, str]) -> BaseGeometry:
    west, south, east, north = (float(area[side]) for side in ("west", "south", "east", "north"))
    return shapely.box(west, south, east, north)


def write_cited() -> None:
    """Write the zones that are just as the facts say: the Northern Limit Line, our boxes."""
    lines = [turning_points("nll_west"), turning_points("nll_east")]
    line = row(
        "northern_limit_line", "Northern Limit Line", "line", "disputed", None,
        "Drawn by the United Nations Command in 1953, kept by the ROK, not accepted by the DPRK.",
        "list of 11 points in the west, about 38-37N in the east: facts/turning_points.csv",
    )  # fmt: skip
    features: Rows = [(line, shapely.MultiLineString(lines))]
    for area in read_facts("working_areas.csv"):
        fields = row(
            area["id"], area["name"], "working_area", "working_area", None,
            "A box of ours around reported meetings; adds weight, has no standing in law.",
            "facts/working_areas.csv",
        )  # fmt: skip
        features.append((fields, _box(area)))
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": fields, "geometry": json.loads(shapely.to_geojson(g))}
            for fields, g in features
        ],
    }
    text = json.dumps(collection, indent=1, ensure_ascii=False)
    (LAYERS_DIR / "cited/zones.geojson").write_text(text + "\n", encoding="utf-8")
    stamp("cited/zones.geojson")


def main() -> None:
    """Read the folder from the command line and write both layers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="world-atlas with countries-10m.json")
    folder = parser.parse_args().folder
    write_cited()
    write_computed(folder)


if __name__ == "__main__":
    main()
