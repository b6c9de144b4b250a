"""Delivered traffic as a draft: columns that may be written, and vessels that have no part yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.tracks.reports import COLUMNS, Reports

if TYPE_CHECKING:
    from app.simulator.truth import Traffic, Truth
    from app.simulator.vessels.path import Path
    from detectors.tracks.reports import Float64, Int64, StaticReport

HOUR_S = 3600.0
SAILING_KN = 5.0
REPORTS_MIN = 60
NEW_NUMBERS_FROM = 950_000
"""MMSIs given later end in these six digits and up: no vessel of the fleet has them."""


class NoVesselError(ValueError):
    """No vessel of the traffic fits a part."""


@dataclass(eq=False)
class Draft:
    """What was delivered, to be changed in place: `columns` as in `Reports`, statics by vessel, true paths.

    `free` are the MMSIs that no other behaviour uses yet.
    """

    columns: dict[str, np.ndarray[Any, Any]]
    statics: list[StaticReport]
    paths: dict[int, Path]
    free: list[int]
    rng: np.random.Generator
    given: int = 0

    @classmethod
    def of(cls, traffic: Traffic, rng: np.random.Generator) -> Draft:
        """Return a draft of traffic in which every vessel without a part in any truth is free."""
        busy = {mmsi for truth in traffic.truth for mmsi in truth.mmsis}
        mmsis, counts = np.unique(traffic.reports.vessel, return_counts=True)
        free = [int(n) for n, c in zip(mmsis, counts, strict=True) if c >= REPORTS_MIN and n not in busy]
        rng.shuffle(free)
        columns = {name: getattr(traffic.reports, name).copy() for name in COLUMNS}
        return cls(columns, list(traffic.statics), dict(traffic.paths), free, rng)

    def reports(self) -> Reports:
        """Return the reports as a feed gives them; rows number them in that order."""
        order = np.lexsort((self.columns["vessel"], self.columns["time_s"]))
        ordered = Reports(**{name: column[order] for name, column in self.columns.items()})
        return replace(ordered, source_row=np.arange(len(ordered), dtype=np.int32))

    def rows(self, mmsi: int, start_s: float = -np.inf, end_s: float = np.inf) -> Int64:
        """Return the rows of an MMSI inside a span, in the order of time."""
        time_s = self.columns["time_s"]
        rows = np.flatnonzero((self.columns["vessel"] == mmsi) & (time_s >= start_s) & (time_s < end_s))
        return rows[np.argsort(time_s[rows], kind="stable")]

    def taken(self, *, lasts_h: float, is_sailing: bool = True, is_named: bool = False) -> tuple[int, float]:
        """Return a free vessel and a time from which it is received for so long, both before and after.

        Raises NoVesselError where none is left that fits.
        """
        for mmsi in self.free:
            if is_named and not any(s.vessel == mmsi and s.imo for s in self.statics):
                continue
            start_s = self._time_of(mmsi, lasts_h * HOUR_S, is_sailing=is_sailing)
            if start_s is not None:
                self.free.remove(mmsi)
                return mmsi, start_s
        raise NoVesselError(f"no free vessel is received for {lasts_h:g} h")

    def _time_of(self, mmsi: int, lasts_s: float, *, is_sailing: bool) -> float | None:
        times: Float64 = self.columns["time_s"][self.rows(mmsi)]
        fits = times[(times > times[0] + lasts_s) & (times < times[-1] - lasts_s)]
        if is_sailing and len(fits):
            path = self.paths[mmsi]
            speeds = np.stack([path.motion_at(fits + at * lasts_s)[0] for at in (0.0, 0.25, 0.5, 0.75, 1.0)])
            fits = fits[(speeds > SAILING_KN).all(axis=0)]
        return float(self.rng.choice(fits)) if len(fits) else None

    def new_mmsi(self, like: int) -> int:
        """Return an unused MMSI of the same country."""
        self.given += 1
        return like // 1_000_000 * 1_000_000 + NEW_NUMBERS_FROM + self.given

    def add(self, copy_of: Int64, **changed: object) -> None:
        """Add reports: copies of some rows, with other values in the columns named."""
        for name, column in self.columns.items():
            fresh = np.broadcast_to(np.asarray(changed.get(name, column[copy_of])), copy_of.shape)
            self.columns[name] = np.concatenate((column, fresh.astype(column.dtype)))

    def first_static(self, mmsi: int) -> StaticReport:
        """Return the first static report of a vessel."""
        return next(s for s in self.statics if s.vessel == mmsi)


def finished(traffic: Traffic, draft: Draft, truths: list[Truth]) -> Traffic:
    """Return traffic with the delivery of a draft, and the truth of that."""
    known = sorted((*traffic.truth, *truths), key=lambda t: (t.start_s, t.kind, t.mmsis))
    return replace(
        traffic, reports=draft.reports(), statics=tuple(draft.statics), truth=tuple(known), paths=draft.paths
    )
