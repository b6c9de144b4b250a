"""Named places must be where the charts and treaties put them: the table is `places.csv`.

`land` is yes, no, or any (a harbour on a shoreline good to some 100 m). `zone` must hold the place
and `not_zone` must not; a question mark waives the zone (islands reach over the zones' landward
edge).
"""

import csv
from pathlib import Path

import pytest

from geodata.world import load_world

with (Path(__file__).parent / "places.csv").open(encoding="utf-8") as file:
    PLACES = list(csv.DictReader(file))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["name"])
def test_a_named_place_is_where_it_should_be(place):
    world = load_world()
    lon, lat = [float(place["lon"])], [float(place["lat"])]
    if place["land"] != "any":
        assert world.on_land(lon, lat)[0] == (place["land"] == "yes")
    held_by = [zone.id for zone in world.zones if world.in_zone(zone.id, lon, lat)[0]]
    if place["zone"] and not place["zone"].endswith("?"):
        assert place["zone"] in held_by
    assert place["not_zone"] not in held_by


def test_the_table_is_long_enough_and_every_place_has_a_source():
    assert len(PLACES) >= 60
    assert all(place["source"] for place in PLACES)
