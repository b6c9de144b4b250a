"""Dark meetings: who may have met a vessel while she was silent. Leads, not findings of fact.

Either a vessel that lingers in sight, inside the reach of one that is silent meanwhile; or two that are
silent at once and could have lain together in open water. The definition is docs/definitions/dark_meeting.md.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.findings import Detection, Finding
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS
from detectors.dark_meeting.candidate_partners import Partners
from detectors.dark_meeting.feasible_encounters import Fits, Silent, loiterer_fits, silent_fits, silent_of
from detectors.events.history import History
from detectors.events.relations import unexplained_loitering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.measures import Value
    from detectors.dark_meeting.params import DarkMeetingParams
    from detectors.scene import Scene
    from detectors.tracks.reports import Int64

NAME = "dark_meeting"
VISIBLE, SILENT = "loitering", "dark_period"


def link(scene: Scene, found: tuple[Finding, ...], params: DarkMeetingParams) -> Detection:
    """Find who may have met whom; one lead for each pair of vessels and place."""
    visible = unexplained_loitering(History.of(found))
    silences, more = _silences(scene, found, len(visible), params)
    findings = [*visible, *(silence.finding for silence in silences)]
    partners = Partners(_ships(findings), int(params.candidate_partners_max))
    one_sided = loiterer_fits(scene, visible, silences, params.together_min_h * HOUR_S, partners.decides)
    both, unpaired = _both_silent(scene, silences, params)
    fits, rooms, count = partners.taken(chain(one_sided, [both]))
    leads = [_finding(scene, findings, fits, n, room) for n, room in enumerate(rooms.tolist())]
    return Detection(
        findings=tuple(sorted(leads, key=lambda f: (f.start_s, f.vessels, f.anchors))),
        examined={
            "gaps": len(silences),
            "gaps_left_out": more,
            "gaps_not_paired": unpaired,
            "loitering": len(visible),
            "candidate_partners": count,
            "reported": len(leads),
        },
    )


def _silences(
    scene: Scene, found: tuple[Finding, ...], first: int, params: DarkMeetingParams
) -> tuple[list[Silent], int]:
    """Return the silences that may hide a meeting: not too long, and not in poor reception.

    Their findings are numbered from `first`. Also how many were left out.
    """
    every = [f for f in found if f.kind == SILENT]
    kept = [
        f
        for f in every
        if f.lasted_h(scene.now_s) <= params.gap_max_h and f.measures.get("reception") != "poor"
    ]
    silences = [silent_of(f, number, scene.now_s) for number, f in enumerate(kept, start=first)]
    return silences, len(every) - len(kept)


def _both_silent(scene: Scene, silences: list[Silent], params: DarkMeetingParams) -> tuple[Fits, int]:
    """Return pairs of silences in good reception that could have met; the shortest ones of very many."""
    good = [s for s in silences if s.finding.measures.get("reception") == "good"]
    good.sort(key=lambda s: (s.until_s - s.start_s, s.start_s, s.finding.vessels))
    fits = silent_fits(good[: int(params.gaps_max)], params.both_dark_min_h * HOUR_S)
    if len(fits):
        lon, lat = fits.place.T.copy()
        far_m = params.open_water_km * KM_M
        open_water = scene.world.shore_distance_m(lon, lat) >= far_m
        open_water &= scene.world.nearest_ports(lon, lat).distance_m >= far_m
        fits = fits.take(open_water & ~scene.world.on_land(lon, lat))
    return fits, max(0, len(good) - int(params.gaps_max))


def _ships(findings: Sequence[Finding]) -> Int64:
    """Return a number for the vessels of each finding, the same for the same ones."""
    numbers: dict[tuple[int, ...], int] = {}
    return np.array([numbers.setdefault(f.vessels, len(numbers)) for f in findings], dtype=np.int64)


def _finding(scene: Scene, findings: Sequence[Finding], fits: Fits, n: int, room: int) -> Finding:
    paired = [findings[number] for number in fits.members[n]]
    members = (min(paired, key=_of_member), max(paired, key=_of_member))
    start_s, end_s, way_m = (float(column[n]) for column in (fits.start_s, fits.end_s, fits.way_m))
    rows = tuple(sorted({r for f in members for r in f.rows}, key=lambda r: (scene.tracks.time_s[r], r)))
    measures: dict[str, Value] = {
        "feasible_encounter_h": (end_s - start_s) / HOUR_S,
        "candidate_partners": room,
        "sides_observed": sum(f.kind == VISIBLE for f in members),
        "reception_good": all(f.measures.get("reception", "good") == "good" for f in members),
        "sailing_distance_km": way_m / KM_M,
        "speed_needed_kn": way_m / max(float(fits.silent_s[n]) - (end_s - start_s), 1.0) / KNOT_MPS,
    }
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=tuple(sorted({v for f in members for v in f.vessels})),
        rows=rows,
        anchors=tuple(f.anchors[0] for f in members),
        path=((float(fits.place[n, 0]), float(fits.place[n, 1])),),
        measures=measures,
        behaved_until_s=start_s,
        members=members,
    )


def _of_member(finding: Finding) -> tuple[tuple[int, ...], str]:
    return finding.vessels, finding.kind
