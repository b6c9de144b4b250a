"""Is the service up, and can it work."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from app.outputs.geojson import SOFTWARE
from app.resources import default_resources
from geodata.jit import compiled_count

router = APIRouter(tags=["health"])


@router.get("/healthz", operation_id="getHealth", summary="Is the process up")
async def get_health() -> dict[str, str]:
    """Answer while the process lives, however busy its workers are."""
    return {"status": "ok", "software": SOFTWARE}


@router.get("/readyz", operation_id="getReadiness", summary="Can it work, and with what")
def get_readiness(request: Request) -> dict[str, Any]:
    """Return the chart and lists in use, and how many kernels are compiled on this machine.

    Until all are, `compiling` tells whether a process is at it; small runs are interpreted meanwhile, and
    large ones wait for the kernels that they need.
    """
    runs = request.app.state.runs
    resources = default_resources(operator_files=runs.operator_files)
    compiled, kernels = compiled_count()
    return {
        "status": "ready",
        "software": SOFTWARE,
        "kernels_compiled": compiled == kernels,
        "kernels": {"compiled": compiled, "of": kernels, "compiling": request.app.state.pool.is_compiling},
        "layers": [{"name": x.name, "version": x.version, "date": x.date} for x in resources.world.layers],
        "model": dict(resources.model.manifest) if resources.model else None,
        "reception": dict(resources.background.manifest) if resources.background else None,
        "watch_lists": [{"name": name, "date": date} for name, date in resources.watch.lists],
    }
