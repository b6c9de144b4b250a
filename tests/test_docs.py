"""Documentation that cannot go stale without a red test."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from app.cli.markdown import thresholds_page
from app.cli.settings_page import settings_page
from app.inputs.areas import parse_area
from app.options import RunOptions
from app.pipeline import run
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import default_resources
from app.settings import SETTINGS
from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(p for p in ROOT.rglob("*.md") if not {".venv", "node_modules"} & set(p.parts))


def test_the_page_of_thresholds_is_the_one_that_the_detectors_run_with():
    page = (ROOT / "docs" / "thresholds.md").read_text()
    assert page == thresholds_page(), "run: darkwake detectors --markdown > docs/thresholds.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


def test_the_page_of_settings_is_current():
    page = (ROOT / "docs" / "settings.md").read_text()
    assert page == settings_page(), "darkwake settings --markdown > docs/settings.md"
    assert page.count("| `DARKWAKE_") == sum(len(each.model_fields) for each in SETTINGS)
    assert "[settings](docs/settings.md)" in (ROOT / "README.md").read_text()


def test_the_readme_has_one_command_each_to_serve_and_to_test():
    text = (ROOT / "README.md").read_text()
    for name in ("serve", "test"):
        assert len(re.findall(rf"<!-- command: {name} -->\n```bash\n.+\n```\n", text)) == 1


def test_events_are_never_called_proof():
    for page in PAGES:
        assert "confirmed dark" not in page.read_text().lower().replace('"confirmed dark"', "")


WORKED = tomllib.loads((ROOT / "docs" / "pictures" / "worked_events.toml").read_text())["event"]


@pytest.mark.parametrize("case", WORKED, ids=lambda case: f"{case['story']}-{case['kind']}")
def test_each_worked_event_is_told_as_the_page_says(case, tmp_path):
    path = tmp_path / "story.csv"
    path.write_text(tracks_csv(load_story(case["story"])))
    options = RunOptions(area=parse_area("all"))
    events = run([TrackFile("story.csv", path)], options, default_resources(), Limits()).events
    best = max((e for e in events if e.kind == case["kind"]), key=lambda e: e.score.value)
    page = (ROOT / "docs" / "worked_events.md").read_text()
    assert f"`{case['kind']}` | {best.score.value:.2f} | {best.score.band} |" in page, "run worked_events.py"
    assert best.summary in page


def test_the_readme_shows_the_demo_as_it_is_reported(tmp_path):
    path = tmp_path / "demo.csv"
    path.write_text(tracks_csv(load_story("demo")))
    done = run([TrackFile("demo.csv", path)], RunOptions(sort="start"), default_resources(), Limits())
    shown = [
        {
            "kind": event.kind,
            "duration_h": f"{event.duration_h:.1f}",
            "score": f"{event.score.value:.2f}",
            "band": event.score.band,
            "names": " + ".join(str(vessel.name) for vessel in event.vessels),
        }
        for event in done.events
    ]
    picture = ROOT / "docs" / "pictures" / "demo_map.json"
    assert json.loads(picture.read_text()) == shown, "run docs/pictures/demo_map.py"


def test_no_message_of_the_core_names_an_option_of_the_command_line():
    """Over HTTP there is no --time-base: messages name the field in backticks, the command line turns it."""
    folders = ("app/readers", "app/inputs", "detectors")
    sources = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    lines = [f"{path.name}: {line}" for path in sources for line in path.read_text().splitlines()]
    assert [line for line in lines if re.search(r"""["' ]--[a-z]""", line)] == []
