"""An answer that the client already has is not sent again: ETag and If-None-Match (RFC 9110, 13.1.2)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATHS = ("/v1/detectors", "/v1/layers", "/v1/examples", "/openapi.json", "/docs", "/", "/demo/tracks.csv")
"""What changes only with the version of the service, or its files. Static files bring tags of their own."""

OK, NOT_MODIFIED = 200, 304


class Conditional:
    """Tag the answers of some paths by their content."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; of some answers only that they are the same."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", "")) or "/"
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or path not in PATHS:
            await self.app(scope, receive, send)
            return
        known_tags = Headers(scope=scope).get("if-none-match", "").split(",")
        known = {tag.strip().removeprefix("W/") for tag in known_tags}
        start: Message = {}
        body = b""

        async def held(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                await _answer(start, body, known, send)

        await self.app(scope, receive, held)


async def _answer(start: Message, body: bytes, known: set[str], send: Send) -> None:
    headers = MutableHeaders(raw=start["headers"])
    if start["status"] == OK:
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers["etag"] = tag
        headers["cache-control"] = "no-cache"  # may be kept, but asked about
        if tag in known or "*" in known:
            del headers["content-length"]
            start["status"], body = NOT_MODIFIED, b""
    await send(start)
    await send({"type": "http.response.body", "body": body})
