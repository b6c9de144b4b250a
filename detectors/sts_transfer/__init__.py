"""Ship-to-ship transfers: two vessels close together for long enough."""

from __future__ import annotations

from detectors.core.kind_names import DARK_PERIOD, SPOOFING
from detectors.kind import Kind
from detectors.sts_transfer.detector import NAME, detect
from detectors.sts_transfer.measures import MEASURES
from detectors.sts_transfer.params import StsParams
from detectors.sts_transfer.relations import from_surroundings, related
from detectors.sts_transfer.sentence import sentence
from detectors.sts_transfer.weights import PRIOR, RULES

KIND = Kind(
    name=NAME,
    title="Ship-to-ship transfer",
    params=StsParams,
    find=detect,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
    related=related,
    from_surroundings=from_surroundings,
    decided_by=(DARK_PERIOD, SPOOFING),
)
