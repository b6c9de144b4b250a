"""Dark periods: gaps longer than a threshold."""

from __future__ import annotations

from detectors.core.kind_names import IDENTITY_CHANGE, PORT_CALL
from detectors.dark_period.ceiling import ReceptionCeiling
from detectors.dark_period.detector import NAME, detect
from detectors.dark_period.measures import MEASURES
from detectors.dark_period.params import DarkParams
from detectors.dark_period.relations import related
from detectors.dark_period.sentence import sentence
from detectors.dark_period.weights import PRIOR, RULES
from detectors.kind import Kind

KIND = Kind(
    name=NAME,
    title="Dark period",
    params=DarkParams,
    find=detect,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
    related=related,
    ceiling=ReceptionCeiling(),
    decided_by=(IDENTITY_CHANGE, PORT_CALL),
)
