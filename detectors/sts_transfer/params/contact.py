"""What counts as contact, and what ends an encounter."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_SILENCE = "our definition: contact is time observed together (docs/definitions/sts_transfer.md)"


@dataclass(frozen=True)
class ContactParams(Params):
    """What counts as contact, and what ends an encounter."""

    unbroken_min: float = parameter(
        10.0,
        unit="min",
        low=1,
        high=10,
        meaning="A meeting holds at least one unbroken spell of this length; also the step of the search.",
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
        meaning="Apart or fast for at most this long, they are still in one meeting.",
        source="our choice: a surge, a wild fix or a shift of berth does not end a transfer",
    )
    wild_report_max_h: float = parameter(
        2.5,
        unit="h",
        low=0,
        high=12,
        meaning="One report beyond the leaving separation ends no meeting where those before and after it "
        "are at most this far apart and she says by all three that she is slow.",
        source="exports of a second reader, a report every 15 to 60 min and one wild fix: 16 of 24 meetings "
        "were told in two; in more than an hour each way a ship may have sailed there and lain still",
    )
    unseen_max_km: float = parameter(
        5.0,
        unit="km",
        low=0.6,
        high=50,
        meaning="An interruption between two neighbouring reports of one of the two ends no meeting while "
        "the other is seen no farther than this from her straight path.",
        source="our choice: a tide of 2 knots that turns within 4 h bends a path by 3.4 km; farther off is "
        "far apart (proximity.separated_min_km)",
    )
    intervals_max: float = parameter(
        3.0,
        unit="times",
        low=1,
        high=20,
        meaning="Contact counts where each vessel's reports are at most this many of her own median "
        "intervals apart.",
        source=_SILENCE,
    )
    floor_min: float = parameter(
        20.0, unit="min", low=1, high=240, meaning="Least value of that bound.", source=_SILENCE
    )
    ceiling_h: float = parameter(
        2.0, unit="h", low=0.1, high=12, meaning="Greatest value of that bound.", source=_SILENCE
    )
    window_h: float = parameter(
        12.0,
        unit="h",
        low=1,
        high=168,
        meaning="Her median interval is that of the meeting and of this time before and after it.",
        source="our choice: what a receiver hears of her days later, elsewhere, says nothing of a meeting",
    )
    bridge_max_h: float = parameter(
        4.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="A longer silence of either vessel ends the meeting; a shorter one is bridged as elapsed "
        "time.",
        source="our benchmark of the prototype: recall on sparse tracks .939/.963/.978 at 1/2/4 h",
    )
    stayed_min: float = parameter(
        30.0,
        unit="min",
        low=1,
        high=1440,
        meaning="The separation within which two were for this time in all (at most half the time observed) "
        "is where they stayed, however near they passed by.",
        source="our choice: the least contact of the close tier; no cargo moves in less",
    )
