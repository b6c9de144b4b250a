"""GeoPackage: what a map shows, and what a database joins."""

import sqlite3
from contextlib import closing

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from app.outputs.geopackage import geopackage


@pytest.fixture
def write(tmp_path):
    def written(collection):
        path = tmp_path / "events.gpkg"
        path.write_bytes(geopackage(collection))
        return path

    return written


def asked(path, query):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def layers_of(path):
    return dict(pyogrio.list_layers(path).tolist())


def test_each_type_of_geometry_has_a_layer_of_its_own(mixed, write):
    path = write(mixed)
    assert layers_of(path) == {
        "events_point": "Point",
        "events_linestring": "LineString",
        "reasons": None,
        "vessels": None,
    }
    read = pd.concat(gpd.read_file(path, layer=f"events_{kind}") for kind in ("point", "linestring"))
    assert set(read["id"]) == {f["id"] for f in mixed["features"]}
    declared = asked(path, "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns")
    assert dict(declared) == {"events_point": "POINT", "events_linestring": "LINESTRING"}


def test_only_the_types_that_occur_have_a_layer(events, write):
    assert [name for name, type_ in layers_of(write(events)).items() if type_] == ["events_point"]


def test_a_line_across_180_degrees_has_a_layer_too(mixed, write):
    lines = [[[179.0, 10.0], [180.0, 15.0]], [[-180.0, 15.0], [-179.0, 20.0]]]
    (line, *_) = (f for f in mixed["features"] if f["geometry"]["type"] == "LineString")
    across = line | {"geometry": {"type": "MultiLineString", "coordinates": lines}}
    path = write(mixed | {"features": [across]})
    (read,) = gpd.read_file(path, layer="events_multilinestring").to_dict("records")
    assert (read["lon"], read["lat"], read["end_lon"], read["end_lat"]) == (179.0, 10.0, -179.0, 20.0)


def test_times_are_date_times_for_the_time_slider_of_a_map(mixed, write):
    path = write(mixed)
    types = dict(asked(path, "SELECT name, type FROM pragma_table_info('events_point')"))
    assert (types["start"], types["end"]) == ("DATETIME", "DATETIME")
    read = gpd.read_file(path, layer="events_point").set_index("id")
    for feature in (f for f in mixed["features"] if f["geometry"]["type"] == "Point"):
        for name in ("start", "end"):
            said, kept = feature["properties"][name], read.loc[feature["id"], name]
            assert pd.isna(kept) if said is None else kept == pd.Timestamp(said)
    assert read["end"].isna().any()
    assert read["end"].notna().any()


def test_reasons_and_vessels_are_joined_to_their_events(mixed, write):
    path = write(mixed)
    for feature in mixed["features"]:
        id_, properties = feature["id"], feature["properties"]
        reasons = asked(path, f"SELECT name, weight FROM reasons WHERE event_id = '{id_}' ORDER BY number")
        assert reasons == [(r["name"], r["weight"]) for r in properties["reasons"]]
        vessels = asked(path, f"SELECT id, mmsi FROM vessels WHERE event_id = '{id_}' ORDER BY number")
        assert vessels == [(v["id"], v["mmsi"]) for v in properties["vessels"]]


def test_nothing_found_opens_with_the_columns_that_events_have(events, nothing, write):
    some = {name: pyogrio.read_info(write(events), layer=name) for name in layers_of(write(events))}
    path = write(nothing)
    for name, before in some.items():
        read = pyogrio.read_info(path, layer=name)
        types = dict(zip(before["fields"], before["ogr_types"], strict=True))
        assert read["features"] == 0
        assert read["geometry_type"] == before["geometry_type"]
        assert {n: types[n] for n in read["fields"]} == dict(
            zip(read["fields"], read["ogr_types"], strict=True)
        )
        assert len(read["fields"]) > 7


def test_a_column_has_the_type_of_its_measure_whatever_this_run_holds(mixed, write):
    info = pyogrio.read_info(write(mixed), layer="events_point")
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert types["hull_distance_by_antennas_m"] == "OFTReal"  # null in every event here
    assert (types["mmsi_1"], types["reports_1"]) == ("OFTInteger64", "OFTInteger64")
    assert types["destination_before_1"] == "OFTString"
    assert info["dtypes"][list(info["fields"]).index("small_craft")] == "bool"
