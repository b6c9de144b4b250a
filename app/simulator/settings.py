"""Settings of simulated traffic. Grades: V read in a source, S secondary, M memory, R our choice."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""West, south, east, north, degrees."""

ECS_SHANGHAI: Box = (121.8, 26.5, 126.0, 32.5)
YELLOW_SEA: Box = (120.5, 33.0, 125.5, 37.5)
KOREA_BAY: Box = (123.0, 37.8, 125.6, 39.9)
"""Working boxes of the field notes (R): places where transfers with DPRK vessels were reported."""


@dataclass(frozen=True)
class Regime:
    """How a feed is delivered."""

    is_terrestrial: bool
    """Whether shore stations are part of the feed."""
    pass_gap_h: tuple[float, float]
    """Least and most time between two satellite passes, hours."""
    station_share: float
    """Share of the coast's ports that have a station."""
    platforms: int
    """Receivers at sea: platforms, lightships, islets."""


REGIMES = {
    "dense": Regime(is_terrestrial=True, pass_gap_h=(0.1, 0.6), station_share=0.75, platforms=45),
    "mixed": Regime(is_terrestrial=True, pass_gap_h=(0.5, 1.6), station_share=0.4, platforms=6),
    "satellite": Regime(is_terrestrial=False, pass_gap_h=(1.0, 3.0), station_share=0.0, platforms=0),
}
"""R: many satellites, stations and platforms; few of each; satellites alone (1 to 3 h between passes)."""


@dataclass(frozen=True)
class TrafficSettings:
    """One simulation. The same settings give the same traffic."""

    seed: int = 1
    """Decides everything that is drawn, the receivers included."""
    days: float = 5.0
    """How long it lasts, days."""
    ships: int = 200
    """Vessels in all; those of the behaviours are taken from them, and the rest trade, fish and ferry."""
    start_s: float = 1_709_251_200.0
    """Epoch seconds, UTC, of its beginning (2024-03-01)."""
    regime: str = "dense"
    """`dense` (shore and satellite, about one report a minute), `mixed`, or `satellite` (passes only)."""
    slot_s: float = 60.0
    """The provider keeps at most one report of a vessel in this time, seconds (R: one a minute is common)."""
    sea_box: Box = (118.5, 24.5, 129.0, 40.3)
    """The sea in which vessels sail."""
    bought_box: Box = (118.5, 26.3, 127.0, 40.3)
    """The box that the customer buys: a vessel that leaves it is no longer received."""
    hot_boxes: tuple[Box, ...] = (ECS_SHANGHAI, YELLOW_SEA, KOREA_BAY)
    """Where positives happen, and half of the look-alikes."""
    transfers: int = 8
    """Transfers of two vessels, both sending."""
    clusters: int = 1
    """One vessel that meets three feeders within 36 h (V: Japan MOFA, AN SAN 1 and YU SON)."""
    dark_partners: int = 3
    """Transfers of which one side is switched off (V: OFAC advisory 2020)."""
    switch_offs: int = 8
    """Vessels that switch off: bound for the DPRK and back, or at sea."""
    look_alikes: int = 44
    """Innocent encounters and loiterings, shared equally among eleven kinds."""
    deceptions: int = 0
    """How often each kind of false identity and false position occurs, and each innocent look-alike."""
    open_calls: int = 0
    """Vessels that call at Nampo with their transponders on."""
    poor_kit_share: float = 0.08
    """Share of vessels whose transponder drops out for hours now and then (R)."""
    harbour_off_share: float = 0.3
    """Share of fishing boats that switch off in harbour (R)."""
    station_outages: float = 0.15
    """Outages per shore station and day, of 2 to 20 h (R)."""
    satellite_outages: float = 0.15
    """Outages of the whole downlink per day, of 4 to 16 h (R); one satellite fails as often again."""
    position_noise_m: tuple[float, float] = (3.0, 9.0)
    """Standard deviation of a vessel's positions, metres, drawn per vessel (R: GNSS without correction)."""
    current_kn: tuple[float, float] = (0.3, 1.6)
    """Speed of the tidal current, drawn per simulation (R; drifts in transfers are below 2-3 kn, V)."""

    def __post_init__(self) -> None:
        if self.regime not in REGIMES:
            raise ValueError(f"no regime {self.regime!r}: there are {', '.join(REGIMES)}")
        if self.days <= 0 or self.ships < 1 or self.slot_s <= 0:
            raise ValueError("days, ships and slot_s must be positive")

    @property
    def end_s(self) -> float:
        """Epoch seconds of its end."""
        return self.start_s + self.days * 86400.0
