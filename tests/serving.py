"""A real server on a real socket, in a thread of the test, and a client that speaks HTTP by hand."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

START_S = 60


@contextmanager
def served(app, **config):
    """Serve an app; give the port."""
    with serving(app, **config) as server:
        yield port_of(server)


def port_of(server):
    return server.servers[0].sockets[0].getsockname()[1]


@contextmanager
def serving(app, **config):
    """Serve an app; give the server."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", **config))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert until(lambda: server.started, START_S)
        yield server
    finally:
        server.should_exit = True
        thread.join(30)


def until(condition, within_s=5.0):
    """Return whether a condition comes true in time."""
    deadline = time.monotonic() + within_s
    while not (is_true := condition()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_true


@contextmanager
def connected(port, *lines, body=b""):
    """Open a connection, send a request's lines and some of its body, and give the socket."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        head = "\r\n".join([*lines, "Host: test", "", ""]) if lines else ""
        client.sendall(head.encode() + body)
        yield client


def answer_of(client):
    """Read until the server closes or falls silent after a whole answer; return status and text."""
    data = b""
    while not _is_whole(data) and (piece := client.recv(1 << 16)):
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    status = int(head.split()[1]) if head else 0
    return status, head.decode().lower(), body.decode()


def _is_whole(data):
    head, mark, body = data.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return bool(mark) and len(body) >= int(line.split(b":")[1])
    return False
