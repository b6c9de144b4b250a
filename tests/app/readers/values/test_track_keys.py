"""Names that hold within a part of their file."""

import polars as pl

from app.readers.values.track_keys import apart
from app.readers.values.vessels import by_own_id


def test_one_name_in_two_parts_has_two_keys():
    vessels = apart(by_own_id(pl.Series(["LOG", "LOG", "LOG", "440000001", "440000001"])), [1, 1, 2, 1, 2])
    first, second, third, *mmsis = vessels.key.tolist()
    assert first == second != third
    assert mmsis == [440000001, 440000001]
    assert set(vessels.own_ids.values()) == {"LOG"}
