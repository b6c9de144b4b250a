from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, related, scene_of, still

from detectors import KIND_BY_NAME
from detectors.dark_period.detector import detect as detect_silence
from detectors.dark_period.params import DarkParams
from detectors.events.history import History
from detectors.events.score import score
from detectors.identity_change.detector import detect
from detectors.identity_change.params import IdentityParams
from detectors.identity_change.static_data import changes_of
from detectors.identity_change.two_identities import Pair, without_repeats
from detectors.tracks.codes import AisClass
from detectors.tracks.reports import StaticReport
from detectors.vessels.names import is_other_text

IMO, OTHER_IMO, NO_IMO = 9074729, 9319466, 9074728
OLD, NEW, CROWD = 412000001, 613000002, 440000003
LONG_H = 24.0


def answer(*parts, statics=(), params=None):
    return detect(scene_of(*parts, statics=statics), params or IdentityParams())


def found(*parts, **more):
    return answer(*parts, **more).findings


def says(mmsi=OLD, at_h=0.0, **words):
    return StaticReport(vessel=mmsi, time_s=T0 + at_h * HOUR, **words)


def ship(mmsi=OLD, minutes=10, until_h=LONG_H, spot=None):
    times = every(minutes, 0, until_h)
    return path(mmsi, times, times * 18_520, 0 * times, spot)


def watchers():
    """A ship that is heard all the time, so that the others' silence is silence."""
    return still(CROWD, every(10, 0, LONG_H), 900_000)


# ---- own words


def test_another_name_call_sign_and_imo_number_are_one_event_with_its_signs():
    words = [says(name="HOPE SEA", callsign="3FAB1", imo=IMO), says(at_h=9, name="AN SAN 1", imo=OTHER_IMO)]
    (event,) = found(ship(), statics=words)
    told = event.measures
    assert (told["pattern"], told["changes"]) == ("static_data", 2)
    assert told["name_changed"]
    assert told["imo_changed"]
    assert not told["callsign_changed"]
    assert "HOPE SEA -> AN SAN 1" in told["static_changes"]
    assert (event.start_s - T0) / HOUR == pytest.approx(9)
    assert event.path[0][0] == pytest.approx(Spot().deg(9 * 18_520, 0)[0], abs=0.01)


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ([(0, "HOPE SEA"), (5, "PUMA"), (5.4, "HOPE SEA")], False),  # a slip corrected
        ([(0, "HOPE SEA"), (5, "PUMA"), (6, "HOPE SEA")], True),
        ([(0, "HOPE SEA"), (5, "Hope-Sea ")], False),
        ([(0, "HOPE SEA"), (5, "HOPE SEE")], False),
        ([(0, "HOPE SEA"), (5, "HOPE SEA 9")], False),
        ([(0, "HOPE SEA"), (5, "HOPE SEA 88")], True),
        ([(0, "XX"), (0.2, "HOPE SEA")], False),  # put right at once
        ([(0, "HOPE SEA"), (23.8, "PUMA")], False),  # may still be a slip
        ([(0, "HOPE SEA"), (3, "XX YY"), (3.3, "PUMA")], True),
    ],
)
def test_slips_and_spelling_are_no_other_name(words, is_told):
    events = found(ship(), statics=[says(at_h=h, name=name) for h, name in words])
    assert bool(events) is is_told
    assert all("XX" not in e.measures["static_changes"] for e in events)


@pytest.mark.parametrize(("length_m", "is_told"), [(108, False), (118, False), (126, True), (70, True)])
def test_dimensions_change_beyond_rounding(length_m, is_told):
    words = [says(length_m=100.0, beam_m=16.0), says(at_h=8, length_m=float(length_m))]
    assert bool(found(ship(), statics=words)) is is_told


