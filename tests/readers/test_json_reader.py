"""JSON documents and NDJSON."""

import json

import pytest
from conftest import counts

from app.readers import ReadError

RECORD = {"mmsi": 440000001, "timestamp": "2024-01-01T00:00:00Z", "lat": 38.5, "lon": 124.25}


def test_a_list_of_flat_records(read):
    batch = read(json.dumps([RECORD, {**RECORD, "speed": 8.5}]))
    assert (batch.format, len(batch.reports)) == ("json", 2)
    assert batch.reports.sog_kn[1] == 8.5


def test_a_list_inside_an_envelope(read):
    assert len(read(json.dumps({"count": 1, "data": [RECORD]})).reports) == 1


def test_one_record_per_line(read):
    lines = [json.dumps(RECORD), "{broken", "", json.dumps(RECORD), "7"]
    batch = read("\n".join(lines))
    assert (batch.format, batch.rows, len(batch.reports)) == ("ndjson", 4, 2)
    assert counts(batch) == {"not_a_record": 2}
    assert {e.line for e in batch.rejects.examples["not_a_record"]} == {2, 5}


def test_a_record_that_is_no_object_is_counted(read):
    batch = read(json.dumps([RECORD, [1, 2], 7, RECORD]))
    assert counts(batch) == {"not_a_record": 2}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000 + "]" * 10_000,
        '{"tracks":' * 10_000,
        '[{"lat": NaN}]',
        '[{"lat": Infinity}]',
        '{"tracks": [{"vessel": {"mmsi": 4',
        '[{"lat": 1},]',
    ],
)
def test_broken_documents_say_where(read, text):
    with pytest.raises(ReadError, match=r"not valid JSON: .*line 1 column \d+"):
        read(text)


@pytest.mark.parametrize("text", ["[]", "{}", '{"a": 1}', "[1, 2]", '[{"lat": 1}]', "[null]"])
def test_documents_without_tracks_say_what_is_read(read, text):
    with pytest.raises(ReadError):
        read(text)


def test_missing_keys_are_named_beside_those_found(read):
    with pytest.raises(ReadError, match="no key for time in its records, which have: lat, lon"):
        read('[{"lat": 1, "lon": 2}]')
