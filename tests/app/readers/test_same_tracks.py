"""The same tracks, written in every format, read back equal."""

import bz2
import gzip
import io
import lzma
import zipfile

import numpy as np
import pyarrow as pa
import pytest
import writers

from app.readers import read_file

EXPECTED = sorted(
    (mmsi, time_s, lon, lat, sog, cog) for mmsi, _, time_s, lon, lat, sog, cog in writers.rows()
)
PLAIN = {
    "csv": (writers.csv, "csv"),
    "decimal comma": (writers.decimal_comma, "csv"),
    "utf-16": (writers.utf16, "csv"),
    "marinecadastre": (writers.marinecadastre, "marinecadastre"),
    "dma": (writers.dma, "dma"),
    "kystverket": (writers.kystverket, "kystverket"),
    "spire": (writers.spire, "spire"),
    "nari": (writers.nari, "nari"),
    "gfw_training": (writers.gfw_training, "gfw_training"),
    "marinetraffic csv": (writers.marinetraffic_csv, "marinetraffic"),
    "marinetraffic jsono": (writers.marinetraffic_objects, "marinetraffic"),
    "marinetraffic json": (writers.marinetraffic_arrays, "marinetraffic"),
    "marinetraffic xml": (writers.marinetraffic_xml, "marinetraffic"),
    "vesselfinder xml": (writers.vesselfinder_xml, "xml"),
    "aishub human": (writers.aishub_human, "aishub"),
    "aishub ais": (writers.aishub_raw, "aishub"),
    "vesselfinder": (writers.vesselfinder, "vesselfinder"),
    "barentswatch": (writers.barentswatch, "barentswatch"),
    "aisstream": (writers.aisstream, "aisstream"),
    "aiscatcher": (writers.aiscatcher, "aiscatcher"),
    "gpsd": (writers.gpsd, "gpsd"),
    "gpsd unscaled": (writers.gpsd_raw, "gpsd"),
    "tracks": (writers.own_tracks, "tracks"),
    "ndjson": (writers.ndjson, "ndjson"),
    "ndjson in a log": (writers.ndjson_log, "ndjson"),
    "json by mmsi": (writers.by_mmsi, "json"),
    "signalk": (writers.signalk, "signalk"),
    "digitraffic mqtt": (writers.digitraffic_mqtt, "digitraffic"),
    "geojson points": (writers.geojson_points, "geojson"),
    "geojson sequence": (writers.geojson_sequence, "geojson"),
    "digitraffic": (writers.digitraffic, "digitraffic"),
    "geojson coordTimes": (writers.geojson_coord_times, "geojson"),
    "geojson 4-D": (writers.geojson_kepler, "geojson"),
    "mf-json trajectory": (writers.mf_json_trajectory, "geojson"),
    "mf-json moving point": (writers.mf_json_moving_point, "mf-json"),
    "mf-csv": (writers.mf_csv, "mf-csv"),
    "gpx": (writers.gpx, "gpx"),
    "kml track": (writers.kml_track, "kml"),
    "kml points": (writers.kml_points, "kml"),
    "xlsx": (writers.xlsx, "xlsx"),
    "parquet": (writers.parquet, "parquet"),
    "geoparquet": (writers.geoparquet, "geoparquet"),
    "feather": (writers.feather, "arrow"),
    "arrow stream": (writers.arrow_stream, "arrow"),
    "nmea tag block": (writers.nmea, "nmea"),
    "nmea trailing": (writers.nmea_trailing, "nmea"),
    "nmea prefix": (writers.nmea_prefix, "nmea"),
    "nmea gatehouse": (writers.nmea_gatehouse, "nmea"),
    "nmea table": (writers.nmea_table, "nmea"),
    "nmea table without header": (writers.nmea_table_without_header, "nmea"),
    "nmea brackets": (writers.nmea_brackets, "nmea"),
    "nmea syslog": (writers.nmea_syslog, "nmea"),
    "nmea annotated": (writers.nmea_annotated, "nmea"),
    "nmea without checksums": (writers.nmea_without_checksums, "nmea"),
    "nmea json": (writers.nmea_json, "nmea"),
}
WITHOUT_SPEED = {
    "geojson coordTimes",
    "geojson 4-D",
    "mf-json trajectory",
    "kml track",
    "kml points",
}
WITHOUT_LAST_SPEED = {"mf-csv"}
WITHOUT_NAME = {
    "kystverket", "nari", "gfw_training", "marinetraffic json", "digitraffic", "mf-csv", "gpx",
    "kml track", "kml points",
}  # fmt: skip


