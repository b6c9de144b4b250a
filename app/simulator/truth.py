"""What truly happened, and what was delivered of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.simulator.vessels.path import Path
    from detectors.tracks.reports import Reports, StaticReport

POSITIVE_ENCOUNTERS = ("transfer_drifting", "transfer_at_anchor", "transfer_under_way")
OTHER_POSITIVES = ("cluster", "dark_partner", "switched_off")
LOOK_ALIKE_ENCOUNTERS = (
    "bunkering_in_port",
    "pilot_boarding",
    "tug_and_tow",
    "fishing_pair",
    "convoy",
    "ferry_pass",
    "anchorage_neighbours",
    "crossing",
    "waiting_drifters",
    "launch",
    "moored_side_by_side",
)
DECEPTIONS = ("renumbered", "rewritten", "fabricated", "cloned", "circling", "frozen", "open_call")
LOOK_ALIKE_DECEPTIONS = (
    "typing_slip",
    "sold",
    "spare_set",
    "shared_number",
    "wild_fixes",
    "dead_sensor",
    "late_reports",
    "jammed",
)
INNOCENT_GAPS = (
    "coverage_hole",
    "station_outage",
    "satellite_outage",
    "poor_kit",
    "left_area",
    "moored_off",
)


@dataclass(frozen=True)
class Truth:
    """Something that happened: a positive, a look-alike, or a gap.

    `kind` is that of the event it should or should not become (`sts_transfer`, `sts_cluster`,
    `dark_period`, `dark_meeting`, `loitering`). `mmsis` ascend. Times are epoch seconds, UTC: of an
    encounter from alongside to separated; of a positive gap from switching off to switching on; of an
    innocent one from the last report received to the next. A gap with several causes carries the one that
    explains most.
    """

    kind: str
    mmsis: tuple[int, ...]
    start_s: float
    end_s: float
    label: str
    is_positive: bool


@dataclass(frozen=True, eq=False)
class Traffic:
    """Traffic as delivered, and the truth behind it.

    `reports` and `statics` are what a customer receives. `paths` holds every vessel's true course and `sent`
    the spans (epoch seconds) in which its transponder was on, by MMSI.
    """

    reports: Reports
    statics: tuple[StaticReport, ...]
    truth: tuple[Truth, ...]
    paths: dict[int, Path]
    sent: dict[int, tuple[tuple[float, float], ...]]
