import dataclasses
import itertools

import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, scene_of, still

from detectors.core.findings import Finding
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.sts_cluster.linker import link
from detectors.sts_cluster.params import ClusterParams
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.tracks.reports import StaticReport
from detectors.vessels.watch_list import WatchList

ALL = ClusterParams()


def seen_of(scene):
    return detect(scene, StsParams()).findings


def clusters(*parts, params=ALL):
    scene = scene_of(*parts)
    return link(scene, seen_of(scene), params).findings


def calls(mmsi, at_h, contact_h=3.0, east_m=80.0, north_m=0.0, away_m=20_000.0):
    """A feeder that comes to a place, stays and goes."""
    hours = every(5, at_h - 2, at_h + contact_h + 2)
    corners = [at_h - 1, at_h, at_h + contact_h, at_h + contact_h + 1]
    east = np.interp(hours, corners, [away_m, east_m, east_m, away_m])
    return path(mmsi, hours, east, north_m + 0 * hours)


def hub(until_h=80.0, mmsi=1):
    return still(mmsi, every(5, -3, until_h))


def test_one_hull_with_three_feeders_in_36_hours_is_one_cluster():
    (cluster,) = clusters(hub(), calls(2, 0), calls(3, 15), calls(4, 33))
    told = cluster.measures
    assert (told["hub"], told["partners"], told["segments"], told["encounters"]) == ("1", 3, 4, 3)
    assert cluster.vessels == (0, 1, 2, 3)
    assert [f.vessels for f in cluster.members] == [(0, 1), (0, 2), (0, 3)]
    assert told["contact_h"] == pytest.approx(9, abs=0.3)
    assert told["span_h"] == pytest.approx(36, abs=0.3)
    assert told["longest_pause_h"] == pytest.approx(15, abs=0.3)
    assert told["at_once"] == 1
    assert (cluster.start_s - T0) / HOUR == pytest.approx(0, abs=0.1)


def test_three_ships_side_by_side_are_one_cluster_of_three_meetings():
    """Each near the two others, in a triangle: nobody lies between two."""
    (cluster,) = clusters(*(still(n, every(5, 0, 6), 40.0 * n, 40.0 * (n == 2)) for n in (1, 2, 3)))
    assert (cluster.measures["encounters"], cluster.measures["segments"]) == (3, 3)
    assert cluster.measures["at_once"] == 2


def test_a_single_meeting_is_no_cluster():
    assert clusters(hub(10), calls(2, 0)) == ()


def test_two_meetings_of_one_pair_are_one_cluster():
    parts = calls(2, 0), calls(2, 12)
    (cluster,) = clusters(hub(20), *parts)
    assert (cluster.measures["partners"], cluster.measures["encounters"]) == (1, 2)


@pytest.mark.parametrize(("pause_h", "told"), [(23.0, 1), (25.0, 0), (30.0, 0)])
def test_meetings_more_than_24_hours_apart_are_not_linked(pause_h, told):
    assert len(clusters(hub(), calls(2, 0), calls(3, 3 + pause_h))) == told


@pytest.mark.parametrize(("away_km", "told"), [(45, 1), (60, 0)])
def test_meetings_more_than_50_km_apart_are_not_linked(away_km, told):
    hours = every(5, -1, 24)
    moved = path(1, hours, 0 * hours, np.interp(hours, [4, 10], [0, away_km * 1000]))
    assert len(clusters(moved, calls(2, 0), calls(3, 12, north_m=away_km * 1000))) == told


def test_meetings_of_different_ships_at_one_place_are_not_linked():
    """A shared place is no shared hull: the second pair comes when the first has gone."""
    first = calls(1, 0, east_m=0, away_m=-20_000), calls(2, 0)
    second = calls(3, 8, east_m=0, away_m=-40_000), calls(4, 8, away_m=40_000)
    assert clusters(*first, *second) == ()


def test_hulls_that_share_a_number_do_not_join_clusters():
    """Number 1 is two hulls 300 km apart: the feeder of one and the feeder of the other are strangers."""
    there = still(1, every(5, -3, 40) + 0.02, north_m=300_000.0)
    far = calls(3, 8, north_m=300_000.0)
    params = dataclasses.replace(ALL, distance_max_km=500.0)
    assert clusters(hub(40), there, calls(2, 0), far, params=params) == ()


def test_a_chain_of_ships_is_one_cluster_however_its_hulls_are_numbered():
    """A meets B, B meets C: the hub is B, who met both."""
    for a, b, c in itertools.permutations((1, 2, 3)):
        (cluster,) = clusters(hub(30, mmsi=b), calls(a, 0), calls(c, 12))
        assert cluster.measures["hub"] == str(b)


def test_a_chain_longer_than_72_hours_is_cut_where_the_first_72_are_over():
    feeders = [calls(2 + n, 20.0 * n) for n in range(7)]
    one, other = clusters(hub(140), *feeders)
    assert [c.measures["encounters"] for c in (one, other)] == [4, 3]
    assert one.measures["span_h"] <= 72


