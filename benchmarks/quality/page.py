"""The page of results: what was measured, how, and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.quality.figures import READ_MIN, as_one_list
from benchmarks.quality.tables import (
    ANOMALY,
    BY_INTERVAL,
    MERIT,
    RANKS,
    READING,
    figure_table,
    gap_table,
    label_table,
    miss_table,
)
from detectors import KIND_BY_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.quality.figures import Outcome
    from benchmarks.quality.run import Key
PRESET = "default"

ABOUT = """\
# Quality

Made by `{command}`, {date}, {machine}.
Do not edit: run it again.

No labelled transfers or dark periods of these waters exist in the open.
Every figure here is measured on **simulated traffic** on real coasts with known truth \
(`app/simulator`).

- The traffic is received by shore stations whose range varies, by satellites that pass, and from \
transponders that fail.
- Behaviour follows published cases where there are any and our judgement elsewhere; the simulator's \
values carry their grade.
- So the figures rank versions and presets, and show what is confused with what; they are no promise about \
real traffic.
- The simulator lacks weather, traffic separation, ice, fleets of hundreds that fish side by side, and \
vessels that never send at all.
- False names and positions are only in simulations of their own.

**What is injected** in each simulation of {ships} vessels and {days:g} days:

- {transfers} transfers of two vessels, and {clusters} of one vessel with three feeders;
- {dark_partners} encounters with one side not observed;
- {switch_offs} vessels that switch off;
- {look_alikes} innocent encounters of eleven kinds.

The eleven kinds are bunkering in port, pilots, tows, pair trawlers, convoys, ferries, anchorages of 8 to \
14 vessels, crossings, vessels waiting adrift, launches, and vessels moored side by side.
All other vessels trade, fish and ferry, and come close as they will: this is called ordinary, at a berth \
or anchor, or at sea.

The regimes of delivery:

- `dense`: stations, platforms, many satellites; about a report a minute.
- `mixed`: fewer of each.
- `satellite`: a pass every 1 to 3 h, mostly 0 to 5 reports of a vessel in each.

**What is counted.**
The whole pipeline runs as a user would run it with `--area all`.

- An event matches a truth when kind and vessels are the same and they overlap by at least half of the \
shorter (of a cluster, two thirds of the vessels must agree).
- An *alarm* is an event of band medium or high.
- A *false alarm* is one that matches nothing sought, per 1,000 vessel-days; a vessel-day is a day between \
a vessel's first and last report.
- *All events* per 1,000 vessel-days is what there is to read.
- *Recall* counts every truth, also where the vessels were not heard; *of those heard* counts those whose \
vessels were each heard twice meanwhile.
- *Average precision* counts what was not reported as never found.
- *Precision at 50* is the share of right ones among a simulation's first 50 events of the kind, so it \
cannot exceed the number sought in a simulation over 50.
- *Recall at 100* is the share of what is sought among the first 100.
- In the tables *reported* means reported as an event, and *as alarms* reported as an alarm.
- Loitering that is part of a transfer counts neither way.
- A gap of 6 h or less is no dark period here.
- The truth of a transfer runs from alongside to separated; an event begins when the vessels come within \
its widest separation, some minutes earlier.
- Intervals are 95 %, by bootstrap over seeds; few seeds make them rough.

Seeds {seeds}.
Seeds 1 to 9 served to build the bench; 101 and up are run to report and for nothing else.
"""


WITH_AND_WITHOUT = """\
These are the same events by the same preset, scored with and without the anomaly reason.

- *Weighs in* is the share of events that carry the reason.
- Kinds that do not weigh it are left out.
- It counts only where the run's drift is within its bound ([anomaly](definitions/anomaly.md)).
"""

READ = """\
An analyst reads from the highest score down, and each event takes {read_min:g} minutes (our assumption, \
not measured; an event of several vessels takes longer).
The table gives how many of the sought are found in the first hour, mean of simulations, and how many hours \
the alarms of 1,000 vessel-days take.
"""

DECEPTIONS = """\
These are simulations of their own, in which each of the following happens twice.

Sought:

- an MMSI that another takes over under way;
- name and IMO number rewritten;
- a track drawn by a computer far away;
- another hull that sends the MMSI;
- positions in a circle;
- positions that stand still;
- a call at Nampo with the transponder on (vessels of the DPRK are at home there, and score low).

Innocent:

