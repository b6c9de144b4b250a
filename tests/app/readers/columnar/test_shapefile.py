"""Shapefiles: their files together, names that were cut, and what cannot be read truthfully."""

import datetime as dt
import io
import zipfile

import pyarrow as pa
import pyogrio
import pytest
import shapely
import writers
from test_same_tracks import assert_positions

from app.readers import ReadError, read_file
from app.readers.columnar.shapefile import NO_PROJECTION


def packed(folder, *, without=(), inside="data/"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.glob("tracks.*")):
            if path.suffix not in without:
                archive.writestr(inside + path.name, path.read_bytes())
    return out.getvalue()


@pytest.mark.parametrize("time", ["timestamp", "BaseDateTi"])
@pytest.mark.parametrize("inside", ["", "data/"])
def test_a_zip_of_its_files(read, tmp_path, time, inside):
    writers.shapefile(tmp_path, time)
    batch = read(packed(tmp_path, inside=inside))
    assert (batch.format, batch.warnings) == ("shapefile", ())
    assert_positions(batch)


def test_the_file_itself_with_the_others_beside_it(tmp_path):
    (batch,) = read_file(writers.shapefile(tmp_path))
    assert_positions(batch)


def test_alone_it_says_what_to_do(read, tmp_path):
    path = writers.shapefile(tmp_path)
    with pytest.raises(ReadError, match=r"zip it with its \.dbf"):
        read(path.read_bytes())
    with pytest.raises(ReadError, match=r"zip it with its \.shp"):
        read(path.with_suffix(".dbf").read_bytes())


def test_without_a_projection_its_places_are_doubted(read, tmp_path):
    writers.shapefile(tmp_path)
    batch = read(packed(tmp_path, without=(".prj",)))
    assert_positions(batch)
    assert NO_PROJECTION.format(name="track.csv/data/tracks.shp") in batch.warnings


def test_another_projection_is_refused_by_its_name(read, tmp_path):
    writers.shapefile(tmp_path, crs="EPSG:3857")
    with pytest.raises(ReadError, match="EPSG:3857; write them as longitude and latitude"):
        read(packed(tmp_path))


def test_dates_without_a_clock_are_refused(read, tmp_path):
    place = shapely.to_wkb(shapely.Point(124, 38))
    table = pa.table({"mmsi": [440000001], "time": [dt.date(2024, 3, 4)], "geometry": [place]})
    path = tmp_path / "tracks.shp"
    pyogrio.write_arrow(table, path, geometry_name="geometry", geometry_type="Point", crs="EPSG:4326")
    with pytest.raises(ReadError, match="no clock"):
        read(packed(tmp_path))


def test_damaged_ones_are_told_of(read, tmp_path):
    path = writers.shapefile(tmp_path)
    path.with_suffix(".shx").write_bytes(b"x")
    path.write_bytes(path.read_bytes()[:90])
    with pytest.raises(ReadError, match="damaged"):
        read(packed(tmp_path))


def test_two_shapefiles_and_a_table_in_one_archive(tmp_path):
    writers.shapefile(tmp_path)
    out = io.BytesIO(packed(tmp_path, inside="a/"))
    with zipfile.ZipFile(out, "a") as archive:
        for path in sorted(tmp_path.glob("tracks.*")):
            archive.writestr(f"b/{path.name.upper()}", path.read_bytes())
        archive.writestr("c.csv", writers.csv())
    (tmp_path / "f").write_bytes(out.getvalue())
    batches = read_file(tmp_path / "f")
    assert sorted(batch.format for batch in batches) == ["csv", "shapefile", "shapefile"]
    for batch in batches:
        assert_positions(batch)
