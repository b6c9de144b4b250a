"""What truly happened, and what was delivered of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.simulator.vessels.path import Path
    from detectors.tracks.reports import Reports, StaticReport

SOUGHT_MEETINGS = ("transfer_drifting", "transfer_at_anchor", "transfer_under_way")
SOUGHT_OTHERS = ("cluster", "dark_partner", "switched_off")
LIKE_MEETINGS = (
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
MASKS = ("renumbered", "rewritten", "fabricated", "cloned", "circling", "frozen", "open_call")
LIKE_MASKS = (
    "typing_slip",
    "sold",
    "spare_set",
    "shared_number",
    "wild_fixes",
    "dead_sensor",
    "late_reports",
    "jammed",
)
INNOCENT_SILENCES = (
    "coverage_hole",
    "station_outage",
    "satellite_outage",
    "poor_kit",
    "left_area",
    "moored_off",
)


@dataclass(frozen=True)
class Truth:
    """Something that happened: a behaviour that is sought, one that looks like it, or a silence.

    `kind` is that of the event it should or should not become (`sts_transfer`, `sts_cluster`,
    `dark_period`, `dark_meeting`, `loitering`). `mmsis` ascend. Times are epoch seconds, UTC: of a meeting
    from alongside to apart; of a sought silence from switching off to switching on; of an innocent one from
    the last report heard to the next. A silence with several causes carries the one that explains most.
    """

    kind: str
    mmsis: tuple[int, ...]
    start_s: float
    end_s: float
    label: str
    is_sought: bool


@dataclass(frozen=True, eq=False)
class Theatre:
    """A theatre as delivered, and the truth behind it.

    `reports` and `statics` are what a customer receives. `paths` holds every ship's true course and `sent`
    the spans (epoch seconds) in which her set was on, by MMSI.
    """

    reports: Reports
    statics: tuple[StaticReport, ...]
    truth: tuple[Truth, ...]
    paths: dict[int, Path]
    sent: dict[int, tuple[tuple[float, float], ...]]
