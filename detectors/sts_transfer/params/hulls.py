"""Thresholds of what is measured from hull to hull, a part of those of ship-to-ship transfers."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, knob

_HULLS = "our definition: antennas of two large ships side by side can be a ship's length apart"


@dataclass(frozen=True)
class HullParams(Params):
    """Thresholds of how two hulls lie."""

    hulls_count: bool = knob(
        True,
        unit="on/off",
        meaning="Where dimensions are known, vessels side by side meet the tiers alongside and close by the "
        "distance of their hulls too.",
        source=_HULLS,
    )
    hulls_alongside_enter_m: float = knob(
        35.0,
        unit="m",
        low=5,
        high=200,
        meaning="Hulls side by side are alongside from this estimated distance.",
        source="our choice: fenders part ships made fast by some 4 m; the rest is the error of positions, "
        "and of antennas off the middle. With 50 m, as between antennas, ships standing by were alongside",
    )
    hulls_alongside_leave_m: float = knob(
        60.0,
        unit="m",
        low=5,
        high=300,
        meaning="Hulls alongside stay so up to this estimated distance.",
        source="our choice: as above, and hulls that swing are measured worse",
    )
    hulls_by_antenna: bool = knob(
        True,
        unit="on/off",
        meaning="A hull is placed by where on it the antenna stands, where she tells that; else her middle "
        "is taken to be at the antenna.",
        source="ITU-R M.1371-5, message 5. Of 228 ships of 60 m and more in a Danish feed that told it, half "
        "had it over a third of their length off the middle (our count)",
    )
    hulls_length_max_m: float = knob(
        500.0,
        unit="m",
        low=50,
        high=1022,
        meaning="A longer ship is not believed: her hull is not taken into account.",
        source="our choice: no ship in trade is longer, and a set that was never filled in says 1,022 m",
    )
    hulls_beam_max_m: float = knob(
        80.0,
        unit="m",
        low=5,
        high=126,
        meaning="A broader ship is not believed: her hull is not taken into account.",
        source="our choice: no ship in trade is broader, and a set that was never filled in says 126 m",
    )
    hulls_course_from_kn: float = knob(
        1.0,
        unit="kn",
        low=0.1,
        high=10,
        meaning="From this speed her course over ground stands for a heading that is not sent.",
        source="our choice: slower, a course over ground says nothing of where the bow points",
    )
    hulls_parallel_max_deg: float = knob(
        30.0,
        unit="deg",
        low=1,
        high=90,
        meaning="Vessels lie parallel when their headings differ by at most this, or point opposite ways.",
        source=_HULLS,
    )
    hulls_parallel_share: float = knob(
        0.8,
        unit="share",
        low=0.1,
        high=1,
        meaning="Parallel at this share of the reports, two lay abreast throughout: the water between their "
        "hulls is told.",
        source="our choice: as much as a meeting must be watched (watched_share)",
    )
    hulls_abreast_share: float = knob(
        0.5,
        unit="share",
        low=0.1,
        high=1,
        meaning="Parallel hulls lie side by side where their middles are apart across the keel by this "
        "share of half the sum of their beams.",
        source="our choice: antennas stand off the middle, and a tug and her tow lie in one line",
    )
