"""Bodies on the disk: refused before they are stored, bounded, removed; a full disk is told."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from serving import answer_of, connected, served, until

from app.disk import DiskFullError
from app.errors import BusyError, TooLargeError
from app.http.routes import body
from app.http.routes.examples import TRACKS_CSV
from app.http.scratch import PREFIX, Scratch
from app.http.service import create_app
from app.settings import MIB, RunLimits, ServerLimits
from app.workers.jobs import Job, in_upload_temp_folder

CSV = {"content-type": "text/csv"}


def small_app():
    return create_app(runs=RunLimits(max_runs=1, max_queue=0), server=ServerLimits(max_scratch_bytes=4 * MIB))


@pytest.fixture(scope="module")
def app():
    return small_app()


@pytest.fixture(scope="module")
def client():
    with TestClient(small_app(), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def port(app):
    with served(app) as port:
        yield port


def request_head(*more, size=10):
    return "POST /v1/tracks HTTP/1.1", "Content-Type: text/csv", f"Content-Length: {size}", *more


def folders(app):
    return list(app.state.scratch.folder.iterdir())


def test_a_request_that_cannot_wait_is_refused_before_its_body_is_stored(app, port):
    with connected(port, *request_head(), body=b"mmsi"):
        assert until(lambda: app.state.pool.places_taken == 1)
        assert until(lambda: len(folders(app)) == 1)
        with connected(port, *request_head(size=1 << 20), body=b"x" * 1000) as late:
            status, head, told = answer_of(late)
        assert (status, json.loads(told)["type"]) == (503, "urn:darkwake:problem:busy")
        assert "retry-after: 10" in head
        assert len(folders(app)) == 1
    assert until(lambda: app.state.pool.places_taken == 0)


def test_a_client_that_asks_before_it_sends_is_refused_at_once(app, port):
    with connected(port, *request_head(), body=b"mmsi"):
        assert until(lambda: app.state.pool.places_taken == 1)
        with connected(port, *request_head("Expect: 100-continue")) as asks:
            assert answer_of(asks)[0] == 503
    assert until(lambda: app.state.pool.places_taken == 0)
    with connected(port, *request_head("Expect: 100-continue")) as asks:
        assert asks.recv(1000).startswith(b"HTTP/1.1 100")


def test_what_one_request_alone_cannot_have_is_413_and_what_others_hold_is_503():
    with Scratch(100) as scratch, scratch.of_request() as one, scratch.of_request() as other:
        one.take(60)
        with pytest.raises(BusyError, match="other requests"):
            other.take(50)
        with pytest.raises(TooLargeError, match="DARKWAKE_MAX_SCRATCH_BYTES"):
            one.take(41)
        other.take(40)
    with scratch.of_request() if Path(scratch.folder).exists() else Scratch(100) as again:
        assert again.used_bytes == 0


@pytest.mark.parametrize("size", [3 * MIB, 1.5 * MIB], ids=["raw", "form"])
def test_a_body_larger_than_the_scratch_space_is_refused(client, size):
    """A form is held twice: as it comes, and as the file in it."""
    data = b"x" * int(size)
    asked = {"files": {"file": ("a.csv", data)}} if size < 2 * MIB else {"content": data, "headers": CSV}
    told = client.post("/v1/tracks", **asked)
    assert (told.status_code, "MAX_SCRATCH_BYTES" in told.json()["detail"]) == (413, True)
    assert folders(client.app) == []


def no_space(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("full", [(body.Target, "write"), (tempfile, "mkdtemp")], ids=["body", "folder"])
def test_a_full_disk_is_507_and_forgotten_when_there_is_space_again(client, full):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*full, no_space)
        told = client.post("/v1/tracks", content=TRACKS_CSV, headers=CSV)
    assert (told.status_code, told.json()["type"]) == (507, "urn:darkwake:problem:disk-full")
    assert client.post("/v1/tracks", content=TRACKS_CSV, headers=CSV).status_code == 200


FILL = """
import resource, sys
from pathlib import Path
from app.readers.containers.unpack import Limits, unpacked
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
with unpacked(Path(sys.argv[1]), "a.zip", Limits()) as found:
    print(found)
"""


def test_an_archive_that_fills_the_disk_is_not_called_damaged(tmp_path):
    """A limit on the size of files stands for the full disk: the system answers a write with an error."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", os.urandom(1 << 20) * 3)
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path / "a.zip")], capture_output=True, text=True, check=False
    )
    assert "DiskFullError: the disk for temporary files is full" in done.stderr


def test_a_run_that_fills_the_disk_is_507(tmp_path, monkeypatch):
    job = Job(tmp_path / "tracks", "tracks")
    assert in_upload_temp_folder(no_space, job).status == 507

    def in_words_of_its_own(_):
        raise RuntimeError("could not write block 7")

    with pytest.raises(RuntimeError):
        in_upload_temp_folder(in_words_of_its_own, job)
    monkeypatch.setattr("app.workers.jobs.is_full", lambda _: True)
    assert in_upload_temp_folder(in_words_of_its_own, job).status == 507


def test_other_errors_of_the_disk_are_not_called_a_full_one(tmp_path):
    with pytest.raises(FileNotFoundError):
        in_upload_temp_folder(lambda _: (tmp_path / "none").read_bytes(), Job(tmp_path / "tracks", "tracks"))
    assert not issubclass(DiskFullError, OSError)


HOLD = """
import sys
from app.http.scratch import Scratch
with Scratch(100) as scratch:
    print(scratch.folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_server(tmp_path):
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD], env=env, text=True, **pipes) as process:
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_the_next_start_removes_what_a_killed_server_left_and_not_what_a_living_one_has(
    other_server, tmp_path, monkeypatch
):
    process, folder = other_server
    (folder / "body").write_text("half of a body")
    (tmp_path / f"{PREFIX}a-file").write_text("of somebody")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Scratch(100):
        assert (folder / "body").exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    with Scratch(100) as mine:
        assert not folder.exists()
        assert mine.folder.exists()
    assert [p.name for p in tmp_path.iterdir()] == [f"{PREFIX}a-file"]
