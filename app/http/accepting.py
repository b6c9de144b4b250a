"""A server without file descriptors cannot accept connections: one line a minute says so, not thousands."""

from __future__ import annotations

import errno
import logging
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

logger = logging.getLogger("uvicorn.error")

EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
SAID_EVERY_S = 60.0


class QuietWhenExhausted:
    """Handle what the event loop reports: asyncio does so for each of up to 2,048 failed accepts."""

    def __init__(self) -> None:
        self._said_s: float | None = None

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Say once a minute that there are no descriptors; pass on all else."""
        fault = context.get("exception")
        if not isinstance(fault, OSError) or fault.errno not in EXHAUSTED:
            loop.default_exception_handler(context)
        elif self._said_s is None or monotonic() - self._said_s > SAID_EVERY_S:
            self._said_s = monotonic()
            logger.error("new connections must wait: %s. Raise the limit (ulimit -n)", fault.strerror)
