"""Every packaged story gives what it says, near that time, in that band of score, and no other alarm."""

import pytest

from app.inputs.areas import parse_area
from app.options import RunOptions
from app.pipeline import run
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import default_resources
from app.simulator.story import load_story, parse_story, story_names
from app.simulator.story_tracks import tracks_csv
from detectors.events.score import band
from detectors.presets import params_for


def events_of(story, folder):
    path = folder / "story.csv"
    path.write_text(tracks_csv(story))
    options = RunOptions(area=parse_area(story.area), params=params_for(story.preset))
    return run([TrackFile("story.csv", path)], options, default_resources(), Limits()).events


def is_told(event, expected, start_s):
    close = expected.within_min / 60
    for told_s, hour in ((event.start_s, expected.start_h), (event.end_s, expected.end_h)):
        if hour is not None and (told_s is None or abs((told_s - start_s) / 3600 - hour) > close):
            return False
    return (
        event.kind == expected.kind
        and tuple(v.mmsi for v in event.vessels) == expected.vessels
        and expected.min_score <= event.score.value <= expected.max_score
        and all(event.measures[name] == value for name, value in expected.measures.items())
    )


@pytest.mark.parametrize("name", story_names())
def test_the_story_gives_what_it_expects_and_no_other_alarm(name, tmp_path):
    story = load_story(name)
    events = list(events_of(story, tmp_path))
    for expected in story.expected:
        told = [e for e in events if is_told(e, expected, story.start.timestamp())]
        assert len(told) == 1, (expected, [(e.kind, e.summary) for e in events])
        events.remove(told[0])
    assert [e.summary for e in events if band(e.score.value) != "low"] == []


@pytest.mark.parametrize("name", story_names())
def test_the_story_says_why_and_is_the_same_each_time(name):
    story = load_story(name)
    assert story.title
    assert len(story.why) > 40
    assert tracks_csv(story) == tracks_csv(story)


def test_a_vessel_beside_another_follows_it():
    story = parse_story(
        "two",
        """
        title = "t"
        why = "w"
        start = 2024-03-01T00:00:00Z
        [[vessel]]
        id = "a"
        mmsi = 1
        interval_s = 600
        noise_m = 0
        waypoints = [{ at_h = 0, lon = 124, lat = 38 }, { at_h = 2, lon = 124, lat = 38.1 }]
        [[vessel]]
        mmsi = 2
        interval_s = 600
        noise_m = 0
        waypoints = [{ at_h = 0, beside = "a", east_m = 100 }, { at_h = 2, beside = "a", east_m = 100 }]
        """,
    )
    rows = [line.split(",") for line in tracks_csv(story).splitlines()[1:]]
    first, second = ([r for r in rows if r[0] == mmsi] for mmsi in "12")
    for one, other in zip(first, second, strict=True):
        assert one[1] == other[1]
        assert float(other[3]) == pytest.approx(float(one[3]), abs=1e-6)
        assert float(other[2]) - float(one[2]) == pytest.approx(100 / 87_800, rel=0.01)
