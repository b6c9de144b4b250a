"""Events and reports as GeoJSON: the shape that other systems rely on."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import shapely

from app import __version__
from app.report import SourceRows
from detectors import KIND_BY_NAME

if TYPE_CHECKING:
    from app.pipeline import Run
    from app.report import Report
    from detectors.core.measures import Value
    from detectors.core.rules import Reason
    from detectors.events.event import Event, EvidenceRow
    from detectors.vessels.vessel import Vessel

SOFTWARE = f"darkwake {__version__}"

SIGNIFICANT_DIGITS = 7
"""Values are rounded to this many digits: a millimetre in a kilometre."""

DEGREE_DECIMALS = 6
"""Positions are rounded to about a decimetre."""

FIRST_VERSION = 1

FLAT_NAMES = ("mmsi", "imo", "name", "flag")

LABEL_VESSELS = 3
"""Vessels named in a label: a raft may have dozens."""


def collection(run: Run, runtime_s: float | None = None) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection of the events, with the run's report as `report`."""
    sources = SourceRows(run.report.files)
    return {
        "type": "FeatureCollection",
        "features": [feature(event, run.digests[event.kind], sources) for event in run.events],
        "report": report_of(run.report, runtime_s),
    }


def feature(event: Event, params_hash: str, sources: SourceRows) -> dict[str, Any]:
    """Return one event as a GeoJSON Feature."""
    plain = _feature(event, params_hash, sources)
    return plain if event.reach is None else plain | {"reach": json.loads(shapely.to_geojson(event.reach))}


def _feature(event: Event, params_hash: str, sources: SourceRows) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": _geometry(event.path),
        "properties": {
            "label": label(event),
            "kind": event.kind,
            "start": rfc3339(event.start_s),
            "end": rfc3339(event.end_s),
            "duration_h": rounded(event.duration_h),
            "score": event.score.value,
            "score_prior": event.score.prior,
            "band": event.score.band,
            **_flat_names(event),
            "vessels": [vessel_properties(v) for v in event.vessels],
            "measures": {name: rounded(value) for name, value in event.measures.items()},
            "reasons": [_reason(r) for r in event.score.reasons],
            "areas": list(event.areas),
            "members": list(event.members),
            "part_of": list(event.part_of),
            "summary": event.summary,
            "evidence_rows": [_evidence(row, sources) for row in event.evidence],
            "params_hash": params_hash,
            "version": FIRST_VERSION,
            "software": SOFTWARE,
        },
    }


def _flat_names(event: Event) -> dict[str, Any]:
    """Return who the first two vessels are in flat fields: most tools show no nested ones."""
    pair = (*event.vessels, None, None)[:2]
    return {
        f"{name}_{number}": getattr(vessel, name, None)
        for number, vessel in enumerate(pair, start=1)
        for name in FLAT_NAMES
    }


def label(event: Event) -> str:
    """Return what a map writes beside an event: kind, score and vessels."""
    names = [vessel.name or vessel.key for vessel in event.vessels]
    more = [f"{len(names) - LABEL_VESSELS} more"] if len(names) > LABEL_VESSELS else []
    who = " + ".join([*names[:LABEL_VESSELS], *more])
    return f"{KIND_BY_NAME[event.kind].title} {event.score.value:.2f}: {who}"


def report_of(report: Report, runtime_s: float | None = None) -> dict[str, Any]:
    """Return the report of a run as plain values."""
    return {
        "files": [asdict(f) for f in report.files],
        "format": report.format,
        "rows": report.rows,
        "positions": report.positions,
        "duplicates": report.duplicates,
        "vessels": report.vessels,
        "start": rfc3339(report.start_s),
        "end": rfc3339(report.end_s),
        "now": rfc3339(report.now_s),
        "rejects": [
            {
                "reason": r.reason.value,
                "count": r.count,
                "cure": r.cure,
                "examples": [asdict(e) for e in r.examples],
            }
            for r in report.rejects
        ],
        "warnings": list(report.warnings),
        "layers": list(report.layers),
        "model": report.model,
        "reception": report.reception,
        "watch_lists": list(report.watch_lists),
        "examined": {kind: dict(counts) for kind, counts in report.examined.items()},
        "nearest_misses": [_miss(dict(m)) for m in report.near_misses],
        "held_back": dict(report.held_back),
        "bands": dict(report.bands),
        "runtime_s": None if runtime_s is None else round(runtime_s, 3),
    }


def rfc3339(time_s: float | None) -> str | None:
    """Return a time as RFC 3339 in UTC, with milliseconds only where there are any.

    >>> rfc3339(0.0), rfc3339(0.25), rfc3339(None)
    ('1970-01-01T00:00:00Z', '1970-01-01T00:00:00.250Z', None)
    """
    if time_s is None or not math.isfinite(time_s):
        return None
    milliseconds = round(time_s * 1000)
    whole = datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    rest = milliseconds % 1000
    return f"{whole}.{rest:03d}Z" if rest else f"{whole}Z"


def rounded(value: Value) -> Value:
    """Return a measure as it is reported: rounded, and None for what is not finite.

    >>> rounded(200.123456789), rounded(float("inf")), rounded("near")
    (200.1235, None, 'near')
    """
    if not isinstance(value, float):
        return value
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") if math.isfinite(value) else None


def _geometry(path: tuple[tuple[float, float], ...]) -> dict[str, Any]:
    """Return a point or a line; a line across 180 degrees is split there (RFC 7946, 3.1.9)."""
    points = [[round(lon, DEGREE_DECIMALS), round(lat, DEGREE_DECIMALS)] for lon, lat in path]
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    lines = [[points[0]]]
    for before, after in pairwise(points):
        if abs(after[0] - before[0]) > 180.0:  # noqa: PLR2004 - half a turn
            leaves, enters = _at_180(before, after)
            lines[-1].append(leaves)
            lines.append([enters])
        lines[-1].append(after)
    whole = [line for line in lines if any(point != line[0] for point in line)] or lines[:1]
    if len(whole) == 1:
        return {"type": "LineString", "coordinates": whole[0]}
    return {"type": "MultiLineString", "coordinates": whole}


def _at_180(before: list[float], after: list[float]) -> tuple[list[float], list[float]]:
    """Return where the shorter line from one point to the next crosses 180 degrees, on either side."""
    edge = math.copysign(180.0, before[0])
    width_deg = after[0] + 2 * edge - before[0]
    share = (edge - before[0]) / width_deg if width_deg else 1.0
    lat = round(before[1] + share * (after[1] - before[1]), DEGREE_DECIMALS)
    return [edge, lat], [-edge, lat]


def vessel_properties(vessel: Vessel) -> dict[str, Any]:
    """Return a vessel's declared identity, with its watch-list match."""
    data = asdict(vessel)
    data["id"] = data.pop("key")
    match = data.pop("match")
    data["ship_type_text"] = vessel.type_word
    data["listed"] = match["listed"] | {"matched_by": match["by"]} if match else None
    return data


def _evidence(row: EvidenceRow, sources: SourceRows) -> dict[str, Any]:
    file, number = sources.place(row.source_row)
    return {"file": file, "row": number, "vessel": row.vessel, "time": rfc3339(row.time_s)}


def _reason(reason: Reason) -> dict[str, Any]:
    return asdict(reason) | {"value": rounded(reason.value)}


def _miss(miss: dict[str, Any]) -> dict[str, Any]:
    miss["start"] = rfc3339(miss.pop("start_s"))
    miss["value"] = rounded(float(miss["value"]))
    return miss
