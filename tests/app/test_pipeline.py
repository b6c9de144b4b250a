import dataclasses
import json

import numpy as np
import pytest
from running import batch_of
from shapely.geometry import box
from support import HOUR, T0, Spot, every, meeting_pair, path, sails, still

import app.examined
from app.errors import NoPositionsError
from app.options import RunOptions
from app.outputs.geojson import collection
from app.pipeline import detect_events, run
from app.readers.base.rejects import Reject
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import Resources, default_resources
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.presets import params_for
from detectors.tracks.reports import Reports, StaticReport, vessel_key
from detectors.vessels.listed import Listed
from detectors.vessels.watch_list import WatchList
from geodata.world import World

EMPTY = Resources(World.empty(), WatchList())


def asked(**options):
    return RunOptions(**{"area": Area("all"), **options})


def events(*parts, options=None, resources=EMPTY, statics=()):
    return detect_events([batch_of(*parts, statics=statics)], options or asked(), resources)


def silent_ship(mmsi=5):
    """Silent for 20 h until the others meet, and heard to the end of the data."""
    return sails(mmsi, [*every(10, -25, -20), *every(10, 0, 4.5)], east_m=30_000.0)


def test_the_same_input_gives_the_same_bytes():
    parts = [*meeting_pair(), silent_ship()]
    one, other = (json.dumps(collection(events(*parts))) for _ in range(2))
    assert one == other


def test_the_order_of_files_and_rows_changes_no_event():
    parts = [*meeting_pair(), silent_ship()]
    ways = [
        parts,
        parts[::-1],
        [Reports.concat(parts).take(np.random.default_rng(1).permutation(len(Reports.concat(parts))))],
    ]
    ids = [[(e.id, e.score.value) for e in events(*way).events] for way in ways]
    assert ids[0] == ids[1] == ids[2]


def test_the_highest_score_comes_first_unless_asked_by_time():
    sooner, later = silent_ship(5), sails(6, [*every(10, -24, -19), *every(10, 1, 4.5)], east_m=60_000.0)
    parts = [*meeting_pair(), later, sooner]
    scores = [(-e.score.value, e.start_s) for e in events(*parts).events]
    assert scores == sorted(scores)
    by_time = events(*parts, options=asked(sort="start")).events
    starts = [e.start_s for e in by_time]
    assert starts == sorted(starts)
    assert [e.kind for e in by_time] != [e.kind for e in events(*parts).events]
    assert {e.id for e in by_time} == {e.id for e in events(*parts[::-1]).events}


def test_one_clock_decades_ahead_does_not_make_everyone_silent():
    wild = Reports.of([9], [T0 + 60 * 365 * 24 * HOUR], [124.0], [38.0])
    answer = events(*meeting_pair(), wild)
    assert [e.kind for e in answer.events] == ["sts_transfer"]
    (reject,) = answer.report.rejects
    assert (reject.reason, reject.count) == (Reject.TIME_FAR_FROM_REST, 1)
    assert "2084" in reject.examples[0].text


def test_a_ship_that_comes_back_after_thirteen_months_is_told():
    away_h = 13 * 30 * 24
    answer = events(sails(1, [*every(10, 0, 8), *every(10, away_h, away_h + 0.5)]))
    assert [e.kind for e in answer.events] == ["dark_period"]
    assert answer.report.rejects == ()


def test_a_year_of_traffic_is_not_far_from_itself():
    year = still(1, np.arange(0, 365 * 24, 12.0))
    assert not events(year).report.rejects


def test_reports_after_now_were_not_known_then():
    answer = events(silent_ship(), options=asked(now_s=T0 - 10 * HOUR))
    (silence,) = answer.events
    assert silence.end_s is None
    assert silence.measures["gap_h"] == pytest.approx(10)
    assert answer.report.rejects[0].reason == Reject.AFTER_NOW


def test_an_event_keeps_its_id_when_the_silence_ends():
    other = sails(6, every(10, 0, 40), east_m=30_000.0)
    before = events(sails(5, every(10, 0, 5)), other)
    after = events(sails(5, [*every(10, 0, 5), *every(10, 30, 40)]), other)
    assert [e.id for e in before.events] == [e.id for e in after.events]
    assert before.events[0].end_s is None
    assert after.events[0].end_s is not None


