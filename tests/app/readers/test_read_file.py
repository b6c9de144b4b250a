"""One function reads every file, and says plainly what it cannot read."""

import zipfile

import pytest

from app.readers import READERS, Limits, ReadError, read_file


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


def fleet(first, count):
    rows = (f"{440000000 + first + i},2024-01-01T00:00:00Z,38.5,124.25" for i in range(count))
    return "mmsi,timestamp,lat,lon\n" + "\n".join(rows)


def test_more_vessels_than_the_limit_are_refused_before_anything_is_made_of_them(tmp_path):
    path = tmp_path / "fleet.csv"
    path.write_text(fleet(0, 30), encoding="ascii")
    assert read_file(path, limits=Limits(max_vessels=30))[0].rows == 30
    with pytest.raises(ReadError, match=r"30 different vessels, .* limit of 29\..* pin the one"):
        read_file(path, limits=Limits(max_vessels=29))


def test_the_limit_of_vessels_holds_for_all_members_together(tmp_path):
    path = tmp_path / "week.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for day in range(3):
            archive.writestr(f"{day}.csv", fleet(10 * day, 20))
    assert len(read_file(path, limits=Limits(max_vessels=40))) == 3
    with pytest.raises(ReadError, match=r"week.zip: 40 different vessels, more than the limit of 39"):
        read_file(path, "week.zip", limits=Limits(max_vessels=39))
