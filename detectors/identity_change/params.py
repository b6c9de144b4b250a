"""Thresholds of identity changes."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class IdentityParams(Params):
    """What counts as another identity, and when two numbers are one segment."""

    slip_max_min: float = parameter(
        30.0,
        unit="min",
        low=0,
        high=1440,
        meaning="What a number says for no longer is a slip of the typist's.",
        source="our choice: five static reports (one in 6 minutes, ITU-R M.1371-5, from memory)",
    )
    size_change_m: float = parameter(
        10.0,
        unit="m",
        low=1,
        high=200,
        meaning="A smaller change of length or beam says nothing.",
        source="our choice: crews round, and move the antenna's place",
    )
    size_change_share: float = parameter(
        0.2,
        unit="share",
        low=0.01,
        high=1,
        meaning="Nor does a smaller share of the length or beam.",
        source="our choice: as above, for large ships",
    )
    large_m: float = parameter(
        60.0,
        unit="m",
        low=20,
        high=400,
        meaning="From this length a fishing vessel or a class B set is unlikely.",
        source="our choice from reports of 90 m cargo ships sent as fishing vessels (Royal Navy, 2019)",
    )
    handover_max_h: float = parameter(
        1.0,
        unit="h",
        low=0.05,
        high=12,
        meaning="The new number begins at most so long after the old one's last report.",
        source="our choice: a set is programmed anew in minutes; later, chance brings other ships",
    )
    overlap_max_min: float = parameter(
        5.0,
        unit="min",
        low=0,
        high=60,
        meaning="The new number may be heard so long before the old one's last report.",
        source="our choice: clocks of receivers differ",
    )
    known_h: float = parameter(
        6.0,
        unit="h",
        low=0.5,
        high=720,
        meaning="Data so long before show the new number unseen, and so long after the old one silent.",
        source="Global Fishing Watch: a silence is told from 6 h",
    )
    reports_min: float = parameter(
        5.0,
        unit="reports",
        low=3,
        high=1000,
        meaning="Fewer reports are a stray number, garbled in the air.",
        source="our choice: one wrong bit makes another number",
    )
    place_slack_m: float = parameter(
        500.0,
        unit="m",
        low=50,
        high=5000,
        meaning="Distance allowed between where she would be and where the other number is.",
        source="our choice: five times the rounding of type 27, half of a segment's slack in tracks",
    )
    drift_share: float = parameter(
        0.2,
        unit="share",
        low=0,
        high=1,
        meaning="The same for the way sailed between the two, as a share of it.",
        source="our choice: speed over ground changes by so much within an hour's tide",
    )
    join_kn: float = parameter(
        2.0,
        unit="kn",
        low=0.1,
        high=10,
        meaning="Velocities that differ by no more are one motion.",
        source="our choice: twice a common tidal stream",
    )
    join_share: float = parameter(
        0.3,
        unit="share",
        low=0,
        high=1,
        meaning="The same as a share of the faster one.",
        source="our choice: 17 degrees of course at one speed",
    )
    motion_window_min: float = parameter(
        20.0,
        unit="min",
        low=2,
        high=120,
        meaning="Velocity at either end is that over this time.",
        source="our choice: as in loitering",
    )
    moving_kn: float = parameter(
        3.0,
        unit="kn",
        low=1,
        high=20,
        meaning="From this speed made good a ship is under way.",
        source="Starboard and ITU-R M.1371-5 (a moored class A set reports oftener from 3 kn on)",
    )
    same_place_m: float = parameter(
        50.0,
        unit="m",
        low=5,
        high=500,
        meaning="Two numbers no farther apart can be one ship.",
        source="our choice: noise of two positions and a large ship's mast to her bow",
    )
    together_min_h: float = parameter(
        2.0,
        unit="h",
        low=0.5,
        high=72,
        meaning="Time under way at one place that it takes.",
        source="our choice: harbour tugs make fast for less than 2 h",
    )
    observed_max_min: float = parameter(
        20.0,
        unit="min",
        low=1,
        high=120,
        meaning="Longer intervals between two reports do not count: she may have been elsewhere.",
        source="our choice: the least that transfers take for contact",
    )
    neighbours_max: float = parameter(
        8.0,
        unit="vessels",
        low=1,
        high=64,
        meaning="Vessels under way at one place that are compared with one.",
        source="our choice: bounds the cost of a crowd",
    )
