"""Writers of every format for the tests: the same tracks, written as each provider would.

A track here is (mmsi, name, positions); a position is (time_s, lon, lat, sog, cog). Times are whole
seconds, places whole 1/10000 minutes, speeds and courses whole tenths, so that AIS can carry them.
"""

import io
import json
import math
import zipfile
from datetime import UTC, datetime
from itertools import pairwise

import geopandas as gpd
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyais import encode_dict

STEP_DEG = 1 / 600_000
TRACKS = [
    (
        440000001,
        "WOLMI",
        [
            (1_704_067_200 + 60 * i, 74_100_000 * STEP_DEG + i / 50, 38.5 - i / 100, 8.5, 90.5 + i)
            for i in range(15)
        ],
    ),
    (
        445000002,
        "HAE 1",
        [(1_704_067_215 + 45 * i, 123.25, -1.5 + i / 20, 0.0, 0.0) for i in range(13)],
    ),
]


def when(time_s, form="%Y-%m-%dT%H:%M:%SZ"):
    return datetime.fromtimestamp(time_s, UTC).strftime(form)


def rows():
    for mmsi, name, positions in TRACKS:
        for time_s, lon, lat, sog, cog in positions:
            yield mmsi, name, time_s, lon, lat, sog, cog


def table(header, cells, delimiter=","):
    lines = [delimiter.join(header)]
    lines += [delimiter.join(str(cell) for cell in cells(*row)) for row in rows()]
    return "\n".join(lines) + "\n"


def csv():
    header = ["mmsi", "timestamp", "lat", "lon", "sog", "cog", "name"]
    return table(header, lambda m, n, t, x, y, s, c: (m, when(t), y, x, s, c, n))


def decimal_comma():
    header = ["mmsi", "timestamp", "lat", "lon", "sog", "cog", "name"]
    text = table(header, lambda m, n, t, x, y, s, c: (m, t, y, x, s, c, n), ";")
    return text.replace(".", ",")


def utf16():
    return csv().encode("utf-16")


def marinecadastre():
    header = [
        "mmsi",
        "base_date_time",
        "longitude",
        "latitude",
        "sog",
        "cog",
        "heading",
        "vessel_name",
        "imo",
        "call_sign",
        "vessel_type",
        "status",
        "length",
        "width",
        "draft",
        "cargo",
        "transceiver",
    ]
    return table(
        header,
        lambda m, n, t, x, y, s, c: (
            m, when(t, "%Y-%m-%d %H:%M:%S"), x, y, s, c, 511, n, "", "", 70, 0, "", "", "", "", "A",
        ),
    )  # fmt: skip


def dma():
    header = [
        "# Timestamp",
        "Type of mobile",
        "MMSI",
        "Latitude",
        "Longitude",
        "Navigational status",
        "ROT",
        "SOG",
        "COG",
        "Heading",
        "IMO",
        "Callsign",
        "Name",
        "Ship type",
        "Cargo type",
        "Width",
        "Length",
        "Type of position fixing device",
        "Draught",
        "Destination",
        "ETA",
        "Data source type",
        "A",
        "B",
        "C",
        "D",
    ]
    return table(
        header,
        lambda m, n, t, x, y, s, c: (
            when(t, "%d/%m/%Y %H:%M:%S"), "Class A", m, y, x, "Under way using engine", "", s, c,
            "", "Unknown", "Unknown", n, "Cargo", "", "", "", "GPS", "", "Unknown", "", "AIS", "",
            "",            "", "",
        ),
    )  # fmt: skip


def kystverket():
    header = [
        "mmsi",
        "lon",
        "lat",
        "date_time_utc",
        "sog",
        "cog",
        "true_heading",
        "nav_status",
        "rot",
        "message_nr",
        "source",
    ]
    return table(
        header,
        lambda m, _, t, x, y, s, c: (
            m, x, y, when(t, "%Y-%m-%d %H:%M:%S"), s, c, 511, 0, "", 1, "g"
        ),
        ";",
    )  # fmt: skip


