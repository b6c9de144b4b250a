import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import HOUR, T0, Spot, every, path, related, scene_of, still

from detectors.core.findings import Finding
from detectors.core.params import ParamError
from detectors.events.history import History
from detectors.events.relations import unexplained_loitering
from detectors.loitering import detector as loitering
from detectors.loitering.params import LoiteringParams
from detectors.port_call.detector import _stopped_s, detect
from detectors.port_call.params import PortCallParams
from geodata.ports import Port, PortIndex
from geodata.world import World, load_world

HARBOUR = Spot(150.0, 10.0)
OFF_NAMPO = Spot(125.00, 38.50)
"""In the territorial sea of the DPRK, away from its ports."""


def port(country="KP", error_m=1000.0, port_id="xx_somewhere", spot=HARBOUR):
    return Port(port_id, "Somewhere", country, "port", spot.lon, spot.lat, error_m, 5000.0)


def ocean(*ports):
    return World(port_index=PortIndex(ports or (port(),)))


def answer(*parts, world=None, params=None, now_s=None):
    return detect(scene_of(*parts, world=world or ocean(), now_s=now_s), params or PortCallParams())


def voyage(mmsi=1, stay_h=5.0, minutes=10, spot=HARBOUR, away_km=60.0, off_km=0.0, silent_h=(), **columns):
    """A ship that comes at 10 kn from the east, lies `off_km` north of a place, and goes back east."""
    run_h = away_km / 18.52
    hours = every(minutes, 0, 2 * run_h + stay_h)
    for begin, end in silent_h:
        hours = hours[(hours <= begin) | (hours >= end)]
    east_m = np.interp(hours, [0, run_h, run_h + stay_h, 2 * run_h + stay_h], [away_km, 0, 0, away_km]) * 1000
    return path(mmsi, hours, east_m, 0 * hours + off_km * 1000, spot, **columns)


def test_a_call_is_told_from_entering_to_leaving():
    (call,) = answer(voyage()).findings
    run_h = 60 / 18.52
    told = call.measures
    assert (call.start_s - T0) / HOUR == pytest.approx(run_h - 4 / 18.52, abs=0.2)
    assert (call.end_s - T0) / HOUR == pytest.approx(run_h + 5 + 5 / 18.52, abs=0.2)
    assert told["stopped_h"] == pytest.approx(5, abs=0.6)
    assert (told["called_at"], told["called_port"]) == ("dprk_port", "Somewhere")
    assert told["arrival_seen"]
    assert told["departure_seen"]


@pytest.mark.parametrize(("there_km", "is_inside"), [(4.5, True), (6.0, False)])
def test_the_radius_of_leaving_is_larger_than_that_of_entering(there_km, is_inside):
    """Within 4 km and the error a shift of berth belongs to the call, though none would begin there."""
    hours = every(10, 0, 20)
    east = np.interp(hours, [0, 3, 8, 9, 15, 20], [60, 0, 0, there_km, there_km, 70]) * 1000
    (call,) = answer(path(1, hours, east, 0 * hours, HARBOUR)).findings
    assert (call.measures["stopped_h"] > 8) is is_inside
    assert answer(voyage(off_km=there_km)).findings == ()


@pytest.mark.parametrize("off_km", [3.9, 4.1])
def test_the_error_of_the_chart_widens_the_port(off_km):
    assert bool(answer(voyage(off_km=off_km)).findings) is (off_km < 4)
    assert not answer(voyage(off_km=off_km), world=ocean(port(error_m=0))).findings


def test_one_who_only_passes_does_not_call():
    assert answer(voyage(stay_h=0)).findings == ()


def test_one_who_waits_twenty_minutes_for_a_pilot_is_a_near_miss():
    seen = answer(voyage(stay_h=0.6, minutes=2))
    assert seen.findings == ()
    (miss,) = seen.near_misses
    assert miss.parameter == "stopped_min"
    assert 5 < miss.value < 30


def test_one_who_drifts_at_a_knot_past_the_port_does_not_stop():
    times = every(10, 0, 6)
    assert answer(path(1, times, times * 1852 - 5000, 0 * times, HARBOUR)).findings == ()


def test_swinging_at_anchor_does_not_part_a_call():
    times = every(5, 0, 24)
    swing = 150 * np.sign(np.sin(times))
    (call,) = answer(path(1, times, swing, 0 * times, HARBOUR)).findings
    assert call.measures["elapsed_h"] == pytest.approx(24, abs=0.1)


