"""Make `ports/ports.csv`: ports and anchorages of the region, and the world's ports beyond it.

Sources: PyPI package harborly 1.1.4 (World Port Index, public domain; GeoNames, CC BY 4.0) and
`facts/ports.csv`. Run::

    pip download --no-deps harborly==1.1.4 && unzip harborly-1.1.4-*.whl -d SRC
    python -m geodata.build.ports SRC/harborly/data
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geodata.build.pages import FACTS, stamp
from geodata.geodesy import geodesic_m, to_ecef
from geodata.layers import LAYERS_DIR
from geodata.world import REGION

MERGE_M = 3000.0  # two records nearer than this are one place
KIND_OF_CODE = {  # GeoNames feature codes; marinas (S.MAR) and landings (S.LDNG) are left out
    "port": "port",
    "L.PRT": "port",
    "H.HBR": "harbour",
    "H.DCK": "harbour",
    "H.DCKB": "harbour",
    "S.DCKY": "harbour",
    "S.FYT": "harbour",
    "H.ANCH": "anchorage",
}
# Least error of a position: whole minutes are off by up to 1.2 km; GeoNames points sit in the
# harbour, not at the berth.
ERROR_OF_PROVIDER_M = {"NGA_WPI": 1500.0, "GEONAMES": 1000.0}
# Vessels that lie together this near to such a place are ordinary; judged by us from the sizes of
# harbours, see docs/layers.md.
RADIUS_OF_KIND_M = {
    "port": 5000.0,
    "harbour": 2000.0,
    "oil_terminal": 4000.0,
    "anchorage": 4000.0,
    "bunkering_anchorage": 8000.0,
    "pilot_station": 4000.0,
}
# The islands below the Northern Limit Line are administered by the ROK; GeoNames lists three of
# their harbours under KP.
ROK_ADMINISTERED = {"GEONAMES:11523618", "GEONAMES:11837318", "GEONAMES:11837320"}
COLUMNS = [
    "id",
    "name",
    "country",
    "kind",
    "lon",
    "lat",
    "error_m",
    "radius_m",
    "unlocode",
    "source",
]


class Place(NamedTuple):
    """A place after merging."""

    id: str
    name: str
    country: str
    kind: str
    lon: float
    lat: float
    error_m: float
    radius_m: float
    unlocode: str
    source: str


def ascii_of(name: str) -> str:
    """Return a name in plain letters: Ch'ŏngjin becomes Chongjin."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[`']", "", plain).strip()


def read_registry(folder: Path) -> pd.DataFrame:
    """Return the registry's records: in the region all of them, elsewhere the WPI's only."""
    table = pd.read_parquet(folder / "port_registry.parquet")
    places = gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(table["longitude"], table["latitude"]), crs="EPSG:4326"
    )
    near = places.index.isin(places.cx[REGION[0] : REGION[2], REGION[1] : REGION[3]].index)
    listed = places["provider"] == "NGA_WPI"
    kept = places[(near | listed) & places["function_code"].isin(list(KIND_OF_CODE))]
    ours = kept["registry_id"].isin(ROK_ADMINISTERED)
    return pd.DataFrame(
        {
            "id": "",
            "name": kept["canonical_name"].map(ascii_of),
            "country": kept["country_code"].mask(ours, "KR"),
            "kind": kept["function_code"].map(KIND_OF_CODE),
            "lon": kept["longitude"],
            "lat": kept["latitude"],
            "error_m": kept["provider"].map(ERROR_OF_PROVIDER_M),
            "unlocode": kept["unlocode"].fillna(""),
            "source": kept["registry_id"],
        }
    )


