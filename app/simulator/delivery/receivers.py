"""Receivers: shore stations whose range varies, satellites that pass, and their outages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.settings import REGIMES
from detectors.kernels.geometry.geodesy import plane_m

if TYPE_CHECKING:
    from app.simulator.settings import TrafficSettings
    from app.simulator.vessels.waters import Place, Waters
    from detectors.tracks.reports import Bool, Float64

HOUR_S, NM_M = 3600.0, 1852.0
Spans = tuple[tuple[float, float], ...]

RANGE_NM = (20.0, 60.0)  # V: field notes; an antenna on a mast against one on a hill
EDGE_SHARE = 0.12  # over this share of the range, reception fades
CLASS_B_RANGE, CLASS_B_LOUD, CLASS_B_FROM_SPACE = 0.6, 0.7, 0.15  # 2 W against 12.5 W (M.1371)
TRACK_DEG_S = 0.061  # a satellite's footprint moves 6.8 km a second


def within(time_s: Float64, spans: Spans) -> Bool:
    """Return which times lie in any of the spans."""
    inside = np.zeros(len(time_s), dtype=np.bool_)
    for start_s, end_s in spans:
        inside |= (time_s >= start_s) & (time_s < end_s)
    return inside


@dataclass(frozen=True)
class Station:
    """A shore station. `sways` are (amplitude, period in hours, phase) of the logarithm of its range."""

    place: Place
    range_m: float
    loud: float
    sways: tuple[tuple[float, float, float], ...]
    outages: Spans

    def chance_of(
        self, time_s: Float64, lon: Float64, lat: Float64, duct: Float64, *, is_class_b: bool
    ) -> Float64:
        """Return the chance that it receives one message, were it working."""
        east_m, north_m = plane_m(
            np.full_like(lon, self.place[0]), np.full_like(lat, self.place[1]), lon, lat
        )
        sway = sum(a * np.sin(2 * np.pi * time_s / (p * HOUR_S) + f) for a, p, f in self.sways)
        range_m = self.range_m * np.exp(sway) * duct * (CLASS_B_RANGE if is_class_b else 1.0)
        beyond = (np.hypot(east_m, north_m) - range_m) / (EDGE_SHARE * range_m)
        loud = self.loud * (CLASS_B_LOUD if is_class_b else 1.0)
        return np.asarray(loud / (1.0 + np.exp(np.clip(beyond, -30.0, 30.0))))


@dataclass(frozen=True)
class Pass:
    """One satellite over the region: its footprint moves along a meridian."""

    satellite: int
    start_s: float
    end_s: float
    lon_deg: float
    lat_deg: float
    north_deg_s: float
    radius_m: float
    clear: float


@dataclass(frozen=True)
class Receivers:
    """All receivers of one simulation. `crowds` are unseen traffic: (place, strength, spread in metres)."""

    stations: tuple[Station, ...]
    passes: tuple[Pass, ...]
    crowds: tuple[tuple[Place, float, float], ...]
    ducts: Spans
    satellite_outages: dict[int, Spans]
    downlink_outages: Spans

    def crowd(self, lon: Float64, lat: Float64) -> Float64:
        """Return how much unseen traffic competes at each place: messages survive with exp(-crowd)."""
        total = np.zeros_like(lon)
        for place, strength, spread_m in self.crowds:
            away = plane_m(np.full_like(lon, place[0]), np.full_like(lat, place[1]), lon, lat)
            total += strength * np.exp(-0.5 * (np.hypot(*away) / spread_m) ** 2)
        return total

    def duct(self, time_s: Float64) -> Float64:
        """Return by how much ducting extends the range of every station."""
        return np.where(within(time_s, self.ducts), 1.7, 1.0)


def make_receivers(settings: TrafficSettings, waters: Waters, rng: np.random.Generator) -> Receivers:
    """Return the receivers of a simulation, drawn from its seed."""
    regime, harbours = REGIMES[settings.regime], waters.harbours
    listening = [h for h in harbours if rng.random() < regime.station_share]
    listening += [waters.open_place(rng, settings.bought_box, 15_000.0) for _ in range(regime.platforms)]
    crowd_at = rng.choice(len(harbours), min(8, len(harbours)), replace=False)
    satellites = int(rng.integers(3, 8))
    return Receivers(
        stations=tuple(_station(h, settings, rng) for h in listening) if regime.is_terrestrial else (),
        passes=_passes(settings, satellites, rng),
        crowds=tuple((harbours[n], rng.uniform(0.2, 1.6), rng.uniform(60e3, 180e3)) for n in crowd_at),
        ducts=spans(settings, 0.3, (4.0, 14.0), rng),
        satellite_outages={
            n: spans(settings, settings.satellite_outages, (6.0, 24.0), rng) for n in range(satellites)
        },
        downlink_outages=spans(settings, settings.satellite_outages, (4.0, 16.0), rng),
    )


def spans(
    settings: TrafficSettings, per_day: float, hours: tuple[float, float], rng: np.random.Generator
) -> Spans:
    """Return spans that begin at random, so many a day, and last some hours."""
    days = (settings.end_s - settings.start_s) / 86400.0
    starts = rng.uniform(settings.start_s, settings.end_s, int(rng.poisson(per_day * days)))
    return tuple((float(s), float(s + rng.uniform(*hours) * HOUR_S)) for s in np.sort(starts))


def _station(place: Place, settings: TrafficSettings, rng: np.random.Generator) -> Station:
    sways = tuple((rng.uniform(0.03, 0.16), rng.uniform(5.0, 40.0), rng.uniform(0, 6.28)) for _ in range(3))
    outages = spans(settings, settings.station_outages, (2.0, 20.0), rng)
    return Station(place, rng.uniform(*RANGE_NM) * NM_M, rng.uniform(0.35, 0.9), sways, outages)


def _passes(settings: TrafficSettings, satellites: int, rng: np.random.Generator) -> tuple[Pass, ...]:
    west, south, east, north = settings.sea_box
    gap_h = REGIMES[settings.regime].pass_gap_h
    clear = rng.uniform(0.4, 1.3, satellites)
    found, now_s = [], settings.start_s - rng.uniform(0.0, gap_h[1]) * HOUR_S
    while now_s < settings.end_s:
        satellite = int(rng.integers(satellites))
        lasts_s, heading = rng.uniform(480.0, 840.0), rng.choice([-1.0, 1.0])
        lat_mid = rng.uniform(south - 2.0, north + 2.0)
        found.append(
            Pass(
                satellite,
                now_s,
                now_s + lasts_s,
                lon_deg=rng.uniform(west - 6.0, east + 6.0),
                lat_deg=lat_mid - heading * TRACK_DEG_S * lasts_s / 2,
                north_deg_s=heading * TRACK_DEG_S,
                radius_m=rng.uniform(1.6e6, 2.6e6),
                clear=float(clear[satellite] * rng.uniform(0.6, 1.2)),
            )
        )
        now_s += lasts_s + rng.uniform(*gap_h) * HOUR_S
    return tuple(found)
