"""GeoParquet, read by three readers that are not ours."""

import json

import duckdb
import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.outputs.parquet import parquet


@pytest.fixture
def write(tmp_path):
    def written(collection):
        path = tmp_path / "events.parquet"
        path.write_bytes(parquet(collection))
        return path

    return written


def test_it_is_geoparquet_that_says_which_geometries_it_holds(mixed, write):
    path = write(mixed)
    geo = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert geo["columns"]["geometry"]["geometry_types"] == ["LineString", "Point"]
    frame = gpd.read_parquet(path)
    assert frame.crs.equals("OGC:CRS84")
    assert frame.geometry.geom_type.tolist() == [f["geometry"]["type"] for f in mixed["features"]]


def test_times_are_timestamps_in_utc(mixed, nothing, write):
    for collection in (mixed, nothing):
        schema = pq.read_schema(write(collection))
        assert schema.field("start").type == schema.field("end").type == pa.timestamp("ms", tz="UTC")
    starts = gpd.read_parquet(write(mixed))["start"]
    assert starts.tolist() == [pd.Timestamp(f["properties"]["start"]) for f in mixed["features"]]


def test_a_database_asks_it_by_time_and_measure(mixed, write):
    query = f"""SELECT kind, "end" IS NULL FROM '{write(mixed)}'
        WHERE "start" >= TIMESTAMPTZ '2020-01-01' AND gap_h > 10 ORDER BY gap_h"""
    with duckdb.connect() as database:
        assert database.execute(query).fetchall() == [("dark_period", True), ("dark_period", False)]


def test_nothing_found_is_a_table_without_rows(nothing, write):
    frame = gpd.read_parquet(write(nothing))
    assert len(frame) == 0
    assert {"id", "start", "score", "mmsi_1", "geometry"} <= set(frame.columns)
