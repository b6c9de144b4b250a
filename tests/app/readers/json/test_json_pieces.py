"""Lists and lines of records are read in pieces: what comes out is what reading them whole gives."""

import json

import numpy as np
import pytest
from accounting import assert_all_rows_accounted_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.readers import ReadError, ReadOptions, read_file
from app.readers.base import whole
from app.readers.base.reader import Source
from app.readers.json import columns as json_columns
from app.readers.json import pieces as json_pieces
from app.readers.json import reader as json_reader
from app.readers.json.pieces import NotAListError, elements, lines

RECORD = {"mmsi": 440000001, "timestamp": "2024-01-01T00:00:00Z", "lat": 38.5, "lon": 124.25}
SMALL = 64
VALUE = st.sampled_from(
    [
        440000001, 7, -1, 38.5, 124, 91, 1e9, 2**63, 2**70, 0.1, True, False, None, "", "None", "38.5",
        "true", "[1]", "a,b", 'say "]"', "back\\", "\u00e9", "\U0001f6a2", "\ud800", "x\ny", [1], [],
        {"a": [{}]},
        "2024-01-01T00:00:00Z", 1704067200, "1704067200", "soon",
    ]
)  # fmt: skip
KEY = st.sampled_from(["mmsi", "time", "lat", "lon", "name", "sog", "destination", "odd", "imo"])
RECORDS = st.lists(st.dictionaries(KEY, VALUE, max_size=7) | VALUE, max_size=9)


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(json_pieces, "PIECE_BYTES", SMALL)
    monkeypatch.setattr(json_pieces, "LONGEST_RECORD_BYTES", 40 * SMALL)


def told(path, content):
    """Return all that a read says, in a form that can be compared."""
    path.write_bytes(content)
    try:
        (batch,) = read_file(path, "file", options=ReadOptions())
    except ReadError as error:
        return str(error)
    assert_all_rows_accounted_for(batch)
    r = batch.reports
    columns = (r.vessel, r.time_s, r.lon_deg, r.lat_deg, r.sog_kn, r.source_row)
    return (
        [np.nan_to_num(column, nan=-999).tolist() for column in columns],
        batch.statics,
        batch.rejects.counts,
        {reason: [(e.line, e.text) for e in some] for reason, some in batch.rejects.examples.items()},
        batch.own_ids,
        batch.warnings,
    )


quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


@pytest.mark.usefixtures("small_pieces")
@quick
@given(records=RECORDS, ascii_only=st.booleans(), one_per_line=st.booleans())
def test_columns_say_what_objects_say(tmp_path, records, ascii_only, one_per_line):
    records = [RECORD, *records]
    texts = [json.dumps(r, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass") for r in records]
    content = b"\n".join(texts) if one_per_line else b"[" + b" ,\r\n".join(texts) + b"]\n"
    quickly = told(tmp_path / "file", content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_columns, "_quickly", lambda *_, **__: None)
        assert repr(told(tmp_path / "file", content)) == repr(quickly)


@pytest.mark.usefixtures("small_pieces")
@quick
@given(records=st.lists(VALUE | st.dictionaries(KEY, VALUE, max_size=3), min_size=1, max_size=9))
def test_a_list_is_cut_at_its_elements(tmp_path, records):
    path = tmp_path / "file"
    path.write_text(json.dumps(records, indent=1), encoding="utf-8")
    found = [text for piece in elements(path) for text in piece.content.split(b"\n")]
    assert list(map(json.loads, found)) == json.loads(json.dumps(records))
    firsts = [piece.first for piece in elements(path)]
    counts = [piece.content.count(b"\n") + 1 for piece in elements(path)]
    assert firsts == [1 + sum(counts[:place]) for place in range(len(counts))]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("text", ["[1, 2", "[1] 2", "{}", "", "[1]]", "7", '["a]', "[" + "x" * 9000])
def test_what_is_no_whole_list_is_told(tmp_path, text):
    path = tmp_path / "file"
    path.write_text(text, encoding="ascii")
    with pytest.raises(NotAListError):
        list(elements(path))


@pytest.mark.usefixtures("small_pieces")
def test_a_line_beyond_the_longest_is_one_reject(tmp_path):
    path = tmp_path / "file"
    good = json.dumps(RECORD)
    long = json.dumps({**RECORD, "name": "x" * 80 * SMALL})
    path.write_text(f"{good}\n{long}\n{good}", encoding="ascii")
    assert max(len(piece.content) for piece in lines(path)) < 50 * SMALL
    source = Source("file", path, path.read_bytes())
    batch = json_reader.NdJson().read(source, ReadOptions())
    assert batch.reports.source_row.tolist() == [0, 2]
    (example,) = batch.rejects.examples["not_a_record"]
    assert (example.line, example.text[:8]) == (2, '{"mmsi":')


@pytest.mark.usefixtures("small_pieces")
def test_keys_that_come_late_are_found(tmp_path):
    path = tmp_path / "file"
    late = {**RECORD, "shipname": "WOLMI", "speed": 8.5}
    path.write_text(json.dumps([RECORD] * 20 + [late]), encoding="ascii")
    (batch,) = read_file(path)
    assert batch.reports.sog_kn[-1] == 8.5
    assert [s.name for s in batch.statics] == ["WOLMI"]


def test_whole_documents_and_lines_that_hang_together_have_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "LARGEST_WHOLE_BYTES", 1 << 20)
    path = tmp_path / "file"
    path.write_text(json.dumps({"data": [RECORD] * 20_000}), encoding="ascii")
    with pytest.raises(ReadError, match=r"1 MiB that must be held .* 1 MiB.*CSV.*NDJSON"):
        read_file(path)
    report = json.dumps({"class": "AIS", **RECORD})
    path.write_text("\n".join([report] * 20_000), encoding="ascii")
    with pytest.raises(ReadError, match=r"lines depend on each other"):
        read_file(path)
    path.write_text(json.dumps([RECORD] * 20_000), encoding="ascii")
    assert read_file(path)[0].rows == 20_000


def test_deep_nesting_and_countless_keys_go_the_careful_way(tmp_path):
    deep = json.dumps(RECORD)[:-1] + ', "x": ' + "[" * 5_000 + "]" * 5_000 + "}"
    many = [{**RECORD, f"k{i}": 1} for i in range(3_000)]
    path = tmp_path / "file"
    path.write_text("\n".join([json.dumps(RECORD), deep, *map(json.dumps, many)]), encoding="ascii")
    (batch,) = read_file(path)
    assert (batch.rows, len(batch.reports)) == (3_002, 3_001)
    assert {e.line for e in batch.rejects.examples["not_a_record"]} == {2}
