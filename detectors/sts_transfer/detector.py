"""Ship-to-ship transfers: two vessels close together for long enough, slow or sailing side by side.

The definition, in words and with its limits, is docs/definitions/sts_transfer.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.encounter_tiers import TIERS, UNDER_WAY
from detectors.core.findings import CROWD, Detection, Finding
from detectors.core.measures import known_in, number_in
from detectors.core.single_linkage import middle_of
from detectors.core.units import HOUR_S, KM_M
from detectors.kernels.encounters.solving import (
    CONTACT_S,
    END_OF_S,
    FIRST_TIER,
    HULL_A,
    HULL_B,
    MEDIAN_M,
    NEAREST_M,
    P95_M,
    REPORTS,
    SPREAD_M,
    START_S,
    STAYED_M,
)
from detectors.sts_transfer.evidence.encounter import Meeting, measured
from detectors.sts_transfer.evidence.hull_distance import NOT_MEASURED, Beside, beside
from detectors.sts_transfer.evidence.surroundings import in_company
from detectors.sts_transfer.evidence.third_vessel import with_thirds
from detectors.sts_transfer.near_misses import near_misses
from detectors.sts_transfer.satellite.passes import pass_meetings, pass_rows, passes_of
from detectors.sts_transfer.search import LADDER_M, innermost_tier, solve, without_parts

if TYPE_CHECKING:
    from detectors.core.measures import Value, Values
    from detectors.kernels.tracks.fixes import Fixes
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.satellite.pass_encounter import PassMeeting
    from detectors.tracks.reports import Bool, Float32, Float64, Int64

NAME = "sts_transfer"


def detect(scene: Scene, params: StsParams) -> Detection:
    """Find the meetings of two vessels that are consistent with a transfer."""
    solved = solve(scene, params)
    met = pass_meetings(scene, params)
    slow, missed = _told_slow(scene, params, solved.slow, met)
    way = _told_under_way(scene, params, solved.under_way)
    keep_slow, keep_way = without_parts(
        _rows(slow, solved.slow), _rows(way, solved.under_way), params.encounter.under_way_contact_times
    )
    both = [
        f
        for told, kept in ((slow, keep_slow), (way, keep_way))
        for (f, _), k in zip(told, kept, strict=True)
        if k
    ]
    both += _told_at_passes(scene, params, solved.speed_mps, met, both)
    kept = [f for f in both if _far_from_port(scene, f, params)]
    kept = with_thirds(scene, sorted(kept, key=lambda f: (f.start_s, f.vessels)), params)
    findings = in_company(scene, kept, params, solved.speed_mps)
    return Detection(
        findings=findings,
        examined={
            "pairs_near": solved.pairs,
            "encounters": len(solved.slow) + len(solved.under_way),
            "reported": len(kept),
            "in_crowds": solved.crowded,
        },
        near_misses=near_misses(scene, NAME, params, missed),
        warnings=_crowd_warning(solved.crowded, params),
        candidates=tuple(_stay(scene, *row) for row in solved.stays.tolist()),
    )


Told = list[tuple[Finding, "Float64"]]


def _rows(told: Told, like: Float64) -> Float64:
    return np.array([row for _, row in told]).reshape(len(told), like.shape[1])


def _told_slow(
    scene: Scene, params: StsParams, rows: Float64, met: list[PassMeeting]
) -> tuple[Told, Float64]:
    """Return the findings of slow meetings with their rows, and the rows that meet no tier."""
    lay = beside(scene, rows, params)
    by_antennas = innermost_tier(
        rows, [params.encounter.min_s(t) for t in params.encounter.tiers], params.encounter.reports_min
    )
    by_hulls = np.where(rows[:, REPORTS] >= params.encounter.reports_min, lay.tier(params), -1)
    is_told = (by_antennas >= 0) | (by_hulls >= 0)
    passes, rows = _passes(scene, params, rows, ~is_told, met)
    is_told |= passes >= params.satellite.passes_min
    meetings = []
    for n in np.flatnonzero(is_told).tolist():
        by_tier = _tier_measures(params, lay, n, int(by_antennas[n]), int(by_hulls[n]))
        extra = by_tier or _pass_measures(int(passes[n]))
        meetings.append(_meeting(params, rows[n], extra, is_under_way=False))
    return list(zip(measured(scene, NAME, meetings, params), rows[is_told], strict=True)), rows[~is_told]


def _tier_measures(params: StsParams, lay: Beside, number: int, by_antennas: int, by_hulls: int) -> Values:
    """Return the tier that a slow meeting meets, and by what; nothing where it meets none."""
    if max(by_antennas, by_hulls) < 0:
        return {}
    by = "hulls" if by_antennas < 0 or 0 <= by_hulls < by_antennas else "antennas"
    tier = by_hulls if by == "hulls" else by_antennas
    return {"tier": params.encounter.tiers[tier], "tier_by": by, **lay.measures(number)}


def _passes(
    scene: Scene, params: StsParams, rows: Float64, wanted: Bool, met: list[PassMeeting]
) -> tuple[Int64, Float64]:
    """Return at how many passes some slow meetings were observed, and all rows, with how near it was then.

    0 for those that are not long enough.
    """
    passes, rows = np.zeros(len(rows), dtype=np.int64), rows.copy()
    if params.satellite.reported:
        wanted = wanted & (rows[:, END_OF_S] - rows[:, START_S] >= params.encounter.min_s(TIERS[-1]))
        spans = rows[wanted][:, [HULL_A, HULL_B, START_S, END_OF_S]]
        passes[wanted], nearest_m = passes_of(scene, spans, params, met)
        rows[wanted, NEAREST_M] = np.minimum(rows[wanted, NEAREST_M], nearest_m)
    return passes, rows


def _pass_measures(count: int) -> Values:
    return {"tier": "passes", "tier_by": "passes", "joint_passes": count, **NOT_MEASURED}


def _told_at_passes(
    scene: Scene, params: StsParams, speed_mps: Float32, met: list[PassMeeting], told: list[Finding]
) -> list[Finding]:
    """Return what passes alone tell: meetings of two of whom nothing is told meanwhile."""
    index = scene.tracks.segments.vessel_index
    spans: dict[tuple[int, ...], list[tuple[float, float]]] = {}
    for finding in told:
        spans.setdefault(finding.vessels, []).append((finding.start_s, finding.end_s or finding.start_s))
    alone = []
    for each in met:
        pair = tuple(sorted(int(index[segment]) for segment in each.segments))
        if not any(start_s <= each.end_s and end_s >= each.start_s for start_s, end_s in spans.get(pair, ())):
            alone.append(each)
    meetings = [
        _meeting(params, row, _pass_measures(each.passes), is_under_way=each.is_under_way, ways=each.ways)
        for each, row in zip(alone, pass_rows(scene, params, alone, speed_mps), strict=True)
    ]
    return measured(scene, NAME, meetings, params)


def _told_under_way(scene: Scene, params: StsParams, rows: Float64) -> Told:
    """Return the findings of meetings under way with their rows."""
    tier = innermost_tier(
        rows,
        [params.encounter.min_s(UNDER_WAY)] * len(params.encounter.way_tiers),
        params.encounter.reports_min,
    )
    rows, is_close = rows[tier >= 0], tier[tier >= 0] == len(params.encounter.way_tiers) - 1
    lay = beside(scene, rows, params)
    by_hulls = is_close & lay.are_alongside(params)
    meetings = []
    for n, row in enumerate(rows):
        name = "close" if is_close[n] and not by_hulls[n] else TIERS[0]
        extra = {"tier": name, "tier_by": "hulls" if by_hulls[n] else "antennas", **lay.measures(n)}
        meetings.append(_meeting(params, row, extra, is_under_way=True))
    told = zip(measured(scene, NAME, meetings, params), rows, strict=True)
    return [(finding, row) for finding, row in told if _moved_alike(finding, params)]


def _moved_alike(finding: Finding, params: StsParams) -> bool:
    relative_kn = finding.measures["relative_speed_kn"]
    return isinstance(relative_kn, float) and relative_kn <= params.encounter.under_way_relative_speed_max_kn


def _meeting(
    params: StsParams,
    row: Float64,
    extra: Values,
    *,
    is_under_way: bool,
    ways: tuple[Fixes, Fixes] | None = None,
) -> Meeting:
    by_passes = ways is not None  # measured by the tiers of slow meetings, sailing or not
    tiers = params.encounter.way_tiers if is_under_way and not by_passes else params.encounter.tiers
    segments = (int(row[HULL_A]), int(row[HULL_B]))
    contact_s = row[FIRST_TIER:]
    names = [f"{t}_contact_h" for t in tiers] + [f"contact_within_{m:g}m_h" for m in LADDER_M]
    measures: dict[str, Value] = {
        **extra,
        "contact_h": float(row[CONTACT_S]) / HOUR_S,
        "min_separation_m": _known(row[NEAREST_M]),
        "stayed_separation_m": _known(row[STAYED_M]),
        "median_separation_m": _known(row[MEDIAN_M]),
        "p95_separation_m": _known(row[P95_M]),
        "separation_spread_m": _known(row[SPREAD_M]),
        **{name: float(s) / HOUR_S for name, s in zip(names, contact_s, strict=True)},
    }
    measures["tier_contact_h"] = _tier_contact_h(measures, is_under_way=is_under_way)
    measures["near_share"] = _near_share(measures)
    measures["alongside_share"] = _alongside_share(measures)
    span = (float(row[START_S]), float(row[END_OF_S]))
    return Meeting(segments, span, measures, is_under_way, ways)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _tier_contact_h(told: Values, *, is_under_way: bool) -> Value:
    """Return the contact within the tier that is told, by what told it; None for passes: they are moments.

    A spell that came close once goes on up to a wider separation: of that, only time within 200 m counts.
    """
    if told["tier_by"] == "passes":
        return None
    if told["tier_by"] == "hulls":
        return told[f"hulls_{told['tier']}_h"]
    if told["tier"] != TIERS[1]:
        return told[f"{told['tier']}_contact_h"]
    spells, near = (
        f"{UNDER_WAY if is_under_way else TIERS[1]}_contact_h",
        "contact_within_200m_h",
    )
    return min(known_in(told, spells), known_in(told, near))


def _alongside_share(told: Values) -> float | None:
    """Return the share of the contact alongside; None where the tier is another."""
    if told["tier"] != TIERS[0]:
        return None
    contact_h = known_in(told, "contact_h")
    return known_in(told, "tier_contact_h") / contact_h if contact_h else known_in(told, "tier_contact_h")


def _near_share(told: Values) -> float | None:
    """Return the share of the contact within 200 m, antennas or segments.

    None where the tier is a wider one.
    """
    contact_h, near_h = known_in(told, "contact_h"), known_in(told, "contact_within_200m_h")
    hulls_h = number_in(told, "hulls_close_h")
    if (
        told["tier_by"] == "hulls" and hulls_h is not None
    ):  # who lay so near without a heading is not known to lie side by side
        near_h = max(near_h, hulls_h)
    return min(1.0, near_h / contact_h) if told["tier"] in TIERS[:2] and contact_h else None


def _stay(scene: Scene, segment: int, first: int, last: int) -> Finding:
    """Return the lead of a segment that lay in a crowd.

    From the first to the last report of her slow time.
    """
    segments = scene.tracks.segments
    part = slice(first, last + 1)
    end_s = float(segments.time_s[last])
    rows = (int(segments.row[first]),)
    return Finding(
        kind=CROWD,
        start_s=float(segments.time_s[first]),
        end_s=end_s,
        vessels=(int(segments.vessel_index[segment]),),
        rows=rows,
        anchors=rows,
        path=(middle_of(np.stack([segments.lon_deg[part], segments.lat_deg[part]], axis=1)),),
        measures={},
        behaved_until_s=end_s,
    )


def _far_from_port(scene: Scene, finding: Finding, params: StsParams) -> bool:
    if params.encounter.port_min_km == 0:
        return True
    lon, lat = (np.array([degrees]) for degrees in finding.path[0])
    distance_m = scene.world.nearest_ports(lon, lat).distance_m[0]
    return bool(distance_m >= params.encounter.port_min_km * KM_M)


def _crowd_warning(crowded: int, params: StsParams) -> tuple[str, ...]:
    if not crowded:
        return ()
    crowd = (
        f"more than {params.encounter.neighbours_max:g} vessels within {params.encounter.near_leave_m:g} m"
    )
    told = "pairs inside one were not solved; see the events of kind raft"
    text = f"{crowded} positions of the search lay in crowds ({crowd}): {told}"
    return (text,)
