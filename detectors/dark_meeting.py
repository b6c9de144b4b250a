"""Dark meetings: who may have met a vessel while she was silent. Leads, not findings of fact.

Either a vessel that lingers in sight, inside the reach of one that is silent meanwhile; or two that are
silent at once and could have lain together in open water. The definition is docs/definitions/dark_meeting.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from detectors.base import Detection, Finding, Linker, Scene
from detectors.history import unexplained
from detectors.params import Params, knob
from detectors.rendezvous import Fit, Silent, loiterer_fits, silent_fits, silent_of
from detectors.units import HOUR_S, KM_M, KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detectors.base import Measure

KIND = "dark_meeting"
VISIBLE, SILENT = "loitering", "dark_period"


@dataclass(frozen=True)
class DarkMeetingParams(Params):
    """Thresholds of a dark meeting."""

    together_min_h: float = knob(
        1.0,
        unit="h",
        low=0.25,
        high=24,
        meaning="Time that the silent vessel could have spent beside the one that lingers.",
        source="our choice: the shortest transfer that fills a small tanker's need",
    )
    both_silent_min_h: float = knob(
        4.0,
        unit="h",
        low=0.5,
        high=48,
        meaning="The same where both are silent, of which there are many more pairs.",
        source="our choice: sightings speak of several hours (Japan's Foreign Ministry, 2018-2020)",
    )
    silence_max_h: float = knob(
        240.0,
        unit="h",
        low=6,
        high=2000,
        meaning="Longer silences reach everything and say nothing of one place.",
        source="our choice: ten days",
    )
    fits_max: float = knob(
        5.0,
        unit="vessels",
        low=1,
        high=100,
        meaning="Where more silent vessels fit one place and time, chance explains it, and none is told.",
        source="our choice: what an analyst can look through",
    )
    silences_max: float = knob(
        150.0,
        unit="silences",
        low=2,
        high=2000,
        meaning="At most so many silences, the shortest, are paired with one another.",
        source="our choice: pairs grow with the square; 150 cost about a second",
    )
    open_water_km: float = knob(
        10.0,
        unit="km",
        low=0,
        high=100,
        meaning="Two silent vessels are paired only so far from shore and ports.",
        source="Starboard and Global Fishing Watch: 10 km",
    )


def link(scene: Scene, found: tuple[Finding, ...], params: DarkMeetingParams) -> Detection:
    """Find who may have met whom; one lead for each pair of vessels and place."""
    silences, more = _silences(scene, found, params)
    visible = unexplained(found)
    one_sided = loiterer_fits(scene, visible, silences, params.together_min_h * HOUR_S)
    both, unpaired = _both_silent(scene, silences, params)
    fits, count = _with_little_room(chain(one_sided, both), int(params.fits_max))
    findings = [_finding(scene, fit, room) for fit, room in fits]
    return Detection(
        findings=tuple(sorted(findings, key=lambda f: (f.start_s, f.vessels, f.anchors))),
        examined={
            "silences": len(silences),
            "silences_left_out": more,
            "silences_not_paired": unpaired,
            "lingering": len(visible),
            "fits": count,
            "told": len(findings),
        },
    )


LINKER = Linker(KIND, "Dark meeting", DarkMeetingParams, link)


def _silences(
    scene: Scene, found: tuple[Finding, ...], params: DarkMeetingParams
) -> tuple[list[Silent], int]:
    """Return the silences that may hide a meeting: not too long, and not in poor reception."""
    every = [f for f in found if f.kind == SILENT]
    kept = [
        f
        for f in every
        if f.lasted_h(scene.now_s) <= params.silence_max_h and f.measures.get("reception") != "poor"
    ]
    return [silent_of(f, scene.now_s) for f in kept], len(every) - len(kept)


def _both_silent(scene: Scene, silences: list[Silent], params: DarkMeetingParams) -> tuple[list[Fit], int]:
    """Return pairs of silences in good reception that could have met; the shortest ones of very many."""
    good = [s for s in silences if s.finding.measures.get("reception") == "good"]
    good.sort(key=lambda s: (s.until_s - s.start_s, s.start_s, s.finding.vessels))
    fits = silent_fits(good[: int(params.silences_max)], params.both_silent_min_h * HOUR_S)
    if not fits:
        return [], max(0, len(good) - int(params.silences_max))
    lon, lat = (np.array(c) for c in zip(*(f.place for f in fits), strict=True))
    far_m = params.open_water_km * KM_M
    open_water = scene.world.shore_distance_m(lon, lat) >= far_m
    open_water &= scene.world.nearest_ports(lon, lat).distance_m >= far_m
    open_water &= ~scene.world.on_land(lon, lat)
    kept = [fit for fit, is_open in zip(fits, open_water, strict=True) if is_open]
    return kept, max(0, len(good) - int(params.silences_max))


def _with_little_room(fits: Iterable[Fit], fits_max: int) -> tuple[list[tuple[Fit, int]], int]:
    """Return the fits of findings that at most so many other vessels fit, with how many: the room for chance.

    Also the count of all fits. A crowd makes millions of them: of each finding no more vessels than decide
    are kept, and no fit that cannot be told any more.
    """
    partners: dict[int, set[tuple[int, ...]]] = {}
    kept, count = [], 0
    for fit in fits:
        count += 1
        sides = [partners.setdefault(id(member), set()) for member in fit.members]
        for vessels, other in zip(sides, reversed(fit.members), strict=True):
            if len(vessels) <= fits_max:
                vessels.add(other.vessels)
        if max(map(len, sides)) <= fits_max:
            kept.append(fit)
    rooms = [(fit, max(len(partners[id(member)]) for member in fit.members)) for fit in kept]
    return [(fit, room) for fit, room in rooms if room <= fits_max], count


def _finding(scene: Scene, fit: Fit, room: int) -> Finding:
    members = tuple(sorted(fit.members, key=lambda f: (f.vessels, f.kind)))
    rows = tuple(sorted({r for f in members for r in f.rows}, key=lambda r: (scene.tracks.time_s[r], r)))
    measures: dict[str, Measure] = {
        "together_at_most_h": (fit.end_s - fit.start_s) / HOUR_S,
        "fits": room,
        "sides_seen": sum(f.kind == VISIBLE for f in members),
        "reception_good": all(f.measures.get("reception", "good") == "good" for f in members),
        "way_km": fit.way_m / KM_M,
        "speed_needed_kn": fit.way_m / max(fit.silent_s - (fit.end_s - fit.start_s), 1.0) / KNOT_MPS,
    }
    return Finding(
        kind=KIND,
        start_s=fit.start_s,
        end_s=fit.end_s,
        vessels=tuple(sorted({v for f in members for v in f.vessels})),
        rows=rows,
        anchors=tuple(f.anchors[0] for f in members),
        path=(fit.place,),
        measures=measures,
        behaved_until_s=fit.start_s,
        members=members,
    )
