"""The loop over plain rows: what it takes it reads to the same bit, and what is odd it leaves."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.csv.plain import Clock
from app.readers.csv.plain_rows import DECIMAL, PASSED_OVER, TIME, WHOLE, read_rows

ISO = "%Y-%m-%dT%H:%M:%SZ"


def read(text, roles, form=ISO, delimiter=","):
    clock = Clock.of(form)
    content = np.frombuffer(text.encode(), dtype=np.uint8)
    how = (clock.form, clock.parts, clock.has_fraction, clock.ending, text.count("\n"))
    return read_rows(content, ord(delimiter), np.array(roles, dtype=np.uint8), *how)


def micros(text, form=ISO):
    rows, wholes, _ = read(f"{text}\n", [TIME], form)
    return int(wholes[0, 0]) if rows else None


def seconds(text, form=ISO):
    told = micros(text, form)
    return None if told is None else told // 10**6


@given(st.decimals(-999_999, 999_999, places=6))
def test_decimals_are_read_to_the_same_bit(value):
    rows, _, decimals = read(f"{value:f}\n", [DECIMAL])
    assert rows == 1
    assert decimals[0, 0] == float(value)


@given(st.integers(0, 10**15 - 1), st.integers(1, 14))
def test_fifteen_digits_are_exact_wherever_the_point_stands(digits, behind):
    text = f"{digits:015d}"
    text = f"{text[:-behind]}.{text[-behind:]}"
    rows, _, decimals = read(f"{text}\n", [DECIMAL])
    assert rows == 1
    assert decimals[0, 0] == float(text)


def test_an_empty_decimal_is_not_known():
    rows, _, decimals = read(",1.5\n2,\n", [DECIMAL, DECIMAL])
    assert rows == 2
    assert np.array_equal(decimals, [[np.nan, 2.0], [1.5, np.nan]], equal_nan=True)


@pytest.mark.parametrize(
    "odd", ["-", ".", "5.", ".5", "1.2.3", "1e5", "+5", " 5", "5 ", "nan", "1234567890.123456", '"5"', "--5"]
)
def test_odd_decimals_are_left(odd):
    assert read(f"1.5\n{odd}\n2.5\n", [DECIMAL])[0] == 1


@pytest.mark.parametrize("odd", ["", "-5", "5.0", "1e5", " 5", "1234567890123456789", '"5"'])
def test_odd_whole_numbers_are_left(odd):
    assert read(f"7\n{odd}\n8\n", [WHOLE])[0] == 1


@given(st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31)), st.integers(1, 6))  # noqa: DTZ001
def test_times_are_read_as_the_calendar_has_them(time, places):
    fraction = f"{time:%f}"[:places]
    told = micros(f"{time:%d.%m.%Y %H:%M:%S}.{fraction}+00:00", "%d.%m.%Y %H:%M:%S%.f+00:00")
    since = time.replace(microsecond=int(fraction.ljust(6, "0"))) - datetime(1970, 1, 1)  # noqa: DTZ001
    assert told == since // timedelta(microseconds=1)
    assert micros(f"{time:%Y-%m-%dT%H:%M:%SZ}") == told // 10**6 * 10**6


def test_the_last_days_of_february():
    assert seconds("2024-02-29T00:00:00Z") == seconds("2024-02-28T00:00:00Z") + 86_400
    assert seconds("2000-02-29T23:59:59Z") + 1 == seconds("2000-03-01T00:00:00Z")
    assert seconds("2023-02-29T00:00:00Z") is None
    assert seconds("2100-02-29T00:00:00Z") is None


@pytest.mark.parametrize(
    "odd",
    [
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2024-01-32T00:00:00Z",
        "2024-01-00T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:60Z",
        "1969-12-31T23:59:59Z",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:00",
        "2024-01-01T00:00:00+09:00",
        "2024-01-01T00:00:0",
        "",
    ],
)
def test_odd_times_are_left(odd):
    assert seconds(odd) is None


BARE = "%Y-%m-%dT%H:%M:%S%.f"
TIMES = st.sampled_from(
    [
        "2024-01-01T00:00:00.5",
        "2024-01-01T00:00:00.55",
        "2024-01-01T00:00:00.05",
        "2024-01-02T00:00:00.5",
        "3024-01-01T00:00:00.5",
    ]
)


@given(st.lists(TIMES, min_size=1, max_size=8))
def test_a_time_that_comes_again_is_read_as_if_it_were_the_first(times):
    rows, wholes, _ = read("".join(f"{time}\n" for time in times), [TIME], BARE)
    assert rows == len(times)
    assert wholes[0].tolist() == [micros(time, BARE) for time in times]


@pytest.mark.parametrize("odd", ["2024-01-01T00:00:00Zx", "2024-01-01T00:00:00", "2024-01-01T00:00:0", "2"])
def test_what_begins_like_the_time_before_is_no_time(odd):
    assert read(f"2024-01-01T00:00:00Z\n{odd}\n", [TIME])[0] == 1
    assert read(f"2024-01-01T00:00:00Z,7\n{odd},7\n", [TIME, WHOLE])[0] == 1


@pytest.mark.parametrize("end", ["", ".", ".1234567", ".5x"])
def test_odd_fractions_are_left(end):
    assert seconds(f"2024-01-01T00:00:00{end}", "%Y-%m-%dT%H:%M:%S%.f") is None


def test_a_zone_of_another_time_is_not_taken_for_utc():
    assert seconds("2024-01-01T00:00:00+09:00", "%Y-%m-%dT%H:%M:%S+00:00") is None


@pytest.mark.parametrize("odd", ["1", "1,2", "1,2,3,4", "", '1,"x,y",3', '1,a"b,3'])
def test_rows_of_another_width_and_quotes_are_left(odd):
    assert read(f"1,x,3\n{odd}\n1,y,4\n", [WHOLE, PASSED_OVER, WHOLE])[0] == 1


def test_fields_that_are_not_needed_are_passed_over_and_lines_may_end_as_on_windows():
    rows, wholes, decimals = read("7;Kum Un;1.5\r\n8;;-2\r\n", [WHOLE, PASSED_OVER, DECIMAL], delimiter=";")
    assert (rows, wholes.tolist(), decimals.tolist()) == (2, [[7, 8]], [[1.5, -2.0]])
