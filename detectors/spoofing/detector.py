"""Spoofing: positions that no vessel can have sent from, or that no receiver measured.

The definition and its limits are in docs/definitions/spoofing.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.findings import Detection, Finding
from detectors.spoofing.area import area_sign, areas
from detectors.spoofing.circles import circling
from detectors.spoofing.echoes import without_echoes
from detectors.spoofing.lines import on_land, too_smooth
from detectors.spoofing.motion import contradicting, frozen
from detectors.spoofing.sign import INTERLEAVED, SORTS, Sign
from detectors.spoofing.stays import shared_mmsis, signs_of_places
from detectors.tracks.codes import MAKERS_NUMBERS
from detectors.vessels.flags import mmsi_fault
from detectors.vessels.names import is_other_text

if TYPE_CHECKING:
    from detectors.core.measures import Value
    from detectors.scene import Scene
    from detectors.spoofing.params import SpoofingParams
    from detectors.tracks.tracks import Tracks

NAME = "spoofing"
COUNTRY_ONLY = 1_000_000
"""Unconfigured transponders also send a country's three digits followed by zeros."""


def detect(scene: Scene, params: SpoofingParams) -> Detection:
    """Find the signs of false positions; one event for an MMSI and a time, or for an area."""
    if not len(scene.tracks):
        return Detection()
    signs, examined = _signs(scene, params)
    groups, single = areas(scene.tracks, without_echoes(signs), params)
    single = without_echoes(single, [sign for group in groups for sign in group])
    findings = [_finding(scene, group_of_signs) for group_of_signs in _joined(single)]
    for group in groups:
        sign, named = area_sign(scene.tracks, group, params)
        findings.append(_finding(scene, [sign], named))
    findings.sort(key=lambda f: (f.start_s, f.vessels, f.rows))
    return Detection(
        findings=tuple(findings),
        examined={**examined, "areas": len(groups), "reported": len(findings)},
    )


def _signs(scene: Scene, params: SpoofingParams) -> tuple[list[Sign], dict[str, int]]:
    """Return all signs of all MMSIs, and what was examined."""
    shared = shared_mmsis(scene.tracks, params)
    places = [sign for vessel in shared for sign in signs_of_places(scene.tracks, int(vessel), params)]
    circle_signs, circles = circling(scene, params)
    frozen_signs, repeated = frozen(scene, params)
    contradictions, sensors = contradicting(scene, params)
    ashore, inland = on_land(scene, params)
    ruled, smooth = too_smooth(scene, params)
    examined = {
        "mmsis_in_two_places": len(shared),
        "circles_laid": circles,
        "positions_repeated": repeated,
        "sensors_off": sensors,
        "runs_inland": inland,
        **smooth,
    }
    return [*places, *circle_signs, *frozen_signs, *contradictions, *ashore, *ruled], examined


def _joined(signs: list[Sign]) -> list[list[Sign]]:
    """Join the signs of one MMSI whose times overlap; in each the plainest first."""
    groups: list[list[Sign]] = []
    until_s = float("-inf")
    for sign in sorted(signs, key=lambda s: (s.vessel, s.start_s, SORTS.index(s.sort), s.rows)):
        if not groups or sign.vessel != groups[-1][0].vessel or sign.start_s > until_s:
            groups.append([])
            until_s = sign.end_s
        groups[-1].append(sign)
        until_s = max(until_s, sign.end_s)
    return [sorted(g, key=lambda s: (SORTS.index(s.sort), s.start_s, s.rows)) for g in groups]


def _finding(scene: Scene, signs: list[Sign], named: tuple[int, ...] = ()) -> Finding:
    """Return the event of signs that are reported together; the first of them names it."""
    tracks, main = scene.tracks, signs[0]
    merged: dict[str, Value] = {}
    for sign in reversed(signs):
        merged.update(sign.measures)
    start_s, end_s = min(s.start_s for s in signs), max(s.end_s for s in signs)
    rows = {row for sign in signs for row in sign.rows}
    vessels = named or (main.vessel,)
    others = sorted({s.sort for s in signs} - {main.sort}, key=SORTS.index)
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=vessels,
        rows=tuple(sorted(rows, key=lambda row: (float(tracks.time_s[row]), row))),
        anchors=(main.rows[0],),
        path=main.path,
        behaved_until_s=end_s,
        measures={
            "pattern": main.sort,
            "also": "+".join(others) or None,
            "patterns": len(others) + 1,
            **merged,
            **_mmsi_measures(tracks, main, named),
        },
    )


def _mmsi_measures(tracks: Tracks, sign: Sign, named: tuple[int, ...]) -> dict[str, Value]:
    """Return the fault of an MMSI, and the names declared under it: signs of an innocent sharing."""
    if named:
        return {"mmsi_fault": None}
    measures: dict[str, Value] = {"mmsi_fault": mmsi_fault_code(int(tracks.vessel[sign.vessel]))}
    if sign.sort == INTERLEAVED:
        measures["names_reported"] = _names(tracks, sign.vessel)
    return measures


def mmsi_fault_code(mmsi: int) -> str | None:
    """Return ``default`` for an MMSI that a maker sets, ``malformed`` for one that is no ship's.

    >>> [mmsi_fault_code(mmsi) for mmsi in (123456789, 416000000, 98, 440123456)]
    ['default', 'default', 'malformed', None]
    """
    if mmsi < 0:
        return None
    is_default = mmsi in MAKERS_NUMBERS or (mmsi >= COUNTRY_ONLY and mmsi % COUNTRY_ONLY == 0)
    return "default" if is_default else mmsi_fault(mmsi)


def _names(tracks: Tracks, vessel: int) -> str | None:
    """Return whether one name or several are declared under an MMSI; None where there is none."""
    names = {static.name for static in tracks.statics.get(int(tracks.vessel[vessel]), ()) if static.name}
    if not names:
        return None
    first, *rest = sorted(names)
    return "several" if any(is_other_text(first, other) for other in rest) else "one"
