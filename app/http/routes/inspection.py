"""POST /v1/inspect: a track file in, how it was understood out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse

from app.http.routes.common import PROBLEMS, admitted, refuse_misused, relayed
from app.http.routes.upload import BODY, body_of, saved
from app.http.schemas import Inspection
from app.option_fields import ReadingFields
from app.workers.jobs import Job, answer_inspection

if TYPE_CHECKING:
    from starlette.responses import Response

router = APIRouter(tags=["detection"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": Inspection, "description": "How the file was understood"},
    **PROBLEMS,
}


@router.post(
    "/v1/inspect",
    operation_id="postInspect",
    summary="How a track file is understood",
    response_class=JSONResponse,
    responses=ANSWERS,
    openapi_extra={"requestBody": body_of()},
    response_model=None,
)
async def post_inspect(request: Request, query: Annotated[ReadingFields, Query()]) -> Response:
    """Return what each column of a track file was read as, in which unit, and how much of it; detect nothing.

    Send the file as to `/v1/tracks`. A file of which no position can be used is told too: `positions` is 0.
    """
    refuse_misused(request, ReadingFields)
    with admitted(request) as scratch:
        name, attached = await saved(request, scratch, ())
        job = Job(
            scratch.folder / BODY, name, query.model_dump(), attached, **request.app.state.pool.job_limits
        )
        return await relayed(request, answer_inspection, job)
