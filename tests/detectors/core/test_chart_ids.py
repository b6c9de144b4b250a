"""The zones that the rules speak of are on the packaged chart, and are named in one place."""

from pathlib import Path

import pytest

import detectors
from detectors.core import chart_ids
from geodata.world import load_world

IDS = (chart_ids.TERRITORIAL_SEA, chart_ids.EEZ_CLAIMED, chart_ids.DISPUTED)


@pytest.mark.parametrize("zone", IDS)
def test_the_chart_has_every_zone_that_the_rules_speak_of(zone):
    assert load_world().zone(zone).geometry.area > 0


@pytest.mark.parametrize("zone", IDS)
def test_no_rule_spells_a_zone_for_itself(zone):
    folder = Path(detectors.__file__).parent
    spelt = [path.name for path in folder.rglob("*.py") if f'"{zone}"' in path.read_text(encoding="utf-8")]
    assert spelt == ["chart_ids.py"]
