"""Parquet, Arrow and GeoPackage: damaged, projected, or lacking what is needed."""

import datetime as dt
import io
import json
from decimal import Decimal

import geopandas as gpd
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
import writers
from accounting import counts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.readers import ReadError, read_file
from app.readers.columnar import tables as columnar


def as_parquet(**columns):
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


def test_missing_values_are_told_from_impossible_ones(read):
    batch = read(
        as_parquet(
            mmsi=[440000001, None, 440000001, 440000001],
            time=[1704067200, 1704067200, None, 1704067200],
            lat=[38.5, 38.5, 38.5, float("nan")],
            lon=[124.0, 124.0, 124.0, 124.0],
        )
    )
    assert len(batch.reports) == 1
    assert counts(batch) == {"no_vessel": 1, "no_time": 1, "no_position": 1}
    assert batch.rejects.examples["no_time"][0].line == 3
    assert "440000001" in batch.rejects.examples["no_time"][0].text


def test_unsigned_categorical_and_nested_columns(read):
    table = pa.table(
        {
            "mmsi": pa.array([440000001], pa.uint64()),
            "time": pa.array(["2024-01-01T00:00:00Z"]).dictionary_encode(),
            "lat": pa.array([38.5], pa.float32()),
            "lon": pa.array([Decimal(124)], pa.decimal128(9, 4)),
            "sog": pa.array([[1.0]]),
            "name": pa.array([b"x"]),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    batch = read(out.getvalue())
    assert batch.reports.lon_deg.tolist() == [124.0]
    assert np.isnan(batch.reports.sog_kn[0])
    assert batch.statics == ()


def test_missing_columns_are_named(read):
    with pytest.raises(ReadError, match="no column for lat or lon among: mmsi, time"):
        read(as_parquet(mmsi=[1], time=[2]))


def test_a_table_without_rows(read):
    with pytest.raises(ReadError, match="without rows"):
        read(as_parquet(mmsi=[], time=[], lat=[], lon=[]))


def geo(points, **meta):
    table = pa.table(
        {
            "mmsi": [440000001] * len(points),
            "time": [1704067200] * len(points),
            "geometry": pa.array([None if p is None else shapely.to_wkb(p) for p in points]),
        }
    )
    out = io.BytesIO()
    head = {"version": "1.1.0", "columns": {"geometry": {"encoding": "WKB", **meta}}}
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(head)}), out)
    return out.getvalue()


def test_geometries_that_are_no_points_have_no_position(read):
    line = shapely.LineString([(1, 2), (3, 4)])
    batch = read(geo([shapely.Point(124, 38.5), None, line, shapely.Point()]))
    assert counts(batch) == {"no_position": 3}


def test_projected_coordinates_are_refused(read):
    crs = {"type": "ProjectedCRS", "id": {"authority": "EPSG", "code": 3857}}
    with pytest.raises(ReadError, match="coordinates in 3857"):
        read(geo([shapely.Point(1, 2)], crs=crs))
    crs = {"type": "GeographicCRS", "id": {"authority": "OGC", "code": "CRS84"}}
    assert len(read(geo([shapely.Point(1, 2)], crs=crs)).reports) == 1


def test_a_projected_geopackage_is_refused(read, tmp_path):
    path = tmp_path / "p.gpkg"
    frame = gpd.GeoDataFrame({"time": [1]}, geometry=[shapely.Point(1, 2)], crs="EPSG:3857")
    frame.to_file(path)
    with pytest.raises(ReadError, match="coordinates in EPSG:3857"):
        read(path.read_bytes())


def test_a_plain_database_is_told(read):
    with pytest.raises(ReadError, match="no GeoPackage"):
        read(b"SQLite format 3\x00" + bytes(200))


@pytest.mark.parametrize("write", [writers.parquet, writers.feather, writers.arrow_stream])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_are_told_or_read(tmp_path, write, data):
    content = bytearray(write())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "upload"
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        batches = read_file(path)
    except ReadError:
        return
    for batch in batches:
        assert batch.rows == len(batch.reports) + batch.static_rows + batch.rejects.total


def test_a_damaged_geopackage_is_told(read, tmp_path):
    content = writers.geopackage(tmp_path)[:20_000]
    with pytest.raises(ReadError):
        read(content)


@pytest.mark.parametrize("unit", [1, 1000])
@pytest.mark.parametrize("rows_at_once", [1, 2, 3, 100])
def test_pieces_of_a_table_are_read_as_the_whole(read, monkeypatch, rows_at_once, unit):
    monkeypatch.setattr(columnar, "ROWS_AT_ONCE", rows_at_once)
    batch = read(
        as_parquet(
            mmsi=[440000001, 440000002, 2190067, 440000001, 440000002],
            time=[(1704067200 + n) * unit for n in range(4)] + [None],
            lat=[38.5, 91.0, 38.0, 38.6, 38.0],
            lon=[124.0] * 5,
            sog=[8.0, 8.5, 0.0, 12.0, 1.0],
            name=["A", "B", "C", "A", "B"],
        )
    )
    assert batch.reports.vessel.tolist() == [440000001, 440000001]
    assert batch.reports.time_s.tolist() == [1704067200.0, 1704067203.0]
    assert batch.reports.source_row.tolist() == [0, 3]
    assert counts(batch) == {"no_time": 1, "position_not_available": 1, "base_station": 1}
    assert batch.rejects.examples["no_time"][0].line == 5
    assert [s.name for s in batch.statics if s.vessel == 440000001] == ["A"]


def test_a_unit_that_only_the_whole_column_tells(read, monkeypatch):
    monkeypatch.setattr(columnar, "ROWS_AT_ONCE", 2)
    times = [86_400_000.0, 172_800_000.0, 1704067200000.0, 1704067201000.0, 1704067202000.0]
    batch = read(as_parquet(mmsi=[440000001] * 5, time=times, lat=[38.5] * 5, lon=[124.0] * 5))
    assert batch.reports.time_s.tolist() == [1704067200.0, 1704067201.0, 1704067202.0]
    assert counts(batch) == {"time_out_of_range": 2}


def test_a_date_and_a_time_of_day_in_typed_columns_are_joined(tmp_path):
    path = tmp_path / "f.parquet"
    day, clock = dt.date(2024, 3, 4), dt.time(4, 2, 30)
    columns = {"mmsi": [441000101], "date": [day], "time": [clock], "lat": [38.5], "lon": [124.5]}
    pl.DataFrame(columns).write_parquet(path)
    (batch,) = read_file(path)
    assert batch.reports.time_s.tolist() == [1_709_524_950.0]
