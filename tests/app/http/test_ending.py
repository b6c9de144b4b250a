"""The end of the service: grace for what is under way, then 503; a second signal ends it at once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from serving import START_S, answer_of, connected, port_of, serving, until

from app.http.routes import tracks
from app.http.routes.examples import TRACKS_CSV
from app.http.service import create_app
from app.settings import RunLimits
from app.workers.jobs import Answer

HALF = len(TRACKS_CSV) // 2


def sleepy(_):
    time.sleep(60)
    return Answer(200, "text/plain", b"")


def upload(port, sent=TRACKS_CSV):
    head = "POST /v1/tracks HTTP/1.1", "Content-Type: text/csv", f"Content-Length: {len(TRACKS_CSV)}"
    return connected(port, *head, body=sent.encode())


def test_a_run_that_outlasts_the_grace_is_stopped_and_answered_503():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tracks, "answer_upload", sleepy)
        app = create_app(runs=RunLimits(max_runs=1))
        with serving(app, timeout_graceful_shutdown=1) as server, upload(port_of(server)) as client:
            assert until(lambda: app.state.pool.running == 1)
            server.should_exit = True
            status, head, told = answer_of(client)
    assert (status, json.loads(told)["type"]) == (503, "urn:darkwake:problem:run-stopped")
    assert "retry-after" in head


@contextmanager
def command(tmp_path, *options, **settings):
    """The service as a command, with the folder of its temporary files."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "TMPDIR": str(tmp_path), **{f"DARKWAKE_{k}": str(v) for k, v in settings.items()}}
    words = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), *options]
    with subprocess.Popen(words, env=env, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            assert until(lambda: answers(port), START_S)
            yield process, port
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def answers(port):
    try:
        with connected(port, "GET /healthz HTTP/1.1") as client:
            return answer_of(client)[0] == 200
    except OSError:
        return False


def is_uploading(tmp_path):
    return until(lambda: list(tmp_path.glob("darkwake-scratch-*/*/tracks")))


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one process", "two"])
def test_what_is_under_way_may_end_and_nobody_new_is_taken(tmp_path, options):
    with command(tmp_path, *options) as (process, port), upload(port, TRACKS_CSV[:HALF]) as client:
        assert is_uploading(tmp_path)
        process.send_signal(signal.SIGTERM)
        assert until(lambda: not answers(port))
        client.sendall(TRACKS_CSV[HALF:].encode())
        assert answer_of(client)[0] == 200
        assert process.wait(30) == 0
    assert list(tmp_path.glob("darkwake-*")) == []


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one process", "two"])
def test_what_does_not_end_within_the_grace_is_told_to_come_back(tmp_path, options):
    with (
        command(tmp_path, *options, GRACE_S=1) as (process, port),
        upload(port, TRACKS_CSV[:HALF]) as client,
    ):
        assert is_uploading(tmp_path)
        process.send_signal(signal.SIGTERM)
        assert answer_of(client)[0] == 503
        assert process.wait(30) == 0
    assert list(tmp_path.glob("darkwake-*")) == []


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one process", "two"])
def test_a_second_signal_ends_it_at_once(tmp_path, options):
    with (
        command(tmp_path, *options, GRACE_S=600) as (process, port),
        upload(port, TRACKS_CSV[:HALF]),
    ):
        assert is_uploading(tmp_path)
        process.send_signal(signal.SIGTERM)
        assert until(lambda: not answers(port))
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    assert list(tmp_path.glob("darkwake-*")) == []
