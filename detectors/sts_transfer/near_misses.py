"""Pairs that nearly met a tier: what an analyst looks at who wonders why nothing is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.findings import NearMiss, nearest
from detectors.core.units import MINUTE_S
from detectors.kernels.encounters.solving import FIRST_TIER, HULL_A, HULL_B, NEAREST_M, REPORTS, START_S

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Float64

MISSES_LOOKED_AT = 50
"""Of the nearest pairs: few are told, and a crowded anchorage has a hundred thousand."""


def near_misses(scene: Scene, kind: str, params: StsParams, missed: Float64) -> tuple[NearMiss, ...]:
    """Return the nearest of the pairs that met no tier: by contact, else by the least separation."""
    tiers = params.encounter.tiers
    share = missed[:, FIRST_TIER : FIRST_TIER + len(tiers)] / [params.encounter.min_s(t) for t in tiers]
    tier, best = share.argmax(axis=1), share.max(axis=1)
    off = np.maximum(missed[:, NEAREST_M], 1.0) / params.encounter.near_enter_m
    nearness = np.where(best > 0.0, best, np.minimum(off, 1.0 / off))
    order = np.lexsort((missed[:, START_S], -nearness))
    _, first = np.unique(missed[order][:, [HULL_A, HULL_B]], axis=0, return_index=True)
    looked_at = order[np.sort(first)[:MISSES_LOOKED_AT]]
    return nearest([_near_miss(scene, kind, params, missed[n], tiers[tier[n]], best[n]) for n in looked_at])


def _near_miss(scene: Scene, kind: str, params: StsParams, row: Float64, tier: str, share: float) -> NearMiss:
    index = scene.tracks.segments.vessel_index
    vessels = tuple(sorted((int(index[int(row[HULL_A])]), int(index[int(row[HULL_B])]))))
    need_min = params.encounter.min_s(tier) / MINUTE_S
    missed: tuple[str, float, float, str] = (
        "encounter.near_enter_m",
        float(row[NEAREST_M]),
        params.encounter.near_enter_m,
        "m",
    )
    if share >= 1.0:  # long enough on straight lines between reports, of which one sent none there
        missed = ("encounter.reports_min", float(row[REPORTS]), params.encounter.reports_min, "reports")
    elif share > 0.0:
        missed = (f"encounter.{tier}_contact_min", float(share) * need_min, need_min, "min")
    return NearMiss(kind, vessels, float(row[START_S]), *missed)
