"""What a command writes is whole, or the file of before is still there."""

import errno
import os
import stat
from pathlib import Path

import pytest
from running import ran

from app.errors import OptionError
from app.http.routes.examples import TRACKS_CSV
from app.inputs.arrays import save_arrays
from app.writing import check_output, write_whole


def half_then_full(target):
    target.write(b"half of it")
    target.flush()
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_the_old_result_and_nothing_else(tmp_path):
    old = tmp_path / "events.geojson"
    old.write_text("the old result")
    with pytest.raises(OSError, match="No space left"):
        write_whole(old, half_then_full)
    assert old.read_text() == "the old result"
    assert list(tmp_path.iterdir()) == [old]


def test_a_new_file_may_be_read_by_those_who_may_read_others(tmp_path):
    write_whole(tmp_path / "new", lambda target: target.write(b"x"))
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_an_old_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", lambda target: target.write(b"new"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_a_device_is_written_to_as_it_is():
    write_whole(Path(os.devnull), lambda target: target.write(b"x"))


def test_a_learnt_file_is_whole_too(tmp_path, monkeypatch):
    (tmp_path / "mine.npz").write_bytes(b"old")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("numpy.savez_compressed", full)
    with pytest.raises(OSError, match="full"):
        save_arrays(tmp_path / "mine.npz", {}, {})
    assert (tmp_path / "mine.npz").read_bytes() == b"old"


@pytest.fixture
def tracks(tmp_path):
    path = tmp_path / "tracks.csv"
    path.write_text(TRACKS_CSV)
    return path


@pytest.mark.parametrize("extra", [[], ["--watchlist"], ["--zones"], ["--area"]])
def test_an_output_that_is_an_input_is_refused_and_the_input_kept(tracks, tmp_path, extra):
    other = tmp_path / "other.csv"
    other.write_text(TRACKS_CSV)
    target = other if extra else tracks
    result = ran("detect", tracks, *extra, *([other] if extra else []), "-o", target, code=2)
    assert "is an input of this command" in result.stderr
    assert target.read_text() == TRACKS_CSV


def test_an_input_by_another_name_is_still_that_input(tracks, tmp_path):
    (tmp_path / "link.csv").symlink_to(tracks)
    with pytest.raises(OptionError, match="is an input"):
        check_output(tmp_path / "link.csv", [tracks])


@pytest.mark.parametrize("command", [["simulate", "demo"], ["detect", "tracks.csv"], ["train", "tracks.csv"]])
def test_a_folder_that_does_not_exist_is_said_before_the_work_begins(command, tmp_path):
    result = ran(*command, "-o", tmp_path / "nowhere" / "x", code=2)
    assert f"there is no folder {tmp_path / 'nowhere'}" in result.stderr.replace("\n", "")


def test_a_folder_is_no_output(tracks, tmp_path):
    assert "is a folder" in ran("detect", tracks, "-o", tmp_path, code=2).stderr
