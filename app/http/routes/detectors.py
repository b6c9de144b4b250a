"""GET /v1/detectors: every kind, every threshold, every weight."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from app.catalogue import catalogue, layer_rows

router = APIRouter(tags=["thresholds"])


@router.get("/v1/detectors", operation_id="getDetectors", summary="Kinds, thresholds, weights")
def get_detectors() -> dict[str, Any]:
    """Return what is published about every kind: fields, defaults, units, ranges, sources, weights."""
    return catalogue()


@router.get("/v1/layers", operation_id="getLayers", summary="Layers of the chart")
def get_layers() -> list[dict[str, str]]:
    """Return each layer's source, licence, date and checksum, and what to beware of."""
    return layer_rows()
