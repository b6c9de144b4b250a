"""POST /v1/tracks: a track file in, events out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Annotated, Literal

import anyio.to_thread
from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile

from app.errors import DarkwakeError, EncodingError, OptionError
from app.problems import respond
from app.readers.base import ReadError
from app.routes.body import Plain, decoder_of, save_body
from app.routes.common import EVENTS, GeoJson, refuse_unknown, relayed, scratch_folder
from app.routes.examples import TRACKS_CSV
from app.work import MEDIA_TYPES, Job, answer_upload, problem

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.responses import Response

router = APIRouter(tags=["detection"])

FORM = "multipart/form-data"
ATTACHED = ("watchlist", "area")
PARTS = ("file", *ATTACHED)
MAX_ATTACHED_BYTES = 64 << 20

BODY = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {
                        "type": "string",
                        "format": "binary",
                        "description": "A track file",
                    },
                    "watchlist": {
                        "type": "string",
                        "format": "binary",
                        "description": "CSV with a column imo, mmsi or name, used beside the packaged list",
                    },
                    "area": {"type": "string", "format": "binary", "description": "GeoJSON polygon"},
                },
            }
        },
        "text/csv": {"schema": {"type": "string"}, "example": TRACKS_CSV},
        "text/plain": {"schema": {"type": "string"}},
        "application/x-ndjson": {"schema": {"type": "string"}},
        "application/gzip": {"schema": {"type": "string", "format": "binary"}},
        "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
    },
}

OTHER_FORMATS = {
    media.split(";")[0]: {"schema": {"type": "string", "format": "binary"}}
    for name, media in MEDIA_TYPES.items()
    if name != "geojson"
}

Format = Literal["geojson", "csv", "parquet", "gpkg", "kml", "ndjson"]


@router.post(
    "/v1/tracks",
    operation_id="postTracks",
    summary="Upload a track file",
    response_class=GeoJson,
    responses={**EVENTS, 200: {**EVENTS[200], "content": OTHER_FORMATS}},
    openapi_extra={"requestBody": BODY},
    response_model=None,
)
async def post_tracks(
    request: Request,
    preset: Annotated[Literal["default", "gfw"], Query(description="Named thresholds")] = "default",
    set: Annotated[  # noqa: A002 - the option's public name
        list[str] | None,
        Query(description="A threshold to change", examples=[["dark_period.gap_min_h=12"]]),
    ] = None,
    area: Annotated[Literal["dprk", "all"], Query(description="Events to tell, by place")] = "dprk",
    kind: Annotated[list[str] | None, Query(description="Kinds to tell; none: every kind")] = None,
    min_score: Annotated[float, Query(ge=0, le=1, description="Least score to tell")] = 0.0,
    start: Annotated[str | None, Query(description="Tell events that end at or after this time")] = None,
    end: Annotated[str | None, Query(description="Tell events that start at or before this time")] = None,
    now: Annotated[
        str | None, Query(description="Time up to which the data speak; default: the latest report")
    ] = None,
    time_base: Annotated[
        str | None, Query(description="Receive date of raw AIS that carries seconds only")
    ] = None,
    column: Annotated[
        list[str] | None,
        Query(description="Which column holds what, OURS=THEIRS", examples=[["lat=breite"]]),
    ] = None,
    day_first: Annotated[bool | None, Query(description="How 03/04/2024 is meant where no row tells")] = None,
    with_reach: Annotated[  # noqa: FBT002 - a query has no keywords
        bool, Query(description="Give each silence the outline of all places in her reach")
    ] = False,
    format: Annotated[Format, Query(description="Format of the answer")] = "geojson",  # noqa: A002 - the same
) -> Response:
    """Read a track file of any form that Darkwake knows and return the events in it. Nothing is stored.

    Send it as `file` of a form (as this page does) or as the raw body. The events come with `report`: what
    was recognised, read, rejected and why, and what came nearest to being told.
    """
    words = {
        "preset": preset,
        "set": set,
        "area": area,
        "kind": kind,
        "min_score": min_score,
        "start": start,
        "end": end,
        "now": now,
        "time_base": time_base,
        "column": column,
        "day_first": day_first,
        "with_reach": with_reach,
        "format": format,
    }
    async with scratch_folder() as folder:
        try:
            refuse_unknown(request.query_params.keys(), words, "query parameter")
            name, attached = await _saved(request, folder / "tracks")
        except (DarkwakeError, ReadError) as error:
            return respond(problem(error))
        job = Job(folder / "tracks", name, words, attached, **request.app.state.pool.job_limits)
        return await relayed(request, answer_upload, job)


async def _saved(request: Request, path: Path) -> tuple[str, dict[str, bytes]]:
    """Write the track file to disk; return its name and the further parts of the form."""
    if not request.headers.get("content-type", "").lower().startswith(FORM):
        await save_body(request, path, request.app.state.inputs.max_body_bytes)
        return "request body", {}
    if not isinstance(decoder_of(request), Plain):
        raise EncodingError("a form is not read in a Content-Encoding: pack the file in it, or send it raw")
    async with request.form(max_files=len(ATTACHED) + 1, max_fields=len(ATTACHED) + 1) as form:
        refuse_unknown(form.keys(), PARTS, "part of the form")
        if len(form.getlist("file")) > 1:
            raise OptionError("the form has several parts `file`: send one file a request")
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise OptionError("the form has no part `file` with a track file")
        await anyio.to_thread.run_sync(_copy, upload, path)
        attached = {name: await _bytes(form.get(name), name) for name in ATTACHED if form.get(name)}
        return upload.filename or "upload", attached


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
