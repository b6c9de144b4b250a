"""A track file that comes as part of a form, or as the raw body."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from fastapi import Request
from starlette.datastructures import UploadFile

from app.disk import noticing_full_disk
from app.errors import EncodingError, OptionError
from app.http.routes.body import Plain, decoder_of, save_body
from app.http.routes.common import refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.types import Message, Receive

    from app.http.scratch import RequestScratch

BODY = "tracks"
"""Name of the track file in the folder of its request."""
FORM = "multipart/form-data"
RAW = "application/octet-stream"
MAX_ATTACHED_BYTES = 64 << 20

BINARY = {"type": "string", "format": "binary"}
DESCRIPTIONS = {
    "file": "A track file",
    "watchlist": "More listed vessels: a CSV with imo, mmsi or name, or a published list",
    "area": "GeoJSON polygon",
}


def body_of(*parts: str) -> dict[str, Any]:
    """Return the OpenAPI body of a route: a form with `file` and some further parts, or the raw file."""
    properties = {name: {**BINARY, "description": DESCRIPTIONS[name]} for name in ("file", *parts)}
    return {
        "required": True,
        "content": {
            FORM: {"schema": {"type": "object", "required": ["file"], "properties": properties}},
            RAW: {"schema": {**BINARY, "description": "The file as it is. Any other type is taken alike."}},
        },
    }


async def saved(
    request: Request, scratch: RequestScratch, attached: Sequence[str]
) -> tuple[str, dict[str, bytes]]:
    """Write the track file to disk as `BODY`; return its name, and the further parts that the form has."""
    path = scratch.folder / BODY
    if not request.headers.get("content-type", "").lower().startswith(FORM):
        await save_body(request, path, request.app.state.inputs.max_body_bytes, scratch.take)
        return "request body", {}
    if not isinstance(decoder_of(request), Plain):
        raise EncodingError(
            "a form is not accepted in a Content-Encoding: compress the file in it, or send the raw body"
        )
    counted = Request(request.scope, _counted(request, scratch))
    with noticing_full_disk():
        async with counted.form(max_files=len(attached) + 1, max_fields=len(attached) + 1) as form:
            upload = _track_file(form, attached)
            scratch.take(upload.size or 0)
            await anyio.to_thread.run_sync(_copy, upload, path)
            parts = {name: await _bytes(form.get(name), name) for name in attached if form.get(name)}
            return upload.filename or "upload", parts


def _counted(request: Request, scratch: RequestScratch) -> Receive:
    """Return how a form is received: the framework writes large parts to disk as they come."""

    async def receive() -> Message:
        message = await request.receive()
        scratch.take(len(message.get("body", b"")))
        return message

    return receive


def _track_file(form: FormData, attached: Sequence[str]) -> UploadFile:
    refuse_unknown(form.keys(), ("file", *attached), "part of the form")
    for name in form:
        if len(form.getlist(name)) > 1:
            raise OptionError(f"the form has several parts `{name}`: send one a request")
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        raise OptionError("the form has no part `file` with a track file")
    return upload


def _copy(upload: UploadFile, path: Path) -> None:
    with path.open("wb") as target:
        shutil.copyfileobj(upload.file, target)


async def _bytes(part: object, name: str) -> bytes:
    if isinstance(part, UploadFile):
        data = await part.read(MAX_ATTACHED_BYTES + 1)
    else:
        data = str(part).encode()
    if len(data) > MAX_ATTACHED_BYTES:
        raise OptionError(f"{name}: larger than {MAX_ATTACHED_BYTES} bytes")
    return data
