"""POST /v1/tracks: a track file in, events out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field

from app.http.routes.common import EVENTS, GeoJson, accepted, admitted, problems, refuse_misused, relayed
from app.http.routes.upload import BODY, body_of, saved
from app.option_fields import RunFields, about
from app.outputs.formats import FORMATS
from app.workers.jobs import Job, answer_upload

if TYPE_CHECKING:
    from starlette.responses import Response

ATTACHED = ("watchlist", "area")

router = APIRouter(tags=["detection"])

OTHER_FORMATS = {
    each.media_type.split(";")[0]: {"schema": {"type": "string", "format": "binary"}}
    for each in FORMATS.values()
    if each.name != "geojson"
}


class TracksQuery(RunFields):
    """What a request may ask of a run, and of the answer."""

    area: Literal["dprk", "all"] = Field(default="dprk", description=about("area"))
    format: Literal["geojson", "csv", "parquet", "gpkg", "kml", "ndjson", "ftm", "cot"] | None = Field(
        default=None, description="Format of the answer; without it the `Accept` header decides, else geojson"
    )


@router.post(
    "/v1/tracks",
    operation_id="postTracks",
    summary="Upload a track file",
    response_class=GeoJson,
    responses={
        **EVENTS,
        **problems({406: "None of the types of the Accept header is written"}),
        200: {**EVENTS[200], "content": OTHER_FORMATS},
    },
    openapi_extra={"requestBody": body_of(*ATTACHED)},
    response_model=None,
)
async def post_tracks(request: Request, query: Annotated[TracksQuery, Query()]) -> Response:
    """Read a track file in any format that Darkwake knows and return the events in it. Nothing is stored.

    Send it as `file` of a form (as this page does) or as the raw body. The events come with `report`: what
    was recognised, read, rejected and why, and what came nearest to being reported.
    """
    refuse_misused(request, TracksQuery)
    query.format = query.format or accepted(request)
    with admitted(request) as scratch:
        name, attached = await saved(request, scratch, ATTACHED)
        job = Job(
            scratch.folder / BODY, name, query.model_dump(), attached, **request.app.state.pool.job_limits
        )
        return await relayed(request, answer_upload, job)
