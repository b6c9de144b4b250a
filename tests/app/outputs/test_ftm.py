"""FollowTheMoney: entities that the package itself takes without loss."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outputs.ftm import ftm
from detectors.vessels.flags import countries


def entities_of(collection):
    return [json.loads(line) for line in ftm(collection).decode().splitlines()]


def by_schema(collection, schema):
    return [entity for entity in entities_of(collection) if entity["schema"] == schema]


def first_vessel(collection, **values):
    changed = copy.deepcopy(collection)
    for feature in changed["features"]:
        feature["properties"]["vessels"][0] |= values
    return changed


@pytest.fixture(scope="module")
def model():
    return pytest.importorskip("followthemoney", reason="followthemoney is not installed").model


def test_the_package_takes_every_entity_without_loss(mixed, model):
    entities = entities_of(first_vessel(mixed, imo=9074729, callsign="3FAB7", flag="KP", name="SUN STAR"))
    assert {entity["schema"] for entity in entities} == {"Vessel", "Event", "UnknownLink"}
    for entity in entities:
        read = model.get_proxy(entity, cleaned=False)
        read.schema.validate(entity)
        assert read.to_dict() == entity


@given(name=st.text(max_size=20))
def test_whatever_a_vessel_calls_itself_the_package_takes_it(events, model, name):
    vessel, _ = by_schema(first_vessel(events, name=name), "Vessel")
    read = model.get_proxy(vessel, cleaned=False)
    read.schema.validate(vessel)
    assert read.first("mmsi") == "412000001"


def test_the_package_knows_every_flag(model):
    for country in sorted({code.lower() for code, _ in countries().values()}):
        flag = {"id": "a", "schema": "Vessel", "properties": {"flag": [country]}}
        assert model.get_proxy(flag, cleaned=False).get("flag") == [country]


def test_each_event_is_linked_to_its_vessels(mixed):
    vessels = {entity["id"]: entity["properties"] for entity in by_schema(mixed, "Vessel")}
    events = {entity["id"]: entity["properties"] for entity in by_schema(mixed, "Event")}
    linked = {event["recordId"][0]: set() for event in events.values()}
    for link in by_schema(mixed, "UnknownLink"):
        (subject,), (object_,) = link["properties"]["subject"], link["properties"]["object"]
        linked[events[object_]["recordId"][0]] |= set(vessels[subject].get("mmsi", ["none"]))
    for feature in mixed["features"]:
        declared = {str(v["mmsi"] or "none") for v in feature["properties"]["vessels"]}
        assert linked[feature["id"]] == declared


def test_times_keep_their_seconds(mixed, model):
    starts = {f["id"]: f["properties"]["start"] for f in mixed["features"]}
    assert any(not start.endswith("00Z") for start in starts.values())
    for entity in by_schema(mixed, "Event"):
        read = model.get_proxy(entity, cleaned=False)
        (start,) = read.get("startDate")
        assert start == starts[read.first("recordId")][:19]


def test_ids_stay_and_an_mmsi_with_another_imo_number_is_another_vessel(events):
    ids = [[entity["id"] for entity in entities_of(events)] for _ in range(2)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])
    one, other = (by_schema(first_vessel(events, imo=imo), "Vessel")[0]["id"] for imo in (9074729, 9000015))
    assert one != other
    renamed, reflagged = first_vessel(events, name="NEW"), first_vessel(events, flag="PA")
    for changed in (renamed, reflagged):
        assert by_schema(changed, "Vessel")[0]["id"] == by_schema(events, "Vessel")[0]["id"]


def test_a_vessel_of_two_events_stands_once_with_both_its_names(events):
    (feature,) = events["features"]
    later = first_vessel(events, name="SECOND NAME")["features"][0] | {"id": "another"}
    vessels = by_schema(events | {"features": [feature, later]}, "Vessel")
    assert [v["properties"]["name"] for v in vessels] == [["=HYPERLINK(1)", "SECOND NAME"], ["BEE & CEE <3"]]


def test_a_listed_vessel_says_by_what_and_an_event_only_that_it_is_possible(events):
    listed = {"list_name": "mine", "date": "2026-01-01", "entry": "KPe.001", "matched_by": "imo"}
    entities = entities_of(first_vessel(events, listed=listed))
    assert entities[0]["properties"]["notes"] == ["matches KPe.001 (mine) by imo"]
    (event,) = (entity["properties"] for entity in entities if entity["schema"] == "Event")
    assert event["name"][0].startswith("Possible ship-to-ship transfer")
    assert "consistent with" in event["summary"][0]
    assert "proves nothing" in event["notes"][0]
    assert "topics" not in event


def test_nothing_found_is_no_entity(nothing):
    assert ftm(nothing) == b""
