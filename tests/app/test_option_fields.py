"""Options are declared once; what they offer is what there is."""

from typing import get_args

import pytest

from app.filters import ORDERS
from app.http.routes.tracks import TracksQuery
from app.http.schemas import DetectOptions
from app.option_fields import RunFields
from app.outputs.formats import FORMATS
from detectors.presets import PRESETS


@pytest.mark.parametrize("fields", [RunFields, DetectOptions])
def test_the_presets_on_offer_are_those_that_there_are(fields):
    assert get_args(fields.model_fields["preset"].annotation) == tuple(PRESETS)


def test_the_formats_on_offer_are_those_that_there_are():
    named, nothing = get_args(TracksQuery.model_fields["format"].annotation)
    assert (get_args(named), nothing) == (tuple(FORMATS), type(None))


@pytest.mark.parametrize("fields", [RunFields, DetectOptions])
def test_the_orders_on_offer_are_those_that_there_are(fields):
    assert get_args(fields.model_fields["sort"].annotation) == tuple(ORDERS)


@pytest.mark.parametrize("name", ["preset", "min_score", "with_reach", "sort"])
def test_a_query_and_a_body_declare_an_option_alike(name):
    query, body = RunFields.model_fields[name], DetectOptions.model_fields[name]
    assert (query.annotation, query.metadata, query.default, query.description) == (
        body.annotation,
        body.metadata,
        body.default,
        body.description,
    )
