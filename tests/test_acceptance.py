"""Cases with known truth: the files of the acceptance folder, and the same again at random places."""

import csv
import dataclasses
import json
from datetime import datetime

import numpy as np
import pytest
from support import HOUR, T0, Spot, every, meeting_pair, path, scene_of, still

from app.options import RunOptions
from app.pipeline import run
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import Resources
from detectors.core.params import overridden
from detectors.dark_period.detector import detect as detect_silence
from detectors.dark_period.gaps import gaps
from detectors.dark_period.params import DarkParams
from detectors.events.area import Area
from detectors.presets import params_for
from detectors.scene import Scene
from detectors.sts_transfer.detector import detect as detect_meetings
from detectors.sts_transfer.params import StsParams
from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports
from detectors.vessels.watch_list import WatchList
from geodata.world import World

presets = pytest.mark.parametrize("preset", ["default", "gfw"])

TRUTH = {
    "meet3h": [("sts_transfer", "08:00", 3.0)],
    "meet_3h_450m": [("sts_transfer", "08:00", 3.0)],
    "meet_3h_550m": [],
    "meet_midnight_110": [("sts_transfer", "23:05", 3.0)],
    "midnight_lost_2h45": [("sts_transfer", "23:05", 2.75)],
    "bridged_gap_false": [("dark_period", "06:15", 35 / 3)],
    "single_ping_diverging": [],
    "dark_partner": [("dark_period", "07:30", 7.0)],
    "gap20h": [("dark_period", "00:00", 20.0)],
}


@pytest.mark.shared
@presets
@pytest.mark.parametrize("name", TRUTH)
def test_the_acceptance_files_come_out_as_their_truth_says(shared, name, preset):
    file = shared / "acceptance" / "meetings" / f"{name}.csv"
    options = RunOptions(area=Area("all"), params=params_for(preset), sort="start")
    told = run([TrackFile(name, file)], options, Resources(World.empty(), WatchList()), Limits()).events
    events = [e for e in told if e.kind in {"sts_transfer", "dark_period"}]
    # On an ocean without ports the files' vessels also linger; they lie still all day. In one file a
    # ship says an eastern course on its way back west.
    also = {"spoofing"} if name == "bridged_gap_false" else set()
    assert {e.kind for e in told} <= {"sts_transfer", "dark_period", "loitering", "dark_meeting"} | also
    assert all(e.score.band == "low" for e in told if e.kind == "spoofing")
    assert [e.kind for e in events] == [kind for kind, _, _ in TRUTH[name]]
    for event, (_, clock, lasted_h) in zip(events, TRUTH[name], strict=True):
        assert _clock(event.start_s) == pytest.approx(_hours(clock), abs=3 / 60)
        assert event.duration_h == pytest.approx(lasted_h, abs=5 / 60)
        if name == "meet_3h_450m":
            assert event.measures["tier"] == "near"


def _clock(time_s):
    return time_s % 86400 / HOUR


def _hours(clock):
    return int(clock[:2]) + int(clock[3:]) / 60


ENCOUNTER_CORE = overridden(
    StsParams(),
    {
        "encounter.alongside_reported": False,
        "encounter.close_reported": False,
        "encounter.near_enter_m": 1000.0,
        "encounter.near_leave_m": 1000.0,
        "encounter.near_contact_min": 30.0,
        "encounter.speed_max_kn": 15.0,
    },
)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["simple", "dateline", "multi", "fastsep", "real"])
def test_the_encounter_core_finds_the_pairs_of_the_public_tests(shared, name):
    """1 km, 30 min, the tests' own ids kept as one hull each. Starts and ends there lie on a grid of 10 min.

    `real` is their 12.5 h with 7 reports of one ship: what was observed together is the two ends of it.
    """
    folder = shared / "acceptance" / "upstream"
    rows = list(csv.DictReader((folder / f"enc_{name}.csv").read_text().splitlines()))
    expected = list(csv.DictReader((folder / f"enc_{name}_expected_raw.csv").read_text().splitlines()))
    tracks, _ = make_tracks(_reports(rows))
    tracks = dataclasses.replace(tracks, segment=np.zeros(len(tracks), np.int32))
    params = (
        ENCOUNTER_CORE if name != "real" else overridden(ENCOUNTER_CORE, {"encounter.near_contact_min": 20.0})
    )
    findings = detect_meetings(Scene(tracks, World.empty(), tracks.end_s), params).findings
    pairs = {tuple(sorted((int(r["vessel_1_seg_id"]), int(r["vessel_2_seg_id"])))) for r in expected}
    assert {tuple(int(tracks.vessel[v]) for v in f.vessels) for f in findings} == pairs
    for finding in findings:
        if name == "real":
            assert finding.measures["contact_h"] < 1.0
            continue
        of_pair = [r for r in expected if int(r["vessel_1_seg_id"]) == int(tracks.vessel[finding.vessels[0]])]
        starts = [_epoch(r["start_time"]) for r in of_pair]
        assert min(abs(finding.start_s - s) for s in starts) <= 20 * 60


def _reports(rows):
    columns = {k: np.array([float(r[k]) for r in rows]) for k in ("mmsi", "lon", "lat")}
    return Reports.of(columns["mmsi"], [_epoch(r["timestamp"]) for r in rows], columns["lon"], columns["lat"])


def _epoch(text):
    return datetime.fromisoformat(text).timestamp()


