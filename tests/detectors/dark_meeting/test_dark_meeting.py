import numpy as np
import pytest
from support import HOUR, T0, Spot, every, meeting_pair, path, scene_of, still

from detectors import KINDS
from detectors.dark_meeting import feasible_encounters as rendezvous
from detectors.dark_meeting.linker import link
from detectors.dark_meeting.params import DarkMeetingParams
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.vessels.watch_list import WatchList
from geodata.world import load_world

OPEN_SEA = Spot(124.0, 31.2)


def found(*parts, params=None, world=None, reception=None):
    scene = scene_of(*parts, world=world)
    seen = tuple(f for kind in KINDS if kind.find for f in kind.find(scene, kind.params()).findings)
    if reception:
        for f in seen:
            if f.kind == "dark_period":
                f.measures["reception"] = reception
    return link(scene, seen, params or DarkMeetingParams()), scene, seen


def pairs(answer, scene):
    return [tuple(int(scene.tracks.vessel[v]) for v in f.vessels) for f in answer.findings]


def waits(mmsi=1, begin=10.0, end=18.0, spot=OPEN_SEA, east_m=0.0):
    """A ship that comes, lies still in the open, and goes."""
    times = every(10, 0, 28)
    moved = np.where(times < begin, times - begin, np.where(times > end, times - end, 0)) * 18_520
    return path(mmsi, times, moved + east_m, 0 * times, spot)


def silent(mmsi=2, off=9.0, on=19.0, away_m=30_000.0, spot=OPEN_SEA):
    """A ship at ten knots whose reports stop and begin `away_m` north of where the other waits."""
    times = np.concatenate((every(10, 0, off), every(10, on, 28)))
    north = np.where(times <= off, (off - times) * 18_520 + away_m, (times - on) * 18_520 + away_m)
    return path(mmsi, times, 0 * times, north, spot, sog_kn=np.full(len(times), 10.0))


def test_one_who_waits_and_one_who_is_silent_within_reach_are_a_lead():
    answer, scene, _ = found(waits(), silent())
    assert pairs(answer, scene) == [(1, 2)]
    (lead,) = answer.findings
    told = lead.measures
    assert told["sides_observed"] == 1
    assert told["candidate_partners"] == 1
    # Off at nine, 30 km at ten knots: there at 10.6 h, and away again by 17.4 h.
    assert (lead.start_s - T0) / HOUR == pytest.approx(10.6, abs=0.15)
    assert (lead.end_s - T0) / HOUR == pytest.approx(17.4, abs=0.15)
    assert told["sailing_distance_km"] == pytest.approx(60, rel=0.02)
    assert {f.kind for f in lead.members} == {"loitering", "dark_period"}


def test_one_who_is_too_far_to_come_and_go_is_none():
    assert found(waits(), silent(away_m=95_000.0))[0].findings == ()


def test_one_who_is_silent_at_another_time_is_none():
    assert found(waits(begin=2.0, end=7.0), silent())[0].findings == ()


def test_one_who_waited_beside_a_vessel_that_was_seen_is_none():
    beside = waits(mmsi=3, east_m=60.0)
    answer, _, _ = found(waits(), beside, silent())
    assert answer.findings == ()


def test_where_many_would_fit_chance_explains_it():
    crowd = [silent(mmsi=10 + n, away_m=20_000.0 + 500 * n) for n in range(7)]
    answer, _, _ = found(waits(), *crowd)
    assert answer.findings == ()
    assert answer.examined["candidate_partners"] == 7
    told, _, _ = found(waits(), *crowd, params=DarkMeetingParams(candidate_partners_max=10))
    assert {f.measures["candidate_partners"] for f in told.findings} == {7}