@pytest.mark.parametrize(
    ("options", "held"),
    [
        ({"kinds": ("dark_period",)}, {"kind": 1}),
        ({"min_score": 1.0}, {"min_score": 2}),
        ({"start_s": T0 + HOUR}, {"time": 1}),
        ({"end_s": T0 - 24 * HOUR}, {"time": 2}),
        ({"area": Area("dprk")}, {"area": 2}),
    ],
)
def test_filters_hold_events_back_and_say_so(options, held):
    answer = events(*meeting_pair(), silent_ship(), options=asked(**options))
    assert answer.report.held_back == held
    assert len(answer.events) == 2 - sum(held.values())


def test_an_area_of_the_users_own_holds_what_lies_in_it():
    here = events(*meeting_pair(), options=asked(area=Area("shape", box(123, 37, 125, 39))))
    elsewhere = events(*meeting_pair(), options=asked(area=Area("shape", box(0, 0, 1, 1))))
    assert (len(here.events), len(elsewhere.events)) == (1, 0)


def test_a_listed_or_dprk_ship_is_told_from_anywhere():
    statics = (StaticReport(412000001, T0, imo=9074729),)
    listed = asked(area=Area("dprk"), watch=WatchList((Listed("mine", "2026-01-01", "x", imo=9074729),)))
    (event,) = events(*meeting_pair(), options=listed, statics=statics).events
    assert event.measures["listed_by"] == "imo"
    assert event.vessels[0].match.listed.list_name == "mine"
    flagged = events(*meeting_pair(mmsis=(445000001, 412000002)), options=asked(area=Area("dprk")))
    assert len(flagged.events) == 1


def test_a_name_alone_weighs_little():
    entry = Listed("mine", "2026-01-01", "x", imo=9074729, name="SEA STAR")
    statics = (StaticReport(412000001, T0, name="SEA STAR"),)
    plain = events(*meeting_pair(), statics=statics).events[0].score.value
    named = events(*meeting_pair(), statics=statics, options=asked(watch=WatchList((entry,)))).events[0]
    assert plain < named.score.value < plain + 0.15


def test_the_hash_of_parameters_changes_with_the_watch_list_and_thresholds():
    watch = WatchList((Listed("a", "b", "c", name="SEA STAR"),))
    params = params_for("default", {"dark_period": {"gap_min_h": 7}})
    ways = [asked(), asked(watch=watch), asked(params=params)]
    plain, listed, longer = (events(*meeting_pair(), options=way).digests for way in ways)
    assert plain["sts_transfer"] != listed["sts_transfer"]
    assert plain["spoofing"] == longer["spoofing"]
    assert plain["sts_transfer"] != longer["sts_transfer"]  # it counts gaps of the two vessels
    assert plain["dark_period"] != longer["dark_period"]


@pytest.mark.parametrize("changes", [{"history": {"near_days": 7}}, {"area": {"near_nm": 24}}])
def test_what_all_kinds_share_is_in_the_hash_of_each(changes):
    plain, changed = (
        events(*meeting_pair(), options=asked(params=params_for("default", set_))).digests
        for set_ in ({}, changes)
    )
    assert plain.keys() == changed.keys()
    assert not set(plain.values()) & set(changed.values())


def test_thresholds_of_the_area_and_of_history_reach_the_events(monkeypatch):
    asked_for = []

    def spy(findings, scene, watch, area, leads, params):
        asked_for.append((area.name, area.params.near_nm, params.near_days))
        return make_events(findings, scene, watch, area, leads, params)

    monkeypatch.setattr(app.examined, "make_events", spy)
    params = params_for("default", {"area": {"near_nm": 24}, "history": {"near_days": 7}})
    assert events(*meeting_pair(), options=asked(params=params)).events
    assert asked_for == [("all", 24.0, 7.0)]


def test_the_account_says_why_little_was_flagged():
    answer = events(*meeting_pair(560.0, 9.0))
    assert [e.kind for e in answer.events] == ["loitering"] * 2
    assert answer.report.examined["sts_transfer"]["encounters"] == 1
    assert answer.report.near_misses[0]["field"] == "encounter.near_enter_m"


