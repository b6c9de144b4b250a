"""Files that hold no track: each is called by its name, and no text is taken for one."""

import pytest
import writers

from app.readers import ReadError
from app.readers.containers.unreadable import STRANGERS, named_format, unnamed_binary

PROTOBUF = bytes([10, 18, 8, 1, 16, 200, 250, 255, 209, 1, 25, 0, 0, 0, 0, 0, 64, 67, 64, 33]) * 20


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"Obj\x01\x04\x16avro.schema\x00", "Avro"),
        (b"ORC\x0a\x03\x00\x00", "ORC"),
        (b"RDX3\nX\n\x00\x00", "RData"),
        (b"X\n\x00\x00\x00\x03", "rds"),
        (b"<stata_dta><header>", "Stata"),
        (b"\x73\x02\x01\x00" + bytes(60), "Stata"),
        (b"$FL2@(#) SPSS", "SPSS"),
        (bytes(12) + b"\xc2\xea\x81\x60\xb3\x14", "SAS"),
        (b"\x93NUMPY\x01\x00", "NumPy"),
        (b"MATLAB 5.0 MAT-file", "MATLAB"),
        (b"PGDMP\x01", "PostgreSQL"),
        (b"\x03\x7c\x03\x04" + bytes(60), "dBASE"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "password"),
        (b"\xd4\xc3\xb2\xa1\x02\x00", "capture"),
        (b"<!DOCTYPE html><html><body>403</body></html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "LFS"),
        (PROTOBUF, "protocol buffers"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_strangers_are_called_by_name(read, head, word):
    with pytest.raises(ReadError, match=word):
        read(head)


@pytest.mark.parametrize("write", [writers.csv, writers.nmea, writers.gpx, writers.ndjson, writers.kml_track])
def test_texts_are_no_strangers(write):
    head = write().encode()
    assert (named_format(head), unnamed_binary(head)) == (None, None)


def test_no_mark_hides_another():
    marks = [magic for magic, _ in STRANGERS]
    later = [(a, b) for place, a in enumerate(marks) for b in marks[place + 1 :] if b.startswith(a)]
    assert later == []
