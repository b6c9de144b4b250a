"""Text in other encodings than UTF-8."""

import codecs

import pytest

from app.readers.containers.encoding import encoding_of

TEXT = "mmsi,time,lat,lon,name\n257000001,2024-01-01T00:00:00Z,60.5,5.25,HØEGH\n"


@pytest.mark.parametrize(
    "encoded",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
    ],
)
def test_names_survive(read, encoded):
    batch = read(encoded)
    assert len(batch.reports) == 1
    assert batch.statics[0].name == "HØEGH"


def test_one_bad_byte_does_not_make_it_another_encoding():
    assert encoding_of("HØEGH".encode() + b"\xff") == "utf-8"
    assert encoding_of(b"\x00\xd8") == "utf-8"


def test_a_character_cut_at_the_end_of_the_head():
    assert encoding_of(("x" * 65535 + "Ø").encode()[:65536]) == "utf-8"