def spire():
    header = [
        "created_at",
        "timestamp",
        "mmsi",
        "msg_type",
        "latitude",
        "longitude",
        "speed",
        "course",
        "heading",
        "rot",
        "imo",
        "name",
        "call_sign",
        "flag",
        "draught",
        "ship_and_cargo_type",
        "length",
        "width",
        "eta",
        "destination",
        "status",
        "maneuver",
        "accuracy",
        "collection_type",
    ]
    text = table(
        header,
        lambda m, _, t, x, y, s, c: (
            when(t + 9), when(t), m, 1, y, x, s, c, *[""] * 15, "satellite",
        ),
    )  # fmt: skip
    for mmsi, name, positions in TRACKS:
        moment = when(positions[0][0])
        text += ",".join([moment, moment, str(mmsi), "5", *[""] * 7, name, *[""] * 12]) + "\n"
    return text


def nari():
    header = [
        "sourcemmsi",
        "navigationalstatus",
        "rateofturn",
        "speedoverground",
        "courseoverground",
        "trueheading",
        "lon",
        "lat",
        "t",
    ]
    return table(header, lambda m, _, t, x, y, s, c: (m, 0, -127, s, c, 511, x, y, t))


def gfw_training():
    header = [
        "mmsi",
        "timestamp",
        "distance_from_shore",
        "distance_from_port",
        "speed",
        "course",
        "lat",
        "lon",
        "is_fishing",
        "source",
    ]
    return table(header, lambda m, _, t, x, y, s, c: (m, float(t), 0, 0, s, c, y, x, -1, "gfw"))


def marinetraffic_csv():
    header = [
        "MMSI",
        "SHIP_ID",
        "LAT",
        "LON",
        "SPEED",
        "COURSE",
        "HEADING",
        "TIMESTAMP",
        "DSRC",
        "SHIPNAME",
    ]
    return table(
        header,
        lambda m, n, t, x, y, s, c: (
            m, 7, y, x, round(s * 10), c, -1, when(t, "%Y-%m-%dT%H:%M:%S"), "TER", n
        ),
    )  # fmt: skip


def marinetraffic_objects():
    return json.dumps(
        [
            {
                "MMSI": str(m), "SHIP_ID": "7", "LAT": str(y), "LON": str(x),
                "SPEED": str(round(s * 10)), "COURSE": str(c), "HEADING": "511", "STATUS": "0",
                "TIMESTAMP": when(t, "%Y-%m-%dT%H:%M:%S"), "DSRC": "SAT", "SHIPNAME": n,
            }
            for m, n, t, x, y, s, c in rows()
        ]
    )  # fmt: skip


def marinetraffic_arrays():
    return json.dumps(
        [
            [str(m), "0", str(round(s * 10)), str(x), str(y), str(c), "511",
             when(t, "%Y-%m-%dT%H:%M:%S"), "7"]
            for m, n, t, x, y, s, c in rows()
        ]
    )  # fmt: skip


def marinetraffic_xml():
    fields = "".join(
        f'<row MMSI="{m}" SHIP_ID="7" LAT="{y}" LON="{x}" SPEED="{round(s * 10)}" COURSE="{c}" '
        f'HEADING="511" STATUS="0" TIMESTAMP="{when(t)[:-1]}" DSRC="TER" SHIPNAME="{n}"/>'
        for m, n, t, x, y, s, c in rows()
    )
    return f'<?xml version="1.0" encoding="utf-8"?><POS>{fields}</POS>'


def vesselfinder_xml():
    fields = "".join(
        f"<vessel><AIS><MMSI>{m}</MMSI><TIMESTAMP>{when(t, '%Y-%m-%d %H:%M:%S UTC')}</TIMESTAMP>"
        f"<LATITUDE>{y}</LATITUDE><LONGITUDE>{x}</LONGITUDE><COURSE>{c}</COURSE><SPEED>{s}</SPEED>"
        f"<HEADING>511</HEADING><NAME>{n}</NAME><TYPE>70</TYPE><A>10</A><B>90</B></AIS></vessel>"
        for m, n, t, x, y, s, c in rows()
    )
    return f"<vessels>{fields}</vessels>"