- a typing slip;
- a vessel renamed in the open;
- a spare transponder;
- three vessels with the maker's MMSI;
- wild positions;
- a dead speed sensor;
- hours that come again under a late clock;
- one jammed area.

The simulator's deceptions and the detectors were written separately; what nobody thought of is in neither.
"""

INTERVALS = """\
These are dense simulations with a report every 10 s where the transponder sends as often, thinned to one \
report of a vessel in every interval.
"""


def page(
    about: dict[str, object],
    results: dict[str, list[dict[Key, Outcome]]],
    slow: list[dict[Key, Outcome]],
    deceptive: dict[str, list[dict[Key, Outcome]]],
) -> str:
    """Return the whole page.

    `results` are by regime, and so is `deceptive`, traffic with false names and positions; `slow` is
    traffic thinned to several intervals.
    """
    parts = [ABOUT.format(**about)]
    for regime, simulations in results.items():
        parts.append(f"## {regime.capitalize()} delivery\n")
        parts += _by_kind(simulations)
        parts += _with_and_without(simulations)
    parts += ["## False names, false positions, calls\n", DECEPTIONS]
    for regime, simulations in deceptive.items():
        parts += [f"**{regime.capitalize()} delivery**\n", *_by_kind(simulations)]
    if slow:
        parts += ["## Transfers by reporting interval\n", INTERVALS, *_by_interval(slow)]
    return "\n".join(parts) + "\n"


def _presets(simulations: Sequence[dict[Key, Outcome]]) -> list[str]:
    return list(dict.fromkeys(preset for preset, _, _ in simulations[0]))


def _by_kind(simulations: Sequence[dict[Key, Outcome]]) -> list[str]:
    groups = {
        f"{kind}, {preset}": [t[preset, None, kind] for t in simulations if (preset, None, kind) in t]
        for preset in _presets(simulations)
        for kind in dict.fromkeys(k for t in simulations for _, _, k in t)
    }
    groups = {name: outcomes for name, outcomes in groups.items() if outcomes}
    parts = [figure_table(MERIT, groups, "kind, preset"), "", figure_table(RANKS, groups, "kind, preset"), ""]
    for name, outcomes in groups.items():
        if not name.endswith(", default"):
            continue
        kind = name.removesuffix(", default")
        parts += [
            f"### {kind}, default: by what it truly is\n",
            label_table(outcomes),
            "",
            miss_table(outcomes),
            "",
        ]
        if kind == "dark_period":
            parts += [gap_table(outcomes), ""]
    return parts


def _with_and_without(simulations: Sequence[dict[Key, Outcome]]) -> list[str]:
    kinds = dict.fromkeys(k for t in simulations for preset, _, k in t if preset == PRESET)
    by_kind = {k: [t[PRESET, None, k] for t in simulations if (PRESET, None, k) in t] for k in kinds}
    weighed = {kind: outcomes for kind, outcomes in by_kind.items() if KIND_BY_NAME[kind].weighs_behaviour}
    lists = [[o for (p, _, _), o in t.items() if p == PRESET] for t in simulations]
    together = [as_one_list(each) for each in lists if each]
    if not together:
        return []
    return [
        f"### {PRESET}: with and without the anomaly reason\n",
        WITH_AND_WITHOUT,
        figure_table(ANOMALY, weighed, "kind"),
        "",
        f"### {PRESET}: events per analyst hour\n",
        READ.format(read_min=READ_MIN),
        figure_table(READING, {**by_kind, "all kinds in one list": together}, "kind"),
        "",
    ]


def _by_interval(simulations: Sequence[dict[Key, Outcome]]) -> list[str]:
    parts = []
    for preset in _presets(simulations):
        wanted = [s for p, s, k in simulations[0] if p == preset and k == "sts_transfer"]
        groups = {
            f"{interval_text(s)}, {preset}": [t[preset, s, "sts_transfer"] for t in simulations]
            for s in wanted
        }
        parts += [figure_table(BY_INTERVAL, groups, "interval, preset"), ""]
    return parts


def interval_text(interval_s: float | None) -> str:
    """Return an interval as a person writes it.

    >>> interval_text(10.0), interval_text(300.0), interval_text(7200.0)
    ('10 s', '5 min', '2 h')
    """
    if interval_s is None:
        return "as delivered"
    for unit_s, unit in ((3600.0, "h"), (60.0, "min")):
        if interval_s >= unit_s:
            return f"{interval_s / unit_s:g} {unit}"
    return f"{interval_s:g} s"
