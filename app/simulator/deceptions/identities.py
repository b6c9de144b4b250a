"""Ships that change what they call themselves, and innocent ones that seem to."""

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
DEFAULT_NUMBER = 123_456_789
"""A maker's number that nobody changed (S; seen in every feed)."""

MARGIN_S = 60.0
"""A change has no length of its own."""

IMO_FROM = 500
"""No ship of the cast has an IMO number drawn from here on."""


def _mark(
    label: str, mmsis: tuple[int, ...], start_s: float, end_s: float, *, is_sought: bool
) -> list[Truth]:
    return [Truth(KIND, tuple(sorted(mmsis)), start_s - MARGIN_S, end_s + MARGIN_S, label, is_sought)]


def renumbered(draft: Draft) -> list[Truth]:
    """Make a ship under way take another number, name and IMO number; the hull stays (V: C4ADS)."""
    old, at_s = draft.taken(lasts_h=8.0, is_named=True)
    new = draft.new_mmsi(old)
    draft.columns["vessel"][draft.rows(old, at_s)] = new
    words = replace(
        draft.said(old), vessel=new, time_s=at_s, name=f"NEW {new % 1000}", imo=imo_of(IMO_FROM + draft.given)
    )
    draft.statics.append(words)
    draft.paths[new] = draft.paths[old]
    return _mark("renumbered", (old, new), at_s, at_s, is_sought=True)


def rewritten(draft: Draft) -> list[Truth]:
    """Make a ship that goes on under her number with another name and IMO number (V: Kyodo, HOPE SEA)."""
    mmsi, at_s = draft.taken(lasts_h=6.0, is_named=True)
    draft.given += 1
    words = replace(
        draft.said(mmsi), time_s=at_s, name=f"OTHER {draft.given}", imo=imo_of(IMO_FROM + draft.given)
    )
    draft.statics.append(words)
    return _mark("rewritten", (mmsi,), at_s, at_s, is_sought=True)


def typing_slip(draft: Draft) -> list[Truth]:
    """Make a crew that mistypes the name and puts it right within minutes (R)."""
    mmsi, at_s = draft.taken(lasts_h=3.0, is_named=True)
    right = draft.said(mmsi)
    draft.statics += [replace(right, time_s=at_s, name="TEST"), replace(right, time_s=at_s + 600.0)]
    return _mark("typing_slip", (mmsi,), at_s, at_s + 600.0, is_sought=False)


def sold(draft: Draft) -> list[Truth]:
    """Make a ship that is renamed in the open: her IMO number and her number stay (R)."""
    mmsi, at_s = draft.taken(lasts_h=3.0, is_named=True)
    draft.statics.append(replace(draft.said(mmsi), time_s=at_s, name=f"FORTUNE {mmsi % 1000}"))
    return _mark("sold", (mmsi,), at_s, at_s, is_sought=False)


def spare_set(draft: Draft) -> list[Truth]:
    """Make a ship with a second set on board under a number of its own, of one name (R)."""
    mmsi, _ = draft.taken(lasts_h=10.0, is_named=True)
    spare, rows = draft.new_mmsi(mmsi), draft.rows(mmsi)
    lon, lat = draft.columns["lon_deg"][rows], draft.columns["lat_deg"][rows]
    noise_m = draft.rng.normal(0.0, 6.0, (2, len(rows)))
    lon, lat = moved(lon, lat, 8.0 + noise_m[0], 5.0 + noise_m[1])
    draft.add(rows, vessel=spare, lon_deg=lon, lat_deg=lat)
    draft.statics.append(replace(draft.said(mmsi), vessel=spare))
    draft.paths[spare] = draft.paths[mmsi]
    times = draft.columns["time_s"][rows]
    return _mark("spare_set", (mmsi, spare), float(times[0]), float(times[-1]), is_sought=False)


def shared_number(draft: Draft) -> list[Truth]:
    """Make three ships whose sets keep the maker's number (S); told or not, nobody hides."""
    for _ in range(3):
        mmsi, _ = draft.taken(lasts_h=3.0, is_sailing=False)
        draft.columns["vessel"][draft.rows(mmsi)] = DEFAULT_NUMBER
        draft.paths.setdefault(DEFAULT_NUMBER, draft.paths[mmsi])
        draft.statics = [replace(s, vessel=DEFAULT_NUMBER) if s.vessel == mmsi else s for s in draft.statics]
    times = draft.columns["time_s"]
    whole = float(np.min(times)), float(np.max(times))
    return [
        Truth(kind, (DEFAULT_NUMBER,), *whole, "shared_number", is_sought=False)
        for kind in (KIND, "spoofing")
    ]


SOUGHT: tuple[Callable[[Draft], list[Truth]], ...] = (renumbered, rewritten)
INNOCENT: tuple[Callable[[Draft], list[Truth]], ...] = (typing_slip, sold, spare_set)
"""`shared_number` comes once in a theatre: there is one such number."""
