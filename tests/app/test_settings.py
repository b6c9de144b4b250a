"""Settings of the environment: what is out of range is refused, what is misspelt is warned of."""

import math

import pytest
from pydantic import ValidationError
from running import ran

from app.settings import SETTINGS, unknown_variables, variable

NUMBERS = [
    (settings, name)
    for settings in SETTINGS
    for name, field in settings.model_fields.items()
    if field.annotation in (int, float)
]


@pytest.mark.parametrize(("settings", "name"), NUMBERS, ids=lambda x: x if isinstance(x, str) else "")
@pytest.mark.parametrize("value", ["inf", "-inf", "nan", "1e30", "-1"])
def test_no_number_is_without_bounds(monkeypatch, settings, name, value):
    monkeypatch.setenv(variable(name), value)
    with pytest.raises(ValidationError):
        settings()


@pytest.mark.parametrize(("settings", "name"), NUMBERS, ids=lambda x: x if isinstance(x, str) else "")
def test_every_bound_can_be_set(monkeypatch, settings, name):
    bounds = {type(each).__name__: each for each in settings.model_fields[name].metadata}
    monkeypatch.setenv(variable(name), str(bounds["Le"].le))
    assert math.isclose(getattr(settings(), name), bounds["Le"].le)


def test_a_service_with_no_end_of_a_run_does_not_start(monkeypatch):
    monkeypatch.setenv("DARKWAKE_MAX_RUN_S", "inf")
    assert "DARKWAKE_MAX_RUN_S: Input should be" in ran("serve", code=2).stderr


def test_a_misspelt_variable_is_warned_of_with_the_name_that_is_meant(monkeypatch):
    monkeypatch.setenv("DARKWAKE_MAX_QUEU", "9")
    said = ran("layers").stderr
    assert "DARKWAKE_MAX_QUEU is no setting and is ignored: is DARKWAKE_MAX_QUEUE" in said


def test_variables_that_are_known_are_not_warned_of():
    known = [variable(name) for settings in SETTINGS for name in settings.model_fields]
    assert unknown_variables([*known, "darkwake_max_runs", "DARKWAKE_SHARED", "DARK", "PATH"]) == []


def test_a_variable_that_resembles_none_is_told_where_they_are_listed():
    (said,) = unknown_variables(["DARKWAKE_XYZZY"])
    assert "docs/settings.md" in said
