"""Digitraffic's MQTT: topics with the MMSI, payloads without one, on lines or in objects."""

import json

import pytest
from accounting import counts

EPOCH = 1_709_524_920
PLACE = {
    "time": EPOCH, "sog": 10.7, "cog": 326.6, "navStat": 0, "rot": 0, "posAcc": True, "raim": False,
    "heading": 325, "lon": 20.345818, "lat": 60.03802,
}  # fmt: skip
SHIP = {
    "timestamp": EPOCH * 1000 + 500, "destination": "UST LUGA", "name": "ARUNA", "draught": 68, "eta": 733376,
    "posType": 15, "refA": 160, "refB": 33, "refC": 20, "refD": 12, "callSign": "V7WW7", "imo": 9543756,
    "type": 70,
}  # fmt: skip
MESSAGES = [("vessels-v2/230123000/location", PLACE), ("vessels-v2/230123000/metadata", SHIP)]


def with_blank(topic, payload):
    return f"{topic} {json.dumps(payload)}"


def with_tab(topic, payload):
    return f"{topic}\t{json.dumps(payload)}"


def with_log_time(topic, payload):
    return f"2030-01-01T00:00:00Z {topic} {json.dumps(payload)}"


def in_object(topic, payload):
    return json.dumps({"topic": topic, "payload": payload})


def in_text(topic, payload):
    return json.dumps({"topic": topic, "payload": json.dumps(payload), "qos": 0})


@pytest.mark.parametrize("write", [with_blank, with_tab, with_log_time, in_object, in_text])
@pytest.mark.parametrize("first", [0, 1])
def test_topic_and_payload(read, write, first):
    lines = [write(*message) for message in (MESSAGES * 2)[first:]]
    batch = read("\n".join(lines))
    assert batch.format == "digitraffic"
    assert set(batch.reports.vessel.tolist()) == {230123000}
    assert set(batch.reports.time_s.tolist()) == {EPOCH}
    assert batch.reports.sog_kn[0] == pytest.approx(10.7)
    (ship, *_) = batch.statics
    assert (ship.name, ship.imo, ship.length_m, ship.beam_m, ship.ship_type) == (
        "ARUNA",
        9543756,
        193,
        32,
        70,
    )
    assert (ship.draught_m, ship.time_s) == (pytest.approx(6.8), EPOCH + 0.5)


def test_the_state_of_the_service_is_no_record(read):
    status = with_blank("vessels-v2/status", {"updated": EPOCH})
    batch = read("\n".join([status, with_blank(*MESSAGES[0]), status]))
    assert (len(batch.reports), counts(batch)) == (1, {"not_a_record": 2})
    assert batch.rejects.examples["not_a_record"][0].text == status


def test_the_first_version_had_features(read):
    feature = {
        "mmsi": 230123000, "type": "Feature", "geometry": {"type": "Point", "coordinates": [20.3, 60.0]},
        "properties": {"sog": 10.7, "cog": 326.6, "timestamp": 59, "timestampExternal": EPOCH * 1000},
    }  # fmt: skip
    batch = read("\n".join([with_blank("vessels/230123000/locations", feature)] * 2))
    assert batch.reports.time_s.tolist() == [EPOCH] * 2
    assert batch.reports.lon_deg.tolist() == [20.3] * 2


def test_topics_of_others_are_only_a_prefix(read):
    record = {"mmsi": 440000001, "lat": 38.5, "lon": 124.25, "time": EPOCH}
    batch = read("\n".join([with_blank("ais/position", record)] * 2))
    assert (batch.format, batch.reports.vessel.tolist()) == ("ndjson", [440000001] * 2)