@pytest.mark.parametrize(
    ("mmsi", "words", "sign"),
    [
        (OLD, {"imo": NO_IMO}, ("imo_invalid", True)),
        (299000001, {}, ("mmsi_fault", "unknown")),
        (OLD, {"flag": "PA"}, ("flag_contradicts", True)),
        (OLD, {"flag": "Panama"}, ("flag_contradicts", True)),
        (OLD, {"ship_type": 30, "length_m": 95.0}, ("size_against_type", "fishing")),
        (OLD, {"ais_class": AisClass.B, "length_m": 60.0}, ("size_against_type", "class_b")),
    ],
)
def test_what_contradicts_itself_is_told(mmsi, words, sign):
    (event,) = found(ship(mmsi), statics=[says(mmsi, **words)])
    assert event.measures[sign[0]] == sign[1]
    assert event.measures["static_changes"] is None


@pytest.mark.parametrize(
    ("mmsi", "words"),
    [
        (OLD, {"imo": IMO, "flag": "CN", "ship_type": 80, "length_m": 95.0, "name": "A"}),
        (477000001, {"flag": "CN"}),  # Hong Kong
        (OLD, {"flag": "unheard of"}),
        (OLD, {"ship_type": 30, "length_m": 45.0}),
        (OLD, {"ais_class": AisClass.B, "length_m": 30.0}),
        (123456789, {}),  # a maker's default
        (100912345, {"name": "NET MARK 7"}),  # a beacon on a net
        (659000001, {}),  # Namibia
    ],
)
def test_ordinary_words_and_beacons_are_not_told(mmsi, words):
    assert found(ship(mmsi), statics=[says(mmsi, **words)]) == ()


def test_a_number_that_one_wrong_bit_made_is_not_told():
    assert found(ship(), still(299000001, [3.0])) == ()


def test_a_beacons_number_on_a_large_hull_is_told():
    (event,) = found(ship(100912345), statics=[says(100912345, ship_type=30, length_m=95.0)])
    assert event.measures["mmsi_fault"] == "malformed"


def test_two_ships_under_one_number_do_not_change_their_names():
    words = [says(at_h=h, name=name) for h, name in [(0, "ALPHA"), (4, "BRAVO"), (8, "ALPHA"), (12, "BRAVO")]]
    assert found(ship(), ship(spot=Spot(150.0, 10.0)), statics=words) == ()
    assert len(found(ship(), statics=words)) == 1
    one_wild_fix = still(OLD, [5.01], 0, 400_000)
    assert len(found(ship(), one_wild_fix, statics=words)) == 1


def test_words_without_a_time_never_change():
    nan = float("nan")
    words = [StaticReport(vessel=OLD, time_s=nan, name=name) for name in ("HOPE SEA", "AN SAN 1")]
    assert changes_of(words, T0, IdentityParams()) == []


def test_one_edit_is_no_other_text_whichever_letter_it_is():
    for n in range(6):
        assert not is_other_text("ABCDEF", "ABCDEF"[:n] + "X" + "ABCDEF"[n + 1 :])
        assert not is_other_text("ABCDEF", "ABCDEF"[:n] + "ABCDEF"[n + 1 :])
    assert is_other_text("ABCDEF", "BACDEF")


# ---- a number ends, another begins


def swap(gap_min=10.0, turn_deg=0.0, aside_m=0.0, at_h=12.0, speed_kn=10.0, until_h=LONG_H, minutes=5.0):
    """A ship under way that changes its number; the new one steers `turn_deg` to the left, `aside_m` off."""
    before, after = every(minutes, 0, at_h), every(minutes, at_h + gap_min / 60, until_h)
    mps = speed_kn * 1852
    turn = np.radians(turn_deg)
    on = (after - at_h) * mps
    east = at_h * mps + gap_min / 60 * mps + (on - gap_min / 60 * mps) * np.cos(turn)
    north = aside_m + (on - gap_min / 60 * mps) * np.sin(turn)
    return path(OLD, before, before * mps, 0 * before), path(NEW, after, east, north)


