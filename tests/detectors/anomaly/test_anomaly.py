"""One story of behaviour that no rule explains, and three of what must stay untold."""

from dataclasses import replace

import numpy as np
import pytest
from anomalies import judged, still_water
from support import HOUR, T0, every, meeting_pair, path, scene_of, still

from app.pipeline import find
from detectors import KINDS
from detectors.anomaly.linker import link
from detectors.anomaly.params import AnomalyParams
from detectors.behaviour.model import SIMULATOR, Unusual
from detectors.behaviour.windows import windows_along
from detectors.events.area import Area
from detectors.events.context import _behaviour
from detectors.events.event import make_events
from detectors.events.score import BANDS, score, sigmoid
from detectors.events.shared_rules import BEHAVIOUR
from detectors.presets import params_for
from detectors.vessels.watch_list import WatchList

SAILOR = 7
MEDIUM = BANDS[1][0]


def sails_to_and_fro(hours=30.0):
    """In a water where all lie still, one that sails about for more than a day."""
    times = every(6, 0, hours)
    return path(SAILOR, times, times * 15_000.0, 3000 * np.sin(times))


def neighbours():
    times = every(6, 0, 30)
    return [still(n, times, 60_000 * n) for n in range(20, 26)]


def told(*reports, model=None, found=(), params=None):
    return link(judged(scene_of(*reports), model), found, params or AnomalyParams())


def test_a_ship_that_behaves_unlike_all_is_told_once_with_what_was_unusual():
    answer = told(sails_to_and_fro(), *neighbours())
    (one,) = answer.findings
    assert one.kind == "anomaly"
    assert (one.start_s, one.end_s) == (T0, T0 + 30 * HOUR)
    assert one.measures["unusual_windows"] == 4
    assert one.measures["unusual_h"] == pytest.approx(30)
    assert "speed" in one.measures["unusual_features"]
    assert answer.examined["reported"] == 1


def test_ships_that_behave_as_all_do_are_not_told():
    answer = told(*neighbours())
    assert answer.findings == ()
    assert answer.examined["windows"] == answer.examined["unexplained"] > 0


def test_what_a_rule_explains_is_not_told_again():
    """The same ship while another of its findings lasts, however little of it they share."""
    reports = [sails_to_and_fro(), *neighbours()]
    scene = judged(scene_of(*reports))
    (alone,) = link(scene, (), AnomalyParams()).findings
    assert link(scene, (alone,), AnomalyParams()).findings == ()

    early = replace(alone, end_s=T0 + 1 * HOUR)
    (rest,) = link(scene, (early,), AnomalyParams()).findings
    assert rest.start_s >= early.end_s
    late = replace(alone, start_s=T0 + 29 * HOUR)
    (rest,) = link(scene, (late,), AnomalyParams()).findings
    assert rest.end_s <= late.start_s
    others = replace(alone, vessels=(alone.vessels[0] + 1,))
    assert len(link(scene, (others,), AnomalyParams()).findings) == 1
    lasting = replace(alone, end_s=None)
    assert link(scene, (lasting,), AnomalyParams()).findings == ()


def test_nothing_is_told_where_the_model_does_not_count():
    """The packaged model, among too few ships to say whether their traffic is like its training."""

    packaged = replace(still_water(), manifest={**still_water().manifest, "origin": SIMULATOR})
    assert told(sails_to_and_fro(), *neighbours(), model=packaged).findings == ()
    assert link(scene_of(sails_to_and_fro()), (), AnomalyParams()).findings == ()


def test_two_spells_with_an_ordinary_day_between_are_two_findings():
    times = every(6, 0, 96)
    way = 15_000 * np.interp(times, [0, 24, 72, 96], [0, 24, 24, 48])
    answer = told(path(SAILOR, times, way, 0 * times), *neighbours())
    assert len(answer.findings) == 2
    assert answer.findings[0].end_s < answer.findings[1].start_s


