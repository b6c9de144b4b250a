"""Records of delimited text as users write it: quotes, decimal commas, ragged lines, values of no type."""

import pytest
from accounting import counts

from app.readers.base.reader import UnsettledError
from app.readers.csv.dialect import dialect_of
from app.readers.csv.lines import pieces_of
from app.readers.csv.records import Form, records_of_file, records_of_piece
from detectors.tracks.reports import vessel_key

HEAD = "mmsi,timestamp,lat,lon,sog,cog,heading\n"
ROW = "440000001,2024-01-01T00:00:00Z,38.5,124.25,8.5,90.0,91\n"
COLUMNS = {"mmsi": 0, "lat": 1, "lon": 2}


@pytest.fixture
def written(tmp_path):
    """Write records under a header, and return their form and the file."""

    def write(rows):
        path = tmp_path / "f.csv"
        path.write_text("mmsi,lat,lon\n" + rows)
        return Form(dialect_of(path.read_bytes()), COLUMNS), path

    return write


def one_piece(form, path):
    (piece,) = pieces_of(path, form.dialect.first_line - 1)
    return piece


def test_a_piece_and_a_file_give_the_same_records(written):
    form, path = written("1,38.5,124\n\n2,39\n3,40.5,125,9\n4,41,126\n")
    (frame, line, whole), other = records_of_piece(form, one_piece(form, path)), records_of_file(form, path)
    assert frame.select("mmsi", "lat").rows() == [(1, 38.5), (2, 39.0), (3, 40.5), (4, 41.0)]
    assert frame["lon"].to_list() == [124, None, 125, 126]
    assert (line.tolist(), whole.tolist()) == ([2, 4, 5, 6], [True, False, False, True])
    assert other[0].equals(frame)
    assert [each.tolist() for each in other[1:]] == [line.tolist(), whole.tolist()]


@pytest.mark.parametrize("rows", ['1,38,"124\n2,39,125\n', "1,38\n2,39,125\n"])
def test_a_piece_with_an_open_quote_or_a_short_first_line_says_too_little_and_the_file_does(written, rows):
    form, path = written(rows)
    with pytest.raises(UnsettledError):
        records_of_piece(form, one_piece(form, path))
    frame, line, _ = records_of_file(form, path)
    assert ([float(lat) for lat in frame["lat"]], line.tolist()) == ([38, 39], [2, 3])


def test_a_value_of_another_type_brings_the_texts_of_its_column(written):
    form, path = written("1,38.5,124\n" * 300 + "2,north,125\n")
    frame, _, _ = records_of_file(form, path)
    assert frame["lat"].to_list()[-2:] == ["38.5", "north"]
    assert frame["lon"].to_list()[-1] == 125.0


def test_decimal_comma(read):
    batch = read("mmsi;time;lat;lon;sog\n440000001;2024-01-01T00:00:00Z;38,5;124,25;8,5\n")
    assert (batch.reports.lat_deg[0], batch.reports.lon_deg[0]) == (38.5, 124.25)
    assert batch.reports.sog_kn[0] == 8.5


def test_decimal_comma_in_quotes_between_commas(read):
    batch = read('mmsi,time,lat,lon\n440000001,2024-01-01T00:00:00Z,"38,5","124,25"\n')
    assert (batch.reports.lat_deg[0], batch.reports.lon_deg[0]) == (38.5, 124.25)


def test_bytes_that_are_no_utf8_cost_nothing(read):
    text = b"mmsi,time,lat,lon,name\n440000001,2024-01-01T00:00:00Z,38.5,124.0,H\xd8EGH\n"
    batch = read(text)
    assert len(batch.reports) == 1
    assert batch.statics[0].name.startswith("H")


def test_quotes_and_delimiters_in_names(read):
    batch = read('mmsi,time,lat,lon,name\n440000001,2024-01-01T00:00:00Z,38.5,124.0,"SEA, ""STAR"""\n')
    assert batch.statics[0].name == 'SEA, "STAR"'


