"""KML 2.3 (OGC 12-007r2): tracks with times, and placemarks with a time each."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from app.readers.xml.kml_names import Folder
from app.readers.xml.tracks import XmlTracksReader

if TYPE_CHECKING:
    from app.readers.xml.stream import Element

HOLDERS = ("Folder", "Document")


class _Gatherer:
    def __init__(self, name: str) -> None:
        self.tracks: list[object] = []
        self.parts: list[int] = []
        self._folders = [Folder(name, 0, name)]
        self._opened = 0
        self._data: dict[str, object] = {}
        self._times: list[str] = []
        self._coords: list[str] = []
        self._lines: list[str] = []
        self._points: list[dict[str, object]] = []
        self._title = ""

    def start(self, element: Element) -> None:
        self._opened += 1
        if element.name in HOLDERS:
            self._folders.append(self._folders[-1].inner(self._opened))
        elif element.name == "Placemark":
            self._data, self._points, self._title = {}, [], ""
            self._times, self._coords, self._lines = [], [], []
        elif element.name == "Track":
            self._times, self._coords = [], []

    def end(self, path: list[Element]) -> None:
        element, parent = path[-1], path[-2].name if len(path) > 1 else ""
        text = element.text
        if element.name == "name" and parent in HOLDERS and text:
            self._folders[-1].name = text
        elif element.name == "name" and parent == "Placemark":
            self._title = text
        elif element.name == "when":
            self._times.append(text)
        elif element.name in ("coord", "coordinates"):
            (self._coords if element.name == "coord" else self._lines).append(text)
        elif element.name in ("value", "SimpleData"):
            holder = path[-2] if element.name == "value" and len(path) > 1 else element
            self._data[holder.attributes.get("name", "").lower()] = text
        elif element.name == "Track":
            self._points += _paired(self._times, self._coords, " ")
            self._times, self._coords = [], []
        elif element.name == "Placemark":
            self._placemark()
        elif element.name in HOLDERS:
            self._folders.pop().settle()

    def close(self) -> None:
        for folder in self._folders:
            folder.settle()

    def _placemark(self) -> None:
        is_track, folder = bool(self._points), self._folders[-1]
        for line in self._lines:
            self._points += _paired(self._times, line.split(), ",")
        if not self._points:
            return
        own_id = self._data.pop("id", None)
        name = folder.name_of_track(self._title) if is_track else folder.name
        vessel = {"id": own_id or name, **self._data}
        if not is_track and not own_id:
            folder.points.append((self._title, vessel))
        self.tracks.append({"vessel": vessel, "positions": self._points})
        self.parts.append(self._opened if is_track else folder.number)


def _paired(times: list[str], places: list[str], delimiter: str) -> list[dict[str, object]]:
    """Pair times and places; one that lacks the other stays, and is counted as such."""
    return [{"time": time, **_place(place, delimiter)} for time, place in zip_longest(times, places)]


def _place(text: str | None, delimiter: str) -> dict[str, object]:
    parts = (text or "").split(delimiter)
    lon, lat, *_ = [*parts, None, None]
    return {"lon": lon or None, "lat": lat}


class Kml(XmlTracksReader):
    """``gx:Track``, ``gx:MultiTrack``, timed points; a KMZ is a zip with such a file in it."""

    name = "kml"
    gatherer = _Gatherer
