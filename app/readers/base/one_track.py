"""A file in which no column names the vessel: one track, if one vessel can have sailed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.columns import NO_ID_COLUMN
from app.readers.base.reader import ReadError
from detectors.core.units import KNOT_MPS
from geodata.geodesy import chord_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readers.base.reader import Batch
    from detectors.tracks.reports import Reports

MOST_KN = 60.0
"""No vessel makes good more: high-speed ferries make about 40 kn (`TrackParams.segment_speed_max_kn`)."""

SLACK_M = 1000.0
"""Position error allowed before that speed is judged, as `TrackParams.segment_slack_m`."""

IMPOSSIBLE_SHARE = 0.2
"""A wild fix makes two steps impossible: beyond this, every tenth fix would be wild. Of two vessels that take
turns every step is impossible, and a third of them where one is heard five times as often as the other."""

IMPOSSIBLE_STEPS = 8
"""As many as four wild fixes make: a short track must not be refused for so few."""

SHOWN_NAMES = 40

SEVERAL = (
    "{name}: no column names the vessel, and one vessel cannot have sailed this track: {share:.0%} of its "
    "steps need more than {most:.0f} kn. Name the column that holds the vessel with `column`, for instance "
    "`column` mmsi={example}{columns}"
)


def check_one_vessel(batch: Batch, header: Sequence[str]) -> None:
    """Raise ReadError where a file without identifiers holds several vessels; `header` are its columns."""
    name = batch.rejects.file
    if NO_ID_COLUMN.format(name=name) not in batch.warnings:
        return
    share = impossible_share(batch.reports)
    if share >= IMPOSSIBLE_SHARE:
        columns = f". Columns: {', '.join(header[:SHOWN_NAMES])}" if header else ""
        raise ReadError(
            SEVERAL.format(name=name, share=share, most=MOST_KN, example="vessel", columns=columns)
        )


def impossible_share(reports: Reports) -> float:
    """Return the share of the steps of one track that no vessel can have made, 0 where they are few."""
    order = np.lexsort((reports.lat_deg, reports.lon_deg, reports.time_s))
    lon_deg, lat_deg, time_s = (
        column[order] for column in (reports.lon_deg, reports.lat_deg, reports.time_s)
    )
    distance_m = chord_m(lon_deg[:-1], lat_deg[:-1], lon_deg[1:], lat_deg[1:])
    is_impossible = distance_m > MOST_KN * KNOT_MPS * np.diff(time_s) + SLACK_M
    return float(is_impossible.mean()) if is_impossible.sum() > IMPOSSIBLE_STEPS else 0.0