def aishub_human():
    header = {"ERROR": False, "USERNAME": "u", "FORMAT": "HUMAN", "RECORDS": 28}
    records = [
        {
            "MMSI": m, "TIME": when(t, "%Y-%m-%d %H:%M:%S GMT"), "LONGITUDE": x, "LATITUDE": y,
            "COG": c, "SOG": s, "HEADING": 511, "ROT": 128, "NAVSTAT": 0, "IMO": 0, "NAME": n,
            "CALLSIGN": "", "TYPE": 70, "A": 10, "B": 90, "C": 8, "D": 8, "DRAUGHT": 4.5,
            "DEST": "",
        }
        for m, n, t, x, y, s, c in rows()
    ]  # fmt: skip
    return json.dumps([header, records])


def aishub_raw():
    header = {"ERROR": False, "USERNAME": "u", "FORMAT": "AIS", "RECORDS": 28}
    records = [
        {
            "MMSI": m, "TIME": str(t), "LONGITUDE": round(x * 600_000),
            "LATITUDE": round(y * 600_000),
            "COG": round(c * 10), "SOG": round(s * 10), "HEADING": 511, "NAVSTAT": 0, "IMO": 0,
            "NAME": n, "TYPE": 70, "A": 10, "B": 90, "C": 8, "D": 8, "DRAUGHT": 45, "DEST": "",
        }
        for m, n, t, x, y, s, c in rows()
    ]  # fmt: skip
    return json.dumps([header, records])


def vesselfinder():
    return json.dumps(
        [
            {
                "AIS": {
                    "MMSI": m, "TIMESTAMP": when(t, "%Y-%m-%d %H:%M:%S UTC"), "LATITUDE": y,
                    "LONGITUDE": x, "COURSE": c, "SPEED": s, "HEADING": 511, "NAVSTAT": 0, "IMO": 0,
                    "NAME": n, "CALLSIGN": "", "TYPE": 70, "A": 10, "B": 90, "C": 8, "D": 8,
                    "DRAUGHT": 4.5, "DESTINATION": "", "ETA": None, "SRC": "TER",
                }
            }
            for m, n, t, x, y, s, c in rows()
        ]
    )  # fmt: skip


def barentswatch():
    return json.dumps(
        [
            {
                "courseOverGround": c, "latitude": y, "longitude": x, "name": n, "rateOfTurn": 0,
                "shipType": 70, "speedOverGround": s, "trueHeading": 511, "navigationalStatus": 0,
                "mmsi": m, "msgtime": when(t, "%Y-%m-%dT%H:%M:%S+00:00"),
            }
            for m, n, t, x, y, s, c in rows()
        ]
    )  # fmt: skip


def aisstream():
    lines = []
    for m, n, t, x, y, s, c in rows():
        meta = {"MMSI": m, "ShipName": n, "latitude": y, "longitude": x}
        meta["time_utc"] = when(t, "%Y-%m-%d %H:%M:%S.000000000 +0000 UTC")
        body = {
            "MessageID": 1, "UserID": m, "Valid": True, "Longitude": x, "Latitude": y, "Sog": s,
            "Cog": c, "TrueHeading": 511, "NavigationalStatus": 0, "Timestamp": 1,
        }  # fmt: skip
        lines.append({"MessageType": "PositionReport", "MetaData": meta, "Message": {"PositionReport": body}})
        ship = {"MessageID": 5, "UserID": m, "Name": n, "Type": 70, "ImoNumber": 0}
        ship["Dimension"] = {"A": 10, "B": 90, "C": 8, "D": 8}
        lines.append({"MessageType": "ShipStaticData", "MetaData": meta, "Message": {"ShipStaticData": ship}})
    return "\n".join(map(json.dumps, lines))


