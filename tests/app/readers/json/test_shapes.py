"""What is special in each provider's JSON, beyond positions that read back equal."""

import json

import numpy as np
import pytest
import writers
from accounting import counts

from app.readers import SHAPES, ReadError
from app.readers.base.speeds import TENFOLD
from detectors.tracks.codes import AisClass, Receiver
from detectors.tracks.reports import vessel_key

FIRST = writers.TRACKS[0]


def changed(text, **changes):
    document = json.loads(text)
    document[0].update(changes)
    return json.dumps(document)


def test_marinetraffic_tells_receiver_and_speed_in_tenths(read):
    batch = read(writers.marinetraffic_objects())
    assert set(batch.reports.receiver) == {Receiver.SATELLITE}
    assert TENFOLD not in batch.warnings


def test_marinetraffic_arrays_of_vessel_positions(read):
    row = ["440000001", "9393163", "7", "38.5", "124.25", "85", "91", "90", "1"]
    batch = read(json.dumps([[*row, "2024-01-01T00:00:00", "SAT", "59"], ["x"], 7]))
    assert (batch.format, len(batch.reports)) == ("marinetraffic", 1)
    assert (batch.reports.lat_deg[0], batch.reports.sog_kn[0]) == (38.5, 8.5)
    assert (batch.reports.heading_deg[0], batch.reports.cog_deg[0]) == (91, 90)
    assert batch.statics[0].imo == 9393163
    assert counts(batch) == {"not_a_record": 2}


def test_aishub_raw_units_and_raw_sentinels(read):
    header, records = json.loads(writers.aishub_raw())
    records = [
        records[0],
        {**records[0], "SOG": 1023, "COG": 3600},
        {**records[0], "LONGITUDE": 108_600_000, "LATITUDE": 54_600_000},
    ]
    batch = read(json.dumps([header, records]))
    assert np.isnan(batch.reports.sog_kn[1])
    assert np.isnan(batch.reports.cog_deg[1])
    assert counts(batch) == {"position_not_available": 1}
    (ship,) = batch.statics
    assert (ship.length_m, ship.beam_m, ship.ship_type) == (100, 16, 70)
    assert ship.draught_m == pytest.approx(4.5)


def test_aishub_errors_are_passed_on(read):
    text = json.dumps([{"ERROR": True, "USERNAME": "u", "ERROR_MESSAGE": "Too frequent requests!"}])
    with pytest.raises(ReadError, match="Too frequent requests!"):
        read(text)


def test_vesselfinder_with_one_vessel_and_broken_ones(read):
    records = json.loads(writers.vesselfinder())
    batch = read(json.dumps([*records[:2], {"AIS": None}, {"MASTER": 1}, 5]))
    assert counts(batch) == {"not_a_record": 3}
    assert batch.statics[0].draught_m == 4.5
    assert len(read(json.dumps(records[0])).reports) == 1


def test_aisstream_keeps_nanoseconds_types_and_static_parts(read):
    meta = {"MMSI": 440000001, "time_utc": "2024-01-01 00:00:00.250011109 +0000 UTC"}
    class_b = {"MessageID": 18, "UserID": 440000001, "Latitude": 38.5, "Longitude": 124.0}
    ship = {
        "PartNumber": True,
        "ReportA": {"Valid": False, "Name": "NOT THIS"},
        "ReportB": {
            "Valid": True,
            "CallSign": "P7AB",
            "Dimension": {"A": 8, "B": 4, "C": 2, "D": 2},
        },
    }
    station = {"MessageID": 4, "UserID": 2190067, "Latitude": 38.5, "Longitude": 124.0}
    rows = [
        ("StandardClassBPositionReport", class_b),
        ("StaticDataReport", ship),
        ("BaseStationReport", station),
        ("UnknownMessage", {}),
    ]
    lines = [{"MessageType": k, "MetaData": meta, "Message": {k: body}} for k, body in rows]
    batch = read("\n".join(map(json.dumps, lines)))
    assert batch.reports.time_s[0] == pytest.approx(1704067200.250011)
    assert batch.reports.msg_type.tolist() == [18]
    assert {(s.callsign, s.length_m, s.name) for s in batch.statics} >= {("P7AB", 12.0, None)}
    assert batch.statics[0].ais_class is AisClass.B
    assert counts(batch) == {"base_station": 1, "no_position": 1}


