"""Anomalies: behaviour unlike the training traffic that no rule explains."""

from __future__ import annotations

from detectors.anomaly.linker import NAME, link
from detectors.anomaly.measures import MEASURES
from detectors.anomaly.params import AnomalyParams
from detectors.anomaly.sentence import sentence
from detectors.anomaly.weights import PRIOR, RULES
from detectors.kind import Kind

KIND = Kind(
    name=NAME,
    title="Unexplained unusual behaviour",
    params=AnomalyParams,
    link=link,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
    only_when_asked=True,
)