def aiscatcher():
    return "\n".join(
        json.dumps(
            {
                "class": "AIS", "device": "AIS-catcher", "rxtime": when(t, "%Y%m%d%H%M%S"),
                "scaled": True, "channel": "A", "nmea": ["!AIVDM,1,1,,A,x,0*00"], "type": 1,
                "mmsi": m, "status": 0, "lon": x, "lat": y, "speed": s, "course": c, "heading": 511,
                "shipname": n,
            }
        )
        for m, n, t, x, y, s, c in rows()
    )  # fmt: skip


def gpsd():
    lines = [{"class": "VERSION", "release": "3.25", "rev": "3.25", "proto_major": 3}]
    for m, n, t, x, y, s, c in rows():
        lines.append({"class": "TPV", "mode": 3, "time": when(t), "lat": 0.0, "lon": 0.0})
        lines.append(
            {
                "class": "AIS", "device": "stdin", "type": 1, "mmsi": m, "scaled": True,
                "status": 0, "turn": "nan", "speed": s, "lon": x, "lat": y, "course": c,
                "heading": 511, "second": 1, "shipname": n,
            }
        )  # fmt: skip
    return "\n".join(map(json.dumps, lines))


def gpsd_raw():
    """Write the whole numbers that were sent, as `gpsdecode -u` does."""
    lines = [json.loads(line) for line in gpsd().splitlines()]
    units = {"lon": 600_000, "lat": 600_000, "speed": 10, "course": 10}
    for line in lines:
        if line["class"] == "AIS":
            line |= {"scaled": False, **{key: round(line[key] * unit) for key, unit in units.items()}}
    return "\n".join(map(json.dumps, lines))


def own_tracks():
    return json.dumps(
        {
            "tracks": [
                {
                    "vessel": {"mmsi": mmsi, "name": name},
                    "positions": [
                        {"time": when(t), "lon": x, "lat": y, "sog": s, "cog": c}
                        for t, x, y, s, c in positions
                    ],
                }
                for mmsi, name, positions in TRACKS
            ]
        }
    )


def ndjson():
    return "\n".join(
        json.dumps({"mmsi": m, "t": t, "lat": y, "lon": x, "sog": s, "cog": c, "name": n})
        for m, n, t, x, y, s, c in rows()
    )


def ndjson_log():
    lines = []
    for m, n, t, x, y, s, c in rows():
        record = {"mmsi": m, "lat": y, "lon": x, "sog": s, "cog": c, "name": n}
        lines.append(f"{when(t)} INFO {json.dumps(record)}")
    return "\n".join(lines)


def by_mmsi():
    found = {}
    for mmsi, name, positions in TRACKS:
        keys = ("t", "lon", "lat", "sog", "cog")
        found[str(mmsi)] = [{**dict(zip(keys, p, strict=True)), "name": name} for p in positions]
    return json.dumps(found)


def signalk():
    lines = []
    for m, n, t, x, y, s, c in rows():
        values = {
            "navigation.position": {"longitude": x, "latitude": y},
            "navigation.speedOverGround": s * 1852 / 3600,
            "navigation.courseOverGroundTrue": math.radians(c),
            "": {"name": n},
        }
        update = {"timestamp": when(t), "values": [{"path": p, "value": v} for p, v in values.items()]}
        lines.append({"context": f"vessels.urn:mrn:imo:mmsi:{m}", "updates": [update]})
    return "\n".join(map(json.dumps, lines))


def digitraffic_mqtt():
    lines = []
    for m, n, t, x, y, s, c in rows():
        place = {"time": t, "sog": s, "cog": c, "navStat": 0, "heading": 511, "lon": x, "lat": y}
        lines.append(f"vessels-v2/{m}/location {json.dumps(place)}")
        ship = {"timestamp": t * 1000, "name": n, "draught": 45, "imo": 0, "type": 70}
        lines.append(f"vessels-v2/{m}/metadata {json.dumps(ship)}")
    return "\n".join(lines)