def test_a_number_that_ends_where_another_begins_is_one_hull_with_two():
    (event,) = found(*swap(), watchers())
    told = event.measures
    assert (told["pattern"], told["old_mmsi"], told["new_mmsi"]) == ("handover", str(OLD), str(NEW))
    assert told["gap_min"] == pytest.approx(10)
    assert told["predicted_position_error_m"] < 100
    assert event.end_s - event.start_s == pytest.approx(600)
    assert len(event.vessels) == len(event.path) == 2


@pytest.mark.parametrize(
    ("change", "is_told"),
    [
        ({"aside_m": 900}, True),
        ({"aside_m": 2500}, False),
        ({"turn_deg": 15}, True),
        ({"turn_deg": 60}, False),
        ({"turn_deg": 180}, False),
        ({"gap_min": 50}, True),
        ({"gap_min": 70}, False),
        ({"gap_min": -4, "minutes": 2}, True),
        ({"gap_min": -15}, False),
        ({"at_h": 4}, False),  # the new one may have been there before the data
        ({"at_h": 20}, False),  # the old one may come back after them
        ({"speed_kn": 0.5}, False),  # lying still, and dimensions not told
    ],
)
def test_place_motion_and_time_must_join(change, is_told):
    assert bool(found(*swap(**change), watchers())) is is_told


@pytest.mark.parametrize(("new_m", "is_told"), [(98.0, True), (140.0, False), (105.0, False)])
def test_a_ship_lying_still_needs_equal_dimensions(new_m, is_told):
    words = [says(OLD, length_m=99.0, beam_m=15.0), says(NEW, at_h=13, length_m=new_m, beam_m=15.0)]
    assert bool(found(*swap(speed_kn=0.5), watchers(), statics=words)) is is_told


def test_other_dimensions_are_another_hull():
    words = [says(OLD, length_m=99.0), says(NEW, at_h=13, length_m=180.0)]
    assert found(*swap(), watchers(), statics=words) == ()


def test_a_turn_while_neither_was_heard_is_followed_back_from_the_new_one():
    before, after, turn = every(5, 0, 12), every(5, 12 + 50 / 60, 24), np.radians(16)
    on = (after - 12) * 18_520
    old = path(OLD, before, before * 18_520, 0 * before)
    new = path(NEW, after, 12 * 18_520 + on * np.cos(turn), on * np.sin(turn))
    (event,) = found(old, new, watchers())
    assert event.measures["predicted_position_error_m"] < 200


def test_an_old_number_that_is_heard_again_has_not_ended():
    again = still(OLD, every(10, 23, 23.9), 444_000)
    assert found(*swap(), again, watchers()) == ()
    garbled = still(OLD, [23.0], 0, 1_500_000)
    assert len(found(*swap(), garbled, watchers())) == 1


def test_where_two_numbers_begin_beside_the_end_neither_is_told():
    old, new = swap()
    third = new.take(np.arange(len(new)))
    third = replace(third, vessel=np.full(len(third), 636000009))
    assert answer(old, new, third, watchers()).examined["handovers"] == 0


def test_equal_names_and_numbers_are_told_as_such():
    words = [says(OLD, name="HOPE SEA", imo=IMO), says(NEW, at_h=13, name="Hope Sea", imo=OTHER_IMO)]
    (event,) = found(*swap(), watchers(), statics=words)
    assert (event.measures["same_name"], event.measures["same_imo"]) == (True, False)
    assert event.measures["same_flag"] is False
    assert event.measures["same_size"] is None


# ---- two numbers on one track


def both(ahead_m=0.0, beam_side_offset_m=8.0, hours=10.0, speed_kn=10.0, noise_m=3.0, minutes=3.0):
    rng = np.random.default_rng(1)
    parts = []
    for n, mmsi in enumerate((OLD, NEW)):
        times = every(minutes, 0, hours) + n * 0.013
        east = times * speed_kn * 1852 + n * ahead_m + rng.normal(0, noise_m, len(times))
        north = n * beam_side_offset_m + rng.normal(0, noise_m, len(times))
        parts.append(path(mmsi, times, east, north))
    return parts


