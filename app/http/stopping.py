"""The end of the service: running requests get a time of grace, then they are told that it ends."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from app.errors import StoppedError
from app.http.problems import respond
from app.workers.jobs import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENDING = "the service is ending and the run was stopped: send it again later"
LAST_WORDS_S = 3.0
"""Requests that were told to end are answered within this time."""


class OpenRequests:
    """How many requests are not answered yet."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one request."""
        self._count += 1
        self._none.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._none.set()

    async def answered(self) -> None:
        """Wait until all are answered, for a short time at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS_S):
                await self._none.wait()


class AnswerWhenStopped:
    """Answer 503 where the server cancels a request: it does so when the time of grace is over."""

    def __init__(self, app: ASGIApp, requests: OpenRequests) -> None:
        self.app = app
        self.requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; answer what is cancelled and has no answer yet."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_started = False

        async def watch(message: Message) -> None:
            nonlocal is_started
            is_started = True
            await send(message)

        with self.requests.one():
            try:
                await self.app(scope, receive, watch)
            except asyncio.CancelledError:
                if is_started:
                    raise
                await respond(scope["app"], problem(StoppedError(ENDING)))(scope, receive, send)