def geojson_points():
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [x, y]},
                    "properties": {"mmsi": m, "timestamp": when(t), "sog": s, "cog": c, "name": n},
                }
                for m, n, t, x, y, s, c in rows()
            ],
        }
    )


def geojson_sequence():
    return "\n".join(map(json.dumps, json.loads(geojson_points())["features"]))


def digitraffic():
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "mmsi": m,
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [x, y]},
                    "properties": {
                        "mmsi": m, "sog": s, "cog": c, "navStat": 0, "rot": 0, "posAcc": True,
                        "raim": False, "heading": 511, "timestamp": 59,
                        "timestampExternal": t * 1000,
                    },
                }
                for m, n, t, x, y, s, c in rows()
            ],
        }
    )  # fmt: skip


def geojson_lines(vertex, properties):
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {
                        "type": "LineString",
                        "coordinates": [vertex(p) for p in positions],
                    },
                    "properties": {"mmsi": mmsi, "name": name, **properties(positions)},
                }
                for mmsi, name, positions in TRACKS
            ],
        }
    )


def geojson_coord_times():
    return geojson_lines(lambda p: [p[1], p[2]], lambda ps: {"coordTimes": [when(p[0]) for p in ps]})


def geojson_kepler():
    return geojson_lines(lambda p: [p[1], p[2], 0, p[0]], lambda _: {})


def mf_json_trajectory():
    return geojson_lines(lambda p: [p[1], p[2]], lambda ps: {"datetimes": [p[0] * 1000 for p in ps]})


def mf_json_moving_point():
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": str(mmsi),
                    "properties": {"name": name},
                    "temporalGeometry": {
                        "type": "MovingPoint",
                        "datetimes": [when(p[0]) for p in positions],
                        "coordinates": [[p[1], p[2]] for p in positions],
                        "interpolation": "Linear",
                    },
                    "temporalProperties": [
                        {
                            "datetimes": [when(p[0]) for p in positions],
                            "speed": {
                                "uom": "m/s",
                                "values": [p[3] * 1852 / 3600 for p in positions],
                            },
                            "course": {"values": [p[4] for p in positions]},
                        }
                    ],
                }
                for mmsi, name, positions in TRACKS
            ],
        }
    )


def mf_csv():
    lines = [
        (
            f"@stboundedby,urn:ogc:def:crs:CRS:1.3:84,2D,0 0,90 90,{when(1_704_067_200)},"
            f"{when(1_704_070_800)},sec"
        ),
        '@columns,mfidref,trajectory,"sog",xsd:double,"cog",xsd:double',
    ]
    for mmsi, _, positions in TRACKS:
        for (t, x, y, s, c), (t2, x2, y2, *_) in pairwise(positions):
            lines.append(f"{mmsi},{t - 1_704_067_200},{t2 - 1_704_067_200},{x} {y} {x2} {y2},{s},{c}")
    return "\n".join(lines)


def gpx():
    tracks = "".join(
        f"<trk><name>{mmsi}</name><trkseg>"
        + "".join(
            f'<trkpt lat="{y}" lon="{x}"><time>{when(t)}</time><extensions><x:speed>'
            f"{s * 1852 / 3600}</x:speed><x:course>{c}</x:course></extensions></trkpt>"
            for t, x, y, s, c in positions
        )
        + "</trkseg></trk>"
        for mmsi, _, positions in TRACKS
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"'
        f' xmlns:x="http://example.org/x">{tracks}</gpx>'
    )


def kml_of(placemark):
    marks = "".join(placemark(*track) for track in TRACKS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2" '
        f'xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>{marks}</Document></kml>'
    )