def test_one_vessel_that_waits_again_and_again_is_no_crowd():
    times = every(10, 0, 90)
    spell = np.floor(times / 10) * 20_000  # nine places, sailed to one after another
    along = np.where(times % 10 > 8, (times % 10 - 8) * 10_000, 0.0) + spell
    quiet = np.concatenate((every(10, 0, 2), every(10, 90, 92)))
    other = path(2, quiet, 80_000 + 0 * quiet, 0 * quiet, OPEN_SEA, sog_kn=np.full(len(quiet), 12.0))
    answer, _, seen = found(path(1, times, along, 0 * times, OPEN_SEA), other)
    assert sum(f.kind == "loitering" for f in seen) == answer.examined["candidate_partners"] == 9
    assert {f.measures["candidate_partners"] for f in answer.findings} == {1}


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_in_what_parts_they_are_looked_at_changes_nothing(monkeypatch, at_once):
    """Two wait in a crowd of six who fit, a third far off has two; not all ways of a crowd need be known."""
    monkeypatch.setattr(rendezvous, "BLOCK", at_once)
    far = Spot(124.0, 34.0)
    crowd = [silent(mmsi=10 + n, away_m=20_000.0 + 500 * n) for n in range(6)]
    few = [silent(mmsi=20 + n, away_m=20_000.0, spot=far) for n in range(2)]
    waiting = [waits(mmsi=1), waits(mmsi=2, east_m=3000.0), waits(mmsi=3, spot=far)]
    answer, scene, _ = found(*waiting, *crowd, *few)
    assert pairs(answer, scene) == [(3, 20), (3, 21)]
    assert {f.measures["candidate_partners"] for f in answer.findings} == {2}


def test_a_silence_in_poor_reception_or_of_weeks_says_nothing():
    assert found(waits(), silent(), reception="poor")[0].findings == ()
    answer, _, _ = found(waits(), silent(), params=DarkMeetingParams(gap_max_h=8))
    assert answer.findings == ()
    assert answer.examined["gaps_left_out"] == 1


def both_silent(**scene):
    east = silent(mmsi=5, away_m=25_000.0)
    west = silent(mmsi=6, away_m=-25_000.0)
    return found(east, west, **scene)


def test_two_silent_vessels_meet_only_in_good_reception():
    answer, scene, _ = both_silent(reception="good")
    assert pairs(answer, scene) == [(5, 6)]
    assert answer.findings[0].measures["sides_observed"] == 0
    assert both_silent()[0].findings == ()


def test_two_silent_vessels_whose_reaches_do_not_meet_are_none():
    far = silent(mmsi=6, away_m=-150_000.0)
    assert found(silent(mmsi=5, away_m=25_000.0), far, reception="good")[0].findings == ()


def test_korea_lies_between_two_coasts():
    """As the crow flies Wonsan is 160 km from Korea Bay; by sea it is more than a thousand."""
    west, east = Spot(124.2, 38.5), Spot(128.6, 39.2)
    lone = still(1, every(10, 0, 62), spot=west)
    ocean, _, _ = found(lone, silent_far(east, 60))
    chart, _, _ = found(lone, silent_far(east, 60), world=load_world())
    assert len(ocean.findings) == 1
    assert chart.findings == ()


def silent_far(spot, hours):
    times = np.concatenate((every(10, 0, 2), every(10, hours, hours + 2)))
    return path(2, times, 0 * times, 0 * times, spot, sog_kn=np.full(len(times), 10.0))


def test_the_events_are_linked_both_ways():
    answer, scene, seen = found(waits(), silent())
    events = make_events([*seen, *answer.findings], scene, WatchList(), Area("all"))
    (lead,) = [e for e in events if e.kind == "dark_meeting"]
    members = [e for e in events if lead.id in e.part_of]
    assert {e.id for e in members} == set(lead.members)
    assert {e.kind for e in members} == {"loitering", "dark_period"}
    assert lead.score.band == "low"
    assert "no encounter was observed" in lead.summary


def test_the_cost_of_pairing_is_bounded():
    many = [silent(mmsi=100 + n, away_m=300.0 * n) for n in range(int(DarkMeetingParams().gaps_max) + 20)]
    answer, _, _ = found(*many, reception="good")
    assert answer.examined["gaps_not_paired"] == 20


def test_a_meeting_seen_is_no_dark_one():
    assert found(*meeting_pair(80.0, 4.0, 5.0, OPEN_SEA))[0].findings == ()
