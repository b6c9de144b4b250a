"""One function reads every file, and says plainly what it cannot read."""

import pytest

from app.readers import READERS, ReadError, read_file


def test_a_missing_file(tmp_path):
    with pytest.raises(ReadError, match="no such file"):
        read_file(tmp_path / "nothing.csv")


def test_a_folder(tmp_path):
    with pytest.raises(ReadError, match="not a file"):
        read_file(tmp_path)


def test_an_empty_file(read):
    with pytest.raises(ReadError, match="the file is empty"):
        read("")


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 100, b"\x01\xff" * 50])
def test_binary_junk_shows_its_first_bytes(read, content):
    with pytest.raises(ReadError, match=r"begins with the bytes .*formats read: parquet"):
        read(content)


@pytest.mark.parametrize("content", ["hello", "   \n \n", "one two three\nfour five six\n"])
def test_text_that_is_no_track(read, content):
    with pytest.raises(ReadError, match="no track format is recognised"):
        read(content)


def test_every_reader_has_a_name_of_its_own():
    names = [reader.name for reader in READERS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("head", [b"", b"\x00", b"\xff\xfe", b"{", b"[", b"\n" * 99, b"a,b,c", b'"'])
def test_recognising_never_raises(reader, head):
    assert reader.recognises(head) in (True, False)
