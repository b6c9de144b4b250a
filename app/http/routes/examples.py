"""Examples for OpenAPI that give an event when they are sent as they stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2024, 3, 1, 14, 0, tzinfo=UTC)
STEP = timedelta(minutes=10)
REPORTS = 16
FEEDER, TAKER = 667999001, 341999002


def _positions(lon: float, lat: float) -> list[dict[str, Any]]:
    """Return reports of a vessel that drifts slowly north-east."""
    return [
        {
            "time": (START + n * STEP).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lon": round(lon + 0.0004 * n, 5),
            "lat": round(lat + 0.0006 * n, 5),
            "sog": 0.3,
            "cog": 30.0,
        }
        for n in range(REPORTS)
    ]


DETECT_REQUEST: dict[str, Any] = {
    "tracks": [
        {
            "vessel": {"mmsi": FEEDER, "name": "EASTERN LARK", "ship_type": 80, "length_m": 98},
            "positions": _positions(124.0, 38.0),
        },
        {
            "vessel": {"mmsi": TAKER, "name": "SILVER REED", "ship_type": 80, "length_m": 84},
            "positions": _positions(124.0005, 38.0001),
        },
    ],
    "options": {"area": "dprk"},
}

TRACKS_CSV = "mmsi,timestamp,lon,lat,sog,cog\n" + "".join(
    f"{track['vessel']['mmsi']},{p['time']},{p['lon']},{p['lat']},{p['sog']},{p['cog']}\n"
    for track in DETECT_REQUEST["tracks"]
    for p in track["positions"]
)
