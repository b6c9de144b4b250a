"""JSON that carries sentences is raw AIS; JSON that carries decoded places is not."""

import json

import pytest
from accounting import counts
from pyais import encode_dict

from app.readers.nmea.json_lines import is_json_of_sentences, plain_line

EPOCH = 1_709_524_920
(POSITION,) = encode_dict({"msg_type": 1, "mmsi": 440000001, "lon": 124.25, "lat": 38.5, "second": 7})
FIRST, SECOND = encode_dict({"msg_type": 5, "mmsi": 440000001, "shipname": "WOLMI"})
HEARD = {"class": "AIS", "device": "AIS-catcher", "channel": "A", "signalpower": -44.0, "scaled": True}


@pytest.mark.parametrize(
    "time",
    [
        {"rxtime": "20240304040200"},
        {"rxuxtime": EPOCH, "rxtime": "20240304040209"},
        {"timestamp": 59, "toa": EPOCH + 0.0},
        {"timestamp": "2024-03-04T04:02:00Z"},
        {"Time_UTC": "2024-03-04 04:02:00"},
    ],
    ids=str,
)
@pytest.mark.parametrize("nmea", [[POSITION], POSITION], ids=["list", "text"])
@pytest.mark.parametrize("count", [1, 2])
def test_objects_with_sentences_only(read, time, nmea, count):
    batch = read("\n".join([json.dumps({**HEARD, **time, "nmea": nmea})] * count))
    assert batch.format == "nmea"
    assert batch.reports.time_s.tolist() == [EPOCH] * count


def test_the_time_may_come_behind_the_sentences(read):
    batch = read(json.dumps({"nmea": [FIRST, SECOND], "rxuxtime": EPOCH}) + "\n" + POSITION)
    assert (batch.static_rows, batch.statics[0].time_s) == (1, EPOCH)
    assert counts(batch) == {"no_time": 1}


def test_several_messages_of_one_object(read):
    batch = read(json.dumps({"lines": f"{POSITION}\r\n{FIRST}\r\n{SECOND}\r\n", "time": EPOCH}))
    assert (batch.reports.time_s.tolist(), batch.static_rows) == ([EPOCH], 1)


def test_signs_that_json_escapes(read):
    wheres = ({"msg_type": 1, "mmsi": 440000001, "lon": 124.25 + n / 100, "lat": 38.5} for n in range(999))
    sentence = next(line for where in wheres for line in encode_dict(where) if "<" in line and ">" in line)
    text = json.dumps({"time": EPOCH, "nmea": sentence}).replace("<", "\\u003c").replace(">", "\\u003e")
    assert len(read(text).reports) == 1


def test_an_object_in_front_of_a_sentence(read):
    lines = [json.dumps({"time": "2024-03-04T04:02:00Z", "rx": {"name": "a"}}) + " " + POSITION] * 2
    assert read("\n".join(lines)).reports.time_s.tolist() == [EPOCH] * 2


def test_the_time_of_the_object_comes_before_that_of_the_log(read):
    log = "2024-03-04T09:09:09Z host AIS-catcher[7]: "
    own = log + json.dumps({"rxuxtime": EPOCH, "nmea": [POSITION]})
    none = log.replace("09:09:09", "04:02:30") + json.dumps({"nmea": [POSITION]})
    assert read(f"{own}\n{none}").reports.time_s.tolist() == [EPOCH, EPOCH + 30]


def test_tag_blocks_inside_of_json(read):
    batch = read(json.dumps({"nmea": f"\\c:{EPOCH}*54\\{POSITION}"}))
    assert batch.rows == 1


def test_a_cut_object_costs_itself_only(read):
    whole = json.dumps({"rxuxtime": EPOCH, "nmea": [POSITION]})
    batch = read(f"{whole}\n{whole[:-30]}\n{whole}")
    assert (batch.rows, len(batch.reports)) == (3, 2)


DECODED = {**HEARD, "rxuxtime": EPOCH, "type": 1, "mmsi": 440000009, "lon": 20.5, "lat": 10.5}


def test_decoded_objects_are_read_as_such(read):
    batch = read("\n".join([json.dumps({**DECODED, "nmea": [POSITION]})] * 2))
    assert batch.format == "aiscatcher"
    assert set(batch.reports.vessel.tolist()) == {440000009}


def test_a_static_message_first_hides_no_decoded_places():
    static = json.dumps({**HEARD, "type": 5, "mmsi": 440000009, "nmea": [FIRST, SECOND]})
    lines = [static, json.dumps({**DECODED, "nmea": [POSITION]})]
    assert is_json_of_sentences(static.encode())
    assert not is_json_of_sentences("\n".join(lines).encode())


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}', '{"a": "!AIVDM"}', "[1, 2] x"])
def test_other_json_is_left_alone(text):
    assert not is_json_of_sentences(text.encode())
    assert plain_line(text) == text
