"""JSON behind the prefix of a log: the record's own time counts, else that of the log; cut first lines."""

import json
from datetime import UTC, datetime

import pytest
import writers
from accounting import counts
from hypothesis import given
from hypothesis import strategies as st

from app.readers import ReadError, read_file

EPOCH = 1_709_524_920
RECORD = {"mmsi": 440000001, "lat": 38.5, "lon": 124.25}
LOGS = [
    "2024-03-04T04:02:00Z INFO ", "2024-03-04 04:02:00,000 - ais - INFO - ", "[2024-03-04 04:02:00] ",
    "[1709524920] ", "<134>1 2024-03-04T04:02:00Z host ais 1 - - ", "1709524920123;I;",
]  # fmt: skip


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("count", [1, 3])
def test_the_time_of_the_log_is_that_of_a_record_without_one(read, log, count):
    batch = read("\n".join([log + json.dumps(RECORD)] * count))
    assert batch.format == "ndjson"
    assert batch.reports.time_s.tolist() == pytest.approx([EPOCH] * count, abs=0.2)


@pytest.mark.parametrize(
    "own", ["2024-03-04T04:00:00Z", EPOCH - 120, (EPOCH - 120) * 1000, str(EPOCH - 120)], ids=str
)
def test_a_record_that_has_a_time_keeps_it(read, own):
    lines = [{**RECORD, "time": own}, {**RECORD, "time": None}, RECORD]
    batch = read("\n".join(LOGS[0] + json.dumps(line) for line in lines))
    assert batch.reports.time_s.tolist() == [EPOCH - 120, EPOCH, EPOCH]


def test_a_log_without_a_time_gives_none(read):
    with pytest.raises(ReadError, match="no key for time"):
        read("\n".join(["INFO " + json.dumps(RECORD)] * 2))


def test_gpsd_behind_a_log_needs_no_fix(read):
    report = {"class": "AIS", "type": 1, "scaled": True, "speed": 8.5, "course": 90.5, **RECORD}
    lines = [{"class": "VERSION", "release": "3.25"}, report]
    batch = read("\n".join(LOGS[0] + json.dumps(line) for line in lines))
    assert batch.reports.time_s.tolist() == [EPOCH]


def test_lines_without_an_object_are_shown_as_they_stand(read):
    odd = "2024-03-04T04:02:00Z INFO reconnected"
    batch = read("\n".join([LOGS[0] + json.dumps(RECORD), odd, LOGS[0] + json.dumps({**RECORD, "lat": 91})]))
    assert counts(batch) == {"not_a_record": 1, "position_not_available": 1}
    (example,) = batch.rejects.examples["position_not_available"]
    assert (example.line, example.text) == (3, LOGS[0] + json.dumps({**RECORD, "lat": 91}))
    assert batch.rejects.examples["not_a_record"][0].text == odd


WHOLE = json.dumps({**RECORD, "time": EPOCH})


@pytest.mark.parametrize("cut", range(1, len(WHOLE), 7))
def test_a_first_line_that_was_cut_costs_itself_only(read, cut):
    batch = read("\n".join([WHOLE[cut:], WHOLE, WHOLE]))
    assert (batch.format, len(batch.reports), counts(batch)) == ("ndjson", 2, {"not_a_record": 1})


def test_a_first_line_that_breaks_off_costs_itself_only(read):
    batch = read("\n".join([WHOLE[:30], WHOLE, WHOLE]))
    assert (len(batch.reports), counts(batch)) == (2, {"not_a_record": 1})


def test_gpsd_after_a_cut_line(read):
    lines = writers.gpsd().splitlines()
    batch = read("\n".join([lines[0][9:], *lines[1:]]))
    assert (batch.format, len(batch.reports)) == ("gpsd", 28)


def test_csv_with_an_object_in_a_column_is_csv(read):
    lines = [f"440000001,{EPOCH + n},38.5,124.25,{json.dumps({'lat': 1, 'lon': 2})}" for n in range(3)]
    assert read("\n".join(["mmsi,time,lat,lon,more", *lines])).format == "csv"


def test_csv_with_a_quoted_object_is_csv(read):
    lines = [f'440000001,{EPOCH + n},38.5,124.25,"{{""lat"": 1, ""lon"": 2}}"' for n in range(3)]
    batch = read("\n".join(["mmsi,time,lat,lon,more", *lines]))
    assert (batch.format, batch.reports.lat_deg.tolist()) == ("csv", [38.5] * 3)


def test_a_list_over_several_lines_is_one_document(read):
    batch = read(f"[\n{WHOLE},\n{WHOLE}\n]")
    assert (batch.format, len(batch.reports), counts(batch)) == ("json", 2, {})


@given(st.lists(st.integers(1_000_000_000, 4_000_000_000), min_size=1, max_size=9), st.booleans())
def test_any_times_of_a_log(tmp_path_factory, times, is_own):
    path = tmp_path_factory.mktemp("x") / "f"
    logs = [datetime.fromtimestamp(t, UTC).isoformat() for t in times]
    own = [{"t": t + 7} if is_own else {} for t in times]
    path.write_text("\n".join(f"{log} x {json.dumps(RECORD | o)}" for log, o in zip(logs, own, strict=True)))
    (batch,) = read_file(path)
    assert batch.reports.time_s.tolist() == [t + 7 * is_own for t in times]
