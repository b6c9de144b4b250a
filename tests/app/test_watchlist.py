import pytest

from app.errors import WatchListError
from app.watchlist import default_watch_list, read_watch_list, watch_list_from_rows
from detectors.watch import imo_is_valid


def test_the_packaged_list_names_vessels_with_valid_numbers_and_dates():
    entries = default_watch_list().entries
    assert len(entries) > 100
    assert all(e.name for e in entries)
    numbers = [e.imo for e in entries if e.imo]
    assert sum(map(imo_is_valid, numbers)) >= 0.95 * len(numbers)
    assert max(e.list_date for e in entries) == "2024-05-03"


@pytest.mark.parametrize(
    "text", ["imo;name\n9074729;SEA STAR\n", "\ufeffIMO Number,Vessel Name\nIMO9074729,SEA STAR\n"]
)
def test_lists_in_the_forms_that_people_have(text):
    (entry,) = read_watch_list(text.encode(), "mine").entries
    assert (entry.imo, entry.list_name) == (9074729, "mine")


def test_a_list_without_a_useful_column_is_refused_with_those_it_has():
    with pytest.raises(WatchListError, match="needs a column imo, mmsi or name; columns found: ship, owner"):
        read_watch_list(b"ship,owner\nA,B\n", "mine")


@pytest.mark.parametrize("data", [b"", b"\x00\xff\x00", b"imo,name\n,\n", b'imo\n"' + b"x" * 200_000])
def test_a_list_that_names_nobody_is_refused(data):
    with pytest.raises(WatchListError):
        read_watch_list(data, "mine")


@pytest.mark.parametrize(
    ("cell", "mmsi"),
    [
        ("667999001", 667999001),
        ('"667,999,001"', 667999001),
        ("6.67999001E8", 667999001),
        ("²", None),
        ("x", None),
    ],
)
def test_numbers_as_spreadsheets_write_them(cell, mmsi):
    (entry,) = read_watch_list(f"name,mmsi\nSEA STAR,{cell}\n".encode(), "mine").entries
    assert entry.mmsi == mmsi


def test_a_list_in_utf_16_or_with_old_line_ends_is_read():
    text = "imo\tname\r9074729\tSEA STAR\r"
    for data in (text.encode(), text.encode("utf-16")):
        (entry,) = read_watch_list(data, "mine").entries
        assert entry.imo == 9074729


def test_values_of_odd_types_are_not_taken_for_numbers():
    (entry,) = watch_list_from_rows([{"mmsi": {"a": 1}, "imo": True, "name": "SEA STAR"}], "mine").entries
    assert (entry.mmsi, entry.imo) == (None, None)
