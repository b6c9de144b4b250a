"""Errors as problem+json (RFC 9457), whoever raised them."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from app.disk import DiskFullError
from app.errors import DarkwakeError
from app.readers.base.reader import ReadError
from app.workers.jobs import PROBLEM_MEDIA_TYPE, Answer, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI, Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


TOO_LARGE = 413
UNKNOWN_ENCODING = 415
CLIENT_GONE = 499
"""Nobody reads this status; the log does (nginx has it too)."""
BUSY = 503


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every error of the framework as a problem."""
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    for kind in (DarkwakeError, ReadError, DiskFullError):
        app.add_exception_handler(kind, _refused)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _fault)


def respond(app: FastAPI, answer: Answer) -> Response:
    """Return an answer as a response."""
    headers = {}
    if answer.status == UNKNOWN_ENCODING:
        headers["Accept-Encoding"] = "gzip"
    if answer.status == BUSY:
        headers["Retry-After"] = str(app.state.runs.retry_after_s)
    if answer.file_name:
        headers["Content-Disposition"] = f'attachment; filename="{answer.file_name}"'
    return Response(answer.body, answer.status, headers, answer.media_type)


def problem_response(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem of the type `about:blank`."""
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json.dumps(document), status, headers, PROBLEM_MEDIA_TYPE)


def _http_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem_response(error.status_code, str(error.detail), error.headers)


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return problem_response(422, "; ".join(faults))


def _refused(request: Request, error: Exception) -> Response:
    return respond(request.app, problem(error))


def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=CLIENT_GONE)


def _fault(_: Request, error: Exception) -> Response:
    return problem_response(500, f"a fault of this service: {type(error).__name__}")


def _is_plain_too_large(message: Message) -> bool:
    if message["type"] != "http.response.start" or message["status"] != TOO_LARGE:
        return False
    return PROBLEM_MEDIA_TYPE not in Headers(raw=message["headers"]).get("content-type", "")


class BodyTooLarge:
    """Replace the framework's 413, which is not problem+json, by a problem document."""

    def __init__(self, app: ASGIApp, max_body_bytes: int) -> None:
        self.app = app
        self.max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but replace a 413."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        replaced = False

        async def watch(message: Message) -> None:
            nonlocal replaced
            if _is_plain_too_large(message):
                replaced = True
                detail = f"the body is larger than {self.max_body_bytes} bytes: send the file in parts"
                await problem_response(413, detail)(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, watch)
