"""Keys of tracks whose names hold within a part of their file only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from detectors.tracks.reports import vessel_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readers.values.vessels import Vessels


def apart(vessels: Vessels, parts: Sequence[int]) -> Vessels:
    """Return one key per name and part, the names unchanged; an MMSI stays one vessel throughout.

    Which of such tracks are one vessel is decided when all files are read (`app.identity.own_names`).
    """
    key, own_ids = vessels.key.copy(), dict(vessels.own_ids)
    seen: dict[int, list[int]] = {}
    for place, (number, part) in enumerate(zip(vessels.key.tolist(), parts, strict=True)):
        if number not in vessels.own_ids:
            continue
        of_name = seen.setdefault(number, [])
        if part not in of_name:
            of_name.append(part)
        if count := of_name.index(part):
            key[place] = vessel_key(f"{vessels.own_ids[number]}\n{count}")
            own_ids[int(key[place])] = vessels.own_ids[number]
    return replace(vessels, key=key, own_ids=own_ids)
