"""POST /v1/vessels/profile: a track file in, the profile of one vessel out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import JSONResponse

from app.http.routes.common import PROBLEMS, admitted, problems, refuse_misused, relayed
from app.http.routes.upload import BODY, body_of, saved
from app.http.schemas import VesselProfile
from app.option_fields import ReadingFields
from app.workers.jobs import Job, answer_profile

if TYPE_CHECKING:
    from starlette.responses import Response

ATTACHED = ("watchlist",)

router = APIRouter(tags=["vessels"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": VesselProfile, "description": "What the data hold of the vessel"},
    **PROBLEMS,
    **problems({404: "The vessel is not in the data; the detail names some that are"}),
}


class ProfileQuery(ReadingFields):
    """Which vessel, and how the file is meant."""

    mmsi: str = Field(
        min_length=1, description="Its MMSI, or the track's own identifier", examples=["667999001"]
    )


@router.post(
    "/v1/vessels/profile",
    operation_id="postVesselProfile",
    summary="One vessel at a glance",
    response_class=JSONResponse,
    responses=ANSWERS,
    openapi_extra={"requestBody": body_of(*ATTACHED)},
    response_model=None,
)
async def post_profile(request: Request, query: Annotated[ProfileQuery, Query()]) -> Response:
    """Return what a track file holds of one vessel: identities, segments, calls, gaps, encounters, lists.

    Send the file as to `/v1/tracks`, with the traffic around the vessel: a gap is judged by what was received
    of others.
    """
    refuse_misused(request, ProfileQuery)
    with admitted(request) as scratch:
        name, attached = await saved(request, scratch, ATTACHED)
        job = Job(
            scratch.folder / BODY, name, query.model_dump(), attached, **request.app.state.pool.job_limits
        )
        return await relayed(request, answer_profile, job)
