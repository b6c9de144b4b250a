"""What arrives: chance of each message at each receiver, and one report per vessel and slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.delivery.receivers import CLASS_B_FROM_SPACE, within
from detectors.kernels.geometry.geodesy import plane_m
from detectors.tracks.codes import LONG_RANGE_MSG_TYPE, Receiver
from detectors.tracks.reports import Reports

if TYPE_CHECKING:
    from app.simulator.delivery.receivers import Receivers
    from app.simulator.delivery.sending import Sending
    from app.simulator.vessels.fleet import Vessel
    from detectors.tracks.reports import Bool, Float64

FROM_SPACE = 0.09
"""Chance of one class A message in an empty sea: one to three reports of a pass (R)."""
LONG_RANGE_FROM_SPACE = 0.3
"""The same of a type 27 message, which has separate channels (R)."""
REACH = 3.5
"""Beyond so many of its ranges a station receives nothing, whatever the ducting."""
SHORE_CROWD, SPACE_CROWD = 0.25, 0.8
"""How much unseen traffic jams a station, which covers one harbour, and a satellite, which covers a sea."""
TYPE_27_STEP_DEG, TYPE_27_M = 1.0 / 600.0, 93.0


@dataclass(frozen=True, eq=False)
class Chances:
    """Chance per slot that anything is received, by channel: as it was, and had no receiver failed."""

    shore: Float64
    space: Float64
    long_range: Float64
    shore_unfailed: Float64
    space_unfailed: Float64


def chances(sent: Sending, vessel: Vessel, receivers: Receivers) -> Chances:
    """Return the chances of one vessel, slot by slot, whether or not its transponder is on."""
    crowd = receivers.crowd(sent.lon_deg, sent.lat_deg)
    shore, shore_unfailed = _shore(sent, crowd, receivers, is_class_b=vessel.who.is_class_b)
    space, space_unfailed = _space(sent, receivers)
    ordinary = (
        FROM_SPACE * np.exp(-SPACE_CROWD * crowd) * (CLASS_B_FROM_SPACE if vessel.who.is_class_b else 1.0)
    )
    any_unfailed = _any(ordinary * space_unfailed, sent.messages)
    lone_unfailed = _any(LONG_RANGE_FROM_SPACE * space_unfailed, sent.long_range)
    return Chances(
        shore=_any(shore, sent.messages),
        space=_any(ordinary * space, sent.messages),
        long_range=_any(LONG_RANGE_FROM_SPACE * space, sent.long_range),
        shore_unfailed=_any(shore_unfailed, sent.messages),
        space_unfailed=1.0 - (1.0 - any_unfailed) * (1.0 - lone_unfailed),
    )


def _any(chance: Float64, count: Float64) -> Float64:
    return np.asarray(1.0 - (1.0 - np.minimum(chance, 0.999)) ** count)


def _shore(
    sent: Sending, crowd: Float64, receivers: Receivers, *, is_class_b: bool
) -> tuple[Float64, Float64]:
    missed, missed_unfailed = np.ones_like(crowd), np.ones_like(crowd)
    jam, duct = np.exp(-SHORE_CROWD * crowd), receivers.duct(sent.time_s)
    for station in receivers.stations:
        reach_deg = REACH * station.range_m / 111_000.0
        near = np.abs(sent.lat_deg - station.place[1]) < reach_deg
        near &= np.abs(sent.lon_deg - station.place[0]) < 1.4 * reach_deg
        if not near.any():
            continue
        rows = np.flatnonzero(near)
        at = sent.time_s[rows], sent.lon_deg[rows], sent.lat_deg[rows]
        received = jam[rows] * station.chance_of(*at, duct[rows], is_class_b=is_class_b)
        missed_unfailed[rows] *= 1.0 - received
        missed[rows] *= 1.0 - np.where(within(at[0], station.outages), 0.0, received)
    return 1.0 - missed, 1.0 - missed_unfailed


def _space(sent: Sending, receivers: Receivers) -> tuple[Float64, Float64]:
    """Return how clearly a satellite receives in each slot, 0 without one: as it was, and unfailed."""
    clear, clear_unfailed = np.zeros_like(sent.time_s), np.zeros_like(sent.time_s)
    for each in receivers.passes:
        rows = slice(*np.searchsorted(sent.time_s, (each.start_s, each.end_s)))
        time_s, lon, lat = sent.time_s[rows], sent.lon_deg[rows], sent.lat_deg[rows]
        under_lat = each.lat_deg + each.north_deg_s * (time_s - each.start_s)
        away_m = np.hypot(*plane_m(np.full_like(lon, each.lon_deg), under_lat, lon, lat))
        seen = np.where(away_m < each.radius_m, each.clear, 0.0)
        outages = receivers.satellite_outages.get(each.satellite, ()) + receivers.downlink_outages
        clear_unfailed[rows] = np.maximum(clear_unfailed[rows], seen)
        clear[rows] = np.maximum(clear[rows], np.where(within(time_s, outages), 0.0, seen))
    return clear, clear_unfailed


def delivered(
    sent: Sending, chance: Chances, vessel: Vessel, rng: np.random.Generator
) -> tuple[Reports, Bool]:
    """Return the reports of one vessel that arrive, and in which slots; a station is preferred."""
    draws = rng.random((3, len(sent.time_s)))
    shore = sent.is_out & (draws[0] < chance.shore)
    space = sent.is_out & (draws[1] < chance.space) & ~shore
    lone = sent.is_out & (draws[2] < chance.long_range) & ~shore & ~space
    received = shore | space | lone
    return _reports(sent, vessel, received, shore[received], lone[received], rng), received


def _reports(
    sent: Sending, vessel: Vessel, received: Bool, shore: Bool, lone: Bool, rng: np.random.Generator
) -> Reports:
    time_s = np.floor(sent.time_s[received])
    speed_kn, course = vessel.path.motion_at(time_s)
    noise = rng.normal(0.0, vessel.who.noise_m, (2, len(time_s)))
    lon, lat = vessel.path.at(time_s)
    per_lat = 111_000.0
    lon, lat = lon + noise[0] / (per_lat * np.cos(np.radians(lat))), lat + noise[1] / per_lat
    lon, lat = (
        np.where(lone, np.round(c / TYPE_27_STEP_DEG) * TYPE_27_STEP_DEG, np.round(c, 5)) for c in (lon, lat)
    )
    sog = np.maximum(0.0, speed_kn + rng.normal(0.0, 0.08, len(time_s)))
    cog = (
        course + rng.normal(0.0, 1.0, len(time_s)) * np.clip(8.0 / np.maximum(speed_kn, 0.1), 1.0, 60.0)
    ) % 360.0
    is_class_b = vessel.who.is_class_b
    return Reports.of(
        np.full(len(time_s), vessel.who.mmsi),
        time_s,
        lon,
        lat,
        sog_kn=np.where(lone, np.round(sog), np.round(sog, 1)),
        cog_deg=np.where(lone, np.round(cog), np.round(cog, 1)) % 360.0,
        heading_deg=np.full(len(time_s), np.nan) if is_class_b else np.round(course) % 360.0,
        nav_status=np.full(len(time_s), 15) if is_class_b else vessel.path.status_at(time_s),
        msg_type=np.where(lone, LONG_RANGE_MSG_TYPE, 18 if is_class_b else 1),
        receiver=np.where(shore, Receiver.TERRESTRIAL, Receiver.SATELLITE),
        uncertainty_m=np.where(lone, TYPE_27_M, 0.0),
    )