def test_a_feeder_that_comes_later_changes_nothing_of_what_was_joined_before():
    feeders = [calls(2 + n, 20.0 * n) for n in range(7)]
    for count in range(2, 8):
        told = clusters(hub(140), *feeders[:count])
        assert [c.measures["encounters"] for c in told] == [n for n in (min(count, 4), count - 4) if n > 1]


def test_a_mooring_of_five_days_links_nothing():
    times = every(5, 0, 125)
    moored = still(1, times), still(9, times, north_m=-400.0)
    (cluster,) = clusters(*moored, calls(2, 10, north_m=150), calls(3, 20, north_m=150))
    assert (cluster.measures["encounters"], cluster.measures["segments"]) == (2, 3)


def fake(n, hulls, start_h, end_h, tier="close", **told):
    """A finding with anchors as the rows of two hulls that sent one report each."""
    return Finding(
        kind="sts_transfer",
        start_s=T0 + start_h * HOUR,
        end_s=T0 + end_h * HOUR,
        vessels=hulls,
        rows=hulls,
        anchors=hulls,
        path=((124.0 + n * 1e-6, 38.0),),
        measures={
            "contact_h": end_h - start_h,
            "tier": tier,
            "reports_least": 5,
            "slow_vessels_within_2nm": 0,
            "hull_clearance_m": None,
            "hull_clearance_by_antennas_m": None,
            "third_vessel_between_share": 0.0,
            "in_line_offset_m": None,
            "independent_swing_m": None,
            **told,
        },
        behaved_until_s=T0 + end_h * HOUR,
    )


def one_report_each(count):
    return scene_of(*(still(1 + n, [0.0]) for n in range(count)))


def test_the_order_of_findings_changes_nothing():
    rng = np.random.default_rng(5)
    scene = one_report_each(12)
    pairs = [tuple(sorted(rng.choice(12, 2, replace=False).tolist())) for _ in range(60)]
    starts = rng.uniform(0, 300, 60)
    seen = [fake(n, pair, s, s + 4) for n, (pair, s) in enumerate(zip(pairs, starts, strict=True))]
    expected = link(scene, tuple(seen), ALL).findings
    assert len(expected) > 3
    for _ in range(5):
        assert link(scene, tuple(seen[n] for n in rng.permutation(60)), ALL).findings == expected


def test_two_clusters_become_one_by_a_meeting_of_both_only_where_all_fits():
    scene = one_report_each(6)
    first = fake(0, (0, 1), 0, 4), fake(1, (0, 2), 6, 10)
    second = fake(2, (3, 4), 20, 24), fake(3, (3, 5), 26, 30)
    (whole,) = link(scene, (*first, *second, fake(4, (0, 3), 31, 34)), ALL).findings
    assert whole.measures["encounters"] == 5
    late = fake(2, (3, 4), 48, 52), fake(3, (3, 5), 54, 58), fake(5, (0, 1), 30, 33)
    parts = link(scene, (*first, *late, fake(4, (0, 3), 60, 74)), ALL).findings
    assert [c.measures["encounters"] for c in parts] == [3, 3]


def test_two_clusters_that_became_one_began_when_the_first_did():
    scene = one_report_each(7)
    small = (fake(0, (0, 1), 0, 4),)
    large = fake(1, (2, 3), 6, 10), fake(2, (2, 4), 12, 16), fake(3, (2, 5), 18, 22)
    joint = fake(4, (0, 2), 20, 24)
    late = fake(5, (0, 6), 44, 71), fake(6, (0, 1), 72, 75)
    (whole,) = link(scene, (*small, *large, joint, *late), ALL).findings
    assert whole.measures["encounters"] == 6


def test_a_meeting_of_two_clusters_that_do_not_fit_together_joins_the_first():
    scene = one_report_each(6)
    first = fake(0, (0, 1), 0, 4), fake(1, (0, 2), 24, 50)
    second = fake(2, (3, 4), 40, 74), fake(3, (3, 5), 60, 80)
    parts = link(scene, (*first, *second, fake(4, (0, 3), 61, 70)), ALL).findings
    assert [c.measures["encounters"] for c in parts] == [3, 2]


def test_many_meetings_of_one_hull_cost_little():
    """Twenty thousand meetings of one hull in one place: joined in order, never compared all with all."""
    scene = one_report_each(3)
    seen = tuple(fake(n, (0, 1 + n % 2), 0.003 * n, 0.003 * n + 1) for n in range(20_000))
    (cluster,) = link(scene, seen, ALL).findings
    assert cluster.measures["encounters"] == 20_000