def as_bytes(content):
    return content.encode() if isinstance(content, str) else content


def read_back(path, content):
    path.write_bytes(as_bytes(content))
    (batch,) = read_file(path)
    assert batch.rows == len(batch.reports) + batch.static_rows + batch.rejects.total
    return batch


def assert_positions(batch, *, speed="all"):
    r = batch.reports
    order = np.lexsort((r.time_s, r.vessel))
    mmsi, time_s, lon, lat, sog, cog = (np.array(c) for c in zip(*EXPECTED, strict=True))
    assert r.vessel[order].tolist() == mmsi.tolist()
    assert r.time_s[order].tolist() == time_s.tolist()
    np.testing.assert_allclose(r.lon_deg[order], lon, atol=1e-6)
    np.testing.assert_allclose(r.lat_deg[order], lat, atol=1e-6)
    assert np.isnan(r.heading_deg).all()
    if speed == "none":
        return
    same = np.ones(len(mmsi), bool) if speed == "all" else np.diff(mmsi, append=0) == 0
    np.testing.assert_allclose(r.sog_kn[order][same], sog[same], rtol=1e-6)
    np.testing.assert_allclose(r.cog_deg[order][same], cog[same], rtol=1e-6)


@pytest.mark.parametrize("name", PLAIN)
def test_every_format(tmp_path, name):
    write, form = PLAIN[name]
    batch = read_back(tmp_path / "upload", write())
    assert batch.format == form
    speed = "none" if name in WITHOUT_SPEED else "but last" if name in WITHOUT_LAST_SPEED else "all"
    assert_positions(batch, speed=speed)
    if name not in WITHOUT_NAME:
        names = {s.vessel: s.name for s in batch.statics if s.name}
        assert names == {mmsi: name for mmsi, name, _ in writers.TRACKS}
        if batch.format != "gpsd":
            assert batch.rejects.total == 0
    assert not batch.own_ids


@pytest.mark.parametrize("name", PLAIN)
def test_every_format_tells_how_its_columns_were_understood(tmp_path, name):
    batch = read_back(tmp_path / "upload", PLAIN[name][0]())
    told = {column.read_as: column for column in batch.columns}
    where = {"position"} if batch.format == "geoparquet" else {"lat", "lon"}
    assert {"time", *where} <= set(told)
    assert told["time"].used_share > 0.3
    if name not in WITHOUT_SPEED:
        assert "sog_kn" in told
    assert all(0 <= c.used_share <= 1 for c in batch.columns if c.used_share is not None)


def test_geopackage(tmp_path):
    batch = read_back(tmp_path / "upload", writers.geopackage(tmp_path))
    assert batch.format == "geopackage"
    assert_positions(batch)


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, as_bytes(content))
    return out.getvalue()


PACKED = {
    "gzip": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zstd": lambda content: pa.compress(content, codec="zstd", asbytes=True),
    "zip": lambda content: zipped(track=content),
    "zip in zip": lambda content: zipped(inner=zipped(track=content)),
    "gzip in zip": lambda content: zipped(inner=gzip.compress(content)),
}


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("write", [writers.csv, writers.nmea, writers.parquet, writers.kml_track])
def test_every_container(tmp_path, packing, write):
    speed = "none" if write is writers.kml_track else "all"
    batch = read_back(tmp_path / "upload", PACKED[packing](as_bytes(write())))
    assert_positions(batch, speed=speed)


def test_members_of_different_kinds(tmp_path):
    path = tmp_path / "upload"
    members = {
        "a.csv": writers.csv(),
        "b/c.json": writers.own_tracks(),
        "d.parquet": writers.parquet(),
    }
    path.write_bytes(zipped(**members, **{"photo.png": b"\x89PNG\r\n", "__MACOSX/x": "x"}))
    batches = read_file(path, "week.zip")
    assert [batch.format for batch in batches] == ["csv", "tracks", "parquet"]
    assert [batch.rejects.file for batch in batches] == [f"week.zip/{name}" for name in members]
    for batch in batches:
        assert_positions(batch)
    rows = [set(batch.reports.source_row.tolist()) for batch in batches]
    assert len(set.union(*rows)) == sum(map(len, rows))
    assert batches[0].warnings == ("week.zip/photo.png: a picture",)
