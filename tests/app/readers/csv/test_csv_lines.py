"""Physical lines of delimited files, read in chunks."""

import io
import itertools

import numpy as np
import pytest

from app.readers.csv import lines as csv_lines
from app.readers.csv.dialect import dialect_of
from app.readers.csv.lines import bounded_lines, field_counts, lines_at, mend, pieces_of, texts_in

TEXT = 'a,b,c\n1,2,3\n\n"x,y",2\n1,"2",3,4\n   \n1,2,"3\n4,5,6'


@pytest.fixture(params=[3, 7, 16, 1 << 20])
def path(request, monkeypatch, tmp_path):
    monkeypatch.setattr(csv_lines, "CHUNK_BYTES", request.param)
    path = tmp_path / "f.csv"
    path.write_text(TEXT)
    return path


def test_pieces_are_whole_lines_that_keep_their_numbers(path):
    pieces = [(p.content, p.first, p.lines) for p in pieces_of(path, 1)]
    assert b"".join(content for content, _, _ in pieces).decode() == TEXT.partition("\n")[2] + "\n"
    assert all(content.endswith(b"\n") and content.count(b"\n") == lines for content, _, lines in pieces)
    assert pieces[0][1] == 2
    assert sum(lines for _, _, lines in pieces) == 7
    assert all(b[1] == a[1] + a[2] for a, b in itertools.pairwise(pieces))


def test_lines_longer_than_a_chunk_stay_whole(path):
    path.write_text("a\n" + "x" * 50 + "\nb")
    assert [line for p in pieces_of(path) for line in p.content.splitlines()] == [b"a", b"x" * 50, b"b"]


@pytest.mark.parametrize(
    ("text", "has_quotes", "is_open"),
    [(TEXT, True, True), (TEXT.replace('"3', "3"), True, False), (TEXT.replace('"', ""), False, False)],
)
def test_pieces_know_their_quotes(path, text, has_quotes, is_open):
    path.write_text(text)
    pieces = [(p.has_quotes, p.has_open_quotes) for p in pieces_of(path)]
    assert any(has for has, _ in pieces) == has_quotes
    assert any(opened for _, opened in pieces) == is_open


def test_fields_of_each_line(path):
    fields = field_counts(pieces_of(path, 1), ",")
    assert fields.count.tolist() == [3, 1, 2, 4, 1, 3, 3]
    assert np.flatnonzero(fields.is_blank).tolist() == [1, 4]


def test_an_empty_last_field_is_seen_whatever_ends_the_line(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(b"1,2,\n1,2\r\n1,2,\r\n\n,\n")
    assert field_counts(pieces_of(path), ",").ends_empty.tolist() == [True, False, True, False, True]


def test_texts_of_lines_of_a_piece(path):
    for piece in pieces_of(path, 1):
        numbers = list(range(piece.first, piece.first + piece.lines))
        assert texts_in(piece, numbers[::-1]) == [TEXT.split("\n")[n - 1] for n in numbers[::-1]]


def test_lines_by_number(path):
    assert lines_at(path, [2, 8]) == {2: "1,2,3", 8: "4,5,6"}


def test_lines_without_bound_are_cut_and_still_counted_once():
    file = io.BytesIO(b"ab\n" + b"x" * 100 + b"\ncd\n" + b"y" * 9)
    assert list(bounded_lines(file, 4)) == [(1, b"ab\n"), (2, b"xxxx"), (3, b"cd\n"), (4, b"yyyy")]


def test_mending_joins_what_belongs_together_and_drops_open_quotes(path, tmp_path):
    path.write_text('a,b,c\n1,"2\n2",3\n1,2,"3\n4,5,6\n7,"8""8",9\n')
    plain = tmp_path / "mended"
    line = mend(path, plain, dialect_of(path.read_bytes()))
    assert plain.read_text() == ',,\n1,2 2,3\n1,2,3\n4,5,6\n7,"8""8",9\n'
    assert line.tolist() == [0, 2, 4, 5, 6]
