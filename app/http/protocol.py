"""HTTP/1.1 connections with limits: how many, how long a head may take, how long an answer may lie unread."""

from __future__ import annotations

import asyncio
import resource
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

from app.http.refusal import refusal
from app.settings import ServerLimits

if TYPE_CHECKING:
    from collections.abc import Callable

LINGER_S = 5.0
"""A client that still sends is listened to for so long after its answer: else the answer is lost."""


class BoundedProtocol(H11Protocol):
    """uvicorn's protocol, with limits from the environment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's arguments
        super().__init__(*args, **kwargs)
        self.limits = ServerLimits()
        self._head_timer: asyncio.TimerHandle | None = None
        self._unsent_timer: asyncio.TimerHandle | None = None
        self._is_refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or refuse one too many."""
        if len(self.connections) >= connections_allowed(self.limits.max_connections):
            self._is_refused = True
            transport.write(refusal(503, "too many connections are open: try again later", retry_after_s=10))
            transport.close()
            return
        super().connection_made(cast("asyncio.Transport", LingeringTransport(transport, self._is_sending)))
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        if not self._is_refused:
            self._forget_head()
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take a piece; what comes after an answer that did not wait for it is dropped."""
        if not self.transport.is_closing():
            super().data_received(data)
            self._watch_head()

    def pause_writing(self) -> None:
        """Wait for the client to read what was sent, as long as it makes progress."""
        super().pause_writing()
        self._watch_unsent()

    def on_response_complete(self) -> None:
        """Wait for the client to read the rest of the answer in the same way."""
        super().on_response_complete()
        self._watch_unsent()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, as a problem."""
        self._end(refusal(400, msg))

    def _is_sending(self) -> bool:
        return self.cycle is not None and self.cycle.more_body

    def _watch_head(self) -> None:
        """Start the clock of a head that is awaited; stop it once the request is there."""
        is_at_work = self.cycle is not None and not self.cycle.response_complete
        if is_at_work or self.transport.is_closing():
            self._forget_head()
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.limits.header_timeout_s, self._head_is_late)

    def _forget_head(self) -> None:
        if self._head_timer:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_is_late(self) -> None:
        is_begun = bool(self.conn.trailing_data[0])
        limit = f"the head of the request did not come within {self.limits.header_timeout_s:g} s"
        self._end(refusal(408, limit) if is_begun else b"")

    def _end(self, last_words: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(last_words)
            self.transport.close()

    def _watch_unsent(self) -> None:
        unsent_bytes = self.transport.get_write_buffer_size()
        if unsent_bytes and not self._unsent_timer:
            self._unsent_timer = self.loop.call_later(
                self.limits.body_timeout_s, self._judge_unsent, unsent_bytes
            )

    def _judge_unsent(self, before_bytes: int) -> None:
        self._unsent_timer = None
        if self.transport.get_write_buffer_size() == before_bytes:
            self.transport.abort()
        else:
            self._watch_unsent()


class LingeringTransport:
    """A transport that lets a client finish, for a short time, before it closes (RFC 9112, 9.6).

    To close at once on a client that still sends would make its system drop the answer.
    """

    def __init__(self, transport: asyncio.Transport, is_sending: Callable[[], bool]) -> None:
        self._transport = transport
        self._is_sending = is_sending
        self._lingers = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the transport has
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """Return whether nothing more will be sent."""
        return self._lingers or self._transport.is_closing()

    def close(self) -> None:
        """Close; where the client still sends, end the own side first."""
        if self.is_closing() or not self._is_sending():
            self._transport.close()
            return
        self._lingers = True
        with suppress(OSError):  # the client is gone
            self._transport.write_eof()
        self._transport.resume_reading()
        asyncio.get_running_loop().call_later(LINGER_S, self._transport.close)


def connections_allowed(most: int) -> int:
    """Return how many connections leave file descriptors for all else."""
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return most if descriptors == resource.RLIM_INFINITY else max(min(most, descriptors * 3 // 4 - 32), 1)
