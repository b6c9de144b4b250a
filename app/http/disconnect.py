"""A client that goes away: its run is stopped, and its place is free for others."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from fastapi import Request

T = TypeVar("T")


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` gives; where the client goes away first, cancel it and raise ClientDisconnect.

    The body must have been read: what comes after it is the news that the client is gone.
    """
    at_work, gone = asyncio.ensure_future(work), asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({at_work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not at_work.done():
            raise ClientDisconnect
        return at_work.result()
    finally:
        at_work.cancel()
        gone.cancel()
        await asyncio.wait({at_work, gone})


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