def test_two_numbers_on_one_track_for_hours_are_told():
    (event,) = found(*both())
    told = event.measures
    assert told["pattern"] == "two_mmsis"
    assert told["together_h"] == pytest.approx(10, abs=0.3)
    assert told["offset_m"] == pytest.approx(8, abs=1.5)
    assert told["spread_m"] < 12
    assert len(event.vessels) == 2


@pytest.mark.parametrize(
    ("change", "is_told"),
    [
        ({"beam_side_offset_m": 40.0}, True),
        ({"beam_side_offset_m": 70.0}, False),
        ({"ahead_m": -120.0}, False),  # a tow astern
        ({"hours": 1.8}, False),
        ({"hours": 2.4}, True),
        ({"speed_kn": 1.0}, False),  # lying beside one another
        ({"minutes": 30.0}, False),  # too seldom heard to be held for one
    ],
)
def test_place_time_and_motion_make_two_numbers_one_track(change, is_told):
    assert bool(found(*both(**change))) is is_told


def test_two_that_were_seen_apart_under_way_are_two_hulls():
    """Two tankers that come alongside under way, sail together for three hours and part."""
    times = every(3, 0, 10)
    later = times + 0.01
    aside = 16.0 + np.abs(later - np.clip(later, 3.5, 6.5)) * 8_000.0
    one, other = path(OLD, times, times * 8_000, 0 * times), path(NEW, later, later * 8_000, aside)
    (event,) = found(one, other)
    assert event.measures["together_h"] == pytest.approx(3, abs=0.2)
    assert event.measures["separated_h"] == pytest.approx(6.9, abs=0.3)
    (alone,) = found(*both())
    assert alone.measures["separated_h"] == 0
    weights = [score(KIND_BY_NAME["identity_change"], e.measures).value for e in (event, alone)]
    assert weights[0] < weights[1]


def test_a_spare_set_of_the_same_name_is_told_as_such():
    words = [
        says(OLD, name="HOPE SEA", ais_class=AisClass.A),
        says(NEW, name="HOPE SEA", ais_class=AisClass.B),
    ]
    (event,) = found(*both(), statics=words)
    assert event.measures["class_a_and_b"]
    assert event.measures["same_name"] is True


def test_silence_and_lying_still_together_do_not_count():
    parts = both(hours=6.9)
    times = (parts[0].time_s - T0) / HOUR
    assert found(*(part.take((times < 1.3) | (times > 6.4)) for part in parts)) == ()
    east = np.minimum(times, 1.5) * 18_520
    assert found(*(path(mmsi, times, east, 0 * times) for mmsi in (OLD, NEW))) == ()


def test_passing_close_is_not_one_track():
    times = every(2, 0, 10)
    over = path(OLD, times, times * 18_520, 0 * times)
    meets = path(NEW, times, (10 - times) * 18_520, 0 * times + 10)
    assert found(over, meets) == ()


def test_the_offset_follows_the_ship_round_a_bend():
    times = every(3, 0, 8)
    course = np.where(times < 4, 0.0, np.pi / 2)
    east, north = (np.cumsum(np.full(len(times), 926.0) * f(course)) for f in (np.cos, np.sin))
    aside = 20.0
    one = path(OLD, times, east, north)
    other = path(NEW, times, east - aside * np.sin(course), north + aside * np.cos(course))
    (event,) = found(one, other)
    assert event.measures["offset_m"] == pytest.approx(20, abs=2)
    assert event.measures["spread_m"] < 5


def test_the_silence_of_the_old_number_is_told_as_the_change():
    scene = scene_of(*swap(), watchers())
    (change,) = detect(scene, IdentityParams()).findings
    silences = detect_silence(scene, DarkParams()).findings
    history = History.of([change, *silences])
    (old,) = (s for s in silences if scene.tracks.key(s.vessels[0]) == str(OLD))
    assert related(old, history)["identity_continues"] is True
    assert related(old, History.of(silences))["identity_continues"] is False


