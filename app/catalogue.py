"""What is published about the detectors, from the classes that they run with."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from detectors import KINDS
from detectors.core.params import parameters
from detectors.core.rules import CategoryWeights, LinearWeight
from detectors.events.score import BANDS
from detectors.presets import PRESETS, SHARED
from geodata.layers import packaged_layers

if TYPE_CHECKING:
    from detectors.core.rules import Rule
    from detectors.kind import Kind
    from detectors.presets import Shared


def catalogue() -> dict[str, Any]:
    """Return kinds with their fields and weights, presets and bands, as plain values."""
    return {
        **{part.name: _parameters(part) for part in SHARED},
        "kinds": [_kind(kind) for kind in KINDS],
        "presets": {name: dict(changes) for name, changes in PRESETS.items()},
        "bands": [{"band": name, "least_score": least} for least, name in BANDS],
        "score": "sigmoid(prior + sum of weights); a score, not a probability",
    }


def groups(published: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all that has thresholds in a catalogue: what all kinds share, then the kinds."""
    return [*(published[part.name] for part in SHARED), *published["kinds"]]


def layer_rows() -> list[dict[str, str]]:
    """Return the layers of the packaged chart as plain values."""
    return [asdict(layer) for layer in packaged_layers().values()]


def _kind(kind: Kind[Any]) -> dict[str, Any]:
    return _parameters(kind) | {
        "prior": kind.prior,
        "reasons": [_rule(rule) for rule in kind.rules],
        "measures": [asdict(measure) for measure in kind.all_measures],
    }


def _parameters(part: Kind[Any] | Shared[Any]) -> dict[str, Any]:
    return {
        "kind": part.name,
        "title": part.title,
        "meaning": (part.params.__doc__ or "").strip(),
        "fields": [asdict(each) for each in parameters(part.params)],
        "prior": None,
        "reasons": [],
        "measures": [],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    name = rule.measure.name
    if isinstance(rule, LinearWeight):
        values = {"measure": name, "unit": "log-odds", "text": rule.text}
        return values | {"per_unit": rule.per_unit, "least": rule.least, "most": rule.most, "steps": []}
    if isinstance(rule, CategoryWeights):
        steps = [{"value": value, "weight": weight, "text": text} for value, weight, text in rule.weights]
        return {"measure": name, "steps": steps}
    return {
        "measure": name,
        "unit": rule.measure.unit,
        "text": rule.text,
        "steps": [{"from": None if math.isinf(at) else at, "weight": weight} for at, weight in rule.steps],
    }
