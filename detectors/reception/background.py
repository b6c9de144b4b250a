"""The background learnt from a history: what is received where, on which channels, and the fitted lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.kernels.reception.coverage import CHANNELS, COLUMNS, LEVEL_COUNT, ROWS
from detectors.reception.calibration import Ruler
from detectors.reception.chance import ruler_of
from detectors.reception.coverage.cells import Cells, usual_cells
from detectors.reception.coverage.features import Cover
from detectors.reception.coverage.presence import CHANNEL_NAMES, presence_of
from detectors.reception.detection import STARTING
from detectors.reception.fitting import Listener

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.reception.coverage.presence import Presence
    from detectors.reception.params import ReceptionParams
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Tracks


class BackgroundError(ValueError):
    """Traffic that is too little to learn from, or arrays that are no background. The message says which."""


PRESENT_MIN_H = 240.0
"""Ten days of one vessel, or a day of ten: less adds nothing that a run does not show by itself."""

VALUE_MAX = 1e12
"""Larger than any sum of bins and any coefficient: beyond it sums overflow, and no chance is a number."""


@dataclass(frozen=True, eq=False)
class Background:
    """Sums over nested squares (`usual_cells`), fitted lines and calibration, and a manifest of the history.

    Plain arrays: `cells.keys` ascending within each level, `lines` of shape (2, channels, coefficients).
    """

    cells: Cells
    lines: Float64
    ruler: Ruler
    manifest: Mapping[str, Any]

    def __post_init__(self) -> None:
        sums = (self.cells.present, self.cells.heard, self.lines, np.array(self.ruler.line))
        rows = self.cells.keys.size
        shapes = [part.shape for part in (self.cells.keys, self.cells.present, self.cells.heard)]
        if shapes != [(rows,), (rows,), (rows, CHANNELS)]:
            raise BackgroundError("columns differ in length")
        if self.lines.shape != (2, CHANNELS, len(STARTING)):
            raise BackgroundError(f"lines have shape {self.lines.shape}")
        if not all((np.abs(part) <= VALUE_MAX).all() for part in sums) or (self.cells.heard < 0).any():
            raise BackgroundError("a value is not finite, too large, or below zero")
        if (self.cells.heard > self.cells.present[:, None] + 1e-6).any():
            raise BackgroundError("more was heard than was present")
        inside = (self.cells.keys >= 0) & (self.cells.keys < 2 * LEVEL_COUNT * ROWS * COLUMNS)
        if not inside.all() or (np.diff(self.cells.keys) <= 0).any():
            raise BackgroundError("keys are not ascending squares")


def learn(tracks: Tracks, params: ReceptionParams, about: Mapping[str, Any]) -> Background:
    """Return the background of a history; `about` describes it for the manifest.

    Raises BackgroundError where the history is too little, or too much for `rows_max`.
    """
    presence = presence_of(tracks, params)
    if presence is None:
        raise BackgroundError(
            f"more than {params.rows_max:,.0f} half-hours of ships: learn from a shorter history"
        )
    present_h = float(presence.weight.sum()) * params.bin_min / 60.0
    if present_h < PRESENT_MIN_H:
        raise BackgroundError(
            f"{present_h:.0f} vessel-hours between reports: at least {PRESENT_MIN_H:.0f} are needed, for "
            "instance ten vessels over a day"
        )
    cells = usual_cells(presence)
    manifest = {
        "vessel_hours": round(present_h),
        "squares": len(cells.keys),
        **_manifest_of(presence),
        **about,
    }
    cover = Cover.of(presence, None, params)
    listener = Listener.of(cover, None)
    ruler = ruler_of(listener, Ruler())
    return Background(cells, listener.detection.lines, ruler, {**manifest, "params": params.values()})


def _manifest_of(presence: Presence) -> dict[str, Any]:
    shares = {name: round(float((presence.heard >> n & 1).mean()), 4) for n, name in enumerate(CHANNEL_NAMES)}
    return {"hulls": len(presence.offsets) - 1, "heard_share": shares}