def kml_track():
    return kml_of(
        lambda mmsi, _, positions: (
            f"<Placemark><name>{mmsi}</name><gx:Track>"
            + "".join(f"<when>{when(p[0])}</when>" for p in positions)
            + "".join(f"<gx:coord>{p[1]} {p[2]} 0</gx:coord>" for p in positions)
            + "</gx:Track></Placemark>"
        )
    )


def kml_points():
    return kml_of(
        lambda mmsi, _, positions: "".join(
            f"<Placemark><ExtendedData><Data name='mmsi'><value>{mmsi}</value></Data>"
            f"</ExtendedData>"
            f"<TimeStamp><when>{when(p[0])}</when></TimeStamp><Point><coordinates>{p[1]},{p[2]},0"
            "</coordinates></Point></Placemark>"
            for p in positions
        )
    )


def frame():
    names = ["mmsi", "name", "t", "lon", "lat", "sog", "cog"]
    columns = dict(zip(names, zip(*rows(), strict=True), strict=True))
    stamps = [datetime.fromtimestamp(t, UTC) for t in columns.pop("t")]
    return pl.DataFrame({**columns, "timestamp": stamps})


def parquet():
    out = io.BytesIO()
    frame().write_parquet(out)
    return out.getvalue()


def geoparquet():
    columns = frame()
    points = shapely.to_wkb(shapely.points(columns["lon"].to_numpy(), columns["lat"].to_numpy()))
    arrow = columns.drop("lon", "lat").to_arrow().append_column("geometry", pa.array(points))
    geo = {"version": "1.1.0", "primary_column": "geometry"}
    geo["columns"] = {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}}
    out = io.BytesIO()
    pq.write_table(arrow.replace_schema_metadata({"geo": json.dumps(geo)}), out)
    return out.getvalue()


def feather():
    out = io.BytesIO()
    frame().write_ipc(out)
    return out.getvalue()


def arrow_stream():
    out = io.BytesIO()
    frame().write_ipc_stream(out)
    return out.getvalue()


def geopackage(folder):
    columns = frame()
    places = gpd.points_from_xy(columns["lon"].to_list(), columns["lat"].to_list())
    data = {name: columns[name].to_list() for name in ("mmsi", "name", "sog", "cog")}
    data["timestamp"] = pd.to_datetime(columns["timestamp"].to_list(), utc=True)
    path = folder / "tracks.gpkg"
    gpd.GeoDataFrame(data, geometry=places, crs="EPSG:4326").to_file(path, engine="pyogrio")
    return path.read_bytes()


def checked(body):
    total = 0
    for char in body:
        total ^= ord(char)
    return f"{body}*{total:02X}"


def nmea(write=lambda time_s, sentence: f"\\{checked(f'c:{time_s}')}\\{sentence}"):
    lines = []
    for m, n, t, x, y, s, c in rows():
        fields = {"lon": x, "lat": y, "speed": s, "course": c, "heading": 511, "second": t % 60}
        (sentence,) = encode_dict({"msg_type": 1, "mmsi": m, "status": 0, **fields})
        lines.append(write(t, sentence))
        first, second = encode_dict({"msg_type": 5, "mmsi": m, "shipname": n, "ship_type": 70})
        lines.append(write(t, first) + "\n" + second)
    return "\n".join(lines)


def nmea_trailing():
    return nmea(lambda time_s, sentence: f"{sentence},r003669946,{time_s}")


def nmea_prefix():
    return nmea(lambda time_s, sentence: f"{when(time_s)};{sentence}")


def nmea_gatehouse():
    parts = "%Y,%m,%d,%H,%M,%S"
    return nmea(lambda time_s, sentence: f"$PGHP,1,{when(time_s, parts)},0,219,,2190067,1,00*00\n{sentence}")


def nmea_table():
    header = "# timestamp_format: ISO\nreceived_at,protocol,msg_type,source,raw_data\n"
    return header + nmea(lambda time_s, sentence: f'{when(time_s)},NMEA0183,AIVDM,,"{sentence}"')


