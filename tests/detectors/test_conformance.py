"""What every kind in the registry must hold, whatever it looks for."""

import ast
import dataclasses
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from anomalies import judged
from support import HOUR, T0, Spot, every, meeting_pair, path, still

from app.pipeline import find
from detectors import KINDS
from detectors.core.angles import wrapped_deg
from detectors.core.measures import GEOMETRY, PLACE, Type, declared_in, number, text
from detectors.core.rules import StepWeights
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.kind import KindError
from detectors.presets import params_for
from detectors.scene import Scene
from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports
from detectors.vessels.watch_list import WatchList
from geodata.ports import Port, PortIndex
from geodata.world import World

HARBOUR_EAST_DEG = 11.0
"""How far east of busy water its port lies."""

ROOT = Path(__file__).resolve().parents[2]

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


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


def found(kind, reports, turn_deg=0.0):
    tracks, _ = make_tracks(reports)
    scene = judged(Scene(tracks, one_port(turn_deg), tracks.end_s))
    return answer(kind, scene).findings, tracks


def answer(kind, scene):
    """What a kind says of a scene; one that links findings is given what every detector says of it."""
    if kind.find:
        return kind.find(scene, kind.params())
    answers = [each.find(scene, each.params()) for each in KINDS if each.find]
    seen = tuple(f for one in answers for f in (*one.findings, *one.candidates))
    return kind.link(scene, seen, kind.params())


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


@every_kind
def test_it_finds_something_in_busy_water_or_these_tests_prove_nothing(kind):
    assert found(kind, busy_water())[0]


@every_kind
def test_the_same_input_gives_the_same_output(kind):
    assert plain(*found(kind, busy_water())) == plain(*found(kind, busy_water()))


@every_kind
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_and_vessels_changes_nothing(kind, seed):
    reports = busy_water()
    shuffled = reports.take(np.random.default_rng(seed).permutation(len(reports)))
    assert plain(*found(kind, reports)) == plain(*found(kind, shuffled))


@every_kind
def test_duplicates_change_nothing(kind):
    reports = busy_water()
    assert plain(*found(kind, reports)) == plain(*found(kind, Reports.concat([reports, reports])))


@every_kind
@pytest.mark.parametrize("hours", [-3.7, 11.0, 24 * 400])
def test_shifting_time_shifts_the_findings_and_nothing_else(kind, hours):
    here, tracks = found(kind, busy_water())
    later, shifted_tracks = found(kind, busy_water(t0=T0 + hours * HOUR))
    assert len(here) == len(later)
    for one, other in zip(plain(here, tracks), plain(later, shifted_tracks), strict=True):
        assert other[1] - one[1] == pytest.approx(hours * HOUR, abs=1e-3)
        assert other[3] == one[3]
        alike(one[5], other[5])


@every_kind
@pytest.mark.parametrize("turn_deg", [55.9, 56.0, -124.0, 180.0])
def test_rotating_longitude_rotates_the_findings_and_nothing_else(kind, turn_deg):
    """A turn of 56 degrees lays busy water across 180 degrees."""
    reports = busy_water()
    turned = dataclasses.replace(reports, lon_deg=wrapped_deg(reports.lon_deg + turn_deg))
    here, tracks = found(kind, reports)
    there, turned_tracks = found(kind, turned, turn_deg)
    assert len(here) == len(there)
    for one, other in zip(plain(here, tracks), plain(there, turned_tracks), strict=True):
        assert (other[0], other[3]) == (one[0], one[3])
        assert other[1:3] == (pytest.approx(one[1], abs=0.01), pytest.approx(one[2], abs=0.01))
        for (lon_a, lat_a), (lon_b, lat_b) in zip(one[4], other[4], strict=True):
            assert wrapped_deg(lon_b - lon_a - turn_deg) == pytest.approx(0, abs=1e-6)
            assert lat_b == pytest.approx(lat_a, abs=1e-9)
        alike(one[5], other[5])


@every_kind
def test_a_vessel_far_away_changes_nothing(kind):
    far = still(99, every(10, 0, 19.5), spot=Spot(-40.0, -10.0))
    alone, tracks = found(kind, busy_water())
    with_far, more_tracks = found(kind, Reports.concat([busy_water(), far]))
    ours = [f for f in with_far if 99 not in {int(more_tracks.vessel[v]) for v in f.vessels}]
    assert plain(ours, more_tracks) == plain(alone, tracks)


