"""OGC Moving Features JSON (19-045r3): a moving point with its times, and values that change."""

from __future__ import annotations

from itertools import zip_longest

from app.readers.values.units import knots_per

NAMES = {
    "speed": "sog",
    "sog": "sog",
    "course": "cog",
    "cog": "cog",
    "heading": "heading",
    "navstatus": "nav_status",
    "nav_status": "nav_status",
}


def moving_track(feature: dict[str, object]) -> dict[str, object]:
    """Return a MovingPoint feature as a track of our own shape."""
    geometry = feature["temporalGeometry"]
    assert isinstance(geometry, dict)
    times, coordinates = geometry.get("datetimes"), geometry.get("coordinates")
    properties = feature.get("properties")
    vessel = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature:
        vessel.setdefault("id", feature["id"])
    positions = [
        {"time": time, "lon": _at(vertex, 0), "lat": _at(vertex, 1)}
        for time, vertex in zip_longest(_list(times), _list(coordinates))
    ]
    for name, by_time in _changing(feature.get("temporalProperties")).items():
        for position in positions:
            position[name] = by_time.get(repr(position["time"]))
    return {"vessel": vessel, "positions": positions, "_moving": True}


def _changing(groups: object) -> dict[str, dict[str, object]]:
    """Return, per quantity that we know, its values by the time they hold for."""
    found: dict[str, dict[str, object]] = {}
    for group in _list(groups):
        if not isinstance(group, dict):
            continue
        times = _list(group.get("datetimes"))
        for name, content in group.items():
            ours = NAMES.get(name.lower())
            if ours and isinstance(content, dict):
                unit = content.get("uom", content.get("form"))
                factor = knots_per(unit) if ours == "sog" else 1.0
                values = [_scaled(value, factor) for value in _list(content.get("values"))]
                found.setdefault(ours, {}).update(zip(map(repr, times), values, strict=False))
    return found


def _scaled(value: object, factor: float) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) * factor if is_number else value  # type: ignore[arg-type]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _at(vertex: object, place: int) -> object:
    return vertex[place] if isinstance(vertex, list) and len(vertex) > place else None
