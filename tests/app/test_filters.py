"""The order of an answer, whatever was found first."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.filters import select
from app.options import RunOptions


def event(id_, kind, start_s, score):
    return SimpleNamespace(
        id=id_, kind=kind, start_s=start_s, end_s=None, in_area=True, score=SimpleNamespace(value=score)
    )


TIED = (
    event("b", "sts_transfer", 100.0, 0.9),
    event("a", "sts_transfer", 100.0, 0.9),
    event("c", "dark_period", 100.0, 0.9),
    event("d", "sts_transfer", 50.0, 0.9),
    event("e", "sts_transfer", 10.0, 0.1),
)


@pytest.mark.parametrize(("order", "ids"), [("score", "dcabe"), ("start", "edcab")])
@given(found=st.permutations(TIED))
def test_the_order_is_the_one_asked_for_and_ties_have_one_too(order, ids, found):
    reported, held_back = select(found, RunOptions(sort=order))
    assert "".join(e.id for e in reported) == ids
    assert held_back == {}
