"""Delimited text as users have it."""

import numpy as np
import pytest
from accounting import counts

from app.readers import ReadError
from app.readers.base.columns import NO_ID_COLUMN, ONE_ROW_EACH, SWAPPED
from app.readers.base.speeds import TENFOLD
from app.readers.values.times import NO_ZONE
from detectors.tracks.codes import AisClass, Receiver
from detectors.tracks.reports import vessel_key

HEAD = "mmsi,timestamp,lat,lon,sog,cog,heading\n"
ROW = "440000001,2024-01-01T00:00:00Z,38.5,124.25,8.5,90.0,91\n"


def test_a_plain_file(read):
    batch = read(HEAD + ROW + ROW)
    assert (batch.format, batch.rows, len(batch.reports)) == ("csv", 2, 2)
    assert batch.reports.vessel.tolist() == [440000001] * 2
    assert batch.reports.time_s.tolist() == [1704067200.0] * 2
    assert (batch.reports.lon_deg[0], batch.reports.lat_deg[0]) == (124.25, 38.5)
    assert batch.reports.sog_kn[0] == np.float32(8.5)
    assert batch.reports.source_row.tolist() == [0, 1]
    assert batch.warnings == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_any_delimiter_line_end_and_byte_order_mark(read, delimiter, end, start):
    text = (HEAD + ROW).replace(",", delimiter).replace("\n", end)
    batch = read(start + text)
    assert batch.reports.lat_deg.tolist() == [38.5]
    assert batch.reports.vessel.tolist() == [440000001]


def test_numbers_that_are_vessels_however_written(read):
    ids = ["440000001.0", "4.45000000e8", " 445000002 ", "012345678", "999", "Wolmi 3"]
    rows = [f"{i},2024-01-01T00:00:00Z,38,124,,,\n" for i in ids]
    batch = read(HEAD + "".join(rows))
    key = vessel_key("Wolmi 3")
    assert batch.reports.vessel.tolist() == [440000001, 445000000, 445000002, 12345678, 999, key]
    assert batch.own_ids == {key: "Wolmi 3"}
    assert batch.rejects.total == 0


def test_stations_are_set_aside_by_code(read):
    numbers = ["002190067", "2190067", "992190001", "111219501", "970123456", "982190001"]
    batch = read(HEAD + "".join(ROW.replace("440000001", n) for n in numbers))
    assert len(batch.reports) == 0
    assert counts(batch) == {
        "base_station": 2,
        "aid_to_navigation": 1,
        "sar_aircraft": 1,
        "distress_beacon": 1,
        "auxiliary_craft": 1,
    }


def test_static_data_is_told_once_and_again_when_it_changes(read):
    head = "mmsi,time,lat,lon,name,imo,shiptype,draught\n"
    rows = [
        "440000001,2024-01-01T00:00:00Z,38,124,WOLMI,IMO9393163,80,7.5",
        "440000001,2024-01-01T00:01:00Z,38,124,WOLMI,9393163,80,7.5",
        "440000001,2024-01-01T00:02:00Z,38,124,,,,",
        "440000001,2024-01-01T00:03:00Z,38,124,HAE 1,0,0,0",
        "440000001,2024-01-01T00:04:00Z,38,124,WOLMI,9393163,tanker,9.5",
    ]
    batch = read(head + "\n".join(rows))
    told = [(s.name, s.imo, s.ship_type, s.draught_m) for s in batch.statics]
    assert told == [
        ("WOLMI", 9393163, 80, 7.5),
        ("HAE 1", None, None, None),
        ("WOLMI", 9393163, 80, 9.5),
    ]


def test_two_vessels_of_one_name_are_both_told(read):
    head = "mmsi,time,lat,lon,name\n"
    rows = [f"44000000{i},2024-01-01T00:00:00Z,38,124,WOLMI\n" for i in (1, 2)]
    assert [(s.vessel, s.name) for s in read(head + "".join(rows)).statics] == [
        (440000001, "WOLMI"),
        (440000002, "WOLMI"),
    ]


def test_a_row_with_a_broken_position_is_no_static_row(read):
    batch = read("mmsi,time,lat,lon,name\n440000001,2024-01-01T00:00:00Z,north,east,WOLMI\n")
    assert (counts(batch), batch.static_rows) == ({"bad_position": 1}, 0)
    assert batch.statics[0].name == "WOLMI"


def test_rows_without_position_that_tell_static_data_are_used(read):
    head = "mmsi,time,msg_type,lat,lon,shipname,destination\n"
    batch = read(
        head
        + "440000001,2024-01-01T00:00:00Z,5,,,WOLMI,NAMPO\n"
        + "440000001,2024-01-01T00:00:00Z,1,,,,\n"
        + "440000001,2024-01-01T00:00:00Z,27,38,124,,\n"
    )
    assert (batch.static_rows, len(batch.reports)) == (1, 1)
    assert counts(batch) == {"no_position": 1}
    assert batch.statics[0].destination == "NAMPO"
    assert batch.statics[0].ais_class is AisClass.A
    assert batch.reports.uncertainty_m.tolist() == [93.0]