def test_two_numbers_together_once_are_told_once_however_their_hulls_are_parted():
    """A number that is also sent from elsewhere is parted into several hulls that take turns on one track."""
    hulls = SimpleNamespace(vessel_index=np.array([0, 1, 1, 1]), time_s=np.arange(100.0))

    def pair(other, begin, end, together_s):
        return Pair((0, other), (begin, begin), (end, end), together_s, 1.0, 0.0, 0.0, 1.0)

    short, long, later = pair(1, 0, 40, 30.0), pair(2, 2, 50, 40.0), pair(3, 60, 90, 20.0)
    assert without_repeats(hulls, [short, long, later]) == [long, later]


# ---- two ships that exchange their numbers


def leg(mmsi, from_h, to_h, east_km=0.0, north_kmh=18.0, minutes=5):
    times = every(minutes, from_h, to_h)
    return path(mmsi, times, east_km * 1000 + 0 * times, times * north_kmh * 1000)


def exchange(mmsis=(OLD, NEW), speeds=(18.0, -15.0), back_h=(12.1, 12.1), apart_km=600.0):
    """Two ships far apart; from the twelfth hour on each sends the number of the other."""
    one, other = mmsis
    return [
        leg(one, 0, 12, 0, speeds[0]),
        leg(other, back_h[0], 24, 0, speeds[0]),
        leg(other, 0, 12, apart_km, speeds[1]),
        leg(one, back_h[1], 24, apart_km, speeds[1]),
    ]


def test_two_ships_that_exchange_numbers_are_one_event():
    (event,) = found(*exchange())
    told = event.measures
    assert (told["pattern"], event.vessels) == ("swap", (0, 1))
    assert (event.start_s - T0) / HOUR == pytest.approx(12)
    assert (event.end_s - T0) / HOUR == pytest.approx(12.1)
    assert told["gap_min"] == pytest.approx(6)
    assert len(event.path) == 2


@pytest.mark.parametrize("gone", range(4))
def test_all_four_parts_make_an_exchange(gone):
    parts = [part for n, part in enumerate(exchange()) if n != gone]
    assert "swap" not in [e.measures["pattern"] for e in found(*parts)]


@pytest.mark.parametrize("how", [{"back_h": (12.1, 14.0)}, {"back_h": (14.0, 14.0)}])
def test_an_exchange_takes_an_hour_at_most(how):
    assert "swap" not in [e.measures["pattern"] for e in found(*exchange(**how))]


def test_another_motion_is_another_ship():
    parts = exchange()
    parts[3] = leg(OLD, 12.1, 24, 600.0, 15.0)
    assert "swap" not in [e.measures["pattern"] for e in found(*parts)]


def test_ships_that_lie_still_must_tell_dimensions_that_stay_with_the_hulls():
    lying = exchange(speeds=(0.0, 0.0))
    stays = [
        says(OLD, 0, length_m=99, beam_m=16),
        says(NEW, 0, length_m=140, beam_m=20),
        says(NEW, 12.1, length_m=99, beam_m=16),
        says(OLD, 12.1, length_m=140, beam_m=20),
    ]
    assert "swap" not in [e.measures["pattern"] for e in found(*lying)]
    assert "swap" in [e.measures["pattern"] for e in found(*lying, statics=stays)]
    assert "swap" not in [e.measures["pattern"] for e in found(*lying, statics=stays[:2])]


def test_numbers_that_many_ships_share_exchange_nothing():
    more = [leg(mmsi, 0, 24, 1500.0 + 400 * n) for mmsi in (OLD, NEW) for n in range(3)]
    assert "swap" not in [e.measures["pattern"] for e in found(*exchange(), *more)]
