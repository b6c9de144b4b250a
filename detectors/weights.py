"""The weights of every kind of event: one readable table per kind, a file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.anomaly import weights as anomaly
from detectors.dark_meeting import weights as dark_meeting
from detectors.dark_period import weights as dark_period
from detectors.events.shared_rules import BEHAVIOUR
from detectors.identity_change import weights as identity_change
from detectors.loitering import weights as loitering
from detectors.port_call import weights as port_call
from detectors.raft import weights as raft
from detectors.spoofing import weights as spoofing
from detectors.sts_cluster import weights as sts_cluster
from detectors.sts_transfer import weights as sts_transfer

if TYPE_CHECKING:
    from detectors.core.rules import Rule

RULES: dict[str, tuple[float, tuple[Rule, ...]]] = {
    "sts_transfer": (sts_transfer.PRIOR, sts_transfer.RULES),
    "dark_period": (dark_period.PRIOR, dark_period.RULES),
    "sts_cluster": (sts_cluster.PRIOR, sts_cluster.RULES),
    "loitering": (loitering.PRIOR, loitering.RULES),
    "port_call": (port_call.PRIOR, port_call.RULES),
    "identity_change": (identity_change.PRIOR, identity_change.RULES),
    "spoofing": (spoofing.PRIOR, spoofing.RULES),
    "dark_meeting": (dark_meeting.PRIOR, dark_meeting.RULES),
    "raft": (raft.PRIOR, raft.RULES),
    "anomaly": (anomaly.PRIOR, anomaly.RULES),
}
"""For each kind its prior in log-odds, and its reasons in the order in which they are told."""

WEIGH_BEHAVIOUR = frozenset(kind for kind, (_, rules) in RULES.items() if set(BEHAVIOUR) & set(rules))
"""Kinds in which it weighs how unlike ordinary traffic a vessel behaved."""