def nmea_table_without_header():
    return nmea(lambda time_s, sentence: f'rx7,"{sentence}",{when(time_s)}')


def nmea_brackets():
    return nmea(lambda time_s, sentence: f"[{when(time_s, '%Y-%m-%d %H:%M:%S')}] {sentence}")


def nmea_syslog():
    return nmea(lambda time_s, sentence: f"<134>1 {when(time_s)} host ais 812 - - {sentence}")


def nmea_annotated():
    note = "( MSG: 1, REPEAT: 0, MMSI: 636000202, signalpower: -44.0, ppm: 0, timestamp: {})"
    return nmea(lambda time_s, sentence: f"{sentence} {note.format(when(time_s, '%Y%m%d%H%M%S'))}")


def nmea_without_checksums():
    def write(time_s, sentence):
        return f"{time_s};{sentence.partition('*')[0]}"

    return "\n".join(line.partition("*")[0] for line in nmea(write).splitlines())


def nmea_json():
    record = {"class": "AIS", "device": "AIS-catcher", "scaled": True, "channel": "A"}

    def write(time_s, sentence):
        return json.dumps({**record, "rxtime": when(time_s, "%Y%m%d%H%M%S"), "nmea": [sentence]})

    lines = nmea(write).splitlines()
    return "\n".join(line if line.startswith("{") else json.dumps({"nmea": line}) for line in lines)


EXCEL_DAY_OF_1970 = 25_569
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>'
    "</worksheet>"
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships">{}<sheets>{}</sheets></workbook>'
)
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/>'
    '</fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1">'
    '<xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/>'
    '<xf numFmtId="21" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def excel_day(time_s):
    return EXCEL_DAY_OF_1970 + time_s / 86_400


def excel_cell(value, where):
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f'<c r="{where}" s="1"><v>{excel_day(value.timestamp())!r}</v></c>'
    if isinstance(value, str):
        return f'<c r="{where}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{where}"><v>{value!r}</v></c>'


def excel_sheet(table):
    lines = []
    for number, row in enumerate(table, start=1):
        cells = (excel_cell(value, f"{chr(65 + place)}{number}") for place, value in enumerate(row))
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return SHEET.format("".join(lines))


def workbook(sheets, properties=""):
    """Write sheets, by their names: rows of texts, numbers and moments, or the XML of a sheet."""
    numbers = range(1, len(sheets) + 1)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    names = (
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for name, n in zip(sheets, numbers, strict=True)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{kind}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    links += f'<Relationship Id="rs" Type="{kind}/styles" Target="styles.xml"/>'
    of_package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{of_package}/content-types"/>',
        "xl/workbook.xml": BOOK.format(properties, "".join(names)),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{of_package}/relationships">{links}'
        "</Relationships>",
        "xl/styles.xml": STYLES,
        "_rels/.rels": f'<Relationships xmlns="{of_package}/relationships"><Relationship Id="r" '
        f'Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    for number, content in zip(numbers, sheets.values(), strict=True):
        sheet = content if isinstance(content, str) else excel_sheet(content)
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def excel_table(time=lambda t: datetime.fromtimestamp(t, UTC)):
    header = ["MMSI", "Timestamp", "Latitude", "Longitude", "SOG", "COG", "Name"]
    return [header, *([m, time(t), y, x, s, c, n] for m, n, t, x, y, s, c in rows())]


def xlsx():
    return workbook({"Tracks": excel_table()})


def shapefile(folder, time="timestamp", crs="EPSG:4326"):
    columns = frame()
    places = gpd.points_from_xy(columns["lon"].to_list(), columns["lat"].to_list())
    data = {name: columns[name].to_list() for name in ("mmsi", "name", "sog", "cog")}
    data[time] = [when(row[2]) for row in rows()]
    path = folder / "tracks.shp"
    gpd.GeoDataFrame(data, geometry=places, crs=crs).to_file(path, engine="pyogrio")
    return path
