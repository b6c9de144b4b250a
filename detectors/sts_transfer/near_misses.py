"""Pairs that nearly reached a tier: they answer why no event was reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.findings import NearMiss, nearest
from detectors.core.units import MINUTE_S
from detectors.kernels.encounters.solving import FIRST_TIER, NEAREST_M, REPORTS, SEGMENT_A, SEGMENT_B, START_S

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params.encounter import EncounterParams
    from detectors.tracks.reports import Float64

CANDIDATES_MAX = 50
"""The nearest pairs that are examined; few are reported, and a crowded anchorage has 100,000."""


def near_misses(scene: Scene, kind: str, params: EncounterParams, missed: Float64) -> tuple[NearMiss, ...]:
    """Return the nearest of the pairs that reached no tier: by contact, else by the least separation."""
    tiers = params.tiers
    share = missed[:, FIRST_TIER : FIRST_TIER + len(tiers)] / [params.min_s(t) for t in tiers]
    tier, best = share.argmax(axis=1), share.max(axis=1)
    distance_ratio = np.maximum(missed[:, NEAREST_M], 1.0) / params.near_enter_m
    nearness = np.where(best > 0.0, best, np.minimum(distance_ratio, 1.0 / distance_ratio))
    order = np.lexsort((missed[:, START_S], -nearness))
    _, first = np.unique(missed[order][:, [SEGMENT_A, SEGMENT_B]], axis=0, return_index=True)
    candidates = order[np.sort(first)[:CANDIDATES_MAX]]
    return nearest([_near_miss(scene, kind, params, missed[n], tiers[tier[n]], best[n]) for n in candidates])


def _near_miss(
    scene: Scene, kind: str, params: EncounterParams, row: Float64, tier: str, share: float
) -> NearMiss:
    index = scene.tracks.segments.vessel_index
    vessels = tuple(sorted((int(index[int(row[SEGMENT_A])]), int(index[int(row[SEGMENT_B])]))))
    need_min = params.min_s(tier) / MINUTE_S
    missed: tuple[str, float, float, str] = (
        "encounter.near_enter_m",
        float(row[NEAREST_M]),
        params.near_enter_m,
        "m",
    )
    if share >= 1.0:  # long enough on straight lines, but one vessel sent too few reports
        missed = ("encounter.reports_min", float(row[REPORTS]), params.reports_min, "reports")
    elif share > 0.0:
        missed = (f"encounter.{tier}_contact_min", float(share) * need_min, need_min, "min")
    return NearMiss(kind, vessels, float(row[START_S]), *missed)