def test_a_list_by_imo_that_cannot_match_is_said_to():
    options = asked(watch=WatchList((Listed("a", "b", "c", imo=9074729),)))
    assert any("no IMO number" in w for w in events(*meeting_pair(), options=options).report.warnings)


def test_files_that_cannot_be_read_are_told_and_the_others_used(tmp_path):
    good = tmp_path / "good.csv"
    rows = "".join(f"41200000{n},{1709280000 + 300 * k},124.0,38.0\n" for n in (1, 2) for k in range(20))
    good.write_text("mmsi,time,lon,lat\n" + rows)
    bad = tmp_path / "bad.bin"
    bad.write_bytes(bytes(range(256)) * 10)
    files = [
        TrackFile("bad.bin", bad),
        TrackFile("good.csv", good),
        TrackFile("gone.csv", tmp_path / "gone.csv"),
    ]
    answer = run(files, asked(), EMPTY, Limits())
    assert answer.report.positions == 40
    assert [w.split(":")[0] for w in answer.report.warnings[:2]] == ["bad.bin", "gone.csv"]


def test_no_position_at_all_is_an_error_that_says_why(tmp_path):
    with pytest.raises(NoPositionsError, match="no such file"):
        run([TrackFile("gone.csv", tmp_path / "gone.csv")], asked(), EMPTY, Limits())
    swapped = tmp_path / "swapped.csv"
    swapped.write_text(
        "mmsi,time,lat,lon\n" + "".join(f"412000001,{1709280000 + k},124.0,38.0\n" for k in range(20))
    )
    with pytest.raises(NoPositionsError, match="20 latitude_out_of_range") as caught:
        run([TrackFile("swapped.csv", swapped)], asked(), EMPTY, Limits())
    assert any("swapped" in w for w in caught.value.report.warnings)


def test_a_name_alone_makes_no_ship_a_listed_one():
    statics = (StaticReport(412000001, T0, name="SEA STAR"),)
    watch = WatchList((Listed("mine", "2026-01-01", "x", imo=9074729, name="SEA STAR"),))
    answer = events(*meeting_pair(), statics=statics, options=asked(area=Area("dprk"), watch=watch))
    assert answer.report.held_back == {"area": 1}


def test_a_silence_on_a_river_weighs_less_and_says_why():
    resources = default_resources()
    river, sea = Spot(119.9, 32.2), Spot(122.9, 32.2)
    here, there = (
        events(still(5, [*every(10, 0, 5), *every(10, 30, 40)], spot=spot), resources=resources).events[0]
        for spot in (river, sea)
    )
    assert "inland" in {r.name for r in here.score.reasons}
    assert here.score.value < there.score.value


def test_no_two_events_share_an_id():
    minute = every(5, 0, 6)
    here = still(7, [*every(10, 0, 5), *every(10, 20, 24)])
    there = still(7, [*every(10, 0, 5), *every(10, 20, 24)], east_m=900_000)
    own = vessel_key("412000001")
    twins = [still(own, minute, east_m=40), *meeting_pair()]
    reports = Reports.concat([here, there, *twins])
    batch = dataclasses.replace(batch_of(reports), own_ids={own: "412000001"})
    answer = detect_events([batch], asked(), EMPTY)
    ids = [e.id for e in answer.events]
    assert len(ids) > 4
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("share", "told"), [(0.2, 0), (0.5, 1), (0.9, 1)])
def test_how_much_of_lingering_a_meeting_must_hold_is_the_users_to_say(share, told):
    """A vessel drifts for twelve hours, and in four of them another lies beside it."""
    times = every(5, 0, 12)
    away = np.interp(times, [0, 3, 4, 8, 9, 12], [60_000, 20_000, 60, 60, 20_000, 60_000])
    options = asked(params=params_for("default", {"loitering": {"encounter_share": share}}))
    answer = events(still(1, times), path(2, times, away, 0 * times), options=options)
    assert [e.kind for e in answer.events].count("loitering") == told
    assert "sts_transfer" in {e.kind for e in answer.events}