def test_a_file_of_which_no_row_can_be_used_is_still_told(read):
    head = "mmsi,time,lat,lon,ship_type,class,status,collection_type\n"
    batch = read(head + "0,2024-01-01T00:00:00Z,38.5,124,tanker,A,at anchor,TER\n")
    assert counts(batch) == {"no_vessel": 1}
    assert batch.statics == ()


def test_words_for_status_and_receiver(read):
    head = "mmsi,time,lat,lon,status,collection_type\n"
    batch = read(
        head
        + "440000001,2024-01-01T00:00:00Z,38,124,At anchor,satellite\n"
        + "440000001,2024-01-01T00:00:00Z,38,124,5,terrestrial\n"
        + "440000001,2024-01-01T00:00:00Z,38,124,Unknown value,\n"
    )
    assert batch.reports.nav_status.tolist() == [1, 5, 15]
    assert batch.reports.receiver.tolist() == [Receiver.SATELLITE, Receiver.TERRESTRIAL, 0]


def test_without_a_vessel_column_the_file_is_one_track(read):
    batch = read("time,lat,lon\n2024-01-01T00:00:00Z,38,124\n", name="patrol 7.csv")
    assert batch.own_ids == {vessel_key("patrol 7.csv"): "patrol 7.csv"}
    assert NO_ID_COLUMN.format(name="patrol 7.csv") in batch.warnings


def test_an_id_that_numbers_the_rows_is_doubted(read):
    rows = [f"{i},2024-01-01T00:00:00Z,38,124" for i in range(20)]
    batch = read("id,time,lat,lon\n" + "\n".join(rows))
    assert ONE_ROW_EACH.format(column="own_id") in batch.warnings


def test_swapped_longitude_and_latitude_are_rejected_and_told(read):
    row = "440000001,2024-01-01T00:00:00Z,124.25,38.5\n"
    batch = read("mmsi,time,lat,lon\n" + row * 5)
    assert counts(batch) == {"latitude_out_of_range": 5}
    assert SWAPPED in batch.warnings


def test_a_few_garbage_latitudes_are_not_taken_for_swapped(read):
    batch = read(HEAD + ROW * 5 + ROW.replace("38.5", "124.5"))
    assert SWAPPED not in batch.warnings


def test_speeds_in_tenths_are_told_and_divided(read):
    rows = "".join(
        f"440000001,2024-01-01T00:00:00Z,38,124,{speed},0,0\n" for speed in (85, 102, 110, 1023) * 5
    )
    batch = read(HEAD + rows)
    assert TENFOLD in batch.warnings
    assert batch.reports.sog_kn[0] == 8.5
    assert np.isnan(batch.reports.sog_kn[3])


def test_fast_craft_are_not_taken_for_tenths(read):
    rows = "".join(f"440000001,2024-01-01T00:00:00Z,38,124,{speed},0,0\n" for speed in range(20, 50))
    assert read(HEAD + rows).reports.sog_kn.max() == 49


@pytest.mark.parametrize(
    ("header", "row", "form"),
    [
        (
            (
                "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,"
                "Status,Length,Width,Draft,Cargo,TransceiverClass"
            ),
            (
                "367752440,2023-01-11T00:00:00,43.0,-70.5,1.5,360.0,95.0,SAN JOSE,IMO9307839,"
                "WDI9818,31,0.0,20,6,2.5,52.0,A"
            ),
            "marinecadastre",
        ),
        (
            (
                "mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,"
                "vessel_type,status,length,width,draft,cargo,transceiver"
            ),
            (
                "367752440,2023-01-11 00:00:00,-70.5,43.0,1.5,360.0,95.0,SAN JOSE,IMO9307839,"
                "WDI9818,31,0,20,6,2.5,52,A"
            ),
            "marinecadastre",
        ),
        (
            (
                "MMSI,Message_ID,Repeat_indicator,Time,Millisecond,Region,Country,Base_station,"
                "Longitude,Latitude,SOG,COG,Heading,Navigational_status,Vessel_Name,IMO,Call_sign,"
                "Ship_Type,Dimension_to_Bow,Dimension_to_stern,Dimension_to_port,"
                "Dimension_to_starboard,Draught,TransceiverClass"
            ),
            (
                "367752440,1,0,20230110_235959,1000,66,,,-70.5,43.0,1.5,None,95.0,0,SAN JOSE,"
                "9307839,WDI9818,31,15,5,2,4,25,A"
            ),
            "exactearth",
        ),
    ],
)
def test_providers_layouts(read, header, row, form):
    batch = read(f"{header}\n{row}\n")
    assert batch.format == form
    assert batch.reports.time_s.tolist() == [1673395200.0]
    assert (batch.reports.lon_deg[0], batch.reports.lat_deg[0]) == (-70.5, 43.0)
    assert np.isnan(batch.reports.cog_deg[0])
    assert NO_ZONE not in batch.warnings
    (ship,) = batch.statics
    assert (ship.name, ship.imo, ship.ship_type) == ("SAN JOSE", 9307839, 31)
    assert (ship.length_m, ship.beam_m, ship.draught_m) == (20, 6, 2.5)
    assert ship.ais_class is AisClass.A


