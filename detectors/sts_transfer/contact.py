"""What the search measured of one encounter: contact, separations, and the shares of the reported tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.encounter_tiers import TIERS, UNDER_WAY
from detectors.core.measures import known_in, number_in
from detectors.core.units import HOUR_S
from detectors.kernels.encounters.solving import (
    CONTACT_S,
    END_OF_S,
    FIRST_TIER,
    MEDIAN_M,
    NEAREST_M,
    P95_M,
    SEGMENT_A,
    SEGMENT_B,
    SPREAD_M,
    START_S,
    STAYED_M,
)
from detectors.sts_transfer.evidence.encounter import Encounter
from detectors.sts_transfer.search import CONTACT_WITHIN_M

if TYPE_CHECKING:
    from detectors.core.measures import Value, Values
    from detectors.kernels.tracks.fixes import Fixes
    from detectors.sts_transfer.params.encounter import EncounterParams
    from detectors.tracks.reports import Float64


def encounter_of(
    params: EncounterParams,
    row: Float64,
    extra: Values,
    *,
    is_under_way: bool,
    paths: tuple[Fixes, Fixes] | None = None,
) -> Encounter:
    """Return an encounter of a row of the search (`kernels.encounters.solving`), with what decided its tier.

    `paths` are where each went, for encounters that only passes show.
    """
    by_passes = paths is not None  # measured by the tiers of slow encounters, sailing or not
    tiers = params.under_way_tiers if is_under_way and not by_passes else params.tiers
    segments = (int(row[SEGMENT_A]), int(row[SEGMENT_B]))
    contact_s = row[FIRST_TIER:]
    names = [f"{t}_contact_h" for t in tiers] + [f"contact_within_{m:g}m_h" for m in CONTACT_WITHIN_M]
    measures: dict[str, Value] = {
        **extra,
        "contact_h": float(row[CONTACT_S]) / HOUR_S,
        "min_separation_m": _known(row[NEAREST_M]),
        "stayed_separation_m": _known(row[STAYED_M]),
        "median_separation_m": _known(row[MEDIAN_M]),
        "p95_separation_m": _known(row[P95_M]),
        "separation_spread_m": _known(row[SPREAD_M]),
        **{name: float(s) / HOUR_S for name, s in zip(names, contact_s, strict=True)},
    }
    measures["tier_contact_h"] = _tier_contact_h(measures, is_under_way=is_under_way)
    measures["near_share"] = _near_share(measures)
    measures["alongside_share"] = _alongside_share(measures)
    span = (float(row[START_S]), float(row[END_OF_S]))
    return Encounter(segments, span, measures, is_under_way, paths)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _tier_contact_h(measures: Values, *, is_under_way: bool) -> Value:
    """Return the contact within the reported tier, by what decided it; None for passes, which are moments.

    A spell that came close once goes on up to a wider separation: of that, only time within 200 m counts.
    """
    if measures["tier_by"] == "passes":
        return None
    if measures["tier_by"] == "hulls":
        return measures[f"hulls_{measures['tier']}_h"]
    if measures["tier"] != TIERS[1]:
        return measures[f"{measures['tier']}_contact_h"]
    spells_h = known_in(measures, f"{UNDER_WAY if is_under_way else TIERS[1]}_contact_h")
    return min(spells_h, known_in(measures, "contact_within_200m_h"))


def _alongside_share(measures: Values) -> float | None:
    """Return the share of the contact alongside; None where the tier is another."""
    if measures["tier"] != TIERS[0]:
        return None
    contact_h = known_in(measures, "contact_h")
    return (
        known_in(measures, "tier_contact_h") / contact_h
        if contact_h
        else known_in(measures, "tier_contact_h")
    )


def _near_share(measures: Values) -> float | None:
    """Return the share of the contact within 200 m, antennas or hulls; None where the tier is a wider one."""
    contact_h, near_h = known_in(measures, "contact_h"), known_in(measures, "contact_within_200m_h")
    hulls_h = number_in(measures, "hulls_close_h")
    # without a heading, two vessels so near are not known to lie side by side
    if measures["tier_by"] == "hulls" and hulls_h is not None:
        near_h = max(near_h, hulls_h)
    return min(1.0, near_h / contact_h) if measures["tier"] in TIERS[:2] and contact_h else None
