"""Every request has an id, a line in the log, and a place in the metrics."""

from __future__ import annotations

import json
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders

from app.http.logs import ACCESS
from app.metrics import REQUEST_S, REQUESTS, count_run
from app.workers.jobs import PROBLEM_MEDIA_TYPE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from app.workers.jobs import Counted

HEADER = "X-Request-ID"
TAKEN = re.compile(r"[A-Za-z0-9._:@/+=-]{1,128}")
"""Ids of others that are taken over: anything else could forge lines of a log, or fill it."""

CLIENT_GONE = 499
"""Status in the log of a request whose client went away before an answer began (nginx has it too)."""

QUIET = ("/healthz", "/readyz", "/metrics")
"""Asked every few seconds by machines: counted, but not in the log."""

NO_ROUTE = "(none)"


@dataclass
class Observation:
    """What is known of one request so far. `counted` is what its run examined, where there was one."""

    id: str
    started_s: float = field(default_factory=time.perf_counter)
    status: int = CLIENT_GONE
    bytes_in: int = 0
    bytes_out: int = 0
    counted: Counted | None = None


class Observed:
    """Outermost layer: gives the id, waits for the answer, logs and counts it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass every request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        seen = Observation(given if TAKEN.fullmatch(given) else uuid.uuid4().hex)
        scope.setdefault("state", {})["observation"] = seen

        async def counting() -> Message:
            message = await receive()
            seen.bytes_in += len(message.get("body", b""))
            return message

        try:
            await self.app(scope, counting, _Labelled(seen, send))
        finally:
            _note(scope, seen)


class _Labelled:
    """Sends an answer with the request's id: as a header, and inside a problem document."""

    def __init__(self, seen: Observation, send: Send) -> None:
        self.seen, self.send = seen, send
        self.held: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.seen.status = message["status"]
            headers = MutableHeaders(raw=message["headers"])
            headers[HEADER] = self.seen.id
            if headers.get("content-type", "").startswith(PROBLEM_MEDIA_TYPE):
                self.held = message  # until its document is complete
                return
        elif self.held is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_problem(self.held)
            return
        self.seen.bytes_out += len(message.get("body", b""))
        await self.send(message)

    async def _send_problem(self, start: Message) -> None:
        body = self.body
        if body:
            body = json.dumps({**json.loads(body), "request_id": self.seen.id}).encode()
            MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
        self.seen.bytes_out += len(body)
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


def _note(scope: Scope, seen: Observation) -> None:
    route = getattr(scope.get("route"), "path", None) or (
        "/static" if scope["path"].startswith(f"{scope.get('root_path', '')}/static/") else NO_ROUTE
    )
    duration_s = time.perf_counter() - seen.started_s
    REQUESTS.labels(scope["method"], route, seen.status).inc()
    REQUEST_S.labels(route).observe(duration_s)
    if seen.counted:
        count_run(seen.counted)
    if route in QUIET:
        return
    values: dict[str, Any] = {
        "request_id": seen.id,
        "client": (scope.get("client") or ("", 0))[0],
        "method": scope["method"],
        "route": route,
        "status": seen.status,
        "duration_s": round(duration_s, 4),
        "bytes_in": seen.bytes_in,
        "bytes_out": seen.bytes_out,
        "positions": seen.counted.positions if seen.counted else None,
        "events": sum(seen.counted.events.values()) if seen.counted else None,
    }
    ACCESS.info(
        "%(method)s %(route)s %(status)s in %(duration_s).2f s, %(bytes_in)d bytes in, %(bytes_out)d out, "
        "positions %(positions)s, events %(events)s, id %(request_id)s",
        values,
        extra={"values": values},
    )
