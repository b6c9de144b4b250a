"""What antenna offsets are worth: pairs of large vessels, detected with and without them.

`python benchmarks/antennas.py [PAIRS]`, default 300 of each sort. Two vessels of 60 to 330 m swing for six
hours as one, a report every three minutes; positions err by 3 m and headings by 2 degrees, or by 7 m and 6
degrees of which a part stays. Their antennas stand as those of 228 vessels of 60 m and more in a Danish feed
did: seven of ten a third of the length abaft the middle, a quarter before it. Made fast they lie 4 m apart,
headings equal or opposed; the others lie in line, off one another's quarter, or abreast with water between.
An alarm has a score of medium or high.
"""

from __future__ import annotations

import platform
import sys
from datetime import UTC, datetime

import numpy as np

from app.resources import default_resources
from detectors import sts_transfer
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.kernels.geometry.geodesy import metres_per_degree
from detectors.presets import params_for
from detectors.scene import Scene
from detectors.sts_transfer.detector import detect
from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports, StaticReport
from detectors.vessels.watch_list import WatchList

LON, LAT, T0 = 124.2, 37.0, 1_709_280_000.0
TIMES_S = np.arange(0.0, 6 * 3600.0, 180.0)
ERRORS = {"good": (2.0, 0.0, 2.0), "poor": (5.0, 5.0, 4.0)}
"""Of positions in metres (a part that stays, and one that does not), of headings in degrees (the same)."""
SORTS = ("made fast", "in line", "off the quarter", "abreast, 60 to 150 m of water")


def main() -> None:
    """Print a table of alarms by sort."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    print(f"{platform.machine()}, {datetime.now(UTC):%Y-%m-%d}, {pairs} pairs of each sort\n")
    print("| how they lie | sensors | alarms, antennas known | antennas not known |\n|---|---|--:|--:|")
    for number, sort in enumerate(SORTS):
        for sensors in ERRORS:
            alarms = [
                sum(
                    is_alarm(np.random.default_rng((number, n)), sort, sensors, antennas_are)
                    for n in range(pairs)
                )
                for antennas_are in ("known", "not known")
            ]
            print(f"| {sort} | {sensors} | {alarms[0]} | {alarms[1]} |")


def is_alarm(random: np.random.Generator, sort: str, sensors: str, antennas_are: str) -> bool:
    """Return whether a pair that lies so raises an alarm, with antennas ``known`` or ``not known``."""
    sizes = [_size_m(random) for _ in range(2)]
    antennas = [_antenna_m(random, *size) for size in sizes]
    turned = 180.0 * random.integers(2) if sort == SORTS[0] else 0.0
    heading = random.uniform(0, 360) + random.uniform(-60, 60) * np.sin(TIMES_S / 7200.0)
    apart = _apart_m(random, sort, *sizes)
    reports = [
        _seen(random, 440_000_001, heading, (0.0, 0.0), antennas[0], ERRORS[sensors]),
        _seen(random, 440_000_002, heading + turned, _turned(heading, *apart), antennas[1], ERRORS[sensors]),
    ]
    statics = [
        StaticReport(440_000_001 + n, T0, length_m=size[0], beam_m=size[1], ship_type=80)
        if antennas_are != "known"
        else StaticReport(440_000_001 + n, T0, None, None, None, None, 80, *size, *antenna)
        for n, (size, antenna) in enumerate(zip(sizes, antennas, strict=True))
    ]
    tracks, _ = make_tracks(Reports.concat(reports), statics)
    scene = Scene(tracks, default_resources().world, tracks.end_s)
    found = detect(scene, params_for("default").of(sts_transfer.KIND)).findings
    return any(event.score.band != "low" for event in make_events(found, scene, WatchList(), Area("all")))


def _size_m(random: np.random.Generator) -> tuple[float, float]:
    length_m = float(np.round(random.uniform(60, 330)))
    return length_m, float(np.round(length_m / random.uniform(5.5, 7)))


def _antenna_m(random: np.random.Generator, length_m: float, beam_m: float) -> tuple[float, float]:
    """Return how far ahead and to starboard of the middle an antenna stands."""
    low, high = random.choice([(-0.42, -0.28), (0.1, 0.4), (-0.28, 0.1)], p=[0.7, 0.25, 0.05])
    aside = np.clip(random.normal(0.0, 0.17), -0.4, 0.4)
    return float(length_m * random.uniform(low, high)), float(beam_m * aside)


def _apart_m(
    random: np.random.Generator, sort: str, first: tuple[float, float], second: tuple[float, float]
) -> tuple[float, float]:
    """Return how far ahead and to starboard of one middle the other lies."""
    half_m, half_beams_m = 0.5 * (first[0] + second[0]), 0.5 * (first[1] + second[1])
    side = random.choice([-1.0, 1.0])
    if sort == SORTS[0]:
        return random.uniform(-0.3, 0.3) * first[0], side * (half_beams_m + 4.0)
    if sort == SORTS[1]:
        return side * (half_m + random.uniform(15, 60)), random.uniform(-5, 5)
    if sort == SORTS[2]:
        return half_m + random.uniform(15, 60), side * random.uniform(0.5, 1.2) * half_beams_m
    return random.uniform(-0.5, 0.5) * half_m, side * (half_beams_m + random.uniform(60, 150))


def _turned(
    heading_deg: np.ndarray, ahead_m: float, beam_side_offset_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return east and north metres of a place on or beside a hull."""
    heading = np.radians(heading_deg)
    return ahead_m * np.sin(heading) + beam_side_offset_m * np.cos(heading), ahead_m * np.cos(
        heading
    ) - beam_side_offset_m * np.sin(heading)


def _seen(
    random: np.random.Generator,
    mmsi: int,
    heading: np.ndarray,
    middle_m: tuple[float | np.ndarray, float | np.ndarray],
    antenna_m: tuple[float, float],
    errors: tuple[float, float, float],
) -> Reports:
    """Return the reports of a vessel whose middle lies there."""
    per_lon, per_lat = metres_per_degree(LAT)
    size = len(TIMES_S)
    antenna = _turned(heading, *antenna_m)
    error = random.normal(0.0, errors[0], (2, 1)) + random.normal(0.0, errors[0], (2, size))
    turned = random.normal(0.0, errors[1]) + random.normal(0.0, errors[2], size)
    return Reports.of(
        np.full(size, mmsi),
        T0 + TIMES_S + random.uniform(0, 100),
        LON + (middle_m[0] + antenna[0] + error[0]) / per_lon,
        LAT + (middle_m[1] + antenna[1] + error[1]) / per_lat,
        sog_kn=random.uniform(0.0, 0.2, size),
        heading_deg=np.round(heading + turned) % 360.0,
        nav_status=np.full(size, 1),
    )


if __name__ == "__main__":
    main()
