"""Spoofing: positions that no vessel can have sent from."""

from __future__ import annotations

from detectors.kind import Kind
from detectors.spoofing.detector import NAME, detect
from detectors.spoofing.measures import MEASURES
from detectors.spoofing.params import SpoofingParams
from detectors.spoofing.sentence import sentence
from detectors.spoofing.weights import PRIOR, RULES

KIND = Kind(
    name=NAME,
    title="Spoofing",
    params=SpoofingParams,
    find=detect,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
)