def groups_of(records: pd.DataFrame) -> np.ndarray:
    """Return a group number per record: same sort of place, country, and a chain of short steps.

    Waiting places (anchorages, pilot stations) never merge with berths.
    """
    points_m = to_ecef(records["lon"].to_numpy(), records["lat"].to_numpy())
    pairs = cKDTree(points_m).query_pairs(MERGE_M, output_type="ndarray")
    berth = records["kind"].isin(["port", "harbour", "oil_terminal"]).to_numpy()
    country = records["country"].to_numpy()
    is_same_kind = (berth[pairs[:, 0]] == berth[pairs[:, 1]]) & (country[pairs[:, 0]] == country[pairs[:, 1]])
    # Small harbours of Japan and Korea stand in rows: only pairs with a port in them merge.
    port = (records["kind"] == "port").to_numpy()
    is_same_kind &= port[pairs[:, 0]] | port[pairs[:, 1]] | ~berth[pairs[:, 0]]
    oil = (records["kind"] == "oil_terminal").to_numpy()  # a separate place next to its port
    is_same_kind &= oil[pairs[:, 0]] == oil[pairs[:, 1]]
    left, right = pairs[is_same_kind].T
    named = records["same_as"].map(dict(zip(records["source"], records.index, strict=True)))
    named = named.dropna().astype(int)
    left, right = np.vstack([pairs[is_same_kind], np.column_stack([named.index, named])]).T
    size = len(records)
    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1])


def midmost(group: pd.DataFrame) -> pd.Series:
    """Return the record whose farthest neighbour in the group is nearest."""
    points_m = to_ecef(group["lon"].to_numpy(), group["lat"].to_numpy())
    apart_m = np.linalg.norm(points_m[:, None] - points_m[None], axis=2)
    return group.iloc[int(apart_m.max(axis=1).argmin())]


def merged(group: pd.DataFrame) -> Place:
    """Return one place for records that mean the same.

    Name and identifier come from the fact table first, then the World Port Index; the position
    the midmost of the most exact records; the error is at least the distance from there to each
    other record of a registry.
    """
    ranked = group.sort_values(["rank", "source"])
    first = ranked.iloc[0]
    best = midmost(ranked[ranked["error_m"] == ranked["error_m"].min()])
    apart_m = geodesic_m(
        np.full(len(group), best["lon"]),
        np.full(len(group), best["lat"]),
        group["lon"].to_numpy(),
        group["lat"].to_numpy(),
    )
    firm = group["rank"].to_numpy() > 0
    kinds = list(ranked["kind"])
    kind = next((kind for kind in ("oil_terminal", "port") if kind in kinds), kinds[0])
    return Place(
        id=str(first["id"]),
        name=str(first["name"]),
        country=str(first["country"]),
        kind=kind,
        lon=round(float(best["lon"]), 5),
        lat=round(float(best["lat"]), 5),
        error_m=round(max(float(best["error_m"]), float(apart_m[firm].max(initial=0.0))), -1),
        radius_m=RADIUS_OF_KIND_M[kind],
        unlocode=next((code for code in ranked["unlocode"] if code), ""),
        source="; ".join(ranked["source"]),
    )


def with_ids(places: list[Place]) -> list[Place]:
    """Return the places with an identifier each: country, name, and a number where taken."""
    taken = {place.id for place in places} - {""}
    result = []
    for place in sorted(places, key=lambda place: (place.country, place.name, place.lon)):
        name = place.id
        if not name:
            slug = re.sub(r"[^a-z0-9]+", "_", f"{place.country} {place.name}".lower()).strip("_")
            numbered = (f"{slug}_{number}" for number in count(2))
            name = next(name for name in chain([slug], numbered) if name not in taken)
            taken.add(name)
        result.append(place._replace(id=name))
    return sorted(result)


def main() -> None:
    """Read the folder from the command line and write the layer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the package's folder with port_registry.parquet")
    registry = read_registry(parser.parse_args().folder)
    facts = pd.read_csv(FACTS / "ports.csv", dtype={"unlocode": str, "country": str}).fillna(
        {"unlocode": "", "same_as": ""}
    )
    records = pd.concat([facts, registry], ignore_index=True)
    fact, listed = records["id"] != "", records["source"].str.startswith("WPI")
    records["rank"] = np.where(fact, 0, np.where(listed, 1, 2))
    places = [merged(group) for _, group in records.groupby(groups_of(records), sort=True)]
    table = pd.DataFrame(with_ids(places))
    table.to_csv(LAYERS_DIR / "ports/ports.csv", index=False, columns=list(COLUMNS))
    print(f"{len(records)} records, {len(table)} places")
    print(table["kind"].value_counts().to_dict(), int((table["country"] == "KP").sum()), "of KP")
    stamp("ports/ports.csv")


if __name__ == "__main__":
    main()
