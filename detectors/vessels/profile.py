"""The profile of one MMSI: identities, voyages and segments over time.

The definition is docs/definitions/vessel_profile.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import unwrapped_deg
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.geometry.geodesy import plane_m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detectors.tracks.reports import StaticReport
    from detectors.tracks.tracks import Tracks

STOPPED_KN = 1.0
STOPPED_WINDOW_S = 10.0 * MINUTE_S
BRIDGE_S = 4.0 * HOUR_S
"""Whether the vessel stopped is not judged across longer gaps."""


@dataclass(frozen=True)
class Identity:
    """Static data that stay with a vessel; None where not declared."""

    name: str | None = None
    callsign: str | None = None
    imo: int | None = None
    flag: str | None = None
    ship_type: int | None = None
    length_m: float | None = None
    beam_m: float | None = None


IDENTITY = tuple(f.name for f in fields(Identity))


@dataclass(frozen=True)
class Worn:
    """An identity, the time for which an MMSI declared it (epoch seconds), and how often it began."""

    identity: Identity
    first_s: float
    last_s: float
    times: int


@dataclass(frozen=True)
class Voyage:
    """Declared draught and destination of a voyage, from a time on (epoch seconds)."""

    from_s: float
    draught_m: float | None
    destination: str | None


@dataclass(frozen=True)
class HullTrack:
    """One segment of an MMSI: positions are (lon, lat) in degrees, times epoch seconds."""

    number: int
    start_s: float
    end_s: float
    positions: int
    first: tuple[float, float]
    last: tuple[float, float]
    sailed_km: float
    usual_interval_s: float | None
    longest_gap_h: float | None
    stopped_share: float | None


def identities_of(tracks: Tracks, vessel: int) -> tuple[Worn, ...]:
    """Return the different identities of an MMSI in the order in which they first occur."""
    worn: dict[Identity, Worn] = {}
    for identity, begin_s, end_s in _turns(tracks, vessel):
        known = worn.get(identity)
        first_s, times = (known.first_s, known.times) if known else (begin_s, 0)
        worn[identity] = Worn(identity, first_s, end_s, times + 1)
    return tuple(worn.values())


def _turns(tracks: Tracks, vessel: int) -> Iterator[tuple[Identity, float, float]]:
    """Yield each identity with the time for which it stood; what a report leaves out stays as it was."""
    start_s, end_s = _span(tracks, vessel)
    declared: dict[str, object] = {}
    begun_s, before = start_s, Identity()
    for static in _statics(tracks, vessel):
        declared |= {name: v for name in IDENTITY if (v := getattr(static, name)) is not None}
        identity = Identity(**declared)  # type: ignore[arg-type]
        if identity == before:
            continue
        at_s = min(max(static.time_s, start_s), end_s) if math.isfinite(static.time_s) else start_s
        if before != Identity() and at_s > begun_s:
            yield before, begun_s, at_s
        begun_s, before = at_s, identity
    if before != Identity():
        yield before, begun_s, end_s


def voyages_of(tracks: Tracks, vessel: int) -> tuple[Voyage, ...]:
    """Return each change of the declared draught or destination, in the order of time."""
    start_s, _ = _span(tracks, vessel)
    voyages: list[Voyage] = []
    for static in _statics(tracks, vessel):
        before = voyages[-1] if voyages else Voyage(start_s, None, None)
        draught = before.draught_m if static.draught_m is None else static.draught_m
        destination = before.destination if static.destination is None else static.destination
        if (draught, destination) != (before.draught_m, before.destination):
            at_s = static.time_s if math.isfinite(static.time_s) else start_s
            voyages.append(Voyage(max(at_s, start_s), draught, destination))
    return tuple(voyages)


def hulls_of(tracks: Tracks, vessel: int) -> tuple[HullTrack, ...]:
    """Return the segments of an MMSI, in the order of their first reports."""
    first, end = np.searchsorted(tracks.segments.vessel_index, (vessel, vessel + 1))
    return tuple(_hull(tracks, segment, segment - int(first)) for segment in range(int(first), int(end)))


def _hull(tracks: Tracks, segment: int, number: int) -> HullTrack:
    segments = tracks.segments
    part = slice(int(segments.offsets[segment]), int(segments.offsets[segment + 1]))
    time_s, lat, lon = segments.time_s[part], segments.lat_deg[part], unwrapped_deg(segments.lon_deg[part])
    steps_s = np.diff(time_s)
    legs_m = np.hypot(*plane_m(lon[:-1], lat[:-1], lon[1:], lat[1:]))
    speed = segments.speed_mps(STOPPED_WINDOW_S, BRIDGE_S)[part][:-1]
    known = ~np.isnan(speed)
    observed_s = float(steps_s[known].sum())
    stopped_s = float(steps_s[known & (speed < STOPPED_KN * KNOT_MPS)].sum())
    return HullTrack(
        number=number,
        start_s=float(time_s[0]),
        end_s=float(time_s[-1]),
        positions=len(time_s),
        first=(float(segments.lon_deg[part.start]), float(lat[0])),
        last=(float(segments.lon_deg[part.stop - 1]), float(lat[-1])),
        sailed_km=float(legs_m.sum()) / KM_M,
        usual_interval_s=float(np.median(steps_s)) if len(steps_s) else None,
        longest_gap_h=float(steps_s.max()) / HOUR_S if len(steps_s) else None,
        stopped_share=stopped_s / observed_s if observed_s else None,
    )


def _span(tracks: Tracks, vessel: int) -> tuple[float, float]:
    first, end = int(tracks.offsets[vessel]), int(tracks.offsets[vessel + 1])
    return float(tracks.time_s[first]), float(tracks.time_s[end - 1])


def _statics(tracks: Tracks, vessel: int) -> tuple[StaticReport, ...]:
    return tracks.statics.get(int(tracks.vessel[vessel]), ())
