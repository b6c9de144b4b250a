import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import HOUR, T0, Spot, every, path, scene_of, still

from detectors.core.params import ParamError
from detectors.core.units import KNOT_MPS
from detectors.loitering.detector import _spells, detect
from detectors.loitering.params import LoiteringParams
from geodata.world import load_world

OPEN_SEA = Spot(124.0, 31.2)


def found(*parts, params=None, **scene):
    return detect(scene_of(*parts, **scene), params or LoiteringParams()).findings


def waits(mmsi=1, wait_h=6.0, drift_kn=0.8, minutes=10, *, back=False, spot=None, **columns):
    """A ship that comes from the west, drifts north, and goes on east or turns back."""
    times = every(minutes, 0, 10 + wait_h)
    kmh = 18.52
    inside = np.clip(times - 5, 0, wait_h)
    after = np.maximum(0, times - 5 - wait_h)
    east_m = 1000 * (np.minimum(times, 5) * kmh - 5 * kmh + (-1 if back else 1) * after * kmh)
    return path(mmsi, times, east_m, inside * drift_kn * 1852, spot or OPEN_SEA, **columns)


def test_a_ship_that_waits_in_open_water_is_told_for_as_long_as_it_waited():
    (seen,) = found(waits())
    assert (seen.start_s - T0) / HOUR == pytest.approx(5, abs=0.4)
    assert (seen.end_s - T0) / HOUR == pytest.approx(11, abs=0.4)
    told = seen.measures
    assert told["lingering_h"] == pytest.approx(6, abs=0.5)
    assert told["drift_kn"] == pytest.approx(0.8, abs=0.3)
    assert told["course_change_deg"] == pytest.approx(0, abs=5)
    assert len(seen.path) == 1


def test_one_who_turns_back_shows_a_reversal():
    (seen,) = found(waits(back=True))
    assert seen.measures["course_change_deg"] == pytest.approx(180, abs=5)


def test_a_wait_shorter_than_the_threshold_is_a_near_miss():
    scene = scene_of(waits(wait_h=2.5))
    answer = detect(scene, LoiteringParams())
    assert answer.findings == ()
    (miss,) = answer.near_misses
    assert (miss.parameter, miss.threshold) == ("lingering_min_h", 3.0)
    assert 2.0 < miss.value < 3.0


def test_silence_is_never_lingering():
    """Received before and after four hours at one place, a vessel may have been anywhere."""
    times = np.array([0, 0.2, 0.4, 4.3, 4.5, 4.7])
    assert found(still(1, times, spot=OPEN_SEA)) == ()
    assert len(found(still(1, every(50, 0, 8), spot=OPEN_SEA))) == 1


def test_a_ship_under_way_at_four_knots_does_not_linger():
    times = every(10, 0, 12)
    assert found(path(1, times, times * 4 * 1852, 0 * times, OPEN_SEA)) == ()


def test_one_fast_hour_parts_two_spells_and_a_wild_fix_does_not():
    times = every(10, 0, 20)
    run = np.clip(times - 9, 0, 1) * 10 * 1852
    assert len(found(path(1, times, run, 0 * times, OPEN_SEA))) == 2
    wild = np.where(np.arange(len(times)) == 40, 120.0, 0.0)
    assert len(found(path(1, times, wild, 0 * times, OPEN_SEA))) == 1


def test_two_hulls_of_one_number_linger_each_for_herself():
    times = every(10, 0, 8)
    here = still(1, times, spot=OPEN_SEA)
    there = still(1, times + 0.05, spot=Spot(130.0, 28.0))
    assert len(found(here, there)) == 2


@pytest.mark.parametrize(
    ("spot", "is_told"),
    [
        (OPEN_SEA, True),
        (Spot(127.745, 34.73), False),  # in Yeosu
        (Spot(126.55, 34.05), False),  # close to the shore of Chuja's islands
        (Spot(124.83, 38.53), True),  # Cho-do, inside the DPRK's territorial sea
    ],
)
def test_ports_and_shores_excuse_it_but_not_inside_dprk_waters(spot, is_told):
    assert bool(found(still(1, every(10, 0, 8), spot=spot), world=load_world())) is is_told


def test_leaving_below_entering_is_refused():
    with pytest.raises(ParamError, match="leave_kn"):
        LoiteringParams(enter_kn=3, leave_kn=2)


def test_the_antimeridian_is_nothing_special():
    (seen,) = found(waits(spot=Spot(179.99, 10.0), drift_kn=1.5))
    assert seen.measures["radius_km"] < 15
    assert abs(abs(seen.path[0][0]) - 180) < 0.5


def test_reports_at_anchor_are_told():
    (seen,) = found(still(1, every(10, 0, 8), spot=OPEN_SEA, nav_status=np.full(49, 1)))
    assert seen.measures["anchored_share"] == 1.0


@given(st.integers(0, 2**32), st.integers(1, 4))
def test_spells_are_those_of_the_reports_one_by_one(seed, ships):
    rng = np.random.default_rng(seed)
    params = LoiteringParams()
    parts = []
    for mmsi in range(1, ships + 1):
        hours = np.cumsum(rng.choice([0.1, 0.5, 3.0, 9.0], 25))
        parts.append(path(mmsi, hours, np.cumsum(rng.choice([0.0, 300.0, 9000.0], 25)), 0 * hours))
    hulls = scene_of(*parts).tracks.segments
    speed_kn = hulls.speed_mps(params.speed_window_min * 60, params.bridge_max_h * HOUR) / KNOT_MPS
    slow, begun = [], None
    for row in range(len(speed_kn) + 1):
        is_slow = row < len(speed_kn) and speed_kn[row] <= params.leave_kn
        if is_slow and begun is None:
            begun = row
        if not is_slow and begun is not None:
            steps_s = [hulls.time_s[n + 1] - hulls.time_s[n] for n in range(begun, row)]
            counted = [
                step_s
                for n, step_s in zip(range(begun, row), steps_s, strict=True)
                if speed_kn[n] <= params.enter_kn and step_s <= params.observed_max_h * HOUR
            ]
            slow.append((begun, row, sum(counted)))
            begun = None
    spells = _spells(hulls, params)
    told = zip(*spells.rows.T, spells.lingering_s, strict=True)
    assert [(int(a), int(b), pytest.approx(c, abs=1e-3)) for a, b, c in told] == slow
