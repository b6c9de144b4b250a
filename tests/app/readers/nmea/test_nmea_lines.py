"""The grammar of lines against the plain one-sentence reading of pyais."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyais import encode_dict

from app.readers.nmea.lines import chunks, sentences
from app.readers.nmea.text import exclusive_or, is_sound


@given(st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)))
def test_checksums_of_any_texts(texts):
    expected = []
    for text in texts:
        total = 0
        for byte in text.encode():
            total ^= byte
        expected.append(total)
    column = pl.Series(texts, dtype=pl.String)
    assert exclusive_or(column).tolist() == expected
    checks = pl.Series([f"{total:02X}" for total in expected], dtype=pl.String)
    assert is_sound(column, checks).all()
    assert not is_sound(column, pl.Series(["zz"] * len(texts), dtype=pl.String)).any()


def test_lines_keep_their_numbers_over_blank_lines_and_chunks(tmp_path, monkeypatch):
    monkeypatch.setattr("app.readers.nmea.lines.CHUNK_BYTES", 64)
    path = tmp_path / "f"
    lines = [f"line {i}" * (i % 5) for i in range(200)]
    for end in ("\n", "\r\n"):
        path.write_bytes(end.join(lines).encode())
        read = pl.concat(list(chunks(path)))
        expected = [(i, text) for i, text in enumerate(lines, start=1) if text]
        assert read.rows() == expected


def test_a_chunk_without_a_line_end_is_joined(tmp_path, monkeypatch):
    monkeypatch.setattr("app.readers.nmea.lines.CHUNK_BYTES", 16)
    path = tmp_path / "f"
    path.write_bytes(b"x" * 20 + b"\n" + b"y" * 3)
    assert [text[:1] for _, text in pl.concat(list(chunks(path))).rows()][-1] == "y"


@pytest.mark.parametrize("talker", ["AI", "BS", "AN", "AB", "SA", "AD", "AR", "AS", "AT", "AX"])
@pytest.mark.parametrize("kind", ["VDM", "VDO"])
def test_every_talker(talker, kind):
    (line,) = encode_dict({"msg_type": 1, "mmsi": 440000001}, talker_id=talker, sentence_type=kind)
    frame = sentences(pl.DataFrame({"line": np.array([1]), "text": [line]}))
    assert frame["is_sound"].to_list() == [True]
    assert frame["payload"].to_list() == [line.split(",")[5]]
