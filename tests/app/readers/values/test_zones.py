"""Zones of time: what is read, and what has several meanings and is not guessed."""

import polars as pl
import pytest

from app.readers.values.zones import offset_h, offsets_s, zone_in


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("+09:00", 9),
        ("+0530", 5.5),
        ("UTC+9", 9),
        ("GMT-03:30", -3.5),
        ("9", 9),
        ("Z", 0),
        ("Asia/Pyongyang", 9),
    ],
)
def test_zones(text, hours):
    assert offset_h(text) == hours


@pytest.mark.parametrize(
    "text", ["CST", "IST", "EST", "Europe/Berlin", "+25:00", "local", "", "Asia/Atlantis"]
)
def test_what_has_several_offsets_or_none_is_not_guessed(text):
    assert offset_h(text) is None


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("Time (UTC+9)", 32400.0),
        ("datetime_kst", 32400.0),
        ("Timestamp (UTC)", 0.0),
        ("time GMT-3", -10800.0),
        ("timestamp", None),
        ("outcome", None),
    ],
)
def test_zones_in_names(name, seconds):
    assert zone_in(name) == seconds


def test_each_row_has_its_own():
    offset, unknown = offsets_s(pl.Series(["+09:00", None, "CST"]))
    assert (offset.tolist(), unknown.to_list()) == ([32400.0, 0.0, 0.0], [False, False, True])
