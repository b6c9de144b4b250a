"""A client that goes away frees its place, while it sends and while its run works."""

import os
import time
from pathlib import Path

import pytest
from serving import answer_of, connected, served, until

from app.http.routes import tracks
from app.http.service import create_app
from app.settings import RunLimits
from app.workers.jobs import Answer

WITHIN_S = 3.0
"""The aim is one second; a test does not judge how busy its machine is."""


def as_the_body_says(job):
    """Sleep for as many seconds as the body says, and note the process in the file that it names."""
    seconds, marker = job.path.read_text().split()
    Path(marker).write_text(f"{os.getpid()} {job.path.parent}")
    time.sleep(float(seconds))
    return Answer(200, "text/plain", b"done")


@pytest.fixture(scope="module")
def service():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tracks, "answer_upload", as_the_body_says)
        app = create_app(runs=RunLimits(max_runs=1, max_queue=1))
        with served(app) as port:
            yield app, port


def upload(port, text, length=None):
    head = "POST /v1/tracks HTTP/1.1", "Content-Type: text/csv", f"Content-Length: {length or len(text)}"
    return connected(port, *head, body=text.encode())


def process_of(marker):
    assert until(lambda: marker.exists() and marker.read_text(), 20)
    return marker.read_text().split()


def is_gone(pid):
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    return False


def test_a_run_is_stopped_when_its_client_goes_away(service, tmp_path):
    app, port = service
    with upload(port, f"60 {tmp_path / 'run'}"):
        pid, folder = process_of(tmp_path / "run")
    assert until(lambda: app.state.pool.places_taken == app.state.pool.running == 0, WITHIN_S)
    assert is_gone(pid)
    assert not Path(folder).exists()
    assert app.state.scratch.used_bytes == 0
    with upload(port, f"0 {tmp_path / 'next'}") as client:
        assert answer_of(client)[0] == 200


def test_a_request_that_waits_is_forgotten_when_its_client_goes_away(service, tmp_path):
    app, port = service
    with upload(port, f"60 {tmp_path / 'run'}"):
        pid, _ = process_of(tmp_path / "run")
        with upload(port, f"0 {tmp_path / 'waits'}"):
            assert until(lambda: app.state.pool.places_taken == 2)
        assert until(lambda: app.state.pool.places_taken == 1, WITHIN_S)
        assert not is_gone(pid)
        assert not (tmp_path / "waits").exists()


def test_a_body_that_breaks_off_leaves_no_place_and_no_folder(service, tmp_path):
    app, port = service
    assert until(lambda: app.state.pool.places_taken == 0)
    with upload(port, f"0 {tmp_path / 'never'}", length=1000):
        assert until(lambda: app.state.pool.places_taken == 1)
        assert until(lambda: app.state.scratch.used_bytes > 0)
    assert until(lambda: app.state.pool.places_taken == 0, WITHIN_S)
    assert list(app.state.scratch.folder.iterdir()) == []
    assert app.state.scratch.used_bytes == 0


def test_a_form_that_breaks_off_leaves_none_either(service):
    app, port = service
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nmmsi'
    head = "POST /v1/tracks HTTP/1.1", "Content-Type: multipart/form-data; boundary=x", "Content-Length: 9999"
    with connected(port, *head, body=part):
        assert until(lambda: app.state.scratch.used_bytes > 0)
    assert until(lambda: app.state.pool.places_taken == 0, WITHIN_S)
    assert app.state.scratch.used_bytes == 0
