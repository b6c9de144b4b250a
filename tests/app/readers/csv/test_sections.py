"""Files of several layouts, joined by `cat`: each part is read by the header above it."""

import numpy as np
import pytest
from accounting import counts
from hypothesis import given, settings
from hypothesis import strategies as st

from app.readers import read_file

LAYOUTS = (
    ("mmsi", "timestamp", "lat", "lon", "sog"),
    ("mmsi", "timestamp", "lon", "lat", "sog"),
    ("timestamp", "sog", "lat", "lon", "mmsi"),
)


def rows(layout, first, count):
    for n in range(first, first + count):
        values = {
            "mmsi": "440000001",
            "timestamp": f"2024-01-01T00:{n:02d}:00Z",
            "lat": f"{35 + n / 100}",
            "lon": f"{125 + n / 100}",
            "sog": "9.5",
        }
        yield ",".join(values[name] for name in layout)


def table(layout, first, count):
    return "\n".join([",".join(layout), *rows(layout, first, count)]) + "\n"


@given(st.lists(st.tuples(st.sampled_from(LAYOUTS), st.integers(1, 9)), min_size=1, max_size=5))
@settings(max_examples=30)
def test_any_order_of_columns_in_any_part_gives_the_same_track(tmp_path_factory, parts):
    text, first = "", 0
    for layout, count in parts:
        text, first = text + table(layout, first, count), first + count
    path = tmp_path_factory.mktemp("f") / "f.csv"
    path.write_text(text)
    (batch,) = read_file(path)
    assert np.allclose(batch.reports.lat_deg, [35 + n / 100 for n in range(first)])
    assert np.allclose(batch.reports.lon_deg, [125 + n / 100 for n in range(first)])
    assert batch.rows == len(batch.reports) + batch.rejects.total


def test_it_is_told_with_the_line(read):
    batch = read(table(LAYOUTS[0], 0, 3) + table(LAYOUTS[1], 3, 3))
    assert any("line 5" in warning for warning in batch.warnings)
    assert batch.reports.source_row.tolist() == list(range(6))


def test_the_same_header_again_is_a_reject_and_no_new_layout(read):
    batch = read(table(LAYOUTS[0], 0, 3) * 2)
    assert (len(batch.reports), counts(batch)) == (6, {"bad_time": 1})


def test_examples_keep_their_line(read):
    batch = read(table(LAYOUTS[0], 0, 3) + table(LAYOUTS[1], 3, 1) + "440000001,yesterday,125,35,9\n")
    assert batch.rejects.examples["bad_time"][0].line == 7


@pytest.mark.parametrize("line", ["see, timestamp, note", "440000001,unknown moment,35.0,125.0,9"])
def test_words_where_a_time_should_be_are_no_header(read, line):
    batch = read(table(LAYOUTS[0], 0, 3) + line + "\n")
    assert (len(batch.reports), batch.rejects.total) == (3, 1)
