"""KML: a globe with a time slider, read by fastkml and held against the schema of the OGC."""

import copy
import io
import json

import fastkml
import fastkml.validator
import pandas as pd
import pytest
from fastkml.utils import find_all
from lxml import etree

from app.outputs.kml import kml

TAGS = "{http://www.opengis.net/kml/2.2}"


def placemarks_of(collection):
    declaration, _, text = kml(collection).decode().partition("\n")
    assert declaration == "<?xml version='1.0' encoding='utf-8'?>"
    document = fastkml.KML.from_string(text)
    return list(find_all(document, of_type=fastkml.Placemark))


def renamed(collection, name):
    changed = copy.deepcopy(collection)
    for feature in changed["features"]:
        properties = feature["properties"]
        old = properties["vessels"][0]["name"] or properties["vessels"][0]["id"]
        properties["vessels"][0]["name"] = name
        for text in ("label", "summary"):
            properties[text] = properties[text].replace(old, name)
            assert name in properties[text]
    return changed


def test_it_is_valid_by_the_schema_of_the_ogc(mixed, nothing):
    for collection in (mixed, nothing):
        element = etree.parse(io.BytesIO(kml(collection))).getroot()
        assert fastkml.validator.validate(element=element)


def test_each_event_has_the_time_span_that_moves_the_slider(mixed):
    placemarks = placemarks_of(mixed)
    assert len(placemarks) == len(mixed["features"]) == 3
    for placemark, feature in zip(placemarks, mixed["features"], strict=True):
        properties = feature["properties"]
        assert pd.Timestamp(placemark.begin.dt) == pd.Timestamp(properties["start"])
        if properties["end"] is None:
            assert placemark.end is None
        else:
            assert pd.Timestamp(placemark.end.dt) == pd.Timestamp(properties["end"])


def test_it_has_a_name_a_sentence_and_the_reasons(events):
    (placemark,) = placemarks_of(events)
    (feature,) = events["features"]
    assert placemark.name == feature["properties"]["label"].replace("<", "\u2039")
    assert "consistent with a ship-to-ship transfer" in placemark.description
    assert "Reasons: observed" in placemark.description


def test_places_are_where_they_were(mixed):
    for placemark, feature in zip(placemarks_of(mixed), mixed["features"], strict=True):
        written = placemark.geometry.__geo_interface__
        assert written["type"] == feature["geometry"]["type"]
        assert json.loads(json.dumps(written["coordinates"])) == feature["geometry"]["coordinates"]


def test_a_line_across_180_degrees_is_two_lines(mixed):
    lines = [[[179.0, 10.0], [180.0, 15.0]], [[-180.0, 15.0], [-179.0, 20.0]]]
    across = mixed["features"][0] | {"geometry": {"type": "MultiLineString", "coordinates": lines}}
    (placemark,) = placemarks_of(mixed | {"features": [across]})
    assert [len(line.coords) for line in placemark.geometry.geoms] == [2, 2]


def test_each_event_has_the_colour_of_its_band(mixed):
    root = etree.parse(io.BytesIO(kml(mixed))).getroot()
    styles = {style.get("id"): style.findtext(f".//{TAGS}color") for style in root.iter(f"{TAGS}Style")}
    assert set(styles) == {"low", "medium", "high"}
    assert len(set(styles.values())) == 3
    used = [element.text for element in root.iter(f"{TAGS}styleUrl")]
    assert used == [f"#{f['properties']['band']}" for f in mixed["features"]]


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "</description><b>", "]]><i>", "<a href='x'>click</a>", "&lt;b&gt; & \x00"],
)
def test_a_name_brings_no_markup_to_the_description(mixed, name):
    root = etree.parse(io.BytesIO(kml(renamed(mixed, name)))).getroot()
    for tag in ("name", "description", "value"):
        for element in root.iter(f"{TAGS}{tag}"):
            assert not list(element)
            assert "<" not in element.text
            assert ">" not in element.text


def test_nothing_is_fetched_from_elsewhere(mixed):
    assert b"href" not in kml(mixed)
    assert kml(mixed).count(b"http") == kml(mixed).count(b"http://www.opengis.net/kml/2.2") == 1
