"""Who a placemark is: its title names a track, its folder or a title that many share names a point."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from app.readers.values.track_names import says_nothing

MOST = 0.5
"""Where so many points of a folder share their titles with others, titles name vessels, not moments."""


@dataclass
class Folder:
    """An open folder or document: its name, a number of its own, and the points in it by their titles."""

    name: str
    number: int
    file: str
    points: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def inner(self, number: int) -> Folder:
        """Return a folder in this one, which goes by its name until it has its own."""
        return Folder(self.name, number, self.file)

    def name_of_track(self, title: str) -> str:
        """Return the name of a track in it: the title, unless only the folder says who it is."""
        if says_nothing(title) and not says_nothing(self.name, self.file):
            return self.name
        return title or self.name

    def settle(self) -> None:
        """Name the points by their titles where most of them share one that says something."""
        counts = Counter(title for title, _ in self.points if not says_nothing(title))
        if sum(count for count in counts.values() if count > 1) <= MOST * len(self.points):
            return
        for title, vessel in self.points:
            vessel["id"] = title or self.name
