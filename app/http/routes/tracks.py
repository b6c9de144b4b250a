"""POST /v1/tracks: a track file in, events out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request

from app.errors import DarkwakeError
from app.http.problems import respond
from app.http.routes.common import EVENTS, GeoJson, refuse_unknown, relayed, scratch_folder
from app.http.routes.upload import body_of, saved
from app.readers.base.reader import ReadError
from app.workers.jobs import MEDIA_TYPES, Job, answer_upload, problem

if TYPE_CHECKING:
    from starlette.responses import Response

ATTACHED = ("watchlist", "area")

router = APIRouter(tags=["detection"])

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
    openapi_extra={"requestBody": body_of(*ATTACHED)},
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
            name, attached = await saved(request, folder / "tracks", ATTACHED)
        except (DarkwakeError, ReadError) as error:
            return respond(problem(error))
        job = Job(folder / "tracks", name, words, attached, **request.app.state.pool.job_limits)
        return await relayed(request, answer_upload, job)
