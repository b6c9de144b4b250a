"""Crowds: places with so many vessels that pairs inside are not solved. Stays there become rafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.findings import CROWD, Finding
from detectors.core.single_linkage import middle_of

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params.encounter import EncounterParams


def stay_in_crowd(scene: Scene, segment: int, first: int, last: int) -> Finding:
    """Return the candidate of a segment in a crowd: its slow time, from the first to the last report."""
    segments = scene.tracks.segments
    part = slice(first, last + 1)
    end_s = float(segments.time_s[last])
    rows = (int(segments.row[first]),)
    return Finding(
        kind=CROWD,
        start_s=float(segments.time_s[first]),
        end_s=end_s,
        vessels=(int(segments.vessel_index[segment]),),
        rows=rows,
        anchors=rows,
        path=(middle_of(np.stack([segments.lon_deg[part], segments.lat_deg[part]], axis=1)),),
        measures={},
        behaved_until_s=end_s,
    )


def crowd_warning(crowded: int, params: EncounterParams) -> tuple[str, ...]:
    """Return the warning of positions that lay in crowds; none where there were none."""
    if not crowded:
        return ()
    crowd = f"more than {params.neighbours_max:g} vessels within {params.near_leave_m:g} m"
    skipped = "pairs inside one were not solved; see the events of kind raft"
    text = f"{crowded} positions of the search lay in crowds ({crowd}): {skipped}"
    return (text,)
