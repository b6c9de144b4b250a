"""Loitering in open water."""

from __future__ import annotations

from detectors.core.kind_names import PORT_CALL, STS_TRANSFER
from detectors.kind import Kind
from detectors.loitering.detector import NAME, detect
from detectors.loitering.measures import MEASURES
from detectors.loitering.params import LoiteringParams
from detectors.loitering.relations import related, without_encounters
from detectors.loitering.sentence import sentence
from detectors.loitering.weights import PRIOR, RULES

KIND = Kind(
    name=NAME,
    title="Loitering",
    params=LoiteringParams,
    find=detect,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
    related=related,
    settle=without_encounters,
    decided_by=(STS_TRANSFER, PORT_CALL),
)
