"""What two tracks tell of one meeting: evidence for an analyst, measured on the reports themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.angles import angle_between_deg, unwrapped_deg, wrapped_deg
from detectors.base import Finding, Measures, Scene
from detectors.clear_water import clear_water_m
from detectors.kernels.geodesy import plane_m
from detectors.meeting_craft import craft
from detectors.meeting_doubts import fixed_h, stray_ratio
from detectors.meeting_evidence import (
    draught_change_m,
    formation,
    mode_of,
    motion,
    said,
    sails,
)
from detectors.quantiles import median_of
from detectors.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S

if TYPE_CHECKING:
    from detectors.sts_params import StsParams
    from detectors.tracks.reports import Float64, Int32
    from detectors.tracks.tracks import Tracks

Span = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Leg:
    """One hull's reports from the last before a meeting to the first after it.

    `rows` are rows of the tracks, in time order; longitudes are unwrapped, so they may pass 180. What begins
    with ``all`` is of the hull's whole track.
    """

    vessel: int
    rows: Int32
    time_s: Float64
    lon_deg: Float64
    lat_deg: Float64
    all_time_s: Float64
    all_lon_deg: Float64
    all_lat_deg: Float64

    def at(self, time_s: Float64) -> tuple[Float64, Float64]:
        """Return longitudes and latitudes at times inside the leg, on straight lines between reports."""
        lon = np.interp(time_s, self.time_s, self.lon_deg)
        return lon, np.interp(time_s, self.time_s, self.lat_deg)

    def inside(self, span: Span) -> Int32:
        """Return the rows of the reports sent during the span."""
        return self.rows[(self.time_s >= span[0]) & (self.time_s <= span[1])]

    def longest_silence_s(self, span: Span) -> float:
        """Return the longest time during the span without a report."""
        heard_s = np.clip(self.time_s, *span)
        return float(np.diff(heard_s, prepend=span[0], append=span[1]).max())


def measure_meeting(
    scene: Scene,
    kind: str,
    hulls: tuple[int, int],
    span: Span,
    measures: Measures,
    params: StsParams,
    *,
    is_under_way: bool,
    ways: tuple[Leg, Leg] | None = None,
) -> Finding:
    """Return the finding of a meeting of two hulls during a span, with `measures` and those of its tracks.

    Vessels are told in the order of their keys: measures that end in ``_1`` are of the first. `ways` are
    where each went during the span, in that order, where straight lines between her reports do not tell it.
    """
    first, second = (leg_of(scene.tracks, h, span) for h in sorted(hulls))
    way_1, way_2 = ways or (first, second)
    times = times_of(way_1, way_2, span)
    (lon_1, lat_1), (lon_2, lat_2) = way_1.at(times), way_2.at(times)
    own = {
        **_leg_measures(scene.tracks, first, way_1, span, "1"),
        **_leg_measures(scene.tracks, second, way_2, span, "2"),
    }
    middle_lon = float(np.mean(lon_1 + 0.5 * (wrapped_deg(lon_2 - lon_1))))
    place = (float(wrapped_deg(middle_lon)), float(np.mean((lat_1 + lat_2) / 2)))
    told = {
        **measures,
        "elapsed_h": (span[1] - span[0]) / HOUR_S,
        "fixes_least": min(len(leg.inside(span)) for leg in (first, second)),
        "fixed_h": fixed_h((first, second), span, params),
        "stray_ratio": stray_ratio(scene.tracks, (first, second), span, params),
        "longest_silence_min": max(leg.longest_silence_s(span) for leg in (first, second)) / MINUTE_S,
        "heading_difference_deg": _heading_difference(scene.tracks, first, second, span),
        "drift_km": max(_made_good_m(way, span) for way in (way_1, way_2)) / KM_M,
        **own,
        **motion(way_1, way_2, span, params),
        **said(scene.tracks, first, span, "1", params),
        **said(scene.tracks, second, span, "2", params),
        **craft(scene.tracks, (first.vessel, second.vessel), span[0], params),
    }
    return Finding(
        kind=kind,
        start_s=span[0],
        end_s=span[1],
        vessels=(first.vessel, second.vessel),
        rows=_evidence(scene.tracks, first, second),
        anchors=(int(first.rows[0]), int(second.rows[0])),
        path=(place,),
        behaved_until_s=span[1],
        measures={
            **told,
            "draught_change_m": draught_change_m(told),
            "clear_water_m": clear_water_m(scene.tracks, (first, second), span, told, params),
            "mode": mode_of(told, params, is_under_way=is_under_way),
            "formation": formation(way_1, way_2, span, told, params) if sails(told, params) else None,
        },
    )


def leg_of(tracks: Tracks, hull: int, span: Span) -> Leg:
    """Return a hull's leg through a span of time."""
    hulls = tracks.hulls
    first, end = int(hulls.offsets[hull]), int(hulls.offsets[hull + 1])
    time_s = hulls.time_s[first:end]
    lo = max(0, int(np.searchsorted(time_s, span[0], side="right")) - 1)
    hi = min(end - first, int(np.searchsorted(time_s, span[1], side="left")) + 1)
    part = slice(first + lo, first + hi)
    return Leg(
        vessel=int(hulls.vessel_index[hull]),
        rows=hulls.row[part],
        time_s=hulls.time_s[part],
        lon_deg=unwrapped_deg(hulls.lon_deg[part]),
        lat_deg=hulls.lat_deg[part],
        all_time_s=time_s,
        all_lon_deg=hulls.lon_deg[first:end],
        all_lat_deg=hulls.lat_deg[first:end],
    )


def times_of(first: Leg, second: Leg, span: Span) -> Float64:
    """Return the times at which either reported during the span, and its ends."""
    both = np.concatenate((first.time_s, second.time_s, np.array(span)))
    return np.unique(np.clip(both, *span))


def _leg_measures(tracks: Tracks, leg: Leg, way: Leg, span: Span, number: str) -> Measures:
    rows = leg.inside(span)
    seconds = span[1] - span[0]
    return {
        f"fixes_{number}": len(rows),
        f"speed_made_good_{number}_kn": _made_good_m(way, span) / seconds / KNOT_MPS if seconds else 0.0,
        f"median_sog_{number}_kn": _median(tracks.sog_kn[rows]),
    }


def _made_good_m(leg: Leg, span: Span) -> float:
    lon, lat = leg.at(np.array(span))
    return float(np.hypot(*plane_m(lon[0], lat[0], lon[1], lat[1])))


def _heading_difference(tracks: Tracks, first: Leg, second: Leg, span: Span) -> float | None:
    """Return the angle between the vessels' median headings; None where either sends none."""
    headings = [_mean_direction_deg(tracks.heading_deg[leg.inside(span)]) for leg in (first, second)]
    if None in headings:
        return None
    return float(angle_between_deg(float(headings[0] or 0.0), float(headings[1] or 0.0)))


def _mean_direction_deg(angles_deg: np.ndarray) -> float | None:
    known = np.radians(angles_deg[~np.isnan(angles_deg)].astype(np.float64))
    if not len(known):
        return None
    return float(np.degrees(np.arctan2(np.sin(known).mean(), np.cos(known).mean())))


def _median(values: np.ndarray) -> float | None:
    known = values[~np.isnan(values)]
    return median_of(known) if len(known) else None


def _evidence(tracks: Tracks, first: Leg, second: Leg) -> tuple[int, ...]:
    """Return the first and last report of each, the earliest of all first (ties: the first vessel's)."""
    rows = [int(leg.rows[n]) for leg in (first, second) for n in (0, -1)]
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: (float(tracks.time_s[row]), row)))
