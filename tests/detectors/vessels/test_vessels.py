import pytest
from support import T0, scene_of, still

from detectors.tracks.reports import StaticReport, vessel_key
from detectors.vessels.flags import country_of, flag_of
from detectors.vessels.listed import Listed
from detectors.vessels.names import imo_is_valid, plain_name
from detectors.vessels.vessel import Vessel, vessel_at
from detectors.vessels.watch_list import WatchList

LIST = WatchList(
    (
        Listed("a list", "2024-05-03", "first", imo=9074729, name="SEA STAR"),
        Listed("a list", "2024-05-03", "second", mmsi=445999001),
        Listed("a list", "2024-05-03", "third", imo=1234568, name="AN SAN 1"),
    )
)


def told(*statics, at_s=T0 + 3600, mmsi=445999001):
    tracks = scene_of(still(mmsi, [0, 1, 2]), statics=statics).tracks
    return vessel_at(tracks, 0, at_s, LIST)


def test_the_latest_word_before_the_event_counts_and_gaps_are_filled():
    early = StaticReport(445999001, T0, name="OLD NAME", imo=9074729, draught_m=4.0)
    late = StaticReport(445999001, T0 + 1800, name="NEW NAME", draught_m=6.0)
    after = StaticReport(445999001, T0 + 7200, name="LATER NAME", callsign="HMAB")
    vessel = told(early, late, after)
    assert (vessel.name, vessel.imo, vessel.draught_m, vessel.callsign) == ("NEW NAME", 9074729, 6.0, "HMAB")


@pytest.mark.parametrize(("mmsi", "flag"), [(659000123, "NA"), (740000123, "FK"), (232000123, "GB")])
def test_a_flag_is_a_code_of_iso_3166(mmsi, flag):
    assert flag_of(mmsi) == flag
    assert country_of(flag) == flag
    assert country_of("UK") is None


def test_a_report_without_time_holds_for_the_whole_track():
    assert told(StaticReport(445999001, float("nan"), name="ALWAYS")).name == "ALWAYS"


def test_the_flag_is_that_of_the_number():
    assert told().flag == "KP"
    assert told().is_dprk


def matched(vessel):
    return LIST.match(imo=vessel.imo, mmsi=vessel.mmsi, name=vessel.name)


@pytest.mark.parametrize("mmsi", [None, 41, 999_000_001, 1_000_000_000, -5])
def test_a_number_that_no_country_holds_has_no_flag(mmsi):
    assert flag_of(mmsi) is None


def test_a_vessel_without_an_mmsi_has_none():
    key = vessel_key("track a")
    tracks = scene_of(still(key, [0, 1]), own_ids={key: "track a"}).tracks
    vessel = vessel_at(tracks, 0, T0, WatchList())
    assert (vessel.mmsi, vessel.key, vessel.called) == (None, "track a", "track a")


@pytest.mark.parametrize(
    ("vessel", "entry", "by"),
    [
        (Vessel("1", imo=9074729, mmsi=445999001), "first", "imo"),
        (Vessel("1", mmsi=445999001, name="SEA STAR"), "second", "mmsi"),
        (Vessel("1", name="M/V Sea-Star"), "first", "name"),
    ],
)
def test_a_vessel_is_matched_by_its_strongest_sign(vessel, entry, by):
    match = matched(vessel)
    assert (match.listed.entry, match.by) == (entry, by)


def test_an_imo_number_with_a_wrong_check_digit_matches_nothing():
    assert not imo_is_valid(1234568)
    assert matched(Vessel("1", imo=1234568)) is None


def test_short_names_say_nothing():
    assert plain_name("A1") is None
    assert matched(Vessel("1", name="")) is None


@pytest.mark.parametrize(
    ("code", "word"), [(None, None), (0, None), (30, "fishing"), (84, "tanker"), (99, "other")]
)
def test_ship_types_in_words(code, word):
    assert Vessel("1", ship_type=code).type_word == word
