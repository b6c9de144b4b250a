"""Parts of shared MMSIs: ours against the rule of gpsdio-segment, on the same reports.

`python benchmarks/segments.py FILE...` prints the table of docs/segments.md. Their rule is restated here
after the source of Global Fishing Watch's gpsdio-segment as published (Apache-2.0; matcher,
discrepancy, segmenter and message processor), with its defaults and its defects; nothing else uses it.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.readers import read_file
from detectors.tracks.build import make_tracks

HOUR_S = 3600.0
NM_DEG = 60.0

GAP_H = 24.0
PENALTY_H = 4.0
PAD_H = 0.25
KNOTS = 25.0
PENALTY_KN = 5.0
LOOK_BACK, LOOK_BACK_FACTOR = 5, 2.0
SHAPE = 4.0
SHORT = 10.0
AMBIGUOUS = 10.0
OTHER_CLASS = 0.1
VERY_SLOW_KN = 0.35
LONG_RANGE_H = 1.0
OPEN_MAX = 100

CLASSES = {1: "A", 2: "A", 3: "A", 18: "B", 19: "B", 27: "AB"}

HELD, LONG_GAP, AMBIGUITY, OFF_COURSE = "left out", "gap of 24 h", "ambiguous", "off the course"


@dataclass
class Report:
    """One report: hours, degrees, knots; course None where it is not known."""

    row: int
    hour: float
    lon: float
    lat: float
    kn: float
    course: float | None
    msg_type: int
    metric: float = 0.0
    dropped: bool = False


@dataclass
class Part:
    """An open part: its reports in order."""

    reports: list[Report] = field(default_factory=list)


def theirs(reports: list[Report]) -> tuple[np.ndarray, dict[int, str]]:
    """Return the part of each report by their rule (-1: left out), and why it began one or was left out."""
    part_of = np.full(len(reports), -1)
    why: dict[int, str] = {}
    open_parts: dict[int, Part] = {}
    seen: set[tuple[object, ...]] = set()
    names = 0
    for report in reports:
        if not _is_usable(report) or _was_seen(report, seen):
            why[report.row] = HELD
            continue
        for n in [n for n, p in open_parts.items() if report.hour - p.reports[-1].hour > GAP_H]:
            del open_parts[n]
        match = _match(report, open_parts)
        if isinstance(match, str):
            why[report.row] = HELD
            continue
        if isinstance(match, list) or match is None:
            for n in match or ():
                del open_parts[n]
            why[report.row] = AMBIGUITY if match else OFF_COURSE
            while len(open_parts) >= OPEN_MAX:
                del open_parts[min(open_parts, key=lambda n: open_parts[n].reports[-1].hour)]
            open_parts[names] = Part([report])
            part_of[report.row] = names
            names += 1
            continue
        number, metric, dropped = match
        for other in dropped:
            other.dropped = True
            part_of[other.row] = -1
            why[other.row] = HELD
        report.metric = metric
        open_parts[number].reports.append(report)
        part_of[report.row] = number
    return part_of, why


def _is_usable(report: Report) -> bool:
    return not math.isnan(report.kn) and (report.course is not None or report.kn <= VERY_SLOW_KN)


def _was_seen(report: Report, seen: set[tuple[object, ...]]) -> bool:
    """Return whether an equal report of a moving vessel came before: then it is a repetition."""
    course = None if report.course is None else round(report.course * 10)
    key = (round(report.lat * 60000), round(report.lon * 60000), course, round(report.kn * 10))
    repeated = report.kn > 0 and key in seen
    seen.add(key)
    return repeated


def _match(
    report: Report, open_parts: dict[int, Part]
) -> tuple[int, float, list[Report]] | list[int] | str | None:
    """Return (part, metric, reports to drop), a list of parts that fit equally, None, or HELD."""
    numbers = list(open_parts)
    raw = [_against(open_parts[n], report) for n in numbers]
    fits = [(n, *found) for n, found in zip(numbers, raw, strict=True) if found]
    if not fits:
        return None
    # Their defect: the lengths are those of the first open parts, not of the parts that fit.
    lengths = [len(open_parts[n].reports) / SHORT for n in numbers]
    weighed = [(f[1] * a / math.sqrt(1 + a * a), f) for f, a in zip(fits, lengths, strict=False)]
    weighed.sort(key=lambda pair: -pair[0])
    close = [f for w, f in weighed if len(fits) == 1 or w * AMBIGUOUS >= weighed[0][0]]
    if report.msg_type == 27 and min(f[2] for f in close) < LONG_RANGE_H:
        return HELD
    if len(close) > 1:
        return [f[0] for f in close]
    number, metric, _, dropped = close[0]
    return number, metric, dropped


def _against(part: Part, report: Report) -> tuple[float, float, list[Report]] | None:
    """Return metric, hours and the reports that it would replace; None where it does not fit."""
    candidates = []
    replaced: list[Report] = []
    existing = 0.0
    sets: set[str] = set()
    for before in reversed(part.reports):
        if before.dropped:
            continue
        sets |= set(CLASSES.get(before.msg_type, ""))
        candidates.append((before, existing, list(replaced)))
        if len(candidates) >= LOOK_BACK:
            break
        replaced.append(before)
        existing = before.metric
    same_set = bool(sets & set(CLASSES.get(report.msg_type, "")))
    best, best_found = 0.0, None
    for back, (before, existing, dropped) in enumerate(candidates):
        hours = report.hour - before.hour
        if hours > GAP_H:
            break
        metric = _metric(before, report, hours) * (1.0 if same_set else OTHER_CLASS)
        judged = metric / max(1.0, back * LOOK_BACK_FACTOR)
        if metric > 0 and judged > existing and judged > best:
            best, best_found = judged, (metric, hours, dropped)
    return best_found


def _metric(a: Report, b: Report, hours: float) -> float:
    padded = math.hypot(hours, PAD_H)
    allowed_nm = padded * KNOTS
    off_nm = _discrepancy_nm(a, b, hours / (1 + math.sqrt(hours / PENALTY_H)))
    if off_nm > allowed_nm:
        return 0.0
    return math.exp(-((KNOTS / PENALTY_KN * off_nm / allowed_nm) ** 2)) / padded


def _discrepancy_nm(a: Report, b: Report, hours: float) -> float:
    """Return how far b is from where a leads, the least of three readings: on, staying, and on the way."""
    cos_lat = math.cos(math.radians(0.5 * (a.lat + b.lat)))
    east, north = _wrap(b.lon - a.lon) * NM_DEG * cos_lat, (b.lat - a.lat) * NM_DEG
    on = 0.0
    for here, sign in ((a, 1), (b, -1)):
        lon, lat = _led(here, sign * hours)
        other = b if sign == 1 else a
        on += 0.5 * math.hypot(NM_DEG * cos_lat * _wrap(lon - other.lon), NM_DEG * (lat - other.lat))
    way = math.hypot(east, north)
    bearing = math.atan2(north, east)
    between = 0.0
    for here in (a, b):
        turn = math.radians(90 - (here.course or 0.0)) - bearing
        ahead = math.cos(turn) * way
        between += 0.5 * (abs(math.sin(turn)) * way if 0 < ahead <= here.kn * hours else math.inf)
    return min(on, way * SHAPE, between * SHAPE)


def _led(report: Report, hours: float) -> tuple[float, float]:
    kn = report.kn if report.course is not None else 0.0
    course = math.radians(90.0 - (report.course or 0.0))
    per_nm_lon = 1.0 / NM_DEG / (math.cos(math.radians(report.lat)) + 1e-3)
    nm = kn * hours
    return report.lon + math.cos(course) * nm * per_nm_lon, report.lat + math.sin(course) * nm / NM_DEG


def _wrap(deg: float) -> float:
    return (deg + 180.0) % 360.0 - 180.0


def links(part_of: np.ndarray) -> np.ndarray:
    """Return for each report the one before it in its part: -1 for the first, -2 for one left out."""
    before = np.full(len(part_of), -2)
    last: dict[int, int] = {}
    for n, part in enumerate(part_of.tolist()):
        if part >= 0:
            before[n] = last.get(part, -1)
            last[part] = n
    return before


def compared(path: Path) -> tuple[str, Counter[str]]:
    """Return a row of the table, and why the links of the two differ."""
    (batch,) = read_file(path)
    tracks, _ = make_tracks(batch.reports)
    reports = [
        Report(
            row=n,
            hour=float(tracks.time_s[n]) / HOUR_S,
            lon=float(tracks.lon_deg[n]),
            lat=float(tracks.lat_deg[n]),
            kn=float(tracks.sog_kn[n]),
            course=None if math.isnan(tracks.cog_deg[n]) else float(tracks.cog_deg[n]),
            msg_type=int(tracks.msg_type[n]),
        )
        for n in range(len(tracks))
    ]
    part_of, why = theirs(reports)
    ours, other = links(tracks.segment), links(part_of)
    reasons: Counter[str] = Counter()
    for n in np.flatnonzero(ours != other).tolist():
        if other[n] == -2:
            reasons[HELD] += 1
        elif other[n] == -1:
            is_gap = ours[n] >= 0 and reports[n].hour - reports[int(ours[n])].hour > GAP_H
            reasons[LONG_GAP if is_gap else why[n]] += 1
        elif ours[n] == -1:
            reasons["we begin a segment"] += 1
        else:
            reasons["after one they left out" if part_of[ours[n]] == -1 else "another part"] += 1
    sizes = [np.bincount(parts[parts >= 0]) for parts in (tracks.segment, part_of)]
    cells = [path.stem, len(tracks)]
    for size in sizes:
        cells += [len(size), int((size >= 5).sum())]
    cells += [int((part_of == -1).sum()), f"{(ours == other).mean():.1%}"]
    return "| " + " | ".join(str(c) for c in cells) + " |", reasons


def main() -> None:
    """Print the tables."""
    columns = ("file", "reports", "our segments", "of 5 and more", "their parts", "of 5 and more")
    columns += ("they leave out", "same report before")
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    by_file: dict[str, Counter[str]] = {}
    for name in sys.argv[1:]:
        row, by_file[Path(name).stem] = compared(Path(name))
        print(row)
    names = sorted({name for reasons in by_file.values() for name in reasons})
    print("\n| file | " + " | ".join(names) + " |")
    print("|---|" + "---|" * len(names))
    for stem, reasons in by_file.items():
        print(f"| {stem} | " + " | ".join(str(reasons[name]) for name in names) + " |")


if __name__ == "__main__":
    main()
