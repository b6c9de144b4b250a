"""Which encounters are reported: tiers of separation, time and speed."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.encounter_tiers import TIERS, UNDER_WAY
from detectors.core.params import ParamError, Params, parameter
from detectors.core.units import MINUTE_S

_OURS = "our starting value (docs/definitions/sts_transfer.md), inside the range that peers publish: "
_STARBOARD = _OURS + "Starboard 50 m for 10 min or 200 m for 30 min (help.starboard.nz 8407016)"
_GFW = _OURS + "Global Fishing Watch 500 m for 2 h (GFW technical documentation)"
_UNDER_WAY = (
    "our starting value: large ships come alongside under way at a few knots (industry practice, from "
    "general knowledge, not verified); 6 kn and 0.5 kn relative leave out passing and overtaking"
)


@dataclass(frozen=True)
class EncounterParams(Params):
    """Which encounters are reported: tiers of separation, time and speed."""

    alongside_reported: bool = parameter(
        True, unit="on/off", meaning="Report encounters of the alongside tier.", source=_STARBOARD
    )
    alongside_enter_m: float = parameter(
        50.0,
        unit="m",
        low=1,
        high=500,
        meaning="A spell alongside must come within this separation of the antennas.",
        source=_STARBOARD,
    )
    alongside_leave_m: float = parameter(
        100.0,
        unit="m",
        low=1,
        high=1000,
        meaning="A spell alongside ends beyond this separation.",
        source=_STARBOARD,
    )
    alongside_contact_min: float = parameter(
        10.0,
        unit="min",
        low=10,
        high=1440,
        meaning="Least contact time of the alongside tier.",
        source=_STARBOARD,
    )
    close_reported: bool = parameter(
        True, unit="on/off", meaning="Report encounters of the close tier.", source=_STARBOARD
    )
    close_enter_m: float = parameter(
        200.0,
        unit="m",
        low=1,
        high=1000,
        meaning="A close spell must come within this separation.",
        source=_STARBOARD,
    )
    close_leave_m: float = parameter(
        300.0,
        unit="m",
        low=1,
        high=2000,
        meaning="A close spell ends beyond this separation.",
        source=_STARBOARD,
    )
    close_contact_min: float = parameter(
        30.0,
        unit="min",
        low=10,
        high=1440,
        meaning="Least contact time of the close tier.",
        source=_STARBOARD,
    )
    near_enter_m: float = parameter(
        500.0,
        unit="m",
        low=10,
        high=5000,
        meaning="A near spell must come within this separation.",
        source=_GFW,
    )
    near_leave_m: float = parameter(
        600.0,
        unit="m",
        low=10,
        high=5000,
        meaning="A near spell, and with it the encounter, ends beyond this separation.",
        source=_GFW,
    )
    near_contact_min: float = parameter(
        120.0, unit="min", low=10, high=2880, meaning="Least contact time of the near tier.", source=_GFW
    )
    reports_min: float = parameter(
        1.0,
        unit="reports",
        low=0,
        high=100,
        meaning="A tier is reached only where each vessel sent this many reports during the encounter.",
        source="our definition: observed together means that both were received; straight lines between "
        "reports before and after may cross where neither vessel was",
    )
    speed_max_kn: float = parameter(
        3.0,
        unit="kn",
        low=0.1,
        high=15,
        meaning="Both vessels make good at most this speed.",
        source=_OURS + "GFW 2 kn, Starboard 3 kn",
    )
    under_way_reported: bool = parameter(
        True,
        unit="on/off",
        meaning="Report encounters of two vessels that sail side by side.",
        source=_UNDER_WAY,
    )
    under_way_speed_max_kn: float = parameter(
        6.0,
        unit="kn",
        low=0.1,
        high=15,
        meaning="Both vessels make good at most this speed in an encounter under way.",
        source=_UNDER_WAY,
    )
    under_way_relative_speed_max_kn: float = parameter(
        0.5,
        unit="kn",
        low=0.05,
        high=5,
        meaning="Greatest median speed relative to one another, over motion.step_min at a time, under way.",
        source=_UNDER_WAY,
    )
    under_way_enter_m: float = parameter(
        100.0,
        unit="m",
        low=1,
        high=1000,
        meaning="A spell under way must come within this separation.",
        source=_UNDER_WAY,
    )
    under_way_leave_m: float = parameter(
        200.0,
        unit="m",
        low=1,
        high=2000,
        meaning="A spell under way, and with it the encounter, ends beyond this separation.",
        source=_UNDER_WAY,
    )
    under_way_contact_min: float = parameter(
        30.0,
        unit="min",
        low=10,
        high=1440,
        meaning="Least contact time of an encounter under way.",
        source=_UNDER_WAY,
    )
    under_way_contact_times: float = parameter(
        1.5,
        unit="times",
        low=1,
        high=100,
        meaning="An encounter under way replaces a slow one of its pair that overlaps it where its contact "
        "is this many times as long; it replaces several where its contact is as long as theirs together.",
        source="our choice: faster than slow for a third of it. At 2 times, ships made fast at about 3 kn "
        "were reported in up to five pieces, adrift (6 of 50 scenes of a second independent simulator)",
    )
    port_min_km: float = parameter(
        0.0,
        unit="km",
        low=0,
        high=100,
        meaning="Encounters nearer to a port or anchorage are not reported; at 0 all are reported, and the "
        "port is context.",
        source="GFW: 10 km from an anchorage; we weigh instead of hiding",
    )
    neighbours_max: float = parameter(
        40.0,
        unit="vessels",
        low=5,
        high=1000,
        meaning="Vessels with more neighbours within the near tier lie in a crowd; pairs inside a crowd are "
        "not solved, and the place is reported as a raft.",
        source="our choice: bounds the cost of places where ships lie in hundreds",
    )

    def check_together(self) -> None:
        """Raise ParamError where tiers do not nest, or leaving is nearer than entering."""
        for tier in (*TIERS, UNDER_WAY):
            enter_m, leave_m = self.enter_m(tier), self.leave_m(tier)
            if enter_m > leave_m:
                raise ParamError(
                    f"{tier}_leave_m = {leave_m:g} m is less than {tier}_enter_m = {enter_m:g} m"
                )
            if tier in (*self.tiers, *self.under_way_tiers) and leave_m > self.near_leave_m:
                raise ParamError(f"{tier}_leave_m = {leave_m:g} m is beyond near_leave_m, which bounds it")

    def enter_m(self, tier: str) -> float:
        """Return the separation that a spell of the tier must reach, in metres."""
        return float(getattr(self, f"{tier}_enter_m"))

    def leave_m(self, tier: str) -> float:
        """Return the separation at which a spell of the tier ends, in metres."""
        return float(getattr(self, f"{tier}_leave_m"))

    def min_s(self, tier: str) -> float:
        """Return the least contact time of the tier, in seconds."""
        return float(getattr(self, f"{tier}_contact_min")) * MINUTE_S

    def is_reported(self, tier: str) -> bool:
        """Return whether the tier is in use; the near tier always is."""
        return tier == "near" or bool(getattr(self, f"{tier}_reported"))

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers in use, from the innermost outwards."""
        return tuple(t for t in TIERS if self.is_reported(t))

    @property
    def under_way_tiers(self) -> tuple[str, ...]:
        """Tiers of encounters under way, the innermost first; none where these are not reported."""
        if not self.under_way_reported:
            return ()
        inner = (
            (TIERS[0],)
            if self.alongside_reported and self.alongside_leave_m <= self.under_way_leave_m
            else ()
        )
        return (*inner, UNDER_WAY)

    @property
    def search_speed_max_kn(self) -> float:
        """Greatest speed of the search: that of encounters under way where these are reported."""
        return max(self.speed_max_kn, self.under_way_speed_max_kn if self.under_way_reported else 0.0)

    @property
    def search_under_way_m(self) -> float:
        """Separation within which faster vessels are searched; 0 where these are not reported."""
        return self.under_way_leave_m if self.under_way_reported else 0.0
