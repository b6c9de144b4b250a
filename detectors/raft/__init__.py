"""Rafts: places too dense for pairs to be solved."""

from __future__ import annotations

from detectors.core.kind_names import STS_TRANSFER
from detectors.kind import Kind
from detectors.raft.linker import NAME, link
from detectors.raft.measures import MEASURES
from detectors.raft.params import RaftParams
from detectors.raft.sentence import sentence
from detectors.raft.weights import PRIOR, RULES

KIND = Kind(
    name=NAME,
    title="Raft of ships",
    params=RaftParams,
    link=link,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
    decided_by=(STS_TRANSFER,),
)