def test_gpsd_in_raw_units_takes_the_time_base(read):
    report = {
        "class": "AIS", "type": 1, "mmsi": 440000001, "scaled": False, "speed": 85,
        "lon": 74_550_000, "lat": 23_100_000, "course": 905, "heading": 511, "second": 7,
    }  # fmt: skip
    text = "\n".join(json.dumps({**report, "second": s}) for s in (7, 60))
    with pytest.raises(ReadError, match="`time_base`"):
        read(text)
    batch = read(text, time_base_s=1_704_067_230.0)
    assert batch.reports.time_s.tolist() == [1_704_067_207.0, 1_704_067_230.0]
    assert (batch.reports.lon_deg[0], batch.reports.lat_deg[0]) == (124.25, 38.5)
    assert (batch.reports.sog_kn[0], batch.reports.cog_deg[0]) == (8.5, 90.5)


def gpsd_report(**fields):
    values = {"class": "AIS", "type": 1, "mmsi": 440000001, "scaled": True, "lon": 124.25, "lat": 38.5}
    return {**values, "speed": 8.5, "course": 90.5, **fields}


def gpsd_lines(*lines):
    return "\n".join(json.dumps(line) for line in lines)


LONG_RANGE_RAW = {"type": 27, "lon": 74_550, "lat": 23_100, "speed": 12, "course": 87}
CLASS_A_RAW = {"type": 1, "lon": 74_550_000, "lat": 23_100_000, "speed": 85, "course": 905}
FIX = {"class": "TPV", "mode": 3, "time": "2024-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("raw", "sog", "cog"), [(CLASS_A_RAW, 8.5, 90.5), (LONG_RANGE_RAW, 12.0, 87.0)], ids=["1", "27"]
)
@pytest.mark.parametrize("said", [{"scaled": False}, {"scaled": None}], ids=["false", "not said"])
def test_gpsd_tells_the_unit_with_each_message(read, raw, sog, cog, said):
    batch = read(gpsd_lines(FIX, gpsd_report(**raw, **said), gpsd_report()))
    assert batch.reports.lon_deg.tolist() == pytest.approx([124.25, 124.25])
    assert batch.reports.lat_deg.tolist() == pytest.approx([38.5, 38.5])
    assert batch.reports.sog_kn.tolist() == pytest.approx([sog, 8.5])
    assert batch.reports.cog_deg.tolist() == pytest.approx([cog, 90.5])


def test_gpsd_fractions_are_degrees_even_where_no_unit_is_said(read):
    report = gpsd_report(speed=9, course=90)
    del report["scaled"]
    batch = read(gpsd_lines(FIX, report))
    assert (batch.reports.lon_deg[0], batch.reports.sog_kn[0]) == (124.25, 9.0)


def test_gpsd_long_range_knows_no_speed_of_63(read):
    batch = read(gpsd_lines(FIX, gpsd_report(**LONG_RANGE_RAW | {"speed": 63, "course": 511}, scaled=False)))
    assert np.isnan([batch.reports.sog_kn[0], batch.reports.cog_deg[0]]).all()


def test_gpsd_places_of_stations_and_of_measurements_are_nobodys_track(read):
    kinds = [gpsd_report(type=number) for number in (4, 8, 9, 17, 21)]
    batch = read(gpsd_lines(FIX, *kinds, gpsd_report()))
    assert len(batch.reports) == 1
    assert counts(batch) == {
        "not_a_record": 1, "base_station": 1, "sar_aircraft": 1, "aid_to_navigation": 1, "no_position": 2
    }  # fmt: skip


def test_gpsd_has_no_time_while_the_receiver_has_none(read):
    lost = [{"class": "TPV", "mode": 1}, {"class": "SKY", "time": FIX["time"]}]
    later = {**FIX, "time": "2024-01-01T01:00:00Z"}
    lines = [FIX, gpsd_report(), *lost, gpsd_report(), gpsd_report(), later, gpsd_report()]
    for base in (None, 1_704_000_000.0):
        batch = read(gpsd_lines(*lines), time_base_s=base)
        assert batch.reports.time_s.tolist() == [1_704_067_200.0, 1_704_070_800.0]
        assert counts(batch) == {"not_a_record": 4, "no_time": 2}


def test_gpsd_takes_the_time_base_where_no_fix_ever_had_a_time(read):
    lines = [{"class": "TPV", "mode": 1}, gpsd_report(second=7)]
    batch = read(gpsd_lines(*lines), time_base_s=1_704_067_230.0)
    assert batch.reports.time_s.tolist() == [1_704_067_207.0]


