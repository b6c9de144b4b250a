"""How two hulls lie: placed by antenna offsets, headings and dimensions."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import ParamError, Params, parameter

_HULLS = "our definition: antennas of two large ships side by side can be a ship's length apart"


@dataclass(frozen=True)
class HullParams(Params):
    """How two hulls lie: placed by antenna offsets, headings and dimensions."""

    reach_tiers: bool = parameter(
        True,
        unit="on/off",
        meaning="Where dimensions are known, vessels side by side reach the tiers alongside and close by "
        "the distance of their hulls too.",
        source=_HULLS,
    )
    alongside_enter_m: float = parameter(
        35.0,
        unit="m",
        low=5,
        high=200,
        meaning="Hulls side by side are alongside from this estimated distance.",
        source="our choice: fenders separate ships made fast by some 4 m; the rest is the error of "
        "positions, and of antennas off the middle. With 50 m, as between antennas, ships standing by were "
        "alongside",
    )
    alongside_leave_m: float = parameter(
        60.0,
        unit="m",
        low=5,
        high=300,
        meaning="Hulls alongside stay so up to this estimated distance.",
        source="our choice: as above, and hulls that swing are measured worse",
    )
    placed_by_antenna: bool = parameter(
        True,
        unit="on/off",
        meaning="A hull is placed by its declared antenna offsets; where none are declared, its middle is "
        "taken to be at the antenna.",
        source="ITU-R M.1371-5, message 5. Of 228 ships of 60 m and more in a Danish feed that declared it, "
        "half had it over a third of their length off the middle (our count)",
    )
    length_max_m: float = parameter(
        500.0,
        unit="m",
        low=50,
        high=1022,
        meaning="A greater declared length is not believed: the hull is not taken into account.",
        source="our choice: no ship in trade is longer, and a transponder that was never configured reports "
        "1,022 m",
    )
    beam_max_m: float = parameter(
        80.0,
        unit="m",
        low=5,
        high=126,
        meaning="A greater declared beam is not believed: the hull is not taken into account.",
        source="our choice: no ship in trade is broader, and a transponder that was never configured "
        "reports 126 m",
    )
    course_from_kn: float = parameter(
        1.0,
        unit="kn",
        low=0.1,
        high=10,
        meaning="From this speed the course over ground replaces a heading that is not reported.",
        source="our choice: slower, a course over ground does not show the heading",
    )
    parallel_max_deg: float = parameter(
        30.0,
        unit="deg",
        low=1,
        high=90,
        meaning="Vessels lie parallel when their headings differ by at most this, or point opposite ways.",
        source=_HULLS,
    )
    parallel_share: float = parameter(
        0.8,
        unit="share",
        low=0.1,
        high=1,
        meaning="Two that are parallel at this share of the reports lay abreast throughout: their hull "
        "clearance is measured.",
        source="our choice: as large as the share of an encounter that must be observed "
        "(clearance.watched_share)",
    )
    abreast_share: float = parameter(
        0.5,
        unit="share",
        low=0.1,
        high=1,
        meaning="Parallel hulls lie side by side where their middles are separated across the centreline by "
        "this share of half the sum of their beams.",
        source="our choice: antennas stand off the middle, and a tug and its tow lie in one line",
    )

    def check_together(self) -> None:
        """Raise ParamError where leaving is nearer than entering."""
        enter_m, leave_m = self.alongside_enter_m, self.alongside_leave_m
        if enter_m > leave_m:
            raise ParamError(
                f"alongside_leave_m = {leave_m:g} m is less than alongside_enter_m = {enter_m:g} m"
            )
