"""Gaps: every long gap of what was delivered, with the cause that explains most of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.simulator.delivery.sending import CAUSES, ON, SWITCHED_OFF
from app.simulator.truth import Truth

if TYPE_CHECKING:
    from app.simulator.delivery.receiving import Chances
    from app.simulator.delivery.sending import Sending
    from app.simulator.vessels.fleet import Vessel
    from detectors.tracks.reports import Float64

LONG_S = 6 * 3600.0
"""Gaps longer than this are recorded, as every detector of the field begins there (GFW: 6 h)."""
LOST_MIN = 1.5
"""Receptions that failed receivers must have cost before their failure explains a gap."""


def gaps(vessel: Vessel, sent: Sending, chance: Chances, received_s: Float64, end_s: float) -> list[Truth]:
    """Return the long gaps of one vessel: between reports, and from the last one to the end of the data."""
    times = np.append(received_s, end_s) if len(received_s) else received_s
    long = np.flatnonzero(np.diff(times) > LONG_S)
    return [_gap(vessel, sent, chance, float(times[n]), float(times[n + 1])) for n in long]


def _gap(vessel: Vessel, sent: Sending, chance: Chances, start_s: float, end_s: float) -> Truth:
    first, last = np.searchsorted(sent.time_s, (start_s, end_s))
    rows = slice(int(first) + 1, int(last))
    shares = np.bincount(sent.cause[rows], minlength=len(CAUSES) + 1) / max(1, last - first - 1)
    code = int(np.argmax(shares))
    label = CAUSES[code] if code != ON else _receivers(sent, chance, rows)
    is_positive = code == SWITCHED_OFF
    if is_positive:
        start_s, end_s = _true_span(vessel, start_s, end_s)
    return Truth("dark_period", (vessel.who.mmsi,), start_s, end_s, label, is_positive)


def _receivers(sent: Sending, chance: Chances, rows: slice) -> str:
    """Return whether stations, satellites, or neither would have received it had they not failed."""
    out = sent.is_out[rows]
    lost_shore = float(((chance.shore_unfailed - chance.shore)[rows] * out).sum())
    received_from_space = 1.0 - (1.0 - chance.space[rows]) * (1.0 - chance.long_range[rows])
    lost_space = float(((chance.space_unfailed[rows] - received_from_space) * out).sum())
    if max(lost_shore, lost_space) < LOST_MIN:
        return "coverage_hole"
    return "station_outage" if lost_shore >= lost_space else "satellite_outage"


def _true_span(vessel: Vessel, start_s: float, end_s: float) -> tuple[float, float]:
    """Return when the transponder was truly off, of the spans within a gap the longest."""
    spans = [(max(a, start_s), min(b, end_s)) for a, b, why in vessel.off if why == CAUSES[SWITCHED_OFF]]
    return max(spans, key=lambda span: span[1] - span[0])
