"""Dates without a time of day: fit for one place a day, and for nothing else."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.reader import ReadError

if TYPE_CHECKING:
    from app.readers.base.reader import Batch

DAYS_ONLY = "column {column!r} gives days without a time of day: taken as midnight UTC"
SEVERAL_PLACES = (
    "{name}: column {column!r} gives days without a time of day, and vessels have several places on one day. "
    "Add the clock: one column with date and time, or a second one for the time"
)


def checked_days(batch: Batch, column: str) -> Batch:
    """Return a batch that warns of times without a clock.

    Raises ReadError where a vessel is at several places on one day: none of them has a time.
    """
    reports = batch.reports
    order = np.lexsort([reports.time_s, reports.vessel])
    vessel, time_s, lon, lat = (
        values[order] for values in (reports.vessel, reports.time_s, reports.lon_deg, reports.lat_deg)
    )
    together = (vessel[1:] == vessel[:-1]) & (time_s[1:] == time_s[:-1])
    if (together & ((lon[1:] != lon[:-1]) | (lat[1:] != lat[:-1]))).any():
        raise ReadError(SEVERAL_PLACES.format(name=batch.rejects.file, column=column))
    return dataclasses.replace(batch, warnings=(*batch.warnings, DAYS_ONLY.format(column=column)))
