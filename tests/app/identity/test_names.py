"""Names that tell vessels apart."""

from hypothesis import given
from hypothesis import strategies as st

from app.identity.names import distinct, short

NAMES = st.sampled_from(["LOG", "LOG #2", "LOG (a)", "Wolmi"])
FILES = st.sampled_from(["a", "b"])


def test_folders_are_named_only_where_they_tell_files_apart():
    assert short(["x/day.gpx", "y/day.gpx", "y/other.gpx"]) == ["x/day.gpx", "y/day.gpx", "other.gpx"]
    assert short(["C:\\logs\\day.gpx"]) == ["day.gpx"]


@given(st.lists(st.tuples(NAMES, FILES)), st.sets(NAMES))
def test_no_two_vessels_have_one_name(named, taken):
    given_names = distinct(named, taken)
    assert len(set(given_names)) == len(named)
    assert not set(given_names) & taken


def test_a_name_of_one_vessel_stays():
    assert distinct([("LOG", "a"), ("Wolmi", "b")]) == ["LOG", "Wolmi"]
