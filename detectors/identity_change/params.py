"""Thresholds of identity changes."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class IdentityParams(Params):
    """What counts as another identity, and when two MMSIs are of one vessel."""

    slip_max_min: float = parameter(
        30.0,
        unit="min",
        low=0,
        high=1440,
        meaning="Static data declared for no longer than this are a typing slip.",
        source="our choice: five static reports (one in 6 minutes, ITU-R M.1371-5, from memory)",
    )
    size_change_m: float = parameter(
        10.0,
        unit="m",
        low=1,
        high=200,
        meaning="A smaller change of length or beam is ignored.",
        source="our choice: crews round, and change the antenna's declared offsets",
    )
    size_change_share: float = parameter(
        0.2,
        unit="share",
        low=0.01,
        high=1,
        meaning="A change by a smaller share of the length or beam is ignored too.",
        source="our choice: as above, for large ships",
    )
    large_m: float = parameter(
        60.0,
        unit="m",
        low=20,
        high=400,
        meaning="From this length a fishing vessel or a class B transponder is unlikely.",
        source="our choice from reports of 90 m cargo ships sent as fishing vessels (Royal Navy, 2019)",
    )
    handover_max_h: float = parameter(
        1.0,
        unit="h",
        low=0.05,
        high=12,
        meaning="The new MMSI begins at most so long after the last report of the old one.",
        source="our choice: a transponder is reprogrammed in minutes; later, chance brings other ships",
    )
    overlap_max_min: float = parameter(
        5.0,
        unit="min",
        low=0,
        high=60,
        meaning="The new MMSI may be received so long before the last report of the old one.",
        source="our choice: clocks of receivers differ",
    )
    known_h: float = parameter(
        6.0,
        unit="h",
        low=0.5,
        high=720,
        meaning="Data over this time before show that the new MMSI was absent, and over this time after "
        "that the old one stopped.",
        source="Global Fishing Watch: a gap is reported from 6 h",
    )
    reports_min: float = parameter(
        5.0,
        unit="reports",
        low=3,
        high=1000,
        meaning="An MMSI with fewer reports is a stray, garbled in the air.",
        source="our choice: one wrong bit makes another MMSI",
    )
    place_slack_m: float = parameter(
        500.0,
        unit="m",
        low=50,
        high=5000,
        meaning="Distance allowed between the projected position and that of the other MMSI.",
        source="our choice: five times the rounding of type 27, half of a segment's slack in tracks",
    )
    drift_share: float = parameter(
        0.2,
        unit="share",
        low=0,
        high=1,
        meaning="Distance allowed in addition, as a share of the distance sailed between the two.",
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
        meaning="Velocities that differ by no more than this share of the faster one are one motion.",
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
        meaning="Two MMSIs no farther apart than this can be one vessel.",
        source="our choice: noise of two positions and a large ship's mast to its bow",
    )
    together_min_h: float = parameter(
        2.0,
        unit="h",
        low=0.5,
        high=72,
        meaning="Least time under way at one place.",
        source="our choice: harbour tugs make fast for less than 2 h",
    )
    observed_max_min: float = parameter(
        20.0,
        unit="min",
        low=1,
        high=120,
        meaning="Longer intervals between two reports do not count, because the vessel may have been "
        "elsewhere.",
        source="our choice: the least that transfers take for contact",
    )
    neighbours_max: float = parameter(
        8.0,
        unit="vessels",
        low=1,
        high=64,
        meaning="Greatest number of vessels under way at one place that are compared with one.",
        source="our choice: bounds the cost of a crowd",
    )
