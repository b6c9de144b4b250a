"""Is the service up, and can it work."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from app import __version__
from app.commit import commit
from app.metrics import COMPILED, KERNELS, exposed
from app.outputs.geojson import SOFTWARE
from app.resources import default_resources
from geodata.jit import compiled_count

router = APIRouter(tags=["health"])


@router.get("/healthz", operation_id="getHealth", summary="Is the process up")
async def get_health() -> dict[str, str]:
    """Answer while the process lives, however busy its workers are."""
    return {"status": "ok", "software": SOFTWARE}


@router.get("/version", operation_id="getVersion", summary="Which version, with which data")
def get_version(request: Request) -> dict[str, Any]:
    """Return the version and commit of the software, and those of the chart, lists and model that it uses."""
    return {"software": SOFTWARE, "version": __version__, "commit": commit(), **_data_in_use(request)}


@router.get(
    "/metrics",
    operation_id="getMetrics",
    summary="What the service counts, for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics() -> Response:
    """Return requests, runs, durations, positions, events, rejects, restarts of workers, and kernels."""
    compiled, kernels = compiled_count()
    COMPILED.set(compiled)
    KERNELS.set(kernels)
    return Response(exposed(), media_type=CONTENT_TYPE_LATEST)


def _data_in_use(request: Request) -> dict[str, Any]:
    resources = default_resources(operator_files=request.app.state.runs.operator_files)
    return {
        "layers": [{"name": x.name, "version": x.version, "date": x.date} for x in resources.world.layers],
        "model": dict(resources.model.manifest) if resources.model else None,
        "reception": dict(resources.background.manifest) if resources.background else None,
        "watch_lists": [{"name": name, "date": date} for name, date in resources.watch.lists],
    }


@router.get("/readyz", operation_id="getReadiness", summary="Can it work, and with what")
def get_readiness(request: Request) -> dict[str, Any]:
    """Return the chart and lists in use, and how many kernels are compiled on this machine.

    Until all are, `compiling` tells whether a process is at it; small runs are interpreted meanwhile, and
    large ones wait for the kernels that they need.
    """
    compiled, kernels = compiled_count()
    return {
        "status": "ready",
        "software": SOFTWARE,
        "kernels_compiled": compiled == kernels,
        "kernels": {"compiled": compiled, "of": kernels, "compiling": request.app.state.pool.is_compiling},
        **_data_in_use(request),
    }
