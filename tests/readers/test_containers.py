"""Packed files: by content, within limits, and nothing left behind."""

import gzip
import tempfile

import pytest
from conftest import counts

from app.readers import Limits, ReadError, read_file
from app.readers.containers import unpacked

CSV = b"mmsi,time,lat,lon\n" + b"440000001,2024-01-01T00:00:00Z,38.5,124.25\n" * 1000


def test_gzip_is_told_by_its_content(read):
    assert len(read(gzip.compress(CSV), name="track.csv").reports) == 1000


def test_a_bomb_is_refused_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(bytes(8 << 20)))
    with pytest.raises(ReadError, match="more than 20 times its size"):
        read_file(bomb, limits=Limits(ratio_judged_bytes=1 << 20, max_ratio=20))
    with pytest.raises(ReadError, match="unpacks to more than 2 MiB"):
        read_file(bomb, limits=Limits(max_unpacked_bytes=2 << 20))
    assert [path.name for path in tmp_path.iterdir()] == ["bomb.gz"]


def test_a_file_too_large_is_refused_with_the_way_round(tmp_path):
    path = tmp_path / "big.csv"
    path.write_bytes(CSV)
    with pytest.raises(ReadError, match=r"more than the limit.*Cut it by day"):
        read_file(path, limits=Limits(max_file_bytes=100))


def test_a_gzip_cut_short_gives_what_could_be_read(read):
    rows = [f"440000001,2024-01-01T00:00:00Z,38.{i:05},124.25\n" for i in range(5000)]
    packed = gzip.compress(("mmsi,time,lat,lon\n" + "".join(rows)).encode())
    batch = read(packed[: len(packed) // 2])
    assert 100 < len(batch.reports) < 5000
    assert counts(batch) == {"truncated": 1}
    assert batch.rejects.examples["truncated"][0].line == len(batch.reports) + 2
    assert any("broke off" in warning for warning in batch.warnings)


def test_a_gzip_that_unpacks_to_nothing(read):
    with pytest.raises(ReadError, match="empty once unpacked"):
        read(gzip.compress(b""))


def test_a_gzip_damaged_at_once(read):
    with pytest.raises(ReadError, match="damaged gzip"):
        read(b"\x1f\x8b\x08\x00" + b"\xff" * 50)


def test_temporary_files_vanish_even_on_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = tmp_path / "t.gz"
    path.write_bytes(gzip.compress(CSV))
    with pytest.raises(RuntimeError), unpacked(path, "t", Limits()):
        raise RuntimeError
    assert [p.name for p in tmp_path.iterdir()] == ["t.gz"]
