"""Port calls in the DPRK, Vostochny and Nakhodka."""

from __future__ import annotations

from detectors.core.kind_names import LOITERING, STS_TRANSFER
from detectors.kind import Kind
from detectors.port_call.detector import NAME, detect
from detectors.port_call.measures import MEASURES
from detectors.port_call.params import PortCallParams
from detectors.port_call.relations import related
from detectors.port_call.sentence import sentence
from detectors.port_call.weights import PRIOR, RULES

KIND = Kind(
    name=NAME,
    title="Port call",
    params=PortCallParams,
    find=detect,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
    related=related,
    decided_by=(STS_TRANSFER, LOITERING),
)
