"""Names of tracks that say nothing of the vessel."""

import pytest

from app.readers.values.track_names import says_nothing


@pytest.mark.parametrize(
    "name",
    ["", "2024-03-04", "Track 1", "ACTIVE LOG", "ACTIVE LOG 003", "04-MAR-24 11:02:09AM", "12:30", "20240304",
     "Current Track: 04 MAR 2024 10:00", "Day 3", "log.gpx", "log.gpx #2", "트랙 2"],
)  # fmt: skip
def test_dates_and_words_for_track_say_nothing(name):
    assert says_nothing(name, "log.gpx")


@pytest.mark.parametrize("name", ["Wolmi 3", "17", "MAY", "SUNDAY", "VOYAGE", "KUM SAN", "An Day 4 Sea"])
def test_what_may_be_a_vessel_says_something(name):
    assert not says_nothing(name, "log.gpx")
