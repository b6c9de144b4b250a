"""Lengths in other units than metres; draughts show theirs, since no ship draws more than 25.5 m."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers import read_file
from app.readers.base.lengths import TENFOLD
from app.readers.csv import lines as csv_lines

HEAD = "mmsi,timestamp,lat,lon,draught\n"
DEEP = (40, 50, 71, 87, 96, 104, 110, 119)


def rows(draughts):
    return "".join(
        f"{441000100 + n},2024-03-04T00:00:00Z,38.0,124.0,{draught}\n" for n, draught in enumerate(draughts)
    )


def draughts_in(batch):
    return [static.draught_m for static in sorted(batch.statics, key=lambda s: s.vessel)]


def test_whole_numbers_that_no_ship_draws_are_decimetres(read):
    batch = read(HEAD + rows(DEEP))
    assert draughts_in(batch) == pytest.approx([d / 10 for d in DEEP])
    assert TENFOLD in batch.warnings


@pytest.mark.parametrize("draughts", [(8, 9, 10, 11, 12, 15, 17), (8.7, 9.6, 110, 120, 130, 140, 150)])
def test_metres_stay_metres_and_what_cannot_be_true_is_not_known(read, draughts):
    batch = read(HEAD + rows(draughts))
    assert draughts_in(batch) == [d for d in draughts if d <= 25.5]
    assert TENFOLD not in batch.warnings


@pytest.mark.parametrize(
    ("unit", "factor"), [("Length (ft)", 0.3048), ("length_m", 1.0), ("Length [dm]", 0.1)]
)
def test_the_unit_of_a_name(read, unit, factor):
    batch = read(f"mmsi,timestamp,lat,lon,{unit}\n441000101,2024-03-04T00:00:00Z,38,124,300\n")
    assert batch.statics[0].length_m == pytest.approx(300 * factor)


def test_the_unit_of_a_cell(read):
    batch = read('mmsi,timestamp,lat,lon,length\n441000101,2024-03-04T00:00:00Z,38,124,"119,5 m"\n')
    assert batch.statics[0].length_m == pytest.approx(119.5)


@given(st.integers(200, 800))
def test_all_pieces_of_a_file_are_in_one_unit(tmp_path_factory, chunk):
    path = tmp_path_factory.mktemp("f") / "f.csv"
    path.write_text(HEAD + rows([8, 9, *DEEP, 10]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_lines, "CHUNK_BYTES", chunk)
        (batch,) = read_file(path)
    assert draughts_in(batch) == pytest.approx([d / 10 for d in (8, 9, *DEEP, 10)])
