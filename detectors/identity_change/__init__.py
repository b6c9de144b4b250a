"""Identity changes."""

from __future__ import annotations

from detectors.identity_change.detector import NAME, detect
from detectors.identity_change.measures import MEASURES
from detectors.identity_change.params import IdentityParams
from detectors.identity_change.sentence import sentence
from detectors.identity_change.weights import PRIOR, RULES
from detectors.kind import Kind

KIND = Kind(
    name=NAME,
    title="Identity change",
    params=IdentityParams,
    find=detect,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
)
