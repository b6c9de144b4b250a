"""Excel workbooks: the sheet with tracks, dates of every kind, and none that fills the memory."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
import writers
from accounting import counts
from hypothesis import given
from hypothesis import strategies as st
from test_same_tracks import assert_positions

from app.readers import Limits, ReadError, read_file
from app.readers.columnar import excel

EPOCH = 1_709_524_920
HEADER = ["mmsi", "time", "lat", "lon"]


def row(time, lat=38.5):
    return [440000001, time, lat, 124.25]


@pytest.mark.parametrize(
    "time",
    [
        lambda t: datetime.fromtimestamp(t, UTC),
        writers.excel_day,
        writers.when,
        float,
        lambda t: t * 1000.0,
    ],
    ids=["date", "serial", "text", "epoch", "epoch ms"],
)
def test_times_of_every_kind(read, time):
    batch = read(writers.workbook({"S": writers.excel_table(time)}))
    assert batch.format == "xlsx"
    assert_positions(batch)


def test_days_that_count_from_1904(read):
    book = writers.workbook(
        {"S": [HEADER, row(writers.excel_day(EPOCH) - 1462)]}, '<workbookPr date1904="1"/>'
    )
    assert read(book).reports.time_s.tolist() == pytest.approx([EPOCH], abs=0.01)


def test_midnight_keeps_its_clock(read):
    times = [datetime(2024, 3, 4, tzinfo=UTC), datetime(2024, 3, 4, 0, 2, tzinfo=UTC)]
    batch = read(writers.workbook({"S": [HEADER, *map(row, times)]}))
    assert batch.reports.time_s.tolist() == [1_709_510_400, 1_709_510_520]


def test_a_title_and_blank_rows_above_the_header(read):
    table = [["Tracks of March"], [], ["by", "A. B."], HEADER, row(EPOCH), row(EPOCH + 60, lat=95.0)]
    batch = read(writers.workbook({"S": table}))
    assert (len(batch.reports), counts(batch)) == (1, {"latitude_out_of_range": 1})
    assert batch.rejects.examples["latitude_out_of_range"][0].line == 6


def test_the_first_sheet_with_tracks_is_read_and_the_others_are_named(read):
    notes = [["About"], ["a", "b", "c", "d"], [1, 2, 3, 4]]
    table = [HEADER, row(EPOCH)]
    batch = read(writers.workbook({"Notes": notes, "March": table, "April": [HEADER, row(EPOCH, 10.0)]}))
    assert batch.reports.lat_deg.tolist() == [38.5]
    (warning,) = [w for w in batch.warnings if "sheet" in w]
    assert all(name in warning for name in ("'March'", "'Notes'", "'April'"))


def test_a_workbook_without_tracks_says_what_each_sheet_lacks(read):
    with pytest.raises(ReadError, match=r"Excel workbook.*'A'.*'B'.*no column for time"):
        read(writers.workbook({"A": [["x"]], "B": [["mmsi", "lat", "lon"], [1, 2, 3]]}))


def test_a_workbook_inside_a_zip(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xlsx", writers.xlsx())
        archive.writestr("b.csv", writers.csv())
    path = tmp_path / "f"
    path.write_bytes(out.getvalue())
    batches = read_file(path)
    assert [batch.format for batch in batches] == ["xlsx", "csv"]
    for batch in batches:
        assert_positions(batch)


def test_a_damaged_workbook_is_told_of(read):
    with pytest.raises(ReadError, match="damaged"):
        read(writers.workbook({"S": "<worksheet><sheetData><row><c r='A1'>"}))
    with pytest.raises(ReadError, match="damaged zip"):
        read(writers.xlsx()[:-200])


@pytest.mark.parametrize("places", [("A1", "XFD1048576"), (None, None)], ids=["placed", "unplaced"])
def test_a_sheet_that_is_wide_and_long_is_refused_before_it_is_read(read, monkeypatch, places):
    monkeypatch.setattr(excel, "free_bytes", lambda: 1e6)
    if places[0]:
        cells = "".join(f'<row><c r="{place}"><v>1</v></c></row>' for place in places)
    else:
        cells = f"<row>{'<c><v>1</v></c>' * 300}</row>" + "<row><c/></row>" * 300
    with pytest.raises(ReadError, match="MiB of memory"):
        read(writers.workbook({"S": writers.SHEET.format(cells)}))


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    path = tmp_path / "f"
    path.write_bytes(writers.workbook({"S": " " * 3_000_000}))
    with pytest.raises(ReadError, match="unpacks to more than"):
        read_file(path, limits=Limits(max_unpacked_bytes=1_000_000))


@pytest.mark.parametrize(
    ("member", "content", "word"),
    [
        ("xl/workbook.bin", "", "xlsb"),
        ("word/document.xml", "", "Word"),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
    ],
)
def test_other_documents_are_refused_by_name(read, member, content, word):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, content)
    with pytest.raises(ReadError, match=word):
        read(out.getvalue())


@given(st.lists(st.integers(631_152_000, 4_102_444_799), min_size=1, max_size=8), st.booleans())
def test_any_moments_read_back(tmp_path_factory, times, is_typed):
    path = tmp_path_factory.mktemp("x") / "f"
    cells = [datetime.fromtimestamp(t, UTC) if is_typed else writers.excel_day(t) for t in times]
    path.write_bytes(writers.workbook({"S": [HEADER, *map(row, cells)]}))
    (batch,) = read_file(path)
    assert batch.reports.time_s.tolist() == pytest.approx(times, abs=0.002)
