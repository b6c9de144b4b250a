"""Which time the text around a sentence gives, in tables, logs and annotations, and in no look-alike."""

from datetime import UTC, datetime

import polars as pl
import pytest
from accounting import counts
from hypothesis import given
from hypothesis import strategies as st
from pyais import encode_dict

from app.readers import ReadError
from app.readers.nmea.around import FROM_BASE_YEAR, Form, times_around
from app.readers.nmea.table import header_in
from app.readers.values.times import DAY_OR_MONTH

EPOCH = 1_709_524_920
WHEN = "2024-03-04 04:02:00"
(POSITION,) = encode_dict({"msg_type": 1, "mmsi": 440000001, "lon": 124.25, "lat": 38.5, "second": 7})


def times(batch):
    return batch.reports.time_s.tolist()


@pytest.mark.parametrize(
    "line",
    [
        f'2024-03-04T04:02:00Z,"{POSITION}",rx1',
        f'rx1,"{POSITION}",2024-03-04T04:02:00Z',
        f'rx1;2024-03-04T04:02:00+00:00;"{POSITION}"',
        f'7,"{POSITION}","2024-03-04 04:02:00"',
        f'"station 5",2024-03-04,04:02:00,"{POSITION}"',
        f"636000202,{EPOCH},{POSITION}",
        f'{POSITION},rx1,"{EPOCH}"',
        f'{EPOCH}000,NMEA0183,AIVDM,tcp,"{POSITION}"',
        f"[{WHEN}] {POSITION}",
        f"[{EPOCH}] {POSITION}",
        f"[{EPOCH}.0]{POSITION}",
        f"({WHEN}) {POSITION}",
        f"20240304040200 {POSITION}",
        f"2024-03-04T04:02:00.000Z host ais[812]: {POSITION}",
        f"<134>1 2024-03-04T05:02:00+01:00 host ais 812 - - {POSITION}",
        f"2024-03-04 04:02:00,000 INFO receiver {POSITION}",
        f"{POSITION} ( MSG: 1, MMSI: 636000202, signalpower: -44.0, ppm: 0, timestamp: 20240304040200)",
        f"{POSITION} # {WHEN}",
        f"13/02/2024 04:02:00 x\n04/03/2024 04:02:00,{POSITION}",
    ],
)
def test_a_time_around_a_sentence(read, line):
    batch = read(line)
    assert batch.format == "nmea"
    assert times(batch) == [EPOCH]


@pytest.mark.parametrize(
    "line",
    [
        f"636000202,{POSITION}",
        f"[636000202] {POSITION}",
        f"{POSITION},r636000202,123456",
        f"{POSITION} ( MSG: 1, REPEAT: 0, MMSI: 636000202)",
        f"phone 00441632960001 {POSITION}",
        f"2024-13-04 04:02:00 {POSITION}",
        f"2024-03-04 {POSITION} 04:02:00",
        f"Mar  4 04:02:00 host ais[1]: {POSITION}",
    ],
)
def test_numbers_that_look_like_a_time(read, line):
    with pytest.raises(ReadError, match="without any time"):
        read(line)


TABLE = f"""# timestamp_format: EPOCH_MILLIS
station,sent_on,{{time}},raw_data,signal
rx1,2020-01-01 00:00:00,{{value}},"{POSITION}",-44
"""


def test_a_header_names_the_time(read):
    batch = read(TABLE.format(time="received_at", value=f"{EPOCH}000"))
    assert (times(batch), counts(batch)) == ([EPOCH], {})


def test_a_header_that_comes_again_is_no_sentence(read):
    text = TABLE.format(time="received_at", value=WHEN)
    assert counts(read(text + text)) == {}


def test_the_field_that_a_header_names_is_never_replaced_by_another(read):
    good = TABLE.format(time="received_at", value=WHEN)
    batch = read(good + good.splitlines()[-1].replace(WHEN, "-"))
    assert (len(batch.reports), counts(batch)) == (1, {"no_time": 1})


def test_the_user_says_which_column_is_the_time(read):
    text = TABLE.format(time="heard", value=WHEN)
    assert times(read(text, columns={"time": "heard"})) == [EPOCH]


@pytest.mark.parametrize("header", ["nmea,date,time", "date,nmea,utc", "date,time,nmea"])
def test_date_and_clock_in_two_columns(read, header):
    cells = {"nmea": f'"{POSITION}"', "date": "2024-03-04", "time": "04:02:00", "utc": "04:02:00"}
    line = ",".join(cells[name] for name in header.split(","))
    assert times(read(f"{header}\n{line}\n")) == [EPOCH]


def test_a_first_line_of_values_is_no_header():
    assert header_in(f'2024-03-04T04:02:00Z,"{POSITION}"'.encode(), {}) is None
    assert header_in(b"hello, world\n", {}) is None
    assert header_in(b"", {}) is None


def test_other_sentences_of_a_table_are_passed_over(read):
    fix = '"$GPRMC,040200,A,3830.0,N,12415.0,E,0.1,0.0,040324,,*00"'
    text = f"time,message\n{WHEN},{fix}\n{WHEN},{POSITION}\n{WHEN},nothing\n"
    assert counts(read(text)) == {"not_a_sentence": 1}


def test_decoded_columns_come_before_the_sentence_beside_them(read):
    text = f'mmsi,time,lat,lon,raw\n440000009,{WHEN},10.5,20.5,"{POSITION}"\n'
    batch = read(text)
    assert (batch.format, batch.reports.vessel.tolist()) == ("csv", [440000009])


def test_dates_without_a_year_take_that_of_the_time_base(read):
    text = f"Dec 31 23:59:59 host ais: {POSITION}\nJan  1 00:00:01 host ais: {POSITION}"
    batch = read(text, time_base_s=1_704_067_200.0)
    assert times(batch) == [1_704_067_199.0, 1_704_067_201.0]
    assert FROM_BASE_YEAR in batch.warnings


def test_a_later_date_shows_how_the_earlier_ones_are_meant(read, monkeypatch):
    monkeypatch.setattr("app.readers.nmea.lines.CHUNK_BYTES", 100)
    lines = [f"03/{day:02}/2024 04:02:00;{POSITION}" for day in (4, 5, 13)]
    batch = read("\n".join(lines))
    assert times(batch) == [EPOCH, EPOCH + 86_400, EPOCH + 9 * 86_400]
    assert DAY_OR_MONTH in read(lines[0]).warnings
    assert times(read(lines[0], is_day_first=False)) == [EPOCH]


FRAMES = st.sampled_from(
    ["{}", "[{}]", "{} host ais[3]:", "<14>1 {} h a - - -", "rx,{},", "5;{};", '"{}",', "({})", "at {} x"]
)
FORMS = st.sampled_from(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S"])


@given(st.integers(1_000_000_000, 4_000_000_000), FRAMES, FORMS, st.booleans())
def test_any_time_in_any_frame(time_s, frame, form, is_before):
    text = frame.format(datetime.fromtimestamp(time_s, UTC).strftime(form))
    texts, none = pl.Series([text], dtype=pl.String), pl.Series([None], dtype=pl.String)
    pair = (texts, none) if is_before else (none, texts)
    assert times_around(*pair, Form()).tolist() == [time_s]
