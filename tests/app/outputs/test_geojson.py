import json
import math
import re
from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from app.outputs import geojson
from app.outputs.formats import FORMATS
from app.outputs.geojson import _geometry, rfc3339, rounded


def test_an_event_has_the_shape_that_other_systems_rely_on(events):
    (event,) = events["features"]
    assert event["type"] == "Feature"
    assert event["geometry"]["type"] == "Point"
    told_properties = set(event["properties"])
    fixed = "kind start end duration_h score score_prior band vessels measures reasons areas summary"
    assert told_properties >= {*fixed.split(), "params_hash", "version", "software"}
    assert {"mmsi", "imo", "name", "flag", "ship_type", "length_m"} <= set(event["properties"]["vessels"][0])
    assert set(event["properties"]["reasons"][0]) == {"name", "value", "unit", "threshold", "weight", "text"}
    account = "files format rows positions duplicates vessels start end rejects warnings layers runtime_s"
    assert set(events["report"]) >= set(account.split())


def test_the_reasons_in_the_answer_add_up_to_its_score(events):
    (event,) = events["features"]
    properties = event["properties"]
    log_odds = properties["score_prior"] + math.fsum(r["weight"] for r in properties["reasons"])
    assert properties["score"] == 1 / (1 + math.exp(-log_odds))


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_can_be_written_with_and_without_events(events, file_format):
    assert FORMATS[file_format].write(events)
    nothing = {**events, "features": []}
    assert isinstance(FORMATS[file_format].write(nothing), bytes)


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_answer_gives_the_same_bytes(mixed, file_format):
    one, other = (FORMATS[file_format].write(mixed) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("file_format", ["kml", "geojson"])
def test_map_tools_read_what_is_written(events, file_format, tmp_path):
    path = tmp_path / f"events.{file_format}"
    path.write_bytes(FORMATS[file_format].write(events))
    frame = gpd.read_file(path)
    assert len(frame) == 1
    assert frame.geometry.iloc[0].x == pytest.approx(124.0, abs=0.01)


def test_ndjson_has_one_event_a_line(events):
    lines = FORMATS["ndjson"].write(events).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f["id"] for f in events["features"]]


def test_a_line_across_180_degrees_is_parted_there():
    line = _geometry(((179.0, 10.0), (-179.0, 20.0)))
    assert line == {
        "type": "MultiLineString",
        "coordinates": [[[179.0, 10.0], [180.0, 15.0]], [[-180.0, 15.0], [-179.0, 20.0]]],
    }
    along = _geometry(((180.0, 10.0), (-180.0, 20.0)))
    assert along == {"type": "LineString", "coordinates": [[180.0, 10.0], [180.0, 20.0]]}
    there_and_back = _geometry(((179.0, 10.0), (-179.0, 20.0), (-178.0, 20.0), (179.0, 20.0)))
    assert there_and_back["coordinates"] == [
        [[179.0, 10.0], [180.0, 15.0]],
        [[-180.0, 15.0], [-179.0, 20.0], [-178.0, 20.0], [-180.0, 20.0]],
        [[180.0, 20.0], [179.0, 20.0]],
    ]
    back = _geometry(((-179.0, 20.0), (179.0, 10.0)))
    assert back["coordinates"][0] == [[-179.0, 20.0], [-180.0, 15.0]]


def test_times_and_measures_are_told_without_noise():
    assert rfc3339(1709280000.0004) == "2024-03-01T08:00:00Z"
    assert rfc3339(float("nan")) is None
    assert rounded(0.1 + 0.2) == 0.3
    assert rounded(float("nan")) is None
    assert rounded(True) is True


@pytest.mark.parametrize("file_format", ["gpkg", "kml", "parquet"])
def test_names_with_signs_that_no_file_can_hold_are_written(mixed, file_format, tmp_path):
    path = tmp_path / f"events.{file_format}"
    path.write_bytes(FORMATS[file_format].write(mixed))
    layer = {"layer": "events_point"} if file_format == "gpkg" else {}
    read = gpd.read_parquet(path) if file_format == "parquet" else gpd.read_file(path, **layer)
    assert len(read) >= 1


def test_map_tools_take_the_times_of_geojson_for_date_times(mixed, tmp_path):
    path = tmp_path / "events.geojson"
    path.write_bytes(FORMATS["geojson"].write(mixed))
    info = pyogrio.read_info(path)
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert (types["start"], types["end"]) == ("OFTDateTime", "OFTDateTime")
    read = gpd.read_file(path).set_index("id")["start"]
    said = {f["id"]: f["properties"]["start"] for f in mixed["features"]}
    assert {id_: pd.Timestamp(text) for id_, text in said.items()} == read.to_dict()


def test_flat_fields_name_kind_score_and_vessels_beside_the_nested_ones(mixed):
    for feature in mixed["features"]:
        properties = feature["properties"]
        for number in (1, 2):
            vessel = dict(enumerate(properties["vessels"], start=1)).get(number, {})
            for name in ("mmsi", "imo", "name", "flag"):
                assert properties[f"{name}_{number}"] == vessel.get(name)
    label = next(f["properties"]["label"] for f in mixed["features"] if len(f["properties"]["vessels"]) == 2)
    assert re.fullmatch(r"Ship-to-ship transfer 0\.\d\d: 船 \+ A.*", label)


def test_a_vessel_without_a_name_is_labelled_by_its_number_and_a_crowd_is_counted(mixed):
    labels = [f["properties"]["label"] for f in mixed["features"]]
    assert any(label.endswith(": 412000009") for label in labels)
    crowd = SimpleNamespace(
        kind="raft",
        score=SimpleNamespace(value=0.5),
        vessels=[SimpleNamespace(name=None, key=str(n)) for n in range(1, 6)],
    )
    assert geojson.label(crowd) == "Raft of ships 0.50: 1 + 2 + 3 + 2 more"