SIDES = "MMSI,Timestamp,Latitude,Longitude,to_bow,to_stern,to_port,to_starboard,length,width"


@pytest.mark.parametrize(
    ("said", "size_m", "antenna_m"),
    [
        ("200,50,10,22,,", (250, 32), (-75, -6)),  # abaft the middle, and to port of it
        ("0,90,4,10,,", (90, 14), (45, -3)),  # at the bow
        ("0,90,0,14,,", (90, 14), (None, None)),  # nothing to bow and port: not known
        ("0,0,0,0,,", (None, None), (None, None)),
        ("-5,100,4,10,,", (None, 14), (None, None)),
        ("inf,100,4,10,,", (None, 14), (None, None)),
        ("5,511,63,63,,", (516, 126), (None, None)),  # or farther
        ("30,,3,3,90,14", (90, 14), (None, None)),
        ("20,70,4,10,90,14", (90, 14), (25, -3)),
    ],
)
def test_four_distances_tell_sizes_and_where_the_antenna_stands(read, said, size_m, antenna_m):
    row = f"440000001,2024-01-01T00:00:00Z,38.5,124.25,{said}"
    named = "440000001,2024-01-01T00:05:00Z,38.5,124.25,,,,,,"
    statics = read(f"{SIDES}\n{row}\n{named}\n").statics
    if size_m == (None, None):
        assert statics == ()
        return
    (ship,) = statics
    assert (ship.length_m, ship.beam_m) == size_m
    assert (ship.antenna_ahead_m, ship.antenna_abeam_m) == antenna_m


def test_an_antenna_that_is_told_anew_is_news(read):
    rows = [
        f"440000001,2024-01-01T00:0{n}:00Z,38.5,124.25,{bow},{90 - bow},4,10,,"
        for n, bow in enumerate((20, 20, 70))
    ]
    statics = read("\n".join([SIDES, *rows, ""])).statics
    assert [each.antenna_ahead_m for each in statics] == [25, -25]


def test_a_missing_column_is_named_beside_those_found(read):
    with pytest.raises(ReadError, match=r"no column for time or lat or lon.*mmsi, when, speed") as error:
        read("mmsi,time,speed\n1,2,3\n".replace("time", "when"))
    assert "time" in str(error.value)


def test_a_missing_header_is_told(read):
    with pytest.raises(ReadError, match="line 1 should name the columns but holds values"):
        read(ROW * 3)


def test_a_header_alone_is_told(read):
    with pytest.raises(ReadError, match="no line after it"):
        read(HEAD)


AMBIGUOUS = "ship,when,breite,laenge\nWolmi,01/02/2024 00:00:00,38.5,124.25\n"


def test_a_user_can_pin_the_columns(read):
    with pytest.raises(ReadError, match="no column for time or lat or lon"):
        read(AMBIGUOUS)
    pins = {"own_id": "ship", "time": "when", "lat": "breite", "lon": "laenge"}
    batch = read(AMBIGUOUS, columns=pins)
    assert batch.reports.lon_deg.tolist() == [124.25]
    assert list(batch.own_ids.values()) == ["Wolmi"]
    assert any("whether day or month comes first" in warning for warning in batch.warnings)


@pytest.mark.parametrize(("is_day_first", "time_s"), [(True, 1706745600.0), (False, 1704153600.0)])
def test_a_user_can_say_which_comes_first(read, is_day_first, time_s):
    row = ROW.replace("2024-01-01T00:00:00Z", "01/02/2024 00:00:00")
    batch = read(HEAD + row, is_day_first=is_day_first)
    assert batch.reports.time_s.tolist() == [time_s]
    assert not any("month" in warning for warning in batch.warnings)


def test_a_pinned_column_that_is_not_there_is_told(read):
    batch = read(HEAD + ROW, columns={"lat": "breite"})
    assert batch.reports.lat_deg.tolist() == read(HEAD + ROW).reports.lat_deg.tolist()
    assert any("lat=breite" in warning and "'lat'" in warning for warning in batch.warnings)
    with pytest.raises(ReadError, match="no column for lat"):
        read((HEAD + ROW).replace("lat", "q"), columns={"lat": "breite"})


def test_rows_of_a_second_file_continue_the_count(read):
    assert read(HEAD + ROW, first_row=100).reports.source_row.tolist() == [100]