@every_kind
def test_findings_come_in_the_order_of_time_with_their_evidence(kind):
    findings, tracks = found(kind, busy_water())
    assert [f.start_s for f in findings] == sorted(f.start_s for f in findings)
    for each in findings:
        assert each.kind == kind.name
        assert tracks.time_s[each.rows[0]] <= each.start_s + 1e-6
        assert list(each.vessels) == sorted(each.vessels)


@every_kind
def test_nothing_in_nothing_out(kind):
    assert found(kind, Reports.empty())[0] == ()


@every_kind
def test_it_has_a_definition_that_begins_for_an_analyst(kind):
    page = ROOT / "docs" / "definitions" / f"{kind.name}.md"
    assert page.is_file(), (
        f"write docs/definitions/{kind.name}.md: what {kind.title!r} means, its rules, limits"
    )
    assert "## For the analyst" in page.read_text(encoding="utf-8"), f"begin {page.name} for an analyst"


@every_kind
def test_it_imports_no_other_kind(kind):
    others = {other.name for other in KINDS} - {kind.name}
    for file in (ROOT / "detectors" / kind.name).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            parts = (getattr(node, "module", None) or "").split(".")
            assert not set(parts[1:2]) & others, f"{file.name}: {'.'.join(parts)}"


@pytest.fixture(scope="module")
def events():
    """Every event of busy water, of every kind."""
    tracks, _ = make_tracks(busy_water())
    scene = judged(Scene(tracks, one_port(), tracks.end_s))
    detections = find(scene, params_for("default"), asked=[kind.name for kind in KINDS])
    findings = [f for detection in detections.values() for f in detection.findings]
    candidates = [f for detection in detections.values() for f in detection.candidates]
    return make_events(findings, scene, WatchList(), Area("all"), candidates)


@every_kind
def test_what_its_events_state_is_declared_and_of_the_declared_type(kind, events):
    declared = {measure.name: measure for measure in kind.all_measures}
    mine = [event for event in events if event.kind == kind.name]
    assert mine or kind.name == "anomaly"
    for event in mine:
        for name, value in event.measures.items():
            assert name in declared, f"declare {name!r} in detectors/{kind.name}/measures.py"
            assert declared[name].holds(value), f"{name} is {value!r}, declared as {declared[name].type}"


@every_kind
def test_every_measure_is_explained(kind):
    for measure in kind.all_measures:
        assert measure.meaning.endswith("."), measure.name
        assert bool(measure.unit) is (measure.type in {Type.NUMBER, Type.COUNT}), measure.name


def test_a_kind_that_breaks_the_contract_is_refused_with_the_fix():
    stray = number("lose_m", "m", GEOMETRY, "Misspelt.")
    rule = StepWeights(stray, "{value:.0f} m", ((80.0, -0.9),))
    kind = KINDS[0]
    with pytest.raises(
        KindError, match=r"a rule on measure 'lose_m' .* declare it in detectors/sts_transfer"
    ):
        replace(kind, rules=(*kind.rules, rule))
    named = replace(kind.rules[1], text="{value:.0f} of {no_such_measure}")
    with pytest.raises(KindError, match=r"names a measure 'no_such_measure' that it lacks"):
        replace(kind, rules=(named,))
    with pytest.raises(KindError, match=r"has no rules: list them in detectors/sts_transfer/weights\.py"):
        replace(kind, rules=())
    with pytest.raises(KindError, match=r"give it either `find` or `link`"):
        replace(kind, link=lambda *_: None)
    with pytest.raises(KindError, match=r"declares 'port', which the surroundings declare too"):
        replace(kind, measures=(*kind.measures, text("port", PLACE, "Twice.")))


def test_a_measure_is_declared_once():
    one, other = text("port", PLACE, "One."), text("port", PLACE, "Another.")
    with pytest.raises(ValueError, match="measure 'port' is declared twice"):
        declared_in({"ONE": one, "OTHER": other})


def test_every_name_of_another_kind_is_that_of_one():
    names = {kind.name for kind in KINDS}
    for kind in KINDS:
        assert {*kind.decided_by, *kind.built_from} <= names - {kind.name}
