"""JSON texts -> values. NaN and Infinity, which Python writes though JSON has neither, are missing values."""

from __future__ import annotations

import math
import re

from pydantic_core import from_json

NOT_FINITE = re.compile(rb"NaN|Infinity")


def value_of(text: bytes) -> object:
    """Return what a JSON text holds, None for numbers that are not finite. Raises ValueError.

    >>> value_of(b'{"sog": NaN, "cog": [-Infinity, 1.5]}')
    {'sog': None, 'cog': [None, 1.5]}
    """
    value = from_json(text)
    return _finite(value) if NOT_FINITE.search(text) else value


def _finite(value: object) -> object:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
