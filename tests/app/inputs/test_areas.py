"""Areas that users send: bounded by their vertices, whatever their shape."""

import json

import numpy as np
import pytest
from shapely.geometry import Polygon, mapping

from app.errors import OptionError
from app.inputs.areas import VERTICES_MAX, parse_area
from app.inputs.option_values import parse_time
from detectors.events.context import Place

FAR_OFF = Place((), np.inf, on_land=False, port=None, port_m=np.inf, dprk_m=np.inf, night_share=0.0)


def comb(strips, *, turned=False):
    """Return a polygon of many strips: two that cross have as many places in common as strips squared."""
    edge = [(120, 29.5)]
    for n in range(strips):
        west, east = 120 + 10 * n / strips, 120 + 10 * (n + 0.5) / strips
        edge += [(west, 30 if n else 29.5), (west, 40), (east, 40), (east, 30)]
    edge += [(130, 30), (130, 29.5)]
    return Polygon([(90 + y, x - 90) for x, y in edge] if turned else edge)


def collection(*shapes):
    features = [{"type": "Feature", "properties": {}, "geometry": mapping(each)} for each in shapes]
    return json.dumps({"type": "FeatureCollection", "features": features})


def holds(area, lon, lat):
    return area.holds(((lon, lat),), {}, FAR_OFF)


def test_shapes_that_cross_often_are_not_united_and_hold_what_any_of_them_holds():
    tall, wide = comb(300), comb(300, turned=True)
    area = parse_area(collection(tall, wide))
    assert area.shape.geom_type == "GeometryCollection"
    draw = np.random.default_rng(1)
    for lon, lat in draw.uniform((119, 29), (131, 41), (200, 2)):
        point = Polygon([(lon, lat), (lon + 1e-9, lat), (lon, lat + 1e-9)]).centroid
        assert holds(area, lon, lat) == (tall.intersects(point) or wide.intersects(point))


def test_where_two_shapes_overlap_is_inside():
    area = parse_area(
        collection(Polygon([(0, 0), (2, 0), (2, 2), (0, 2)]), Polygon([(1, 1), (3, 1), (3, 3), (1, 3)]))
    )
    assert [holds(area, x, x) for x in (0.5, 1.5, 2.5, 3.5)] == [True, True, True, False]
    assert area.holds(((-1.0, 1.5), (4.0, 1.5)), {}, FAR_OFF)


def test_an_outline_of_too_many_vertices_is_refused_with_their_number():
    turn = np.linspace(0, 2 * np.pi, VERTICES_MAX + 10, endpoint=False)
    circle = {"type": "Polygon", "coordinates": [np.stack((np.cos(turn), np.sin(turn)), axis=1).tolist()]}
    with pytest.raises(OptionError, match=r"area: 100,0\d\d vertices, more than 100,000: simplify"):
        parse_area(circle)


def test_an_invalid_polygon_is_refused_with_the_place():
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 4], [0, 0]]]}
    with pytest.raises(OptionError, match=r"area: not a valid polygon.*Self-intersection"):
        parse_area(bow_tie)


DEEP = "[" * 900 + "]" * 900


@pytest.mark.parametrize(
    "area",
    [
        {"type": "Polygon", "coordinates": [[[10**400, 0], [1, 0], [1, 1], [10**400, 0]]]},
        {"type": "Polygon", "coordinates": json.loads(DEEP)},
        f'{{"type": "Polygon", "coordinates": {DEEP}}}',
        '{"type": "Polygon", "coordinates": ' + "[" * 100_000,
        f'{{"type": "Polygon", "coordinates": [[[{"9" * 5000}, 0], [1, 0], [1, 1], [0, 0]]]}}',
    ],
    ids=["400 digits", "deep value", "deep text", "deep and broken", "5,000 digits"],
)
def test_numbers_and_depths_without_measure_are_refused_as_an_area(area):
    with pytest.raises(OptionError, match=r"^area: "):
        parse_area(area)


@pytest.mark.parametrize("time", [10**400, -(10**5000), "9" * 400], ids=["400", "5,000", "text"])
def test_a_time_of_hundreds_of_digits_is_refused_as_a_time(time):
    with pytest.raises(OptionError, match=r"^start: .{,60} is not (a time|between)"):
        parse_time(time, "start")
