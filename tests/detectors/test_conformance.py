"""What every detector in the registry must hold, whatever it looks for."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from anomalies import judged
from support import HOUR, T0, Spot, every, meeting_pair, path, still

from detectors import DETECTORS, LINKERS
from detectors.core.angles import wrapped_deg
from detectors.kind import Linker
from detectors.scene import Scene
from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports
from detectors.weights import RULES
from geodata.ports import Port, PortIndex
from geodata.world import World

HARBOUR_EAST_DEG = 11.0
"""How far east of busy water its port lies."""

ROOT = Path(__file__).resolve().parents[2]

every_detector = pytest.mark.parametrize("detector", [*DETECTORS, *LINKERS], ids=lambda d: d.kind)


def busy_water(spot=None, t0=T0):
    """Two meetings of one ship, two under way, a silence, a shared number, a passer-by, a crowd,
    far from it a ship that lingers near one that is silent, one that lies in the only port under a number
    of no country, two numbers on one track, and a number that follows another."""
    spot = spot or Spot()
    times = every(7, 0, 20)
    silent = times[(times < 4) | (times > 15)]
    halves = times[times < 10], times[times > 10]
    return Reports.concat(
        [
            *meeting_pair(120.0, 4.0, 5.0, spot, t0),
            *meeting_pair(90.0, 3.0, 5.0, spot, t0 + 7 * HOUR, (412000001, 412000003)),
            path(11, silent, 9000 + silent * 300, silent * 500 - 8000, spot, t0),
            still(12, times, -15_000, 4000, spot, t0),
            still(12, times + 0.03, 400_000, 4000, spot, t0),
            path(13, times, times * 18_000 - 90_000, 0 * times - 3000, spot, t0),
            *(
                path(20 + n, times, times * 9260 - 50_000, 0 * times + 80 * n - 9000, spot, t0)
                for n in (0, 1)
            ),
            still(31, every(7, 0, 12), 300_000, 0, spot, t0),
            path(32, [0, 0.5, 1, 1.5, 2, 9, 9.5, 10], np.full(8, 310_000.0), np.arange(8) * 900.0, spot, t0),
            *(still(50 + n, times[30:], 6000 + 9.0 * n, 9000, spot, t0) for n in range(45)),
            still(299000098, times, spot=spot.turned(HARBOUR_EAST_DEG), t0=t0),
            *(path(60 + n, times, times * 18_520, 0 * times - 40_000 + 9 * n, spot, t0) for n in (0, 1)),
            *(
                path(62 + n, part, part * 18_520, 0 * part - 90_000, spot, t0)
                for n, part in enumerate(halves)
            ),
        ]
    )


def one_port(turn_deg=0.0):
    """An ocean with nothing in it but a port, far from the rest of busy water."""
    spot = Spot().turned(HARBOUR_EAST_DEG + turn_deg)
    port = Port("kp_somewhere", "Somewhere", "KP", "port", spot.lon, spot.lat, 1000.0, 5000.0)
    return World(port_index=PortIndex((port,)))


def found(detector, reports, turn_deg=0.0):
    tracks, _ = make_tracks(reports)
    scene = judged(Scene(tracks, one_port(turn_deg), tracks.end_s))
    return answer(detector, scene).findings, tracks


def answer(detector, scene):
    """What a detector says of a scene; a linker is given what every detector says of it."""
    if not isinstance(detector, Linker):
        return detector.detect(scene, detector.params())
    answers = [each.detect(scene, each.params()) for each in DETECTORS]
    seen = tuple(f for one in answers for f in (*one.findings, *one.leads))
    return detector.link(scene, seen, detector.params())


def plain(findings, tracks):
    """Findings without what depends on the numbering of rows."""
    return [
        (f.kind, f.start_s, f.end_s, [tracks.key(v) for v in f.vessels], f.path, dict(f.measures))
        for f in findings
    ]


def alike(one, other):
    """Assert that two sets of measures are equal but for rounding."""
    for name, value in one.items():
        near = pytest.approx(value, rel=1e-5, abs=1e-6) if isinstance(value, float) else value
        assert other[name] == near, name


@every_detector
def test_it_finds_something_in_busy_water_or_these_tests_prove_nothing(detector):
    assert found(detector, busy_water())[0]


@every_detector
def test_the_same_input_gives_the_same_output(detector):
    assert plain(*found(detector, busy_water())) == plain(*found(detector, busy_water()))


@every_detector
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_and_vessels_changes_nothing(detector, seed):
    reports = busy_water()
    shuffled = reports.take(np.random.default_rng(seed).permutation(len(reports)))
    assert plain(*found(detector, reports)) == plain(*found(detector, shuffled))


@every_detector
def test_duplicates_change_nothing(detector):
    reports = busy_water()
    assert plain(*found(detector, reports)) == plain(*found(detector, Reports.concat([reports, reports])))


@every_detector
@pytest.mark.parametrize("hours", [-3.7, 11.0, 24 * 400])
def test_shifting_time_shifts_the_findings_and_nothing_else(detector, hours):
    here, tracks = found(detector, busy_water())
    later, shifted_tracks = found(detector, busy_water(t0=T0 + hours * HOUR))
    assert len(here) == len(later)
    for one, other in zip(plain(here, tracks), plain(later, shifted_tracks), strict=True):
        assert other[1] - one[1] == pytest.approx(hours * HOUR, abs=1e-3)
        assert other[3] == one[3]
        alike(one[5], other[5])


@every_detector
@pytest.mark.parametrize("turn_deg", [55.9, 56.0, -124.0, 180.0])
def test_rotating_longitude_rotates_the_findings_and_nothing_else(detector, turn_deg):
    """A turn of 56 degrees lays busy water across 180 degrees."""
    reports = busy_water()
    turned = dataclasses.replace(reports, lon_deg=wrapped_deg(reports.lon_deg + turn_deg))
    here, tracks = found(detector, reports)
    there, turned_tracks = found(detector, turned, turn_deg)
    assert len(here) == len(there)
    for one, other in zip(plain(here, tracks), plain(there, turned_tracks), strict=True):
        assert (other[0], other[3]) == (one[0], one[3])
        assert other[1:3] == (pytest.approx(one[1], abs=0.01), pytest.approx(one[2], abs=0.01))
        for (lon_a, lat_a), (lon_b, lat_b) in zip(one[4], other[4], strict=True):
            assert wrapped_deg(lon_b - lon_a - turn_deg) == pytest.approx(0, abs=1e-6)
            assert lat_b == pytest.approx(lat_a, abs=1e-9)
        alike(one[5], other[5])


@every_detector
def test_a_vessel_far_away_changes_nothing(detector):
    far = still(99, every(10, 0, 19.5), spot=Spot(-40.0, -10.0))
    alone, tracks = found(detector, busy_water())
    with_far, more_tracks = found(detector, Reports.concat([busy_water(), far]))
    ours = [f for f in with_far if 99 not in {int(more_tracks.vessel[v]) for v in f.vessels}]
    assert plain(ours, more_tracks) == plain(alone, tracks)


@every_detector
def test_findings_come_in_the_order_of_time_with_their_evidence(detector):
    findings, tracks = found(detector, busy_water())
    assert [f.start_s for f in findings] == sorted(f.start_s for f in findings)
    for each in findings:
        assert each.kind == detector.kind
        assert tracks.time_s[each.rows[0]] <= each.start_s + 1e-6
        assert list(each.vessels) == sorted(each.vessels)


@every_detector
def test_nothing_in_nothing_out(detector):
    assert found(detector, Reports.empty())[0] == ()


@every_detector
def test_it_has_weights_and_a_definition(detector):
    assert detector.kind in RULES
    assert (ROOT / "docs" / "definitions" / f"{detector.kind}.md").is_file()