def test_events_of_a_cluster_and_its_meetings_name_each_other():
    scene = scene_of(hub(30), calls(2, 0), calls(3, 12))
    seen = seen_of(scene)
    found = (*seen, *link(scene, seen, ALL).findings)
    *pairs, cluster = make_events(found, scene, WatchList(), Area("all"))
    assert cluster.kind == "sts_cluster"
    assert cluster.members == tuple(p.id for p in pairs)
    assert {p.part_of for p in pairs} == {(cluster.id,)}
    assert cluster.summary.startswith("Between 2024-03-01 0")
    assert "3 vessels had 2 encounters, 1 with 2 of the others" in cluster.summary


@pytest.mark.parametrize(
    ("told", "clusters"),
    [
        ({"hull_clearance_m": 49.0, "hull_clearance_by_antennas_m": 49.0}, 1),
        ({"hull_clearance_m": 51.0}, 0),
        ({"hull_clearance_by_antennas_m": 51.0}, 0),
        ({"in_line_offset_m": 90.0}, 0),
        ({"independent_swing_m": 90.0}, 0),
    ],
)
def test_who_is_seen_not_to_lie_alongside_is_kept_out(told, clusters):
    scene = one_report_each(3)
    seen = fake(0, (0, 1), 0, 4), fake(1, (0, 2), 6, 10, **told)
    assert len(link(scene, seen, ALL).findings) == clusters


def test_who_lay_at_anchor_nearby_with_water_between_joins_no_operation():
    """Two feeders, and a third ship that is seen 450 m off all the time: told as a meeting, and no member."""
    times = every(5, -3, 30)
    swings = path(1, times, 45 * np.cos(0.5 * times), 45 * np.sin(0.5 * times))
    feeders = calls(2, 0, east_m=60.0), calls(3, 12, east_m=60.0)
    scene = scene_of(swings, *feeders, calls(4, 6, north_m=450.0))
    seen = seen_of(scene)
    (cluster,) = link(scene, seen, ALL).findings
    assert (len(seen), cluster.measures["encounters"], cluster.measures["segments"]) == (3, 2, 3)
    (all_of_them,) = link(scene, seen, dataclasses.replace(ALL, clearance_max_m=1000.0)).findings
    assert all_of_them.measures["segments"] == 4


def test_a_craft_on_a_line_astern_joins_no_operation():
    """Two feeders alongside a large ship that points north, and a launch 100 m astern of it meanwhile."""
    times = every(5, -3, 30)
    large = still(1, times, heading_deg=0 * times)
    size = [StaticReport(1, T0, length_m=250.0, beam_m=44.0)]
    launch = calls(4, 6, east_m=2.0, north_m=-100.0, away_m=-20_000.0)
    scene = scene_of(large, calls(2, 0, east_m=25.0), calls(3, 12, east_m=25.0), launch, statics=size)
    seen = seen_of(scene)
    (cluster,) = link(scene, seen, ALL).findings
    assert (len(seen), cluster.measures["encounters"], cluster.measures["segments"]) == (3, 2, 3)


@pytest.mark.parametrize("apart_m", [60.0, 190.0])
def test_a_cluster_scores_no_higher_than_its_best_meeting(apart_m):
    """Two neighbours at 190 m, one after the other, are no operation because they are two."""
    times = every(5, -3, 30)
    swings = path(1, times, 45 * np.cos(0.5 * times), 45 * np.sin(0.5 * times))
    scene = scene_of(swings, calls(2, 0, east_m=apart_m), calls(3, 12, east_m=apart_m))
    seen = seen_of(scene)
    found = (*seen, *link(scene, seen, ALL).findings)
    *pairs, cluster = make_events(found, scene, WatchList(), Area("all"))
    best = max(p.score.value for p in pairs)
    assert cluster.measures["best_encounter_score"] == best
    assert cluster.score.value <= best + 1e-9
    log_odds = np.log(cluster.score.value / (1 - cluster.score.value))
    assert log_odds == pytest.approx(cluster.score.prior + sum(r.weight for r in cluster.score.reasons))


def test_the_order_of_findings_does_not_matter_for_what_is_built_from_others():
    scene = scene_of(hub(30), calls(2, 0), calls(3, 12))
    seen = seen_of(scene)
    found = (*seen, *link(scene, seen, ALL).findings)
    ways = [make_events(part, scene, WatchList(), Area("all")) for part in (found, found[::-1])]
    assert {e.id: e.score for e in ways[0]} == {e.id: e.score for e in ways[1]}
    assert [e.id for e in ways[0]] == [e.id for e in ways[1]][::-1]


def test_a_cluster_across_180_degrees_is_one():
    spot = Spot(179.9995, 38.0)
    times = every(5, 0, 12)
    away = np.interp(times, [3, 3.5], [90, 9000])
    comes = np.interp(times, [6, 6.5], [9000, -90])
    parts = (
        still(1, times, spot=spot),
        path(2, times, away, 0 * times, spot),
        path(3, times, comes, 0 * times, spot),
    )
    assert len(clusters(*parts)) == 1
