"""Connections with limits: slow heads, slow bodies, answers that nobody reads, too many at once."""

import json
import socket
import subprocess
import sys

import pytest
from serving import answer_of, connected, port_of, serving, until

from app.http.protocol import BoundedProtocol, connections_allowed
from app.http.service import create_app
from app.settings import RunLimits, ServerLimits

SHORT = {"HEADER_TIMEOUT_S": "0.6", "BODY_TIMEOUT_S": "0.6", "MAX_UPLOAD_S": "3", "MAX_CONNECTIONS": "8"}


@pytest.fixture(scope="module")
def app():
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SHORT.items():
            patch.setenv(f"DARKWAKE_{name}", value)
        yield create_app(runs=RunLimits(max_runs=1, max_queue=0), server=ServerLimits())


@pytest.fixture(scope="module")
def server(app):
    with serving(app, http=BoundedProtocol) as server:
        yield server


@pytest.fixture(scope="module")
def port(server):
    return port_of(server)


def upload(port, sent, *more, length=1000):
    head = "POST /v1/tracks HTTP/1.1", "Content-Type: text/csv", f"Content-Length: {length}", *more
    return connected(port, *head, body=sent)


def test_a_head_that_never_ends_is_408(port):
    with connected(port) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: te")
        status, head, told = answer_of(client)
        assert (status, json.loads(told)["status"], "connection: close" in head) == (408, 408, True)
        assert client.recv(10) == b""


def test_dripping_the_head_buys_no_time(port):
    with connected(port) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\n")
        for _ in range(40):
            if _ended(client, 0.1):
                return
            client.sendall(b"X: y\r\n")
    pytest.fail("the connection stayed open")


def _ended(client, within_s):
    client.settimeout(within_s)
    try:
        return client.recv(1000, socket.MSG_PEEK).startswith(b"HTTP/1.1 408")
    except TimeoutError:
        return False


def test_a_connection_without_a_word_is_closed(port):
    with connected(port) as client:
        assert client.recv(10) == b""


def test_the_second_head_on_a_connection_has_the_same_limit(port):
    with connected(port, "GET /healthz HTTP/1.1") as client:
        assert answer_of(client)[0] == 200
        client.sendall(b"GET /healthz HT")
        assert answer_of(client)[0] == 408


def test_a_body_that_stops_is_408_and_its_place_is_free(app, port):
    with upload(port, b"mmsi") as client:
        assert until(lambda: app.state.pool.places_taken == 1)
        status, head, told = answer_of(client)
        assert (status, "nothing came for 0.6 s" in json.loads(told)["detail"]) == (408, True)
        assert "connection: close" in head
    assert until(lambda: app.state.pool.places_taken == 0)


def test_dripping_the_body_buys_no_time_either(port):
    with upload(port, b"mmsi", length=100_000) as client:
        for _ in range(40):
            if _ended(client, 0.1):
                return
            client.sendall(b"x")
    pytest.fail("the place stayed taken")


def test_a_steady_body_may_take_longer_than_a_pause_may(port):
    with upload(port, b"", length=4000) as client:
        for _ in range(10):
            client.sendall(b"x" * 400)
            assert not _ended(client, 0.12)
        client.settimeout(20)
        assert answer_of(client)[0] == 422


def test_a_client_that_still_sends_reads_why_it_was_refused(port):
    """To close at once would reset the connection, and the answer would be lost."""
    with (
        upload(port, b"", length=50_000_000) as holder,
        upload(port, b"x" * 100_000, length=9_000_000) as late,
    ):
        for _ in range(20):
            late.sendall(b"x" * 100_000)
        status, head, _ = answer_of(late)
        assert (status, "connection: close" in head) == (503, True)
        assert holder.fileno() > 0


def test_what_is_no_http_is_a_problem_too(port):
    with connected(port) as client:
        client.sendall(b"\x16\x03\x01 no http\r\n\r\n")
        status, head, told = answer_of(client)
        assert (status, json.loads(told)["status"]) == (400, 400)
        assert "application/problem+json" in head


def test_an_answer_that_nobody_reads_is_given_up(server, port):
    assert until(lambda: not server.server_state.connections)
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        bundle = b"GET /static/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: t\r\n\r\n"
        client.sendall(bundle * 4)
        assert until(lambda: server.server_state.connections)
        assert until(lambda: not server.server_state.connections, 20)


def test_one_connection_too_many_is_refused_and_the_next_after_one_less_is_not(port):
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(8)]
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as late:
            status, head, _ = answer_of(late)
            assert (status, "retry-after" in head) == (503, True)
    finally:
        for each in held:
            each.close()
    assert until(lambda: _healthy(port))


def _healthy(port):
    with connected(port, "GET /healthz HTTP/1.1") as client:
        return answer_of(client)[0] == 200


def test_connections_leave_descriptors_for_all_else():
    code = (
        "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (256, 256));"
        "from app.http.protocol import connections_allowed as a; print(a(512), a(100))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["160", "100"]
    assert connections_allowed(5) == 5
