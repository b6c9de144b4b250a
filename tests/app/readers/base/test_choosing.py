"""Which column serves what: names, units behind them, and what stands in the columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.base.aliases import ALIASES
from app.readers.base.choosing import choose, could_serve
from app.readers.base.layouts import Layout

VALUES = {
    "mmsi": ["441000101", "636000202"],
    "time": ["2024-03-04T00:00:00Z", "2024-03-04T00:02:00Z"],
    "lat": ["38.5"],
    "lon": ["124.5"],
}


def chosen(columns, pinned=None):
    """Choose among columns, given as name and values; return our names with the file's."""
    header = list(columns)
    found = choose(header, lambda place: columns[header[place]], Layout("csv"), pinned or {})
    return {ours: header[place] for ours, place in found.columns.items()}, found


def table(**others):
    return {**VALUES, **others}


@pytest.mark.parametrize(
    ("name", "ours", "factor"),
    [
        ("SOG (knots)", "sog", 1.0),
        ("SPEED_KNOTSx10", "sog", 0.1),
        ("speed_kmh", "sog", 1000 / 1852),
        ("Speed [km/h]", "sog", 1000 / 1852),
        ("speed over ground, m/s", "sog", 3600 / 1852),
        ("sog_mps", "sog", 3600 / 1852),
        ("Course (deg)", "cog", 1.0),
        ("cog_rad", "cog", 57.29577951308232),
        ("Length (ft)", "length_m", 0.3048),
        ("DRAUGHT_METERSx10", "draught_m", 0.1),
        ("draught_dm", "draught_m", 0.1),
        ("Heading (degrees)", "heading", 1.0),
    ],
)
def test_a_unit_behind_a_name(name, ours, factor):
    names, found = chosen(table(**{name: ["10.0"]}))
    assert names[ours] == name
    assert found.layout.factor(ours) == pytest.approx(factor)


@pytest.mark.parametrize("name", ["SPEED_x", "speed limit", "sogging", "maxspeed", "course name", "lengthy"])
def test_what_only_begins_alike_is_not_taken(name):
    assert name not in chosen(table(**{name: ["10.0"]}))[0].values()


def test_the_time_is_the_column_whose_values_are_times():
    """`timestamp` may be the second of the minute (ITU-R M.1371), beside a receive time."""
    columns = table(timestamp=["0", "59"], received_at=VALUES["time"])
    del columns["time"]
    assert chosen(columns)[0]["time"] == "received_at"


@pytest.mark.parametrize(
    ("columns", "parts"),
    [
        ({"date": ["2024-03-04"], "time": ["00:02:00"]}, {"time": "date", "clock": "time"}),
        ({"Date": ["04.03.2024"], "Clock UTC": ["00:02"]}, {"time": "Date", "clock": "Clock UTC"}),
        ({"Date": ["2024-03-04 00:00:00"] * 3, "Time": ["04:02"] * 3}, {"time": "Date", "clock": "Time"}),
        ({"Date": ["2024-03-04"], "ETA time": ["12:00"], "UTC": ["04:02"]}, {"time": "Date", "clock": "UTC"}),
        (
            {"DATE": ["20240304"], "hour": ["0"], "min": ["2"]},
            {"time": "DATE", "hour": "hour", "minute": "min"},
        ),
        (
            {"year": ["2024"], "month": ["3"], "day": ["4"], "hour": ["0"]},
            {"time": "year", "month": "month", "day": "day", "hour": "hour"},
        ),
    ],
)
def test_a_time_in_several_columns(columns, parts):
    columns = {"mmsi": VALUES["mmsi"], "lat": ["38.5"], "lon": ["124.5"], **columns}
    names, found = chosen(columns)
    assert {ours: names.get(ours) for ours in parts} == parts
    assert not found.has_dates_only


def test_a_date_alone_is_told():
    columns = table(date=["2024-03-04"])
    del columns["time"]
    assert chosen(columns)[1].has_dates_only


@pytest.mark.parametrize(
    ("columns", "ours", "name"),
    [
        ({"vessel_mmsi": ["441000101"]}, "mmsi", "vessel_mmsi"),
        ({"MMSI of ship": ["441000101"]}, "mmsi", "MMSI of ship"),
        ({"who": ["441000101", "636000202"]}, "mmsi", "who"),
        ({"CRAFT_ID": ["17"]}, "own_id", "CRAFT_ID"),
        ({"IMO": ["9074729"], "Vessel Name": ["A"]}, "own_id", "IMO"),
        ({"Vessel Name": ["A"]}, "own_id", "Vessel Name"),
        ({"track": ["7"], "speed": ["3"]}, "cog", "track"),
    ],
)
def test_what_names_the_vessel(columns, ours, name):
    columns = {**{k: v for k, v in VALUES.items() if k != "mmsi"}, **columns}
    assert chosen(columns)[0][ours] == name


def test_numbers_of_nine_digits_that_no_ship_has_name_no_vessel():
    columns = {k: v for k, v in VALUES.items() if k != "mmsi"} | {"row": ["100000001", "100000002"]}
    assert "mmsi" not in chosen(columns)[0]


def test_track_beside_an_mmsi_is_the_course():
    assert chosen(table(track=["68.5"]))[0]["cog"] == "track"


def test_a_pin_is_taken_by_its_exact_name_first_and_letters_of_any_script_count():
    columns = table(속도=["10.0"], 경도=["124.5"])
    del columns["lon"]
    assert chosen(columns, {"lon": "경도"})[0]["lon"] == "경도"
    assert chosen(table(Lat=["1"]), {"lat": "Lat"})[0]["lat"] == "Lat"


def test_a_pin_that_a_file_lacks_falls_back_and_says_so():
    names, found = chosen(table(sog=["10"]), {"sog": "v"})
    assert names["sog"] == "sog"
    assert "sog=v" in found.warnings[0]


def test_sides_are_columns_that_hold_sides():
    columns = table(lat_dir=["S", "S"], lon_dir=["W", "W"], ns=["12", "13"])
    names, _ = chosen(columns)
    assert (names["lat_side"], names["lon_side"]) == ("lat_dir", "lon_dir")


def test_points_serve_where_no_longitude_does():
    columns = {"mmsi": VALUES["mmsi"], "time": VALUES["time"], "geom": ["POINT (124.5 38.5)"]}
    names, found = chosen(columns)
    assert (names["place"], found.missing) == ("geom", [])


@given(st.permutations([*VALUES, "speed_kmh", "COG (deg)", "destination"]))
def test_the_order_of_columns_changes_nothing(order):
    values = table(**{"speed_kmh": ["18"], "COG (deg)": ["90"], "destination": ["NAMPO"]})
    names, _ = chosen({name: values[name] for name in order})
    assert names == {
        **{n: n for n in VALUES},
        "sog": "speed_kmh",
        "cog": "COG (deg)",
        "destination": "destination",
    }


@given(st.sampled_from([(o, a) for o, names in ALIASES.items() for a in names]), st.sampled_from(" _-.#"))
def test_every_alias_could_serve_however_it_is_written(alias, sign):
    _, name = alias
    assert could_serve(name.upper())
    assert could_serve(sign.join(name))


def test_a_name_like_no_other_could_not():
    assert not could_serve("colour of the funnel")
