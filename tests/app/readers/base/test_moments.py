"""Times of rows: in one column or several, with the zone of the column's name or of each row."""

import polars as pl
import pytest

from app.readers.base.layouts import Layout
from app.readers.base.moments import moments_of
from app.readers.values.times import NO_ZONE

MOMENT_S = 1_709_524_920.0  # 2024-03-04 04:02:00 UTC
PLAIN = Layout("csv")


@pytest.mark.parametrize(
    "columns",
    [
        {"time": "2024-03-04", "clock": "04:02:00"},
        {"time": "2024-03-04 00:00:00", "clock": "04:02"},
        {"time": "04.03.2024", "clock": "4:02:00 AM"},
        {"time": "2024-03-04", "hour": "4", "minute": "2"},
        {"time": "2024-03-04", "hour": "04", "minute": "02", "second": "00"},
        {"time": "2024", "month": "3", "day": "4", "hour": "4", "minute": "2"},
        {"time": "2024-03-04T13:02:00", "zone": "+09:00"},
        {"time": "2024-03-04T13:02:00", "zone": "Asia/Seoul"},
        {"time": "2024-03-04T13:02:00", "zone": "9"},
        {"time": "2024-03-04T01:02:00", "zone": "UTC-3"},
        {"time": "2024-03-04T04:02:00Z", "zone": "+09:00"},
    ],
)
def test_every_way_gives_the_same_moment(columns):
    frame = pl.DataFrame({name: [value, value] for name, value in columns.items()})
    assert moments_of(frame, PLAIN, None).time_s.tolist() == [MOMENT_S] * 2


def test_the_zone_of_the_column_holds_for_times_without_one():
    frame = pl.DataFrame({"time": ["2024-03-04 13:02:00"]})
    times = moments_of(frame, Layout("csv", zone_s=32400.0, is_utc=True), None)
    assert (times.time_s.tolist(), times.warnings) == ([MOMENT_S], ())


def test_a_zone_that_is_none_is_taken_as_utc_and_told():
    frame = pl.DataFrame({"time": ["2024-03-04 04:02:00"] * 2, "zone": ["CST", "CST"]})
    times = moments_of(frame, PLAIN, None)
    assert (times.time_s.tolist(), times.warnings) == ([MOMENT_S] * 2, (NO_ZONE,))


def test_a_missing_part_is_a_missing_time():
    frame = pl.DataFrame({"time": ["2024-03-04", None, "2024-03-04"], "clock": ["04:02", "04:02", ""]})
    assert moments_of(frame, PLAIN, None).time_s.tolist()[0] == MOMENT_S
    assert (moments_of(frame, PLAIN, None).time_s[1:] != moments_of(frame, PLAIN, None).time_s[1:]).all()