def test_a_higher_threshold_tells_less_and_the_nearest_miss_says_so():
    ordinary = told(*neighbours(), params=AnomalyParams(percentile_min=0.9)).findings
    assert len(ordinary) >= len(told(*neighbours()).findings)
    wavering = path(SAILOR, every(6, 0, 12), 350 * every(6, 0, 12), 0 * every(6, 0, 12))
    answer = told(wavering, *neighbours(), params=AnomalyParams(percentile_min=1.0))
    assert all(m.parameter == "percentile_min" and m.value < 1 for m in answer.near_misses)
    assert answer.near_misses


def test_a_kind_that_was_not_asked_for_does_not_run():
    scene = judged(scene_of(sails_to_and_fro(), *neighbours()))
    params = params_for("default")
    assert "anomaly" not in find(scene, params)
    assert "anomaly" not in find(scene, params, asked=("loitering",))
    assert len(find(scene, params, asked=("anomaly",))["anomaly"].findings) == 1


def events_of(scene, kinds):
    found = [f for d in find(scene, params_for("default"), asked=kinds).values() for f in d.findings]
    return make_events(found, scene, WatchList(), Area("all"))


def test_the_event_names_the_features_and_stays_low():
    events = events_of(judged(scene_of(sails_to_and_fro(), *neighbours())), ("anomaly",))
    (event,) = (e for e in events if e.kind == "anomaly")
    assert event.measures["anomaly_percentile"] >= 0.995
    assert event.measures["anomaly_features"]
    assert event.measures["anomaly_drift"] == "not_judged"
    assert event.score.band == "low"
    assert "unusual is not wrong" in event.summary


def test_events_of_rules_carry_the_measure_and_say_why_where_it_is_missing():
    pair = meeting_pair(contact_h=6.0)
    for model_counts in (True, False):
        model = still_water()
        if not model_counts:
            model = replace(model, manifest={**model.manifest, "origin": SIMULATOR})
        events = events_of(judged(scene_of(*pair), model), ())
        (transfer,) = (e for e in events if e.kind == "sts_transfer")
        assert (transfer.measures["anomaly_percentile"] is not None) == model_counts
        assert transfer.measures["anomaly_drift"] == "not_judged"
        told = [r.text for r in transfer.score.reasons if r.name == "anomaly_percentile"]
        assert len(told) == model_counts
        assert all("of the training traffic, most of all by" in text for text in told)


def test_of_two_vessels_the_more_unusual_counts():
    scene = judged(scene_of(*meeting_pair(contact_h=6.0)))
    (meeting,) = find(scene, params_for("default"))["sts_transfer"].findings
    for shares in ((0.2, 0.9), (0.9, 0.2)):
        told = {(n, meeting.behaved_until_s): Unusual(share, (str(share),)) for n, share in enumerate(shares)}
        measures = _behaviour(meeting, scene, told)
        assert (measures["anomaly_percentile"], measures["anomaly_features"]) == (0.9, "0.9")


WEIGHED = [kind for kind in KINDS if kind.weighs_behaviour]


@pytest.mark.parametrize("kind", WEIGHED, ids=lambda kind: kind.name)
def test_being_unusual_alone_never_makes_an_alarm(kind):
    most = max(weight for rule in BEHAVIOUR for _, weight in rule.steps)
    assert sigmoid(kind.prior + most) < MEDIUM
    unusual = {"anomaly_percentile": 1.0, "anomaly_features": "straightness", "unusual_h": 1000.0}
    assert score(kind, unusual).band == "low"


def test_windows_of_two_hulls_of_one_number_are_not_joined():
    times = every(6, 0, 24)
    both = [
        path(SAILOR, times, times * 15_000.0, 0 * times),
        path(SAILOR, times + 0.01, 9e5 - times * 15_000.0, 0 * times),
    ]
    scene = judged(scene_of(*both, *neighbours()))
    assert len({int(h) for h in windows_along(scene.tracks.segments).segment}) == 8
    assert len(link(scene, (), AnomalyParams()).findings) == 2
