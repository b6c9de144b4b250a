"""Synthetic traffic of the Yellow Sea and East China Sea: lanes, anchorages, fishing, encounters, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

START_S = 1_709_251_200.0
LON, LAT = (122.8, 126.0), (28.5, 36.9)
"""Open water: tracks over land would be flagged as false."""

DEGREE_M, KNOT_MPS = 111_195.0, 0.5144
RADIAN_S = 20_000.0
"""A fishing pair sails a radian of its round in this time: some 1 kn."""

REPORT_S = 120.0
DAYS = 7.0


def write_traffic(path: Path, positions: int, seed: int = 1) -> None:
    """Write a CSV of about `positions` reports in the order of time, as a feed gives them.

    Vessels report every two minutes for a week, the speed and course that they make; 70 % sail, 20 % lie at
    anchor in groups, 10 % fish in pairs; one in ten has a gap of 8 to 30 h.
    """
    rng = np.random.default_rng(seed)
    per_vessel = int(DAYS * 86400 / REPORT_S)
    vessels = max(2, positions // per_vessel)
    parts = [_vessel(number, per_vessel, rng) for number in range(vessels)]
    frame = pl.concat(parts).sort("timestamp_s", maintain_order=True)
    stamp = pl.from_epoch((pl.col("timestamp_s") * 1000).cast(pl.Int64), time_unit="ms")
    frame.select(
        "mmsi",
        stamp.dt.strftime("%Y-%m-%dT%H:%M:%SZ").alias("timestamp"),
        pl.col("lon").round(6),
        pl.col("lat").round(6),
        pl.col("sog").round(1),
        pl.col("cog").round(1),
    ).write_csv(path)


def _vessel(number: int, count: int, rng: np.random.Generator) -> pl.DataFrame:
    time_s = np.sort(START_S + np.arange(count) * REPORT_S + rng.uniform(-30, 30, count))
    kind = number % 10
    group = np.random.default_rng(number // 12)
    if kind < 7:
        lon, lat, sog, cog = _sailing(time_s, rng)
    elif kind < 9:
        lon, lat, sog, cog = _anchored(count, group, rng)
    else:
        lon, lat, sog, cog = _fishing(time_s, np.random.default_rng(number // 20), rng)
    keep = np.ones(count, dtype=bool)
    if number % 10 == 3:
        begin = START_S + rng.uniform(0.2, 4) * 86400
        keep = (time_s < begin) | (time_s > begin + rng.uniform(8, 30) * 3600)
    columns = {"mmsi": np.full(count, 412_000_000 + number), "timestamp_s": np.round(time_s)}
    columns |= {"lon": lon, "lat": lat, "sog": sog, "cog": cog}
    return pl.DataFrame(columns).filter(keep)


def _sailing(time_s: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Back and forth between two places, as ferries, coasters and liners do."""
    a, b = rng.uniform((LON[0], LAT[0]), (LON[1], LAT[1]), (2, 2))
    speed_kn = rng.uniform(8, 16)
    east_m, north_m = (b - a) * DEGREE_M * (np.cos(np.radians(0.5 * (a[1] + b[1]))), 1.0)
    leg_s = max(np.hypot(east_m, north_m) / (speed_kn * KNOT_MPS), 3600.0)
    phase = ((time_s - START_S) / leg_s + rng.uniform(0, 2)) % 2
    share = np.abs(phase - 1)
    lon, lat = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
    course = np.degrees(np.arctan2(east_m, north_m)) + 180.0 * (phase < 1)
    sog = np.full(len(time_s), np.hypot(east_m, north_m) / leg_s / KNOT_MPS)
    return _noisy(lon, lat, sog, course + rng.normal(0, 1.0, len(time_s)), rng)


def _anchored(count: int, group: np.random.Generator, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    centre = group.uniform((LON[0], LAT[0]), (LON[1], LAT[1]))
    lon, lat = centre + rng.normal(0, 0.02, 2)
    at_anchor = np.full(count, lon), np.full(count, lat), np.zeros(count), rng.uniform(0, 360, count)
    return _noisy(*at_anchor, rng)


def _fishing(
    time_s: np.ndarray, group: np.random.Generator, rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    lon_0, lat_0 = group.uniform((LON[0], LAT[0]), (LON[1], LAT[1]))
    turn = (time_s - START_S) / RADIAN_S + group.uniform(0, 6)
    lon = lon_0 + 0.1 * np.cos(turn) + rng.normal(0, 0.002)
    east_m = -0.1 * np.sin(turn) * DEGREE_M * np.cos(np.radians(lat_0))
    north_m = 0.08 * np.cos(turn) * DEGREE_M
    sog = np.hypot(east_m, north_m) / RADIAN_S / KNOT_MPS
    course = np.degrees(np.arctan2(east_m, north_m)) + rng.normal(0, 2.0, len(time_s))
    return _noisy(lon, lat_0 + 0.08 * np.sin(turn), sog, course, rng)


def _noisy(
    lon: np.ndarray, lat: np.ndarray, sog_kn: np.ndarray, cog_deg: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """Return what is sent: positions 5 m off or so, speed and course to a tenth (the largest is 359.9)."""
    n = len(lon)
    cog = np.floor(cog_deg % 360.0 * 10.0) / 10.0
    return lon + rng.normal(0, 5e-5, n), lat + rng.normal(0, 5e-5, n), sog_kn, cog
