"""POST /v1/vessels/profile: a track file in, one vessel in one look out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse

from app.errors import DarkwakeError
from app.http.problems import respond
from app.http.routes.common import PROBLEMS, refuse_unknown, relayed, scratch_folder
from app.http.routes.upload import body_of, saved
from app.http.schemas import ProblemOut, VesselProfile
from app.readers.base.reader import ReadError
from app.workers.jobs import Job, answer_profile, problem

if TYPE_CHECKING:
    from starlette.responses import Response

ATTACHED = ("watchlist",)

router = APIRouter(tags=["vessels"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": VesselProfile, "description": "What the data tell of the vessel"},
    **PROBLEMS,
    404: {
        "model": ProblemOut,
        "content": {"application/problem+json": {}},
        "description": "The vessel is not in the data; the detail names some that are",
    },
}


@router.post(
    "/v1/vessels/profile",
    operation_id="postVesselProfile",
    summary="A ship in one look",
    response_class=JSONResponse,
    responses=ANSWERS,
    openapi_extra={"requestBody": body_of(*ATTACHED)},
    response_model=None,
)
async def post_profile(
    request: Request,
    mmsi: Annotated[str, Query(description="Her MMSI, or the track's own identifier", min_length=1)],
    now: Annotated[
        str | None, Query(description="Time up to which the data speak; default: the latest report")
    ] = None,
    time_base: Annotated[
        str | None, Query(description="Receive date of raw AIS that carries seconds only")
    ] = None,
    column: Annotated[list[str] | None, Query(description="Which column holds what, OURS=THEIRS")] = None,
    day_first: Annotated[bool | None, Query(description="How 03/04/2024 is meant where no row tells")] = None,
) -> Response:
    """Return what a track file tells of one vessel: identities, hulls, calls, silences, meetings, lists.

    Send the file as to `/v1/tracks`, with the traffic round her: who was silent is judged by who was heard.
    """
    words = {"mmsi": mmsi, "now": now, "time_base": time_base, "column": column, "day_first": day_first}
    async with scratch_folder() as folder:
        try:
            refuse_unknown(request.query_params.keys(), words, "query parameter")
            name, attached = await saved(request, folder / "tracks", ATTACHED)
        except (DarkwakeError, ReadError) as error:
            return respond(problem(error))
        job = Job(folder / "tracks", name, words, attached, **request.app.state.pool.job_limits)
        return await relayed(request, answer_profile, job)