def test_silence_inside_is_bridged_within_its_bound():
    day = answer(voyage(stay_h=40, silent_h=[(5, 27)])).findings
    assert len(day) == 1
    assert day[0].measures["longest_gap_h"] == pytest.approx(22, abs=0.4)
    assert day[0].measures["stopped_h"] == pytest.approx(40 - 22, abs=0.6)
    first, second = answer(voyage(stay_h=40, silent_h=[(5, 32)])).findings
    assert (first.measures["arrival_seen"], first.measures["departure_seen"]) == (True, False)
    assert (second.measures["arrival_seen"], second.measures["departure_seen"]) == (False, True)


def test_two_reports_at_a_berth_hours_apart_show_no_stop():
    assert answer(still(1, [0, 5, 10], spot=HARBOUR)).findings == ()


def test_a_call_that_began_before_the_data_and_lasts_is_open_at_both_sides():
    (call,) = answer(still(1, every(10, 0, 8), spot=HARBOUR)).findings
    assert call.end_s is None
    assert not call.measures["arrival_seen"]
    assert not call.measures["departure_seen"]
    (ended,) = answer(still(1, every(10, 0, 8), spot=HARBOUR), now_s=T0 + 60 * HOUR).findings
    assert ended.end_s == pytest.approx(T0 + 8 * HOUR)
    assert not ended.measures["departure_seen"]


def test_two_calls_of_one_hull_never_overlap():
    near = port(port_id="xx_other", spot=Spot(HARBOUR.lon + 0.06, HARBOUR.lat))
    times = every(10, 0, 30)
    east = np.interp(times, [0, 2, 8, 10, 20, 30], [-60, 0, 0, 6.5, 6.5, 90]) * 1000
    calls = answer(path(1, times, east, 0 * times, HARBOUR), world=ocean(port(), near)).findings
    assert len(calls) == 2
    assert calls[0].end_s < calls[1].start_s


def test_two_hulls_of_one_number_call_each_for_herself():
    far = Spot(-30.0, 10.0)
    lies = still(1, every(10, 1, 12) + 0.05, spot=far)
    first, second = answer(voyage(1), lies, world=ocean(port(), port(port_id="xx_far", spot=far))).findings
    seen = {f.path[0][0] > 0: f.measures["arrival_seen"] for f in (first, second)}
    assert seen == {True: True, False: False}


def test_a_vessel_enters_at_three_kilometres_and_leaves_at_four():
    (call,) = answer(voyage(minutes=1), world=ocean(port(error_m=0))).findings
    run_h = 60 / 18.52
    assert (call.start_s - T0) / HOUR == pytest.approx(run_h - 3 / 18.52, abs=0.02)
    assert (call.end_s - T0) / HOUR == pytest.approx(run_h + 5 + 4 / 18.52, abs=0.02)


def test_warping_along_the_quay_at_a_third_of_a_knot_goes_on_being_one_stop():
    times = every(10, 0, 9)
    east_m = np.interp(times, [0, 3, 6, 9], [0, 0, 3 * 0.35 * 1852, 3 * 0.35 * 1852])
    assert answer(path(1, times, east_m, 0 * times, HARBOUR)).examined["stops"] == 1


def test_other_ports_are_leads_and_not_events():
    seen = answer(voyage(), world=ocean(port("CN")))
    assert seen.findings == ()
    assert [lead.measures["called_at"] for lead in seen.candidates] == ["other_port"]
    assert seen.examined["calls_at_other_ports"] == 1


def test_nothing_can_be_called_at_in_an_empty_ocean():
    assert answer(voyage(), world=World.empty()).findings == ()


@pytest.mark.parametrize(
    ("spot", "called_at"),
    [
        (Spot(125.41, 38.72), "dprk_port"),
        (Spot(133.07, 42.734), "russian_terminal"),
        (Spot(132.88, 42.80), "russian_terminal"),
        (OFF_NAMPO, "dprk_waters"),
        (Spot(124.0, 37.5), None),  # open sea
    ],
)
def test_the_chart_says_what_is_called_at(spot, called_at):
    found = answer(still(1, every(10, 0, 8), spot=spot), world=load_world()).findings
    assert [f.measures["called_at"] for f in found] == ([called_at] if called_at else [])


def test_the_harbour_of_an_island_of_the_republic_of_korea_is_not_the_dprk():
    lying = still(1, every(10, 0, 8), spot=Spot(124.73, 37.95))  # Yonggipo, Baengnyeong-do
    seen = answer(lying, world=load_world())
    assert seen.findings == ()
    assert len(seen.candidates) == 1


