"""What is published about the detectors, from the classes that they run with."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from detectors import DETECTORS, LINKERS
from detectors.core.params import Params, knobs
from detectors.core.rules import Slope, Words
from detectors.events.score import BANDS
from detectors.presets import AREA, HISTORY, PRESETS, RECEPTION, SHARED, TRACKS
from detectors.weights import RULES
from geodata.layers import packaged_layers

if TYPE_CHECKING:
    from detectors.core.rules import Rule
    from detectors.kind import Detector, Linker


TITLES = {
    TRACKS: "Putting reports into tracks",
    RECEPTION: "Judging who would have been heard",
    HISTORY: "Reading the events of a vessel together",
    AREA: "What is near DPRK waters",
}
"""What the thresholds that all kinds share are for."""


def catalogue() -> dict[str, Any]:
    """Return kinds with their fields and weights, presets and bands, as plain values."""
    every: tuple[Detector[Any] | Linker[Any], ...] = (*DETECTORS, *LINKERS)
    kinds = [_kind(each.kind, each.title, each.params) for each in every]
    return {
        **{name: _kind(name, TITLES[name], params) for name, params in SHARED.items()},
        "kinds": kinds,
        "presets": {name: dict(changes) for name, changes in PRESETS.items()},
        "bands": [{"band": name, "least_score": least} for least, name in BANDS],
        "score": "sigmoid(prior + sum of weights); a score, not a probability",
    }


def groups(published: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all that has thresholds in a catalogue: what all kinds share, then the kinds."""
    return [*(published[name] for name in SHARED), *published["kinds"]]


def layer_rows() -> list[dict[str, str]]:
    """Return the layers of the packaged chart as plain values."""
    return [asdict(layer) for layer in packaged_layers().values()]


def _kind(kind: str, title: str, params: type[Params]) -> dict[str, Any]:
    prior, rules = RULES.get(kind, (None, ()))
    return {
        "kind": kind,
        "title": title,
        "meaning": (params.__doc__ or "").strip(),
        "fields": [asdict(k) for k in knobs(params)],
        "prior": prior,
        "reasons": [_rule(rule) for rule in rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    if isinstance(rule, Slope):
        told = {"measure": rule.measure, "unit": "log-odds", "text": rule.text}
        return told | {"per_unit": rule.per_unit, "least": rule.least, "most": rule.most, "steps": []}
    if isinstance(rule, Words):
        steps = [{"value": word, "weight": weight, "text": text} for word, weight, text in rule.weights]
        return {"measure": rule.measure, "steps": steps}
    return {
        "measure": rule.measure,
        "unit": rule.unit,
        "text": rule.text,
        "steps": [{"from": None if math.isinf(at) else at, "weight": weight} for at, weight in rule.steps],
    }
