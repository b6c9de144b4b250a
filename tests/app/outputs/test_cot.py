"""Cursor on Target: one marker a line, read by a library of the TAK family."""

import copy
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
import takproto

from app.outputs.cot import cot


def messages_of(collection):
    lines = cot(collection).splitlines()
    return [takproto.parse_proto(takproto.xml2proto(line)).cotEvent for line in lines]


def milliseconds(text):
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def test_a_marker_says_what_where_and_when(mixed):
    messages = messages_of(mixed)
    assert len(messages) == len(mixed["features"])
    for message, feature in zip(messages, mixed["features"], strict=True):
        properties = feature["properties"]
        points = feature["geometry"]["coordinates"]
        lon, lat = points if isinstance(points[0], float) else points[0]
        assert message.uid == f"darkwake-{feature['id']}"
        assert (message.lon, message.lat) == (lon, lat)
        assert message.startTime == milliseconds(properties["start"])
        assert message.sendTime == milliseconds(mixed["report"]["now"])
        assert message.staleTime == message.sendTime + 86_400_000
        assert message.detail.contact.callsign.startswith(properties["label"][:20])
        assert "Reasons: " in message.detail.xmlDetail


def test_a_marker_is_a_spot_and_says_nothing_of_friend_or_foe(mixed):
    assert {(m.type, m.how) for m in messages_of(mixed)} == {("b-m-p-s-m", "m-f")}
    assert {m.hae for m in messages_of(mixed)} == {9999999.0}


def test_the_colour_is_that_of_the_band(mixed):
    for line, feature in zip(cot(mixed).splitlines(), mixed["features"], strict=True):
        argb = int(ET.fromstring(line).find("detail/color").get("argb"))
        wanted = {"high": 0xFFC81E1E, "medium": 0xFFD97706, "low": 0xFF7B8794}
        assert argb & 0xFFFFFFFF == wanted[feature["properties"]["band"]]


@pytest.mark.parametrize("name", ["A\nB", "</event><event>", "\x00&<", "船\r\n"])
def test_one_event_a_line_whatever_a_name_holds(events, name):
    changed = copy.deepcopy(events)
    properties = changed["features"][0]["properties"]
    properties["label"], properties["summary"] = f"Loitering: {name}", f"{name} was observed."
    (line,) = cot(changed).split(b"\n")[:-1]
    event = ET.fromstring(line)
    assert event.tag == "event"
    assert "was observed." in event.findtext("detail/remarks")


def test_nothing_found_is_no_marker(nothing):
    assert cot(nothing) == b""
