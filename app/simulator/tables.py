"""A theatre as CSV: reports as a feed gives them, and the truth."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np

from app.outputs.geojson import rfc3339
from app.simulator.story_tracks import COLUMNS, STATIC_COLUMNS
from detectors.tracks.codes import Receiver

if TYPE_CHECKING:
    from app.simulator.truth import Theatre
    from detectors.tracks.reports import StaticReport

REPORT_COLUMNS = (*COLUMNS, "msg_type", "receiver")
TRUTH_COLUMNS = ("kind", "label", "is_sought", "mmsis", "start", "end")


def theatre_csv(theatre: Theatre) -> str:
    """Return the reports with each ship's static data beside them, in the order of time."""
    by_ship: dict[int, list[StaticReport]] = {}
    for static in theatre.statics:
        by_ship.setdefault(static.vessel, []).append(static)
    reports, out = theatre.reports, io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(REPORT_COLUMNS)
    for n in range(len(reports)):
        mmsi, time_s = int(reports.vessel[n]), float(reports.time_s[n])
        place = [f"{reports.lon_deg[n]:.5f}", f"{reports.lat_deg[n]:.5f}", f"{reports.sog_kn[n]:.1f}"]
        course = [f"{reports.cog_deg[n]:.1f}", _heading(reports.heading_deg[n]), int(reports.nav_status[n])]
        known = _static_cells([s for s in by_ship.get(mmsi, ()) if s.time_s <= time_s])
        heard = [int(reports.msg_type[n]), Receiver(int(reports.receiver[n])).name.lower()]
        writer.writerow([mmsi, rfc3339(time_s), *place, *course, *known, *heard])
    return out.getvalue()


def truth_csv(theatre: Theatre) -> str:
    """Return one line per truth; the ships of a line are parted by spaces."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(TRUTH_COLUMNS)
    for truth in theatre.truth:
        times = rfc3339(truth.start_s), rfc3339(truth.end_s)
        writer.writerow([truth.kind, truth.label, truth.is_sought, " ".join(map(str, truth.mmsis)), *times])
    return out.getvalue()


def _heading(heading_deg: np.float32) -> int | str:
    return "" if np.isnan(heading_deg) else int(heading_deg) % 360


def _static_cells(told: list[StaticReport]) -> list[object]:
    if not told:
        return [""] * len(STATIC_COLUMNS)
    last = told[-1]
    cells = (last.imo, last.name, last.callsign, last.ship_type, last.length_m, last.beam_m, last.draught_m)
    return ["" if cell is None else cell for cell in (*cells, last.destination)]
