"""A body that comes too slowly is given up; an answer before the end of a body closes the connection."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from app.settings import ServerLimits

TIMEOUT = 408

SLOWEST_BYTES_PER_S = 128
"""Slower than the slowest satellite telephone: a client that only holds its place."""


class RequestBody:
    """Give up slow bodies; close the connection after an answer that did not wait for the body."""

    def __init__(self, app: ASGIApp, limits: ServerLimits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, within the limits of time."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = Body(receive, self.limits, is_complete=not _has_body(scope))

        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start" and not body.is_complete:
                MutableHeaders(raw=message["headers"])["Connection"] = "close"
            await send(message)

        await self.app(scope, body.receive, closing)


def _has_body(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


class Body:
    """What is still to come of a body, and how long it was waited for since it last made progress."""

    def __init__(self, receive: Receive, limits: ServerLimits, *, is_complete: bool) -> None:
        self.is_complete = is_complete
        self._receive = receive
        self._limits = limits
        self._started_s = monotonic()
        self._restart()

    def _restart(self) -> None:
        self._waited_s, self._received_bytes = 0.0, 0

    async def receive(self) -> Message:
        """Return the next message. Raises HTTPException (408) for a body that comes too slowly.

        After the body's end the wait is for the client to go away, which may take as long as it likes.
        """
        if self.is_complete:
            return await self._receive()
        asked_s = monotonic()
        message = await self._in_time()
        self._waited_s += monotonic() - asked_s
        self._received_bytes += len(message.get("body", b""))
        self.is_complete = not message.get("more_body", False)
        self._judge()
        return message

    async def _in_time(self) -> Message:
        try:
            async with asyncio.timeout(self._limits.body_timeout_s):
                return await self._receive()
        except TimeoutError:
            raise _too_slow(f"nothing came for {self._limits.body_timeout_s:g} s") from None

    def _judge(self) -> None:
        """Demand progress in each span of time that was spent waiting, and an end at last."""
        if monotonic() - self._started_s > self._limits.max_upload_s and not self.is_complete:
            raise _too_slow(f"it did not end within {self._limits.max_upload_s:g} s")
        if self._waited_s >= self._limits.body_timeout_s:
            if self._received_bytes < SLOWEST_BYTES_PER_S * self._waited_s and not self.is_complete:
                raise _too_slow(f"it comes more slowly than {SLOWEST_BYTES_PER_S} bytes a second")
            self._restart()


def _too_slow(why: str) -> HTTPException:
    return HTTPException(TIMEOUT, f"the body was given up: {why}. Send it again, compressed or in parts")
