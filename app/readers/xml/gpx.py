"""GPX 1.0 and 1.1 (topografix.com): tracks and timed routes of one receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.readers.values.units import KNOTS_PER_MPS
from app.readers.xml.tracks import XmlTracksReader

if TYPE_CHECKING:
    from app.readers.xml.stream import Element

POINTS = ("trkpt", "rtept")
TRACKS = ("trk", "rte")


class _Gatherer:
    def __init__(self, name: str) -> None:
        self.tracks: list[object] = []
        self.parts: list[int] = []
        self._file_name = name
        self._vessel: dict[str, object] = {}
        self._positions: list[object] = []
        self._point: dict[str, object] = {}
        self._found = 0

    def start(self, element: Element) -> None:
        if element.name in TRACKS:
            self._found += 1
            number = f" #{self._found}" if self._found > 1 else ""
            self._vessel = {"id": self._file_name + number}
            self._positions = []
        elif element.name in POINTS:
            place = element.attributes
            self._point = {"lat": place.get("lat"), "lon": place.get("lon"), "time": None}

    def end(self, path: list[Element]) -> None:
        element = path[-1]
        inside = any(parent.name in POINTS for parent in path[:-1])
        if element.name in POINTS:
            self._positions.append(self._point)
        elif inside:
            self._detail(element)
        elif element.name == "name" and len(path) > 1 and path[-2].name in TRACKS and element.text:
            self._vessel = {"id": element.text}
        elif element.name in TRACKS:
            self.close()

    def close(self) -> None:
        if self._positions:
            self.tracks.append({"vessel": self._vessel, "positions": self._positions})
            self.parts.append(self._found)
        self._positions = []

    def _detail(self, element: Element) -> None:
        if element.name == "time":
            self._point["time"] = element.text
        elif element.name == "course":
            self._point["cog"] = element.text
        elif element.name == "speed":
            try:
                self._point["sog"] = float(element.text) * KNOTS_PER_MPS
            except ValueError:
                self._point["sog"] = None


class Gpx(XmlTracksReader):
    """Tracks by name; speeds in extensions are metres per second and become knots."""

    name = "gpx"
    gatherer = _Gatherer
