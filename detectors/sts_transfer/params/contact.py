"""What counts as contact, and what ends an encounter."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_CONTACT = "our definition: contact is time observed together (docs/definitions/sts_transfer.md)"


@dataclass(frozen=True)
class ContactParams(Params):
    """What counts as contact, and what ends an encounter."""

    unbroken_min: float = parameter(
        10.0,
        unit="min",
        low=1,
        high=10,
        meaning="An encounter holds at least one unbroken spell of this length, which is also the step of "
        "the search.",
        source="the shortest tier; a state that lasts one step cannot fall between grid times",
    )
    speed_window_min: float = parameter(
        5.0,
        unit="min",
        low=0,
        high=60,
        meaning="Speed made good is measured over this time, so that noise of position is not speed.",
        source="our choice: 10 m of noise at each end is then 0.13 kn",
    )
    excursion_max_min: float = parameter(
        15.0,
        unit="min",
        low=0,
        high=120,
        meaning="Two that are separated or fast for at most this long are still in one encounter.",
        source="our choice: a surge, a wild report or a shift of berth does not end a transfer",
    )
    wild_report_max_h: float = parameter(
        2.5,
        unit="h",
        low=0,
        high=12,
        meaning="One report beyond the leaving separation does not end an encounter where the reports "
        "before and after it are at most this far apart and all three report a slow speed.",
        source="exports of a second independent simulator, a report every 15 to 60 min and one wild report: "
        "16 of 24 encounters were reported in two pieces; in more than an hour each way a ship may have "
        "sailed there and stopped",
    )
    unseen_max_km: float = parameter(
        5.0,
        unit="km",
        low=0.6,
        high=50,
        meaning="An interruption between two consecutive reports of one vessel does not end an encounter "
        "while the other is observed no farther than this from the straight path of the first.",
        source="our choice: a tide of 2 knots that turns within 4 h bends a path by 3.4 km; a vessel "
        "farther off is separated (proximity.separated_min_km)",
    )
    intervals_max: float = parameter(
        3.0,
        unit="times",
        low=1,
        high=20,
        meaning="Contact counts where each vessel's reports are at most this many of its own median "
        "intervals apart.",
        source=_CONTACT,
    )
    floor_min: float = parameter(
        20.0,
        unit="min",
        low=1,
        high=240,
        meaning="Least value of the interval that still counts as contact.",
        source=_CONTACT,
    )
    ceiling_h: float = parameter(
        2.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="Greatest value of the interval that still counts as contact.",
        source=_CONTACT,
    )
    window_h: float = parameter(
        12.0,
        unit="h",
        low=1,
        high=168,
        meaning="The median interval of a vessel is that of the encounter and of this time before and after "
        "it.",
        source="our choice: reports received days later, elsewhere, say nothing of an encounter",
    )
    bridge_max_h: float = parameter(
        4.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="A longer gap of either vessel ends the encounter; a shorter one is bridged as elapsed time.",
        source="our benchmark of the prototype: recall on sparse tracks .939/.963/.978 at 1/2/4 h",
    )
    stayed_min: float = parameter(
        30.0,
        unit="min",
        low=1,
        high=1440,
        meaning="The separation within which the two were for this time in all (at most half the time "
        "observed) is where they stayed, however near they passed.",
        source="our choice: the least contact of the close tier; no cargo moves in less",
    )
