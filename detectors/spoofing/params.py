"""Thresholds of spoofing."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import ParamError, Params, parameter


@dataclass(frozen=True)
class SpoofingParams(Params):
    """Which positions no vessel can have sent from, or no receiver can have measured."""

    jump_kn: float = parameter(
        75.0,
        unit="kn",
        low=30,
        high=1000,
        meaning="A step between two stays that requires more than this speed is a jump.",
        source="our choice: half as much again as the 50 kn that split segments in tracks",
    )
    jump_km: float = parameter(
        10.0,
        unit="km",
        low=2,
        high=1000,
        meaning="Stays nearer to one another are no jump but a receiver's error.",
        source="our choice: ten times a segment's slack in tracks",
    )
    stay_min_h: float = parameter(
        0.5,
        unit="h",
        low=0.05,
        high=48,
        meaning="A stay lasts at least this long without a report from another place between.",
        source="our choice: longer than a pass of a satellite",
    )
    stay_reports: float = parameter(
        5.0,
        unit="reports",
        low=3,
        high=1000,
        meaning="A stay holds at least this many reports.",
        source="our choice: errors of reception come one by one",
    )
    stray_reports: float = parameter(
        3.0,
        unit="reports",
        low=2,
        high=100,
        meaning="A segment with fewer reports is a stray: it is never reported, nor counted towards an area.",
        source="our choice: one or two reports are a fault of reception",
    )
    alternations_min: float = parameter(
        6.0,
        unit="alternations",
        low=3,
        high=1000,
        meaning="An MMSI received in turn from two places this often is sent by both at the same time.",
        source="our choice: three times away and back is no single jump",
    )
    frozen_min_h: float = parameter(
        2.0,
        unit="h",
        low=0.5,
        high=72,
        meaning="Least time for which a position stays the same to the digit.",
        source="our choice: as in encounters of two vessels, a state that lasts",
    )
    frozen_reports: float = parameter(
        10.0,
        unit="reports",
        low=5,
        high=1000,
        meaning="Least number of reports that repeat a frozen position.",
        source="our choice: a provider repeats a lost vessel's last position a few times",
    )
    frozen_distance_km: float = parameter(
        20.0,
        unit="km",
        low=2,
        high=500,
        meaning="Least distance that the reported speed would have made while the position was frozen.",
        source="our choice: more than a position rounded to 0.1 degree hides (11 km)",
    )
    moving_kn: float = parameter(
        3.0,
        unit="kn",
        low=1,
        high=20,
        meaning="From this speed a ship is under way.",
        source="Starboard and ITU-R M.1371-5 (a moored class A set reports oftener from 3 kn on)",
    )
    moving_share: float = parameter(
        0.8,
        unit="share",
        low=0.5,
        high=1,
        meaning="Least share of a frozen position's reports with a speed under way.",
        source="our choice: the speed of a moored ship is noisy, not high throughout",
    )
    gap_max_h: float = parameter(
        1.25,
        unit="h",
        low=0.1,
        high=6,
        meaning="Reports farther apart are not judged together.",
        source="our choice: a feed of one report an hour is still judged",
    )
    contradict_kn: float = parameter(
        5.0,
        unit="kn",
        low=1,
        high=30,
        meaning="Least mean difference between the reported speed and the speed made good over a run.",
        source="our choice: twice what a course that winds takes from the speed made good",
    )
    contradict_leave_kn: float = parameter(
        3.0,
        unit="kn",
        low=0.5,
        high=30,
        meaning="A run ends where the difference falls below this.",
        source="our choice: below this, short turns and rounded positions explain it",
    )
    contradict_deg: float = parameter(
        90.0,
        unit="deg",
        low=30,
        high=170,
        meaning="Courses that differ by more contradict one another.",
        source="our choice: no current turns a ship round over ground, since courses are reported over "
        "ground",
    )
    contradict_min_h: float = parameter(
        2.0,
        unit="h",
        low=0.25,
        high=72,
        meaning="Least time of a contradiction without a break.",
        source="our choice: as for a frozen position",
    )
    contradict_reports: float = parameter(
        10.0,
        unit="reports",
        low=4,
        high=1000,
        meaning="Least number of reports in a contradiction.",
        source="our choice: as for a frozen position",
    )
    sensor_share: float = parameter(
        0.9,
        unit="share",
        low=0.5,
        high=1,
        meaning="An MMSI that contradicts itself for this share of all its time has a dead sensor and is "
        "not reported.",
        source="our choice: a fault stays, a deception begins and ends",
    )
    straight_share: float = parameter(
        0.3,
        unit="share",
        low=0,
        high=1,
        meaning="Least net distance as a share of the distance sailed; less is two transponders near one "
        "another under one MMSI.",
        source="our choice: a segment that alternates between two ships makes no net distance",
    )
    circle_min_m: float = parameter(
        500.0,
        unit="m",
        low=100,
        high=20000,
        meaning="Smaller circles are ships that swing at anchor or turn.",
        source="our choice: 300 m of chain and a long ship swing within it",
    )
    circle_max_m: float = parameter(
        20000.0,
        unit="m",
        low=1000,
        high=100000,
        meaning="Larger circles are not searched.",
        source="our choice: circles that were reported measure hundreds of metres to some kilometres",
    )
    circle_off_share: float = parameter(
        0.03,
        unit="share",
        low=0.001,
        high=0.2,
        meaning="Greatest root mean square distance from the circle, as a share of its radius.",
        source="our choice: no steered circle in wind and current is so round",
    )
    circle_reports: float = parameter(
        12.0,
        unit="reports",
        low=8,
        high=1000,
        meaning="Least number of reports on a circle.",
        source="our choice: three points make a circle; the other nine must lie on it",
    )
    circle_min_h: float = parameter(
        1.0,
        unit="h",
        low=0.25,
        high=24,
        meaning="Least time on a circle.",
        source="our choice: longer than a ship takes to turn and come back",
    )
    circle_laps: float = parameter(
        1.5,
        unit="laps",
        low=0.5,
        high=100,
        meaning="Least number of times round, to and fro counted alike.",
        source="our choice: a ship that turns, or drifts through one tide, goes round once",
    )
    circle_kn: float = parameter(
        5.0,
        unit="kn",
        low=0.5,
        high=20,
        meaning="Least speed along a circle; ships that drift or trawl round with the tide are slower.",
        source="our choice: ships adrift in a turning tide make rings at up to 4.5 kn (benchmarks/quality)",
    )
    circle_gap_deg: float = parameter(
        120.0,
        unit="deg",
        low=30,
        high=180,
        meaning="Greatest part of a circle without a report: an arc is no circle.",
        source="our choice: any three directions",
    )
    smooth_m: float = parameter(
        0.5,
        unit="m",
        low=0.05,
        high=5,
        meaning="Greatest root mean square distance to the side of the line between neighbours, on a leg.",
        source="our choice: a step of AIS is 0.19 m (1/10,000 min), a receiver's noise some metres",
    )
    smooth_break_m: float = parameter(
        1.5,
        unit="m",
        low=0.1,
        high=20,
        meaning="One report farther off ends the leg.",
        source="our choice: three times the above",
    )
    smooth_step_s: float = parameter(
        60.0,
        unit="s",
        low=10,
        high=300,
        meaning="Reports nearer in time are skipped: filters smooth them.",
        source="our choice: longer than the filter of a receiver or a swell",
    )
    smooth_interval_max_min: float = parameter(
        6.0,
        unit="min",
        low=2,
        high=30,
        meaning="Longer intervals are not judged: the line curves with the Earth.",
        source="our choice: at 12 kn a parallel and a great circle then differ by 0.3 m",
    )
    smooth_min_h: float = parameter(
        3.0,
        unit="h",
        low=0.5,
        high=72,
        meaning="Least time on one such leg under way.",
        source="our choice: no helmsman steers so straight for 3 h",
    )
    smooth_reports: float = parameter(
        20.0,
        unit="reports",
        low=10,
        high=1000,
        meaning="Least number of reports judged on such a leg.",
        source="our choice: by chance one in three real reports lies so near",
    )
    smooth_others: float = parameter(
        3.0,
        unit="vessels",
        low=0,
        high=1000,
        meaning="Least number of other vessels that were judged and show noise.",
        source="our choice: one noisy track in a smoothed feed may be a fault of its own",
    )
    feed_share: float = parameter(
        0.2,
        unit="share",
        low=0,
        high=1,
        meaning="From two vessels and this share of those judged on, the feed itself is smooth and none is "
        "reported.",
        source="our choice: an interpolated feed smooths every ship",
    )
    inland_km: float = parameter(
        5.0,
        unit="km",
        low=0.5,
        high=100,
        meaning="At this distance behind the shore the chart does not err.",
        source="our choice: several times the error of the fine chart",
    )
    land_distance_km: float = parameter(
        30.0,
        unit="km",
        low=5,
        high=500,
        meaning="Least length of a straight line over land without a break.",
        source="our choice: longer than the straight reaches of the Yangtze",
    )
    land_off_m: float = parameter(
        300.0,
        unit="m",
        low=10,
        high=5000,
        meaning="Greatest distance of a position from the straight line over land.",
        source="our choice: rivers and canals turn",
    )
    land_kn: float = parameter(
        5.0,
        unit="kn",
        low=1,
        high=50,
        meaning="Least speed made good on the straight line over land.",
        source="our choice: sea speed",
    )
    area_vessels: float = parameter(
        4.0,
        unit="vessels",
        low=2,
        high=100,
        meaning="Where this many MMSIs show false positions at once and in one place, the place is jammed "
        "and reported once.",
        source="our choice: no trader deceives in a fleet at one second; receivers of a whole sea do",
    )
    area_km: float = parameter(
        25.0,
        unit="km",
        low=1,
        high=500,
        meaning="False positions no farther apart, or linked by others, are in one place.",
        source="our choice: circles and scatter round one false place measure some kilometres",
    )
    vessels_listed_max: float = parameter(
        20.0,
        unit="vessels",
        low=1,
        high=200,
        meaning="Greatest number of vessels that the event of an area names; the number of all is reported "
        "with them.",
        source="our choice: an event is read by a person",
    )

    def check_together(self) -> None:
        """Raise ParamError where a state would be left before it is entered."""
        if self.contradict_leave_kn > self.contradict_kn:
            raise ParamError("contradict_leave_kn is above contradict_kn")
        if self.circle_max_m < self.circle_min_m:
            raise ParamError("circle_max_m is below circle_min_m")
        if self.stay_reports < self.stray_reports:
            raise ParamError("stay_reports is below stray_reports")