BOUND = ("GAP_BETWEEN_YEARS", "NO_GAPS_DUPLICATION", "POSITIONS_HOURS_BEFORE")
LEFT_OUT = ("OPEN_GAPS", "CLOSING_GAPS", "GAP_BETWEEN_DAYS", "GAP_BETWEEN_ARBITRARY_PERIODS", "DAILY_MODE")
"""What these expect depends on a processing window, which a pure function has not."""


@pytest.mark.shared
def test_the_gap_core_counts_what_the_public_tests_count(shared):
    cases = json.loads((shared / "acceptance" / "upstream" / "gaps_cases.json").read_text())
    assert set(cases) == {*BOUND, *LEFT_OUT}
    for case in (case for group in BOUND for case in cases[group]):
        expected = case["expected_gaps"]
        count = expected if isinstance(expected, int) else len(expected)
        assert _count(case["messages"], case["threshold"]) == count, case["id"]


def _count(messages, threshold_h):
    order = sorted((m["ssvid"], m["timestamp"]) for m in messages)
    ids = [o[0] for o in order]
    starts = [n for n in range(len(ids)) if n == 0 or ids[n] != ids[n - 1]]
    times = np.array([o[1] for o in order], float)
    return len(gaps(np.array([*starts, len(ids)]), times, threshold_h * HOUR))


def random_cases(count=20):
    rng = np.random.default_rng(2024)
    for n in range(count):
        yield pytest.param(
            Spot(float(rng.uniform(-180, 180)), float(rng.uniform(-65, 65))),
            T0 + float(rng.uniform(-3e7, 3e7)),
            float(rng.choice([0.5, 2, 5, 9, 15])),
            id=str(n),
        )


anywhere = pytest.mark.parametrize(("spot", "t0", "minutes"), list(random_cases()))
GFW = params_for("gfw").by_name["sts_transfer"]
OURS = StsParams()


def meetings(params, *parts):
    return detect_meetings(scene_of(*parts), params).findings


@anywhere
@pytest.mark.parametrize("params", [OURS, GFW], ids=["default", "gfw"])
def test_three_hours_at_any_separation_below_500_m_are_told_wherever_whenever(spot, t0, minutes, params):
    separation_m = 60 + 400 * abs(np.sin(t0))
    (meeting,) = meetings(params, *meeting_pair(separation_m, 3.0, minutes, spot, t0))
    assert (meeting.start_s - t0) / HOUR == pytest.approx(0, abs=minutes / 60 + 0.1)
    assert (meeting.end_s - t0) / HOUR == pytest.approx(3, abs=minutes / 60 + 0.1)
    assert meeting.measures["min_separation_m"] == pytest.approx(separation_m, abs=1)


@anywhere
@pytest.mark.parametrize("params", [OURS, GFW], ids=["default", "gfw"])
def test_550_m_are_never_told(spot, t0, minutes, params):
    assert meetings(params, *meeting_pair(550.0, 3.0, minutes, spot, t0)) == ()


@anywhere
def test_a_meeting_across_midnight_is_one(spot, t0, minutes):
    midnight_s = np.ceil(t0 / 86400) * 86400
    (meeting,) = meetings(GFW, *meeting_pair(200.0, 2.75, minutes, spot, midnight_s - 55 * 60))
    assert meeting.measures["contact_h"] == pytest.approx(2.75, abs=2 * minutes / 60 + 0.05)


@anywhere
@pytest.mark.parametrize("params", [OURS, GFW], ids=["default", "gfw"])
def test_two_short_passes_with_hours_of_silence_between_are_never_a_meeting(spot, t0, minutes, params):
    times = every(minutes, 0, 14)
    heard = times[(times <= 0.25) | (times >= 13.75)]
    parts = still(1, times, spot=spot, t0=t0), still(2, heard, 250.0, 0.0, spot, t0)
    assert meetings(params, *parts) == ()
    (silence,) = detect_silence(scene_of(*parts), DarkParams()).findings
    assert silence.measures["gap_h"] == pytest.approx(13.5, abs=minutes / 30)


@anywhere
def test_one_report_each_with_courses_apart_is_never_a_meeting(spot, t0, minutes):
    parts = still(1, [0.0], spot=spot, t0=t0), still(2, [minutes / 600], 300.0, 0.0, spot, t0)
    assert meetings(OURS, *parts) == ()


@anywhere
def test_a_silent_partner_is_a_silence_and_no_meeting(spot, t0, minutes):
    times = every(minutes, -4, 12)
    heard = times[(times <= -0.5) | (times >= 6.5)]
    north = np.interp(heard, [-4, 0, 6, 12], [70_000, 40, 40, 70_000])
    parts = still(1, times, spot=spot, t0=t0), path(2, heard, 0 * heard, north, spot, t0)
    assert meetings(OURS, *parts) == ()
    assert len(detect_silence(scene_of(*parts), DarkParams()).findings) == 1


@anywhere
def test_a_silence_of_twenty_hours_under_way_is_told_with_its_speed(spot, t0, minutes):
    times = every(minutes, 0, 68)
    heard = times[(times <= 24) | (times >= 44)]
    (silence,) = detect_silence(
        scene_of(path(3, heard, 0 * heard, -heard * 2000, spot, t0)), DarkParams()
    ).findings
    assert silence.measures["gap_h"] == pytest.approx(20, abs=minutes / 30)
    assert silence.measures["implied_speed_kn"] == pytest.approx(2000 / 1852, rel=0.01)
