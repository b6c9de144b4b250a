import json

import pytest

from app.errors import OptionError
from app.inputs.areas import parse_area
from app.inputs.option_values import parse_kinds, parse_score, parse_sets, parse_time
from app.workers.jobs import detect_options, upload_options
from detectors.core.params import ParamError

SQUARE = {"type": "Polygon", "coordinates": [[[123, 37], [125, 37], [125, 39], [123, 39], [123, 37]]]}


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-01T08:00:00Z",
        "2024-03-01T17:00:00+09:00",
        "2024-03-01T08:00:00",
        "2024-03-01 08:00",
        1709280000,
        "1709280000",
    ],
)
def test_times_in_the_forms_that_people_write(text):
    assert parse_time(text, "now") == 1709280000.0


def test_a_time_that_cannot_be_read_is_told_with_its_option_and_a_good_one():
    with pytest.raises(OptionError, match=r"now: 'yesterday' is not a time; write 2024-03-01T08:00:00Z"):
        parse_time("yesterday", "now")


def test_thresholds_from_a_command_line():
    assert parse_sets(["a.b=1", "a.c=2"]) == {"a": {"b": "1", "c": "2"}}
    for bad in ("gap_min_h=12", "dark_period.gap_min_h", "dark_period.=3", "=", ""):
        with pytest.raises(ParamError, match=r"write KIND\.PARAMETER=VALUE"):
            parse_sets([bad])


@pytest.mark.parametrize(
    "value",
    [
        SQUARE,
        json.dumps(SQUARE),
        {"type": "Feature", "geometry": SQUARE, "properties": {}},
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": SQUARE, "properties": {}}],
        },
    ],
)
def test_an_area_from_geojson_in_any_wrapping(value):
    assert parse_area(value).shape.area == pytest.approx(4.0)


@pytest.mark.parametrize(
    "value",
    [
        "korea",
        "{",
        "[" * 100_000,
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": "everywhere"},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]},
        {"type": "FeatureCollection", "features": [None]},
        {"type": "Wish"},
        {},
    ],
)
def test_an_area_that_is_none_is_refused(value):
    with pytest.raises(OptionError, match="area:"):
        parse_area(value)


def test_an_area_beyond_180_degrees_is_brought_back():
    ring = [[170, 50], [190, 50], [190, 60], [170, 60], [170, 50]]
    area = parse_area({"type": "Polygon", "coordinates": [ring]})
    assert area.shape.bounds == (-180.0, 50.0, 180.0, 60.0)
    assert area.shape.area == pytest.approx(200.0)


def test_an_area_off_the_globe_is_refused_and_not_silently_empty():
    metres = [
        [13_700_000, 4_400_000],
        [13_900_000, 4_400_000],
        [13_900_000, 4_600_000],
        [13_700_000, 4_400_000],
    ]
    with pytest.raises(OptionError, match=r"area: it reaches from .* right are lon, lat in degrees"):
        parse_area({"type": "Polygon", "coordinates": [metres]})


def test_kinds_and_scores_are_checked():
    assert parse_kinds(["dark_period"]) == ("dark_period",)
    with pytest.raises(OptionError, match="there are sts_transfer, dark_period"):
        parse_kinds(["smuggling"])
    with pytest.raises(OptionError, match="0 to 1"):
        parse_score(1.5)


def test_both_doors_lead_to_the_same_options():
    words = {
        "preset": "gfw",
        "set": ["dark_period.gap_min_h=12"],
        "kind": ["dark_period"],
        "min_score": 0.4,
        "now": "1709280000",
    }
    asked = {
        "preset": "gfw",
        "set": {"dark_period": {"gap_min_h": 12}},
        "kinds": ["dark_period"],
        "min_score": 0.4,
        "now": 1709280000,
    }
    one, other = upload_options(words, {}), detect_options(asked)
    assert (one.params, one.kinds, one.min_score, one.now_s) == (
        other.params,
        other.kinds,
        other.min_score,
        other.now_s,
    )


def test_a_wrong_field_in_a_request_is_told_by_its_place():
    with pytest.raises(OptionError, match=r"options\.presets: Extra inputs are not permitted"):
        detect_options({"presets": "gfw"})


def test_an_attached_watch_list_and_area_are_used():
    attached = {"watchlist": b"imo,name\n9074729,SEA STAR\n", "area": json.dumps(SQUARE).encode()}
    options = upload_options({}, attached)
    assert options.watch.entries[0].imo == 9074729
    assert options.area.name == "shape"


@pytest.mark.parametrize("text", ["nan", "inf", "1e300", "100", "9999-12-31T23:59:59.9999Z", True])
def test_a_time_that_no_report_can_have_is_refused(text):
    with pytest.raises(OptionError, match="now:"):
        parse_time(text, "now")
