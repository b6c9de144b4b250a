"""Simulated traffic as CSV: reports as a feed gives them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np

from app.outputs.geojson import rfc3339
from app.simulator.story_tracks import COLUMNS, STATIC_COLUMNS
from detectors.tracks.codes import Receiver

if TYPE_CHECKING:
    from app.simulator.truth import Traffic
    from detectors.tracks.reports import StaticReport

REPORT_COLUMNS = (*COLUMNS, "msg_type", "receiver")


def traffic_csv(traffic: Traffic) -> str:
    """Return the reports with each vessel's static data in the same row, in the order of time."""
    by_vessel: dict[int, list[StaticReport]] = {}
    for static in traffic.statics:
        by_vessel.setdefault(static.vessel, []).append(static)
    reports, out = traffic.reports, io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(REPORT_COLUMNS)
    for n in range(len(reports)):
        mmsi, time_s = int(reports.vessel[n]), float(reports.time_s[n])
        place = [f"{reports.lon_deg[n]:.5f}", f"{reports.lat_deg[n]:.5f}", f"{reports.sog_kn[n]:.1f}"]
        course = [f"{reports.cog_deg[n]:.1f}", _heading(reports.heading_deg[n]), int(reports.nav_status[n])]
        known = _static_cells([s for s in by_vessel.get(mmsi, ()) if s.time_s <= time_s])
        received = [int(reports.msg_type[n]), Receiver(int(reports.receiver[n])).name.lower()]
        writer.writerow([mmsi, rfc3339(time_s), *place, *course, *known, *received])
    return out.getvalue()


def _heading(heading_deg: np.float32) -> int | str:
    return "" if np.isnan(heading_deg) else int(heading_deg) % 360


def _static_cells(declared: list[StaticReport]) -> list[object]:
    if not declared:
        return [""] * len(STATIC_COLUMNS)
    last = declared[-1]
    cells = (last.imo, last.name, last.callsign, last.ship_type, last.length_m, last.beam_m, last.draught_m)
    return ["" if cell is None else cell for cell in (*cells, last.destination)]
