"""A user's own zones: read from files in any reference system, refused with the reason."""

import json

import geopandas as gpd
import pytest
import shapely

from geodata.user_zones import UserZoneError, read_user_zones
from geodata.world import World
from geodata.zones import Zone

SQUARE = shapely.box(124.0, 37.0, 125.0, 38.0)


def write(path, geometry, **properties):
    frame = gpd.GeoDataFrame([properties or {"name": "a"}], geometry=[geometry], crs=4326)
    frame.to_file(path)
    return path


def test_geojson_with_attributes_becomes_a_zone(tmp_path):
    path = write(tmp_path / "patrol.geojson", SQUARE, id="box_1", name="Patrol", status="claimed")
    (zone,) = read_user_zones(path)
    assert (zone.id, zone.name, zone.status, zone.kind) == ("box_1", "Patrol", "claimed", "user")
    assert zone.geometry.equals(SQUARE)


def test_what_a_feature_does_not_say_is_filled_in(tmp_path):
    (zone,) = read_user_zones(write(tmp_path / "My area.geojson", SQUARE, depth=4))
    assert (zone.id, zone.status, zone.holder) == ("my_area_1", "user", None)
    assert zone.source == "My area.geojson"


def test_geopackage_in_metres_comes_back_in_degrees(tmp_path):
    frame = gpd.GeoDataFrame([{"name": "a"}], geometry=[SQUARE], crs=4326).to_crs(32651)
    frame.to_file(tmp_path / "utm.gpkg")
    (zone,) = read_user_zones(tmp_path / "utm.gpkg")
    assert shapely.hausdorff_distance(zone.geometry, SQUARE) < 1e-6


def test_a_file_without_reference_system_is_refused(tmp_path):
    gpd.GeoDataFrame([{"name": "a"}], geometry=[SQUARE], crs=4326).to_file(tmp_path / "bare.shp")
    (tmp_path / "bare.prj").unlink()
    with pytest.raises(UserZoneError, match="names no coordinate reference system"):
        read_user_zones(tmp_path / "bare.shp")


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (shapely.Point(124, 37), "feature 1 is a Point"),
        (shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "not valid: Self-intersection"),
        (shapely.box(170.0, 10.0, 190.0, 20.0), "cut a zone that crosses the antimeridian"),
    ],
)
def test_a_shape_that_is_no_area_is_refused(tmp_path, geometry, reason):
    with pytest.raises(UserZoneError, match=reason):
        read_user_zones(write(tmp_path / "bad.gpkg", geometry))


def test_no_features_and_no_geometry_are_refused(tmp_path):
    empty = tmp_path / "empty.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(UserZoneError, match=r"empty\.geojson"):
        read_user_zones(empty)
    feature = {"type": "Feature", "properties": {"name": "a"}, "geometry": None}
    nothing = tmp_path / "nothing.geojson"
    nothing.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(UserZoneError, match="geometry"):
        read_user_zones(nothing)


def test_text_that_is_no_map_is_refused(tmp_path):
    (tmp_path / "words.geojson").write_text("no map at all")
    with pytest.raises(UserZoneError, match=r"words\.geojson is no GeoJSON or GeoPackage"):
        read_user_zones(tmp_path / "words.geojson")


def test_an_id_twice_and_an_unknown_status_are_refused(tmp_path):
    frame = gpd.GeoDataFrame({"id": ["x", "x"]}, geometry=[SQUARE, SQUARE], crs=4326)
    frame.to_file(tmp_path / "twice.gpkg")
    with pytest.raises(UserZoneError, match="feature 2: the id 'x' occurs twice"):
        read_user_zones(tmp_path / "twice.gpkg")
    with pytest.raises(UserZoneError, match="status 'sure'; use one of claimed"):
        read_user_zones(write(tmp_path / "status.gpkg", SQUARE, status="sure"))


def zone_of(zone_id, geometry=SQUARE):
    return Zone(zone_id, zone_id, "user", "user", None, "", "test", geometry)


def test_a_users_zone_replaces_the_one_of_its_id_and_adds_to_the_others():
    world = World(zones=(zone_of("a"), zone_of("b")))
    moved = shapely.box(0, 0, 1, 1)
    changed = world.with_zones((zone_of("a", moved), zone_of("c")))
    assert [zone.id for zone in changed.zones] == ["a", "b", "c"]
    assert changed.zone("a").geometry.equals(moved)
    assert world.zone("a").geometry.equals(SQUARE)
    assert changed.digest() != world.digest()


def test_distances_follow_the_replaced_zone():
    world = World(zones=(zone_of("a"),))
    assert world.distance_to_zone_m("a", [124.5], [37.5])[0] == 0.0
    changed = world.with_zones((zone_of("a", shapely.box(0, 0, 1, 1)),))
    assert changed.distance_to_zone_m("a", [124.5], [37.5])[0] > 1e7
