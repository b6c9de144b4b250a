"""GET /v1/detectors: every kind, every threshold, every weight."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from app.catalogue import catalogue

router = APIRouter(tags=["thresholds"])


@router.get("/v1/detectors", operation_id="getDetectors", summary="Kinds, thresholds, weights")
def get_detectors() -> dict[str, Any]:
    """Return what is published about every kind: fields, defaults, units, ranges, sources, weights."""
    return catalogue()
