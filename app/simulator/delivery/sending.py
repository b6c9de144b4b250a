"""What a transponder sends: how many messages in each slot of the provider, and whether it is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from app.simulator.settings import TrafficSettings
    from app.simulator.vessels.fleet import Vessel
    from detectors.tracks.reports import Bool, Float64, UInt8

SLOW_S, CLASS_B_S = 180.0, 30.0
STILL = (1, 5)
LONG_RANGE_S = 180.0

ON, SWITCHED_OFF, MOORED_OFF, POOR_KIT, LEFT_AREA = range(5)
CAUSES = {
    SWITCHED_OFF: "switched_off",
    MOORED_OFF: "moored_off",
    POOR_KIT: "poor_kit",
    LEFT_AREA: "left_area",
}
"""Why nothing of a vessel can arrive in a slot, whatever the receivers."""


@dataclass(frozen=True, eq=False)
class Sending:
    """One row per slot: the time at which the vessel would be received, its place, the messages it sends.

    `messages` counts ordinary position reports (fractions are drawn beforehand), `long_range` those of type
    27. `cause` is `ON` or why nothing arrives.
    """

    time_s: Float64
    lon_deg: Float64
    lat_deg: Float64
    messages: Float64
    long_range: Float64
    cause: UInt8

    @property
    def is_out(self) -> Bool:
        """Where a message could be received."""
        return np.asarray(self.cause == ON)


def sending(vessel: Vessel, settings: TrafficSettings, rng: np.random.Generator) -> Sending:
    """Return what a vessel sends over the whole simulation."""
    count = int(np.ceil((settings.end_s - settings.start_s) / settings.slot_s))
    time_s = settings.start_s + (np.arange(count) + rng.uniform(0.0, 0.98, count)) * settings.slot_s
    lon, lat = vessel.path.at(time_s)
    speed_kn, _ = vessel.path.motion_at(time_s)
    status = vessel.path.status_at(time_s)
    every_s = interval_s(speed_kn, status, is_class_b=vessel.who.is_class_b)
    messages = _in_slots(time_s, every_s, settings.slot_s, rng)
    has_long_range = not vessel.who.is_class_b and rng.random() < LONG_RANGE_SHARE
    long_range = _in_slots(time_s, np.full(count, LONG_RANGE_S), settings.slot_s, rng) * has_long_range
    return Sending(time_s, lon, lat, messages, long_range, _causes(vessel, time_s, lon, lat, settings, rng))


LONG_RANGE_SHARE = 0.6
"""Share of class A transponders that send type 27 (R: those from 2010 on)."""


def interval_s(speed_kn: Float64, status: UInt8, *, is_class_b: bool) -> Float64:
    """Return the nominal reporting interval (ITU-R M.1371-5, quoted from memory: M), seconds."""
    if is_class_b:
        return np.where(speed_kn <= 2.0, SLOW_S, CLASS_B_S)  # noqa: PLR2004 - knots of the recommendation
    still = np.isin(status, STILL) & (speed_kn <= 3.0)  # noqa: PLR2004
    moving_s = np.select([speed_kn > 23.0, speed_kn > 14.0], [2.0, 6.0], 10.0)  # noqa: PLR2004
    return np.where(still, SLOW_S, moving_s)


def _in_slots(time_s: Float64, every_s: Float64, slot_s: float, rng: np.random.Generator) -> Float64:
    """Return how many messages fall into each slot: at least one where the interval is shorter than it."""
    per_slot = slot_s / every_s
    phase = np.floor((time_s + rng.uniform(0.0, 600.0)) / every_s)
    is_new = np.concatenate(([True], np.diff(phase) != 0))
    return np.where(per_slot >= 1.0, per_slot, is_new.astype(np.float64))


def _causes(
    vessel: Vessel,
    time_s: Float64,
    lon: Float64,
    lat: Float64,
    settings: TrafficSettings,
    rng: np.random.Generator,
) -> UInt8:
    cause = np.zeros(len(time_s), dtype=np.uint8)
    west, south, east, north = settings.bought_box
    cause[(lon < west) | (lon > east) | (lat < south) | (lat > north)] = LEFT_AREA
    for start_s, end_s in _dropouts(vessel, settings, rng):
        cause[(time_s >= start_s) & (time_s < end_s) & (cause == ON)] = POOR_KIT
    for start_s, end_s, why in vessel.off:
        code = SWITCHED_OFF if why == CAUSES[SWITCHED_OFF] else MOORED_OFF
        cause[(time_s >= start_s) & (time_s < end_s)] = code
    return cause


def _dropouts(
    vessel: Vessel, settings: TrafficSettings, rng: np.random.Generator
) -> list[tuple[float, float]]:
    """Return when a poor transponder fails: about daily, for half an hour to a day and a half (R)."""
    if not vessel.who.has_poor_kit:
        return []
    days = (settings.end_s - settings.start_s) / 86400.0
    count = int(rng.poisson(rng.uniform(0.4, 1.3) * days))
    starts_s = rng.uniform(settings.start_s, settings.end_s, count)
    lasts_s = np.clip(rng.lognormal(1.5, 0.9, count), 0.5, 36.0) * 3600.0
    return [(float(a), float(a + d)) for a, d in zip(starts_s, lasts_s, strict=True)]