def test_ragged_rows_are_counted_and_shown(read):
    batch = read(HEAD + ROW + "440000001,2024-01-01\n" + ROW.strip() + ",9\n" + "\n" + ROW)
    assert counts(batch) == {"not_a_record": 2}
    assert len(batch.reports) == 2
    (short, long) = next(iter(batch.rejects.examples.values()))
    assert (short.line, short.text) == (3, "440000001,2024-01-01")
    assert long.line == 4
    assert batch.reports.source_row.tolist() == [0, 3]


def test_a_quote_that_is_never_closed_costs_its_own_line(read):
    bad = '440000001,2024-01-01T00:00:00Z,38.5,124.0,1,2,"3\n'
    batch = read(HEAD + ROW + bad + ROW * 3)
    assert len(batch.reports) >= 4
    assert batch.rows == 5


def test_quotes_where_none_belong_cost_nothing(read):
    row = '440000001,2024-01-01T00:00:00Z,38.5,124.0,"a":"b"c\n'
    batch = read("mmsi,time,lat,lon,name\n" + row + row.replace('"a":"b"c', "X") + row)
    assert len(batch.reports) == 3
    assert batch.statics[0].name == 'a:"b"c'


def test_a_quoted_line_feed_belongs_to_its_field(read):
    row = '440000001,2024-01-01T00:00:00Z,38.5,124.0,"SEA\nSTAR"\n'
    batch = read("mmsi,time,lat,lon,name\n" + row + row.replace("38.5", "x"))
    assert (batch.rows, len(batch.reports)) == (2, 1)
    assert batch.statics[0].name == "SEA STAR"
    assert batch.rejects.examples["bad_position"][0].line == 4


def test_missing_is_told_from_malformed(read):
    rows = [
        ",2024-01-01T00:00:00Z,38,124,,,",
        "440000001,,38,124,,,",
        "440000001,soon,38,124,,,",
        "440000001,2024-01-01T00:00:00Z,,124,,,",
        "440000001,2024-01-01T00:00:00Z,north,124,,,",
        "440000001,1970-01-01T00:00:00Z,38,124,,,",
        "440000001,2024-01-01T00:00:00Z,91,181,,,",
        "440000001,2024-01-01T00:00:00Z,0,0,,,",
        "440000001,2024-01-01T00:00:00Z,inf,124,,,",
        "440000001,2024-01-01T00:00:00Z,NaN,124,,,",
        "440000001,2024-01-01T00:00:00Z,97,124,,,",
        "440000001,2024-01-01T00:00:00Z,38,190,,,",
    ]
    batch = read(HEAD + ROW * 20 + "\n".join(rows))
    assert counts(batch) == {
        "no_vessel": 1,
        "no_time": 1,
        "bad_time": 1,
        "no_position": 2,
        "bad_position": 2,
        "time_out_of_range": 1,
        "position_not_available": 1,
        "zero_position": 1,
        "latitude_out_of_range": 1,
        "longitude_out_of_range": 1,
    }
    assert batch.rejects.examples["bad_time"][0].line == 24
    assert batch.rejects.examples["bad_time"][0].text == rows[2]


def test_names_after_a_long_run_of_numbers_are_still_read(read):
    batch = read(HEAD + ROW * 500 + ROW.replace("440000001", "Wolmi 3"))
    assert vessel_key("Wolmi 3") in batch.reports.vessel


def test_fractions_after_a_long_run_of_whole_numbers_are_kept(read):
    at_anchor = ROW.replace("8.5,90.0,91", "0,90,91") * 300
    batch = read(HEAD + at_anchor + ROW.replace("8.5,90.0,91", "12.5,91.5,90.5"))
    last = batch.reports
    assert (last.sog_kn[-1], last.cog_deg[-1], last.heading_deg[-1]) == (12.5, 91.5, 90.5)
