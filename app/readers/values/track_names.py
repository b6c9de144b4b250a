"""Names of tracks that say nothing of the vessel."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TRACK_WORDS = _words(
    "track tracks trk trace tracklog log logs gpx kml active current recorded recording saved route rte "
    "segment path line linestring untitled unnamed unknown no name none null "
    "spur traccia rastro recorrido traza трек путь 트랙 경로 항적 航跡 軌跡 轨迹 航迹"
)
"""Words that plotters and receivers put into the name of every track."""

DATE_WORDS = _words(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct "
    "october nov november dec december mon monday tue tuesday wed wednesday thu thursday fri friday sat "
    "saturday sun sunday am pm utc gmt z t day leg trip voyage passage part"
)
"""Words that say when, or which of several, beside a number; alone they may be a ship's name."""

CLOCK = re.compile(r"\d{1,4}[-/.:_]\d{1,2}([-/.:_]\d{1,4})?|\b(19|20)\d{6}\b|\d{8}t\d{4,6}")
"""A date or a time of day, whatever its form."""


def says_nothing(name: str, file: str = "") -> bool:
    """Return whether a track's name is a date, a word for "track", the name of its file, or none.

    >>> says_nothing("Track 2024-03-04"), says_nothing("ACTIVE LOG 003"), says_nothing("")
    (True, True, True)
    >>> says_nothing("Wolmi 3"), says_nothing("17")
    (False, False)
    """
    text = re.sub(r" #\d+$", "", name).strip().lower()
    if not text or text == file.strip().lower():
        return True
    rest = CLOCK.sub(" ", text)
    words = set(re.findall(r"[^\W\d_]+", rest))
    if not words:
        return rest != text
    return words <= (TRACK_WORDS | DATE_WORDS if re.search(r"\d", text) else TRACK_WORDS)
