import pytest

from app.errors import WatchListError
from app.inputs.watch_lists import default_watch_list, read_watch_list, watch_list_from_rows
from detectors.vessels.names import imo_is_valid


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


SDN = (
    '4711,"SEA STAR",vessel,"DPRK4",-0- ,"ABCD1","Oil Products Tanker",-0- ,-0- ,"Panama",-0- ,'
    "\"a.k.a. 'OLD STAR'; Vessel Registration Identification IMO 9074729; MMSI 445123000 (Linked To: X).\"\n"
    '4712,"MAN, Some",individual,"DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1950."\n'
    '4713,"NAMELESS",vessel,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\x1a'
)


def test_the_list_of_ofac_is_read_as_it_is_published():
    first, old_name, bare = read_watch_list(SDN.encode(), "sdn.csv").entries
    assert (first.imo, first.mmsi, first.name) == (9074729, 445123000, "SEA STAR")
    assert first.entry == "OFAC SDN 4711 [DPRK4]"
    assert (old_name.name, old_name.imo) == ("OLD STAR", None)
    assert old_name.entry == "OFAC SDN 4711 [DPRK4], listed as SEA STAR"
    assert (bare.name, bare.imo, bare.mmsi) == ("NAMELESS", None, None)


def test_simple_targets_of_opensanctions_are_read_and_only_vessels_taken():
    text = (
        '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions",'
        '"phones","emails","dataset","first_seen","last_seen","last_change"\n'
        '"NK-1","Vessel","SEA STAR","OLD STAR;SEA STAR","","kp","","IMO9074729;MMSI445123000","","","",'
        '"US OFAC","2023-01-01T00:00:00","2024-05-03T06:00:00","2023-01-01T00:00:00"\n'
        '"NK-2","Person","Some Man","","1950","kp","","","","","","US OFAC","","",""\n'
    )
    ship, alias = read_watch_list(text.encode(), "targets").entries
    assert (ship.imo, ship.mmsi, ship.list_date) == (9074729, 445123000, "2024-05-03")
    assert (alias.name, alias.entry) == ("OLD STAR", "US OFAC NK-1, listed as SEA STAR")


def test_the_maritime_table_of_opensanctions_is_read():
    text = (
        "type,caption,imo,risk,countries,flag,mmsi,id,url,datasets,aliases\n"
        "VESSEL,SEA STAR,IMO9074729,sanction,kp,kp,445123000,NK-1,https://example.org,us_ofac_sdn,\n"
        "ORGANIZATION,A Company,,sanction,kp,,,NK-2,https://example.org,us_ofac_sdn,\n"
    )
    (ship,) = read_watch_list(text.encode(), "maritime").entries
    assert (ship.imo, ship.mmsi, ship.entry) == (9074729, 445123000, "us_ofac_sdn NK-1")


def test_a_published_list_without_vessels_is_refused():
    person = '1,"MAN, Some",individual,"DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1950."\n'
    with pytest.raises(WatchListError, match="no row names a vessel"):
        read_watch_list(person.encode(), "sdn.csv")


def test_a_ship_is_listed_by_each_of_its_numbers():
    sdn = SDN.replace("MMSI 445123000 ", "imo 9074731; MMSI 445123000; mmsi 445123009 ")
    entries = read_watch_list(sdn.encode(), "sdn.csv").entries
    assert {e.mmsi for e in entries if e.mmsi} == {445123000, 445123009}
    assert {e.imo for e in entries if e.imo} == {9074729, 9074731}
    (other,) = (e for e in entries if e.mmsi == 445123009)
    assert (other.name, other.entry) == (None, "OFAC SDN 4711 [DPRK4], listed as SEA STAR")
    table = (
        "Type,Caption,IMO,risk,countries,flag,MMSI,id,url,Datasets,aliases\n"
        "VESSEL,SEA STAR,IMO9074729;IMO9074731,s,kp,kp,445123000;445123009,NK-1,u,us_ofac_sdn,OLD STAR\n"
    )
    entries = read_watch_list(table.encode(), "maritime").entries
    assert [(e.imo, e.mmsi, e.name) for e in entries] == [
        (9074729, 445123000, "SEA STAR"),
        (None, None, "OLD STAR"),
        (9074731, None, None),
        (None, 445123009, None),
    ]


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\x0b", "\x85", "\u2028"])
def test_a_break_in_a_quoted_name_ends_no_row_and_parts_two_words(gap):
    (entry,) = read_watch_list(f'\n\nname,imo\n"SEA{gap}STAR",9074729\n'.encode(), "mine").entries
    assert (entry.name, entry.imo) == ("SEA STAR", 9074729)
    ship, *_ = read_watch_list(SDN.replace("SEA STAR", f"SEA{gap}STAR").encode(), "sdn.csv").entries
    assert (ship.name, ship.imo) == ("SEA STAR", 9074729)