def test_a_dprk_number_at_home_is_told_as_such():
    for mmsi, at_home in ((445000001, True), (412000001, False)):
        (call,) = answer(voyage(mmsi)).findings
        assert call.measures["home_flag"] is at_home


def test_a_place_across_180_degrees_is_nothing_special():
    edge = Spot(179.999, 10.0)
    (call,) = answer(voyage(spot=edge), world=ocean(port(spot=edge))).findings
    assert call.measures["stopped_h"] == pytest.approx(5, abs=0.6)


def test_contradictory_thresholds_are_refused():
    with pytest.raises(ParamError, match="start_kn"):
        PortCallParams(start_kn=0.1)
    with pytest.raises(ParamError, match="leave_km"):
        PortCallParams(leave_km=2)


def test_loitering_in_port_is_told_as_the_call_and_one_off_the_coast_not_twice():
    world = load_world()
    for spot, measure in ((Spot(125.41, 38.72), "in_port_call"), (OFF_NAMPO, "reported_otherwise")):
        scene = scene_of(still(1, every(10, 0, 8), spot=spot), world=world)
        found = [*loitering.detect(scene, LoiteringParams()).findings]
        assert len(found) == 1
        (call,) = detect(scene, PortCallParams()).findings
        history = History.of([*found, call])
        told = {**related(found[0], history), **related(call, history)}
        assert told[measure] is True
        assert bool(unexplained_loitering(history)) is (measure == "reported_otherwise")


def test_one_who_lies_still_elsewhere_lends_no_time_to_the_next_number():
    """Number 1 lies at another place until long after number 2 has waited here for twenty minutes."""
    elsewhere = still(1, every(10, 0, 40), spot=Spot(HARBOUR.lon + 3, HARBOUR.lat))
    assert answer(elsewhere, voyage(2, stay_h=0.6, minutes=2)).findings == ()


def stay(kind, start_h, end_h, **measures):
    span = T0 + start_h * HOUR, T0 + end_h * HOUR
    return Finding(kind, *span, (0,), (0,), (0,), ((124.9, 38.6),), measures, span[1])


@pytest.mark.parametrize(("hours", "is_told"), [(4, False), (29, False), (31, True)])
def test_a_meeting_of_an_hour_does_not_tell_a_stay_of_days(hours, is_told):
    call = stay("port_call", 0, 60, called_port=None)
    meeting = stay("sts_transfer", 10, 10 + hours)
    assert related(call, History.of([call, meeting])) == {"reported_otherwise": is_told}


def called(port, country, start_h, end_h):
    return stay("port_call", start_h, end_h, called_port=port, called_country=country)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (called("Yeosu", "KR", 60, 70), "same_port"),
        (called("Busan", "KR", 60, 70), "same_country"),
        (called("Ningbo", "CN", 60, 70), "other"),
        (called("Yeosu", "KR", 60 + 31 * 24, 999), None),
    ],
)
def test_a_voyage_that_ends_where_it_began_is_a_round_trip(after, told):
    silence = stay("dark_period", 20, 50)
    before = called("Yeosu", "KR", 0, 12)
    assert related(silence, History.of([silence], [after, before]))["round_trip"] == told


def test_a_silence_of_half_a_day_is_no_voyage():
    silence = stay("dark_period", 20, 35)
    calls = called("Yeosu", "KR", 0, 12), called("Yeosu", "KR", 60, 70)
    assert related(silence, History.of([silence], calls))["round_trip"] is None


@given(
    st.lists(st.sampled_from([0.0, 60.0, 600.0]), min_size=2, max_size=30),
    st.sets(st.integers(0, 29), min_size=2, max_size=10),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=4),
)
def test_time_stopped_is_that_of_the_reports_one_by_one(steps_s, edges, calls):
    time_s = np.cumsum([T0, *steps_s])
    edges = sorted({min(edge, len(steps_s)) for edge in edges})
    runs = np.array(edges[: len(edges) // 2 * 2], dtype=np.int64).reshape(-1, 2)
    if not len(runs):
        return
    calls = [sorted(min(row, len(steps_s)) for row in call) for call in calls]
    found = np.array([(0, *call) for call in calls], dtype=np.int64).reshape(-1, 3)
    stopped = {row for first, last in runs for row in range(first, last)}
    slow = [sum(steps_s[row] for row in range(*call) if row in stopped) for call in calls]
    assert _stopped_s(time_s, runs, found).tolist() == pytest.approx(slow, abs=1e-6)
