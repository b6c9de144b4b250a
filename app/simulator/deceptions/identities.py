"""Vessels that change their identity, and innocent ones that seem to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.truth import Truth
from app.simulator.vessels.path import moved
from app.simulator.vessels.types import imo_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.simulator.deceptions.draft import Draft

KIND = "identity_change"
DEFAULT_MMSI = 123_456_789
"""The default MMSI of a maker, never configured (S; seen in every feed)."""

MARGIN_S = 60.0
"""A change has no duration."""

IMO_FROM = 500
"""No vessel of the fleet has an IMO number drawn from here on."""


def _mark(
    label: str, mmsis: tuple[int, ...], start_s: float, end_s: float, *, is_positive: bool
) -> list[Truth]:
    return [Truth(KIND, tuple(sorted(mmsis)), start_s - MARGIN_S, end_s + MARGIN_S, label, is_positive)]


def renumbered(draft: Draft) -> list[Truth]:
    """Make a vessel under way take another MMSI, name and IMO number; the hull stays (V: C4ADS)."""
    old, at_s = draft.taken(lasts_h=8.0, is_named=True)
    new = draft.new_mmsi(old)
    draft.columns["vessel"][draft.rows(old, at_s)] = new
    static = replace(
        draft.first_static(old),
        vessel=new,
        time_s=at_s,
        name=f"NEW {new % 1000}",
        imo=imo_of(IMO_FROM + draft.given),
    )
    draft.statics.append(static)
    draft.paths[new] = draft.paths[old]
    return _mark("renumbered", (old, new), at_s, at_s, is_positive=True)


def rewritten(draft: Draft) -> list[Truth]:
    """Make a vessel that goes on under its MMSI with another name and IMO number (V: Kyodo, HOPE SEA)."""
    mmsi, at_s = draft.taken(lasts_h=6.0, is_named=True)
    draft.given += 1
    static = replace(
        draft.first_static(mmsi), time_s=at_s, name=f"OTHER {draft.given}", imo=imo_of(IMO_FROM + draft.given)
    )
    draft.statics.append(static)
    return _mark("rewritten", (mmsi,), at_s, at_s, is_positive=True)


def typing_slip(draft: Draft) -> list[Truth]:
    """Make a crew that mistypes the name and puts it right within minutes (R)."""
    mmsi, at_s = draft.taken(lasts_h=3.0, is_named=True)
    right = draft.first_static(mmsi)
    draft.statics += [replace(right, time_s=at_s, name="TEST"), replace(right, time_s=at_s + 600.0)]
    return _mark("typing_slip", (mmsi,), at_s, at_s + 600.0, is_positive=False)


def sold(draft: Draft) -> list[Truth]:
    """Make a vessel that is renamed in the open: its IMO number and its MMSI stay (R)."""
    mmsi, at_s = draft.taken(lasts_h=3.0, is_named=True)
    draft.statics.append(replace(draft.first_static(mmsi), time_s=at_s, name=f"FORTUNE {mmsi % 1000}"))
    return _mark("sold", (mmsi,), at_s, at_s, is_positive=False)


def spare_set(draft: Draft) -> list[Truth]:
    """Make a vessel with a second transponder on board under an MMSI of its own, with one name (R)."""
    mmsi, _ = draft.taken(lasts_h=10.0, is_named=True)
    spare, rows = draft.new_mmsi(mmsi), draft.rows(mmsi)
    lon, lat = draft.columns["lon_deg"][rows], draft.columns["lat_deg"][rows]
    noise_m = draft.rng.normal(0.0, 6.0, (2, len(rows)))
    lon, lat = moved(lon, lat, 8.0 + noise_m[0], 5.0 + noise_m[1])
    draft.add(rows, vessel=spare, lon_deg=lon, lat_deg=lat)
    draft.statics.append(replace(draft.first_static(mmsi), vessel=spare))
    draft.paths[spare] = draft.paths[mmsi]
    times = draft.columns["time_s"][rows]
    return _mark("spare_set", (mmsi, spare), float(times[0]), float(times[-1]), is_positive=False)


def shared_number(draft: Draft) -> list[Truth]:
    """Make three vessels whose transponders keep the maker's MMSI (S); nobody hides."""
    for _ in range(3):
        mmsi, _ = draft.taken(lasts_h=3.0, is_sailing=False)
        draft.columns["vessel"][draft.rows(mmsi)] = DEFAULT_MMSI
        draft.paths.setdefault(DEFAULT_MMSI, draft.paths[mmsi])
        draft.statics = [replace(s, vessel=DEFAULT_MMSI) if s.vessel == mmsi else s for s in draft.statics]
    times = draft.columns["time_s"]
    whole = float(np.min(times)), float(np.max(times))
    return [
        Truth(kind, (DEFAULT_MMSI,), *whole, "shared_number", is_positive=False)
        for kind in (KIND, "spoofing")
    ]


POSITIVES: tuple[Callable[[Draft], list[Truth]], ...] = (renumbered, rewritten)
INNOCENT: tuple[Callable[[Draft], list[Truth]], ...] = (typing_slip, sold, spare_set)
"""`shared_number` comes once: there is one such MMSI."""
