"""GeoJSON: points with a time each, lines with a time per vertex, and OGC Moving Features JSON."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from app.readers.base.batches import joined
from app.readers.base.layouts import Layout, layout_of
from app.readers.base.naming import place_of
from app.readers.base.records import keys_of
from app.readers.json.shapes.base import Parsed, first_object
from app.readers.json.shapes.flat import flat_batch
from app.readers.json.shapes.moving import moving_track
from app.readers.json.shapes.tracks import batch_from_tracks

if TYPE_CHECKING:
    from app.readers.base.reader import Batch

COLLECTIONS = ("FeatureCollection", "MovingFeatureCollection")
TIME_KEYS = ("datetimes", "coordTimes", "times", "timestamps", "time", "timestamp")
SEEN = "seen"
"""The time of a feature, as services of live positions name it."""
HIGHEST_SECOND = 63
"""Of a minute; 60 to 63 say why there is none."""
WITH_TIME = 4
"""Numbers in a coordinate whose last is a time (kepler.gl: lon, lat, altitude, time)."""


class GeoJson:
    """Feature collections, single features, and one feature per line."""

    name = "geojson"

    def recognises(self, document: object) -> bool:
        """Take features and collections of them."""
        if isinstance(document, dict):
            return document.get("type") in (*COLLECTIONS, "Feature")
        record = first_object(document)
        return record is not None and record.get("type") == "Feature"

    def read(self, parsed: Parsed) -> Batch:
        """Read points as records, and lines and moving points as tracks."""
        features = _features(parsed.document)
        tracks: list[dict[str, object]] = []
        records: list[object] = []
        rest: list[object] = []
        for feature in features:
            track = _track(feature)
            if track is not None:
                tracks.append(track)
            else:
                records.append(_record(feature) if isinstance(feature, dict) else feature)
                rest.append(feature)
        parts = []
        if tracks:
            form = "mf-json" if any("_moving" in track for track in tracks) else self.name
            parts.append(batch_from_tracks(tracks, parsed.name, parsed.options, form))
        if records or not tracks:
            line = None if tracks else parsed.line
            for record in records if tracks else []:
                if isinstance(record, dict):
                    record.setdefault("time", None)  # no column at all would cost the tracks too
            plain = Parsed(records, self.name, parsed.name, parsed.options, line)
            layout = layout_of(keys_of(records), self.name)
            pinned = {**layout.pinned, "lon": "lon", "lat": "lat", **_seen(records)}
            parts.append(flat_batch(records, plain, _with(layout, pinned), rest))
        return joined(parts)


def _with(layout: Layout, pinned: dict[str, str]) -> Layout:
    return Layout(layout.format, pinned=pinned, is_utc=layout.is_utc)


def _seen(records: list[object]) -> dict[str, str]:
    """Pin the time at which vessels were seen; a `timestamp` beside it is the second of the minute."""
    keys = keys_of(records)
    if SEEN not in keys:
        return {}
    place = place_of("time", keys)
    values = (
        [record.get(keys[place]) for record in records if isinstance(record, dict)]
        if place is not None
        else []
    )
    is_clock = any(
        not isinstance(value, int) or value > HIGHEST_SECOND for value in values if value is not None
    )
    return {} if is_clock else {"time": SEEN}


def _features(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and isinstance(document.get("features"), list):
        return list(document["features"])
    return [document]


def _record(feature: dict[str, object]) -> dict[str, object]:
    """Flatten a point feature: its properties, its own members, its coordinates."""
    properties = feature.get("properties")
    record: dict[str, object] = dict(properties) if isinstance(properties, dict) else {}
    for key in ("mmsi", "id", SEEN):
        if key in feature:
            record.setdefault(key, feature[key])
    lon, lat, *_ = [*_coordinates(feature, "Point"), None, None]
    return record | {"lon": lon, "lat": lat}


def _coordinates(feature: dict[str, object], kind: str) -> list[object]:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") != kind:
        return []
    found = geometry.get("coordinates")
    return found if isinstance(found, list) else []


def _track(feature: object) -> dict[str, object] | None:
    """Return a line or moving point as a track of our own shape; None for what is neither."""
    if not isinstance(feature, dict):
        return None
    if isinstance(feature.get("temporalGeometry"), dict):
        return moving_track(feature)
    lines = _coordinates(feature, "MultiLineString")
    line = _coordinates(feature, "LineString")
    if not lines and not line:
        return None
    properties = feature.get("properties")
    vessel = dict(properties) if isinstance(properties, dict) else {}
    times = _times(vessel)
    vessel = {key: value for key, value in vessel.items() if not isinstance(value, list | dict)}
    if "id" in feature:
        vessel.setdefault("id", feature["id"])
    nested = [times] if line else times
    positions = [
        _position(vertex, time)
        for part, own in zip_longest([line] if line else lines, nested[: len(lines) or 1])
        for vertex, time in zip_longest(
            part if isinstance(part, list) else [], own if isinstance(own, list) else []
        )
    ]
    return {"vessel": vessel, "positions": positions}


def _times(properties: dict[str, object]) -> list[object]:
    """Return the list of times of the coordinates, wherever a writer puts it."""
    nested = properties.get("coordinateProperties")
    for holder in (properties, nested if isinstance(nested, dict) else {}):
        for key in TIME_KEYS:
            times = holder.get(key)
            if isinstance(times, list):
                return times
    return []


def _position(vertex: object, time: object) -> object:
    if not isinstance(vertex, list):
        return {"time": time}
    lon, lat, *_ = [*vertex, None, None]
    if time is None and len(vertex) >= WITH_TIME:
        time = vertex[WITH_TIME - 1]
    return {"time": time, "lon": lon, "lat": lat}