def test_gpsd_lines_of_other_kinds_are_counted(read):
    batch = read(writers.gpsd())
    assert counts(batch) == {"not_a_record": 29}


def test_geojson_points_without_geometry_or_time(read):
    features = json.loads(writers.geojson_points())["features"]
    features[0]["geometry"] = None
    del features[0]["properties"]["name"]
    features[1]["properties"]["timestamp"] = None
    features[2]["geometry"] = {"type": "Polygon", "coordinates": []}
    batch = read(json.dumps({"type": "FeatureCollection", "features": [*features, None]}))
    assert counts(batch) == {"no_position": 1, "no_time": 1, "not_a_record": 1}
    assert batch.static_rows == 1  # without a place, but with a name


def test_geojson_line_with_too_few_times(read):
    text = writers.geojson_coord_times()
    document = json.loads(text)
    document["features"][0]["properties"]["coordTimes"].pop()
    assert counts(read(json.dumps(document))) == {"no_time": 1}


def test_geojson_of_lines_and_points_together(read):
    lines = json.loads(writers.geojson_coord_times())["features"]
    points = json.loads(writers.geojson_points())["features"]
    marker = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}
    features = [*lines, *points, {**marker, "properties": None}]
    batch = read(json.dumps({"type": "FeatureCollection", "features": features}))
    assert len(batch.reports) == 2 * 28
    assert counts(batch) == {"no_vessel": 1}
    assert len(set(batch.reports.source_row.tolist())) == 56


def test_geojson_multi_line(read):
    feature = {
        "type": "Feature",
        "properties": {"id": "boat 7", "coordTimes": [["2024-01-01T00:00:00Z"], [1704067260]]},
        "geometry": {"type": "MultiLineString", "coordinates": [[[124, 38]], [[125, 38]]]},
    }
    batch = read(json.dumps(feature))
    assert batch.reports.time_s.tolist() == [1704067200.0, 1704067260.0]
    assert batch.own_ids == {vessel_key("boat 7"): "boat 7"}


def test_moving_point_takes_values_by_their_time(read):
    document = json.loads(writers.mf_json_moving_point())
    feature = document["features"][0]
    feature["temporalProperties"] = [
        {"datetimes": feature["temporalGeometry"]["datetimes"][1:2], "speed": {"values": [3.5]}}
    ]
    batch = read(json.dumps(feature))
    assert batch.reports.sog_kn[1] == 3.5
    assert np.isnan(batch.reports.sog_kn[[0, 2]]).all()


DOCUMENTS = [None, 1, "x", [], {}, [[]], [{}], [None], {"type": "Feature"}, [[1] * 9], {"AIS": 1}]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: type(shape).__name__)
@pytest.mark.parametrize("document", DOCUMENTS, ids=repr)
def test_recognising_a_shape_never_raises(shape, document):
    assert shape.recognises(document) in (True, False)


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "Feature"}',
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "FeatureCollection", "features": {}}',
        '{"type": "Feature", "temporalGeometry": {}}',
        '{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [1, 2, null]}}',
        '[{"AIS": {"MMSI": 1}}]',
        '[{"MessageType": 1, "Message": 2}]',
        '[{"ERROR": false, "FORMAT": "AIS"}, [1, 2]]',
        '[{"class": "AIS"}]',
    ],
)
def test_hollow_documents_are_counted_or_told(read, text):
    try:
        batch = read(text)
    except ReadError as error:
        assert str(error).startswith("track.csv")  # noqa: PT017 - either answer is right
    else:
        assert len(batch.reports) == 0


@pytest.mark.parametrize("where", ["feature", "properties"])
def test_geojson_features_that_were_seen(read, where):
    features = json.loads(writers.geojson_points())["features"]
    for feature in features:
        stamp = feature["properties"].pop("timestamp")
        feature["properties"]["timestamp"] = 59
        (feature if where == "feature" else feature["properties"])["seen"] = stamp
    batch = read(json.dumps({"type": "FeatureCollection", "features": features}))
    assert sorted(batch.reports.time_s.tolist()) == sorted(row[2] for row in writers.rows())


def test_geojson_with_a_time_of_its_own_is_not_dated_by_when_it_was_seen(read):
    features = json.loads(writers.geojson_points())["features"]
    for feature in features:
        feature["seen"] = "2030-01-01T00:00:00Z"
    batch = read(json.dumps({"type": "FeatureCollection", "features": features}))
    assert max(batch.reports.time_s) < 1_800_000_000
