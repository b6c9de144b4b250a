import math
from dataclasses import dataclass

import pytest

from detectors import KINDS
from detectors.core.params import COUNTS, ParamError, Params, digest, overridden, parameter, parameters
from detectors.presets import PRESETS, SHARED, params_for
from detectors.sts_transfer.params import StsParams

MEASURED = {
    "days",
    "log-odds",
    "nm",
    "deg",
    "h",
    "laps",
    "times",
    "km",
    "kn",
    "m",
    "min",
    "on/off",
    "probability",
    "reports/h",
    "s",
    "share",
    "vessel-hours",
}
CLASSES = {part.name: part.params for part in (*SHARED, *KINDS)}
ALL = [(name, each) for name, cls in CLASSES.items() for each in parameters(cls)]


@dataclass(frozen=True)
class Sample(Params):
    """Thresholds for these tests."""

    far_m: float = parameter(10.0, unit="m", low=1, high=20, meaning="How far.", source="this test")
    told: bool = parameter(True, unit="on/off", meaning="Whether.", source="this test")


@pytest.mark.parametrize(("name", "each"), ALL, ids=[f"{n}.{k.name}" for n, k in ALL])
def test_every_published_field_has_unit_meaning_and_source_and_a_default_in_range(name, each):
    assert name
    assert each.unit
    assert each.meaning.endswith("."), "a meaning is a sentence"
    assert len(each.source) > 10, "a source names a paper, a definition, a benchmark, or why it was chosen"
    if not isinstance(each.default, bool):
        assert each.low <= each.default <= each.high


@pytest.mark.parametrize(("name", "each"), ALL, ids=[f"{n}.{k.name}" for n, k in ALL])
def test_every_published_field_refuses_what_is_out_of_range(name, each):
    base = CLASSES[name]()
    bad = (
        ["perhaps"] if isinstance(each.default, bool) else [each.low - 1, each.high + 1, "nan", "inf", "wide"]
    )
    for value in bad:
        with pytest.raises(ParamError, match=each.name):
            overridden(base, {each.name: value})


COUNTED = [(name, each) for name, each in ALL if each.unit in COUNTS]


@pytest.mark.parametrize(("name", "each"), COUNTED, ids=[f"{n}.{k.name}" for n, k in COUNTED])
@pytest.mark.parametrize("half", [0.5, "0.5"])
def test_a_threshold_that_counts_refuses_a_fraction(name, each, half):
    base, least = CLASSES[name](), math.floor(each.low)
    value = type(half)(least + 1 + float(half))
    with pytest.raises(
        ParamError, match=rf"{each.name} = .*\.5 {each.unit} is no whole number: it counts {each.unit}"
    ):
        overridden(base, {each.name: value})
    assert overridden(base, {each.name: f"{least + 1}.0"})


def test_what_is_counted_is_told_by_its_unit():
    names = {each.name for _, each in COUNTED}
    assert names >= {
        "segments_max",
        "encounter.neighbours_max",
        "segment_reports_min",
        "satellite.passes_min",
        "encounters_min",
        "rows_max",
    }
    units = {each.unit for _, each in ALL}
    assert units - COUNTS <= MEASURED, "a new unit: is it counted (detectors/core/params.py) or measured?"


def test_a_field_that_does_not_exist_is_told_with_those_that_do():
    with pytest.raises(ParamError, match=r"no parameter 'near_m': there are far_m"):
        overridden(Sample(), {"near_m": 5})
    with pytest.raises(ParamError, match=r"no parameter 'close_leave_m': there are encounter\.close_leave_m"):
        overridden(StsParams(), {"close_leave_m": 5})
    with pytest.raises(ParamError, match=r"no parameter 'nearness': there are far_m, told"):
        overridden(Sample(), {"nearness": 5})


def test_words_from_a_command_line_become_numbers_and_switches():
    changed = overridden(Sample(), {"far_m": "12.5", "told": "off"})
    assert changed == Sample(far_m=12.5, told=False)


def test_tiers_that_do_not_nest_are_refused():
    with pytest.raises(ParamError, match=r"sts_transfer: .*close_leave_m = 100 m is less than close_enter_m"):
        params_for("default", {"sts_transfer": {"encounter.close_leave_m": 100}})


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_valid(preset):
    assert set(params_for(preset)) == {part.name for part in (*SHARED, *KINDS)}


def test_a_preset_or_kind_that_does_not_exist_is_told_with_those_that_do():
    with pytest.raises(ParamError, match="no preset 'strict': there are default, gfw"):
        params_for("strict")
    with pytest.raises(ParamError, match="no kind 'smuggling'"):
        params_for("default", {"smuggling": {}})


def test_a_digest_tells_values_apart_and_is_the_same_for_the_same():
    assert digest([Sample().values()]) == digest([Sample().values()])
    assert digest([Sample().values()]) != digest([Sample(far_m=11.0).values()])
