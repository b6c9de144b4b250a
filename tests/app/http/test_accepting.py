"""A server without file descriptors says so once, not for each failed accept."""

import asyncio
import errno
import os
import socket

from app.http.accepting import QuietWhenExhausted


async def accepting(handler):
    """Let asyncio accept from a socket that has none to give."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)

    class Exhausted(socket.socket):
        def accept(self):
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    with Exhausted() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        loop._accept_connection(asyncio.Protocol, listener, backlog=100)


def test_a_hundred_failed_accepts_are_one_line(caplog):
    asyncio.run(accepting(QuietWhenExhausted()))
    assert [r.getMessage() for r in caplog.records if "ulimit -n" in r.getMessage()] == [
        "new connections must wait: Too many open files. Raise the limit (ulimit -n)"
    ]
    assert len(caplog.records) == 1


def test_other_faults_are_passed_on(caplog):
    async def story():
        QuietWhenExhausted()(asyncio.get_running_loop(), {"message": "another", "exception": ValueError("x")})

    asyncio.run(story())
    assert "another" in caplog.text
