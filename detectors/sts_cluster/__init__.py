"""Clusters of ship-to-ship transfers."""

from __future__ import annotations

from detectors.core.kind_names import SPOOFING, STS_TRANSFER
from detectors.kind import Kind
from detectors.sts_cluster.ceiling import MemberCeiling
from detectors.sts_cluster.linker import NAME, link
from detectors.sts_cluster.measures import MEASURES
from detectors.sts_cluster.params import ClusterParams
from detectors.sts_cluster.relations import from_members, from_surroundings, related
from detectors.sts_cluster.sentence import sentence
from detectors.sts_cluster.weights import PRIOR, RULES

KIND = Kind(
    name=NAME,
    title="Cluster of ship-to-ship transfers",
    params=ClusterParams,
    link=link,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
    related=related,
    from_surroundings=from_surroundings,
    from_members=from_members,
    ceiling=MemberCeiling(),
    decided_by=(SPOOFING,),
    built_from=(STS_TRANSFER,),
)
