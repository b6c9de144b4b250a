"""Times in every form that files have; one form is told from the whole column."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.values.times import (
    DAY_AND_MONTH,
    DAY_OR_MONTH,
    NO_ZONE,
    DateOrder,
    epoch_seconds,
    stamp_form,
    stamps,
)

MOMENT_S = 1_704_164_645.0  # 2024-01-02 03:04:05 UTC


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02T03:04:05Z",
        "2024-01-02 03:04:05",
        "2024-01-02 03:04:05 UTC",
        "2024-01-02 03:04:05 GMT",
        "2024-01-02T03:04:05+00:00",
        "2024-01-02T12:04:05+09:00",
        "2024-01-02T12:04:05+0900",
        "2024-01-01T22:04:05-05",
        "2024-01-02T03:04:05.000Z",
        "2024-01-02T03:04:05.000000000Z",
        "2024-01-02 03:04:05.000000000 +0000 UTC",
        "2024/01/02 03:04:05",
        "2024.01.02 03:04:05",
        "20240102_030405",
        "20240102030405",
        "02-JAN-2024 03:04:05",
        "02-Jan-24 03:04:05",
        "2 January 2024 03:04:05",
        "January 2, 2024 03:04:05",
        "Jan 2, 2024 3:04:05 AM",
        "Tue, 02 Jan 2024 03:04:05 GMT",
        "Tue Jan  2 03:04:05 2024",
        "Tue Jan  2 03:04:05 UTC 2024",
        "2024/01/02 03:04:05 AM",
        "45293.12783564815",
        "20240102T030405Z",
        "02.01.2024 03:04:05",
        "  2024-01-02T03:04:05Z ",
        "1704164645",
        "1704164645000",
        "1704164645000000",
        "1704164645000000000",
        "1.704164645e9",
    ],
)
def test_usual_forms(text):
    times = epoch_seconds(pl.Series([text]))
    assert times.time_s.tolist() == [MOMENT_S]
    assert not times.malformed.any()


@pytest.mark.parametrize(
    "text",
    ["2024-02-30T00:00:00Z", "2024-13-01T00:00:00Z", "yesterday", "2024-01-02T25:00:00Z", "12:30"],
)
def test_what_is_no_time_is_malformed_not_missing(text):
    times = epoch_seconds(pl.Series([text, None, "", "None"]))
    assert times.malformed.tolist() == [True, False, False, False]
    assert np.isnan(times.time_s).all()


def test_fractions_survive():
    texts = pl.Series(["2024-01-02T03:04:05.25Z", "2024-01-02T03:04:05,25Z"])
    assert epoch_seconds(texts).time_s.tolist() == [MOMENT_S + 0.25] * 2


def test_mixed_forms_in_one_column():
    texts = pl.Series(["2024-01-02T03:04:05Z", "1704164645", "20240102_030405"])
    assert epoch_seconds(texts).time_s.tolist() == [MOMENT_S] * 3


def test_a_time_without_zone_is_utc_and_says_so():
    assert epoch_seconds(pl.Series(["2024-01-02 03:04:05"])).warnings == (NO_ZONE,)
    assert epoch_seconds(pl.Series(["20240102_030405"])).warnings == (NO_ZONE,)
    assert epoch_seconds(pl.Series(["2024-01-02 03:04:05"]), is_utc=True).warnings == ()
    assert epoch_seconds(pl.Series(["2024-01-02T03:04:05Z"])).warnings == ()


def test_day_first_is_told_by_one_day_past_twelve():
    times = epoch_seconds(pl.Series(["01/02/2024 00:00:00", "31/01/2024 00:00:00"]))
    assert np.diff(times.time_s).tolist() == [-86400.0]
    assert DAY_OR_MONTH not in times.warnings


def test_month_first_is_told_by_one_day_past_twelve():
    times = epoch_seconds(pl.Series(["02/01/2024 00:00:00", "01/31/2024 11:00:00 PM"]))
    assert np.diff(times.time_s).tolist() == [-3600.0]


def test_an_ambiguous_column_is_told_not_guessed_row_by_row():
    times = epoch_seconds(pl.Series(["01/02/2024 00:00:00", "03/04/2024 00:00:00"]))
    assert times.time_s[1] - times.time_s[0] == 62 * 86400
    assert DAY_OR_MONTH in times.warnings


def test_a_known_order_is_not_doubted():
    times = epoch_seconds(pl.Series(["01/02/2024 00:00:00"]), order=DateOrder.MONTH_FIRST)
    assert datetime.fromtimestamp(times.time_s[0], UTC).month == 1
    assert DAY_OR_MONTH not in times.warnings


def test_a_column_that_contradicts_itself_rejects_the_fewer():
    texts = ["31/01/2024 00:00:00", "30/01/2024 00:00:00", "01/31/2024 00:00:00"]
    times = epoch_seconds(pl.Series(texts))
    assert times.malformed.tolist() == [False, False, True]
    assert DAY_AND_MONTH in times.warnings


@pytest.mark.parametrize("unit_s", [1.0, 1e-3, 1e-6, 1e-9])
def test_epoch_numbers_by_magnitude(unit_s):
    column = pl.Series([round(MOMENT_S / unit_s), round((MOMENT_S + 60) / unit_s)])
    assert epoch_seconds(column).time_s == pytest.approx([MOMENT_S, MOMENT_S + 60], abs=1e-3)


def test_stamps_keep_their_zone():
    aware = pl.Series([datetime(2024, 1, 2, 12, 4, 5, tzinfo=UTC) - timedelta(hours=9)])
    assert epoch_seconds(aware).time_s.tolist() == [MOMENT_S]
    naive = pl.Series([datetime(2024, 1, 2, 3, 4, 5)])  # noqa: DTZ001
    assert epoch_seconds(naive).warnings == (NO_ZONE,)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_way_of_writing_a_moment_reads_the_same(moment):
    whole = moment.replace(microsecond=0)
    forms = ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y%m%d_%H%M%S", "%d.%m.%Y %H:%M:%S"]
    for form in forms:
        assert epoch_seconds(pl.Series([whole.strftime(form)])).time_s[0] == whole.timestamp()
    assert epoch_seconds(pl.Series([moment.isoformat()])).time_s[0] == pytest.approx(
        moment.timestamp(), abs=1e-6
    )


@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_text_breaks_it(texts):
    times = epoch_seconds(pl.Series(texts, dtype=pl.String))
    assert len(times.time_s) == len(texts)
    assert not (times.malformed & ~np.isnan(times.time_s)).any()


def test_stamps_beyond_any_calendar_are_told_from_missing_ones():
    stamps = pl.Series([2**62, 1_704_067_200_000, None], dtype=pl.Int64).cast(pl.Datetime("ms"))
    assert str(epoch_seconds(stamps).time_s.tolist()) == "[inf, 1704067200.0, nan]"


DIGITS_OF_OTHER_SCRIPTS = (0x0660, 0x0966, 0xFF10)  # Arabic, Devanagari, full width


@pytest.mark.parametrize("zero", DIGITS_OF_OTHER_SCRIPTS)
@pytest.mark.parametrize("text", ["2024-01-02T03:04:05Z", "02/01/2024 03:04", "1704164645", "2024-01-02"])
def test_digits_of_other_scripts_are_no_time(zero, text):
    odd = text.translate({ord("0") + n: chr(zero + n) for n in range(10)})
    times = epoch_seconds(pl.Series(["2024-01-02T03:04:05Z", odd, "2024-01-02T03:04:05Z"]))
    assert str(times.time_s.tolist()) == str([MOMENT_S, np.nan, MOMENT_S])
    assert times.malformed.tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("order", "form"),
    [(DateOrder.DAY_FIRST, "%d{}%m{}%Y{}%H:%M:%S"), (DateOrder.MONTH_FIRST, "%m{}%d{}%Y{}%H:%M:%S")],
)
@pytest.mark.parametrize("sign", "/-.")
@pytest.mark.parametrize("gap", [" ", "T"])
def test_a_known_order_of_day_and_month_is_a_quick_form_that_reads_the_same(order, form, sign, gap):
    form = form.format(sign, sign, gap)
    assert stamp_form([datetime(2024, 3, 4, 5, 6, 7, tzinfo=UTC).strftime(form)], order) == form
    assert stamp_form([datetime(2024, 3, 4, 5, 6, 7, tzinfo=UTC).strftime(form)]) is None
    texts = pl.Series([f"03{sign}04{sign}2024{gap}05:06:07", f"13{sign}13{sign}2024{gap}05:06:07"])
    quick = pl.DataFrame({"t": texts}).select(stamps(pl.col("t"), form)).to_series()
    slow = epoch_seconds(texts, order=order).time_s
    np.testing.assert_equal(epoch_seconds(quick, is_utc=True).time_s, slow)


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["02/01/24 03:04:05", "31/01/24 03:04:05"], "2024-01-02"),
        (["01/02/24 03:04:05", "01/31/24 03:04:05"], "2024-01-02"),
        (["24-01-02 03:04:05", "24-01-03 03:04:05"], "2024-01-02"),
        (["24.01.02 03:04:05"], "2024-01-02"),
        (["02.01.98 03:04:05", "03.01.98 03:04:05"], "1998-01-02"),
    ],
)
def test_two_digits_of_a_year(texts, first):
    moment = datetime.fromisoformat(f"{first}T03:04:05+00:00").timestamp()
    assert epoch_seconds(pl.Series(texts)).time_s[0] == moment


def test_the_size_of_each_number_tells_its_unit():
    """A logger that changed from seconds to milliseconds in the middle of a file."""
    column = pl.Series([MOMENT_S, MOMENT_S * 1e3, 20240102030405.0, 20240102.0, 5.0, 0.0])
    read = epoch_seconds(column).time_s
    assert read[:3].tolist() == [MOMENT_S] * 3
    assert read[3] == MOMENT_S - 3 * 3600 - 4 * 60 - 5
    assert (read[4:] < 1e6).all()  # a clock that restarted is out of range, not a date


@given(
    st.datetimes(datetime(1991, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
    st.sampled_from(["s", "ms", "us", "compact", "serial", "text"]),
)
def test_a_number_of_any_kind_is_its_moment(moment, kind):
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    seconds = moment.timestamp()
    number = {
        "s": seconds,
        "ms": seconds * 1e3,
        "us": seconds * 1e6,
        "compact": float(f"{moment:%Y%m%d%H%M%S}"),
        "serial": seconds / 86400 + 25569,
        "text": 0.0,
    }[kind]
    column = pl.Series([f"{moment:%d-%b-%Y %H:%M:%S}"]) if kind == "text" else pl.Series([number])
    assert abs(epoch_seconds(column).time_s[0] - seconds) <= 0.001


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("1.70951E+12", False),
        ("1.71E+09", False),
        ("2.02403E+13", False),
        ("1.704164645E+09", True),
        ("1.7041646450E+12", True),
        ("1704164645", True),
    ],
)
def test_digits_that_a_spreadsheet_rounded_are_no_time(text, is_read):
    read = epoch_seconds(pl.Series([text, "2024-01-02T03:04:05Z"]))
    assert bool(read.malformed[0]) is not is_read
    assert ("digits" in (read.cure or "")) is not is_read
    assert read.time_s[1] == MOMENT_S
