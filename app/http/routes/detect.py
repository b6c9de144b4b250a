"""POST /v1/detect: JSON tracks in, events out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from app.http.routes.body import save_body
from app.http.routes.common import EVENTS, GeoJson, admitted, relayed
from app.http.routes.examples import DETECT_REQUEST
from app.workers.jobs import Job, answer_detect

if TYPE_CHECKING:
    from starlette.responses import Response

router = APIRouter(tags=["detection"])

BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {"$ref": "#/components/schemas/DetectRequest"},
            "example": DETECT_REQUEST,
        }
    },
}


@router.post(
    "/v1/detect",
    operation_id="postDetect",
    summary="Send tracks as JSON",
    response_class=GeoJson,
    responses=EVENTS,
    openapi_extra={"requestBody": BODY},
    response_model=None,
)
async def post_detect(request: Request) -> Response:
    """Return the events in tracks that a system sends as JSON. Nothing is stored.

    A report that cannot be used is counted under its reason and the others are still used.
    """
    with admitted(request) as scratch:
        path = scratch.folder / "request.json"
        await save_body(request, path, request.app.state.inputs.max_json_bytes, scratch.take)
        job = Job(path, "request", **request.app.state.pool.job_limits)
        return await relayed(request, answer_detect, job)
