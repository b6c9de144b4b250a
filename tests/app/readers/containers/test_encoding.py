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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(read, encoding):
    assert read(TEXT.encode(encoding)).statics[0].name == "HØEGH"


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp949", "mmsi,일시,위도,경도,선명"),
        ("gb18030", "mmsi,时间,纬度,经度,船名"),
        ("shift_jis", "mmsi,日時,緯度,経度,船名"),
        ("cp1251", "mmsi,время,широта,долгота,название"),
    ],
)
def test_a_spreadsheet_of_the_region(read, encoding, names):
    name = names.split(",")[-1]
    batch = read(f"{names}\n440000001,2024-01-01T00:00:00Z,38.5,124.25,{name}\n".encode(encoding))
    assert (batch.encoding, batch.statics[0].name) == (encoding, name)
    assert (batch.reports.lat_deg[0], batch.reports.lon_deg[0]) == (38.5, 124.25)


def test_line_ends_of_an_old_macintosh(read):
    assert len(read(TEXT.replace("\n", "\r").encode()).reports) == 1


def test_a_name_in_a_regional_encoding_alone_shows_none():
    body = b"mmsi,time,lat,lon,name\n1,2024-01-01,1,2," + "선명".encode("cp949")
    assert encoding_of(body) == "cp1252"
