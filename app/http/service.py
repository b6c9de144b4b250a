"""The web service: its routes, middleware and limits."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from app import __version__
from app.http.accepting import QuietWhenExhausted
from app.http.conditional import Conditional
from app.http.head import HeadAsGet
from app.http.observed import HEADER, Observed
from app.http.problems import BodyTooLarge, add_problem_handlers
from app.http.proxied import Proxied
from app.http.request_body import RequestBody
from app.http.routes import demo, detect, detectors, health, inspection, pages, tracks, vessels
from app.http.schemas import request_schemas
from app.http.scratch import Scratch
from app.http.stopping import AnswerWhenStopped, OpenRequests
from app.metrics import forget_this_process
from app.settings import InputLimits, RunLimits, ServerLimits
from app.workers.pool import RunPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

PACKED_FROM_BYTES, PACKED_LEVEL = 2048, 5
"""gzip of answers: smaller ones gain nothing, higher levels cost time for little."""

DESCRIPTION = """
Send AIS vessel tracks, get **ship-to-ship transfers** and **dark periods** near DPRK waters, with
reasons that add up to the score.

To try it: open *POST /v1/tracks* below, press *Try it out*, choose a track file, press *Execute*.

Events are *consistent with* what their kind names; they prove nothing. Nothing that is sent here is
stored.
"""


class Service(FastAPI):
    """FastAPI with a layer outside it that turns its 413 into problem+json, and a fuller OpenAPI schema."""

    def openapi(self) -> dict[str, Any]:
        """Add the schemas of requests that the readers check, not the framework."""
        schema = super().openapi()
        schema["components"]["schemas"].update(request_schemas())
        return schema

    def build_middleware_stack(self) -> ASGIApp:
        """Wrap everything, the framework's own limit included: the last wraps all before it."""
        app: ASGIApp = BodyTooLarge(super().build_middleware_stack(), self.max_body_size or 0)
        app = RequestBody(app, self.state.server)
        app = GZipMiddleware(Conditional(HeadAsGet(app)), PACKED_FROM_BYTES, PACKED_LEVEL)
        if origins := self.state.server.origins:
            app = CORSMiddleware(app, origins, allow_methods=["GET", "POST"], expose_headers=[HEADER])
        app = Observed(AnswerWhenStopped(app, self.state.requests))
        return Proxied(app, self.state.server.trusted_proxies.split(","))


def create_app(
    inputs: InputLimits | None = None, runs: RunLimits | None = None, server: ServerLimits | None = None
) -> FastAPI:
    """Return the service; limits come from the environment where they are not given."""
    inputs, runs, server = inputs or InputLimits(), runs or RunLimits(), server or ServerLimits()
    app = Service(
        title="Darkwake",
        version=__version__,
        summary="Ship-to-ship transfers and dark periods in AIS tracks near DPRK waters",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        max_body_size=inputs.max_body_bytes,
    )
    app.state.requests = OpenRequests()
    app.state.inputs, app.state.runs, app.state.server = inputs, runs, server
    for resource in (tracks, detect, inspection, vessels, detectors, health, demo, pages):
        app.include_router(resource.router)
    pages.mount_static(app)
    add_problem_handlers(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    runs, inputs, server = app.state.runs, app.state.inputs, app.state.server
    unpacked_bytes = min(inputs.max_unpacked_bytes, server.run_scratch_bytes(runs.max_runs))
    with (
        Scratch(server.body_scratch_bytes) as app.state.scratch,
        RunPool(runs, inputs.model_copy(update={"max_unpacked_bytes": unpacked_bytes})) as app.state.pool,
    ):
        asyncio.get_running_loop().set_exception_handler(QuietWhenExhausted())
        yield
        await app.state.requests.answered()
    forget_this_process()
