"""JSON documents and NDJSON."""

import json

import numpy as np
import pytest
from accounting import counts

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


@pytest.mark.parametrize("key", ["mmsi", "id"])
@pytest.mark.parametrize("form", ["list", "lines", "envelope"])
def test_a_text_may_be_any_name_but_a_fraction_is_none(read, key, form):
    names = ["1.5", 1.5, "Wolmi"]
    records = [{key: n, "time": "2024-01-01T00:00:00Z", "lon": 124.0, "lat": 38.0} for n in names]
    lines = [json.dumps(record) for record in records]
    text = {"list": json.dumps(records), "lines": "\n".join(lines), "envelope": json.dumps({"rows": records})}
    batch = read(text[form])
    assert counts(batch) == {"bad_vessel": 1}
    assert list(batch.own_ids.values()) == ["1.5", "Wolmi"]


@pytest.mark.parametrize("key", ["mmsi", "id"])
@pytest.mark.parametrize("form", ["list", "lines", "envelope"])
def test_records_whose_identifier_is_of_an_odd_type_name_nobody(read, key, form):
    names = [True, [1], {}, 1.5, None, 440000001]
    records = [{key: n, "time": "2024-01-01T00:00:00Z", "lon": 124.0, "lat": 38.0} for n in names]
    lines = [json.dumps(record) for record in records]
    text = {"list": json.dumps(records), "lines": "\n".join(lines), "envelope": json.dumps({"rows": records})}
    batch = read(text[form])
    assert counts(batch) == {"bad_vessel": 4, "no_vessel": 1}
    assert len(batch.rejects.examples["bad_vessel"]) == 3
    assert batch.reports.vessel.tolist() == [440000001]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("form", ["{}\n{}\n", "[{},{}]"], ids=["ndjson", "list"])
def test_numbers_that_json_does_not_have_are_missing(read, number, form):
    record = json.dumps(RECORD | {"sog": 1.0}).replace('"sog": 1.0', f'"sog": {number}')
    batch = read(form.format(record, record.replace("440000001", "440000002")))
    assert len(batch.reports) == 2
    assert np.isnan(batch.reports.sog_kn).all()
    lost = record.replace(f'"lat": {RECORD["lat"]}', f'"lat": {number}')
    assert counts(read(form.format(record, lost))) == {"no_position": 1}
