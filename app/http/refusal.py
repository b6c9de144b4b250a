"""Answers that are given before there is a request: as bytes, since no framework is at work yet."""

from __future__ import annotations

import json
from http import HTTPStatus

from app.workers.jobs import PROBLEM_MEDIA_TYPE


def refusal(status: int, detail: str, *, retry_after_s: int | None = None) -> bytes:
    """Return a whole HTTP/1.1 answer that closes its connection."""
    phrase = HTTPStatus(status).phrase
    body = json.dumps({"type": "about:blank", "title": phrase, "status": status, "detail": detail}).encode()
    lines = [
        f"HTTP/1.1 {status} {phrase}",
        f"Content-Type: {PROBLEM_MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    if retry_after_s is not None:
        lines.append(f"Retry-After: {retry_after_s}")
    return "\r\n".join([*lines, "", ""]).encode() + body
