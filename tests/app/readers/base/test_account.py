"""The account of columns: units as a name, a vendor, or the values themselves give them."""

import pytest

REPORT = "441000101,2024-03-04T04:02:00Z,38.5,124.5"


def account(read, text):
    return {column.name: column for column in read(text).columns}


@pytest.mark.parametrize(
    ("header", "value", "unit", "note"),
    [
        ("sog", "10.5", "kn", None),
        ("SPEED_KNOTSx10", "105", "0.1 kn", "converted"),
        ("speed_kmh", "19.4", "kmh", "converted"),
        ("draught", "87", "0.1 m", "converted"),
        ("draught", "8.7", "m", None),
        ("Length (ft)", "300", "ft", "converted"),
        ("heading", "90", "deg", None),
    ],
)
def test_units(read, header, value, unit, note):
    column = account(read, f"mmsi,timestamp,lat,lon,{header}\n{REPORT},{value}\n")[header]
    assert (column.unit, column.note, column.example) == (unit, note, value)
    assert column.used_share == 1.0


def test_the_unit_of_a_vendor(read):
    head = "MMSI,SHIP_ID,LAT,LON,SPEED,COURSE,TIMESTAMP"
    told = account(read, f"{head}\n441000101,7,38.5,124.5,105,90,2024-03-04T04:02:00\n")
    assert (told["SPEED"].unit, told["SPEED"].note) == ("0.1 kn", "converted")
    told = account(read, f"{head}\n441000101,7,38.5,124.5,10.5,90,2024-03-04T04:02:00\n")
    assert (told["SPEED"].unit, told["SPEED"].note) == ("kn", None)


def test_minutes_instead_of_degrees(read):
    told = account(read, "mmsi,timestamp,lat,lon\n441000101,2024-03-04T04:02:00Z,3830.5,12430.25\n")
    assert (told["lat"].unit, told["lat"].note) == ("degrees and minutes (ddmm.mmmm)", "converted")


def test_parts_of_a_time_and_sides(read):
    told = account(read, "mmsi,date,time,tz,lat,ns,lon\n441000101,2024-03-04,04:02,+00:00,38.5,S,124.5\n")
    assert (told["date"].read_as, told["date"].note) == ("time", "joined with clock, zone")
    assert (told["time"].note, told["tz"].note) == ("part of the time: clock", "part of the time: zone")
    assert (told["ns"].read_as, told["ns"].note) == ("lat", "north or south")


def test_what_names_the_vessel_and_words_without_a_meaning(read):
    told = account(read, "IMO,timestamp,lat,lon,type of ship\n9074729,2024-03-04T04:02:00Z,38,124,Glider\n")
    assert (told["IMO"].read_as, told["IMO"].note) == ("imo", "names the vessel")
    assert told["type of ship"].read_as is None


def test_the_table_is_told_in_its_order_with_what_was_not_used(read):
    told = account(read, f"mmsi,timestamp,lat,lon,colour,sog\n{REPORT},red,9\n")
    assert list(told) == ["mmsi", "timestamp", "lat", "lon", "colour", "sog"]
    assert (told["colour"].read_as, told["colour"].used_share, told["colour"].example) == (None, None, "red")
