"""Science: tracks in, findings out. No file, clock, network, web framework or database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detectors import (
    anomaly,
    dark_meeting,
    dark_period,
    identity_change,
    loitering,
    port_call,
    raft,
    spoofing,
    sts_cluster,
    sts_transfer,
)

if TYPE_CHECKING:
    from detectors.kind import Kind

KINDS: tuple[Kind[Any], ...] = (
    sts_transfer.KIND,
    dark_period.KIND,
    loitering.KIND,
    port_call.KIND,
    identity_change.KIND,
    spoofing.KIND,
    sts_cluster.KIND,
    raft.KIND,
    dark_meeting.KIND,
    anomaly.KIND,
)
"""Every kind of event, in the order in which they run: the only registry. A new kind is one line here."""

KIND_BY_NAME: dict[str, Kind[Any]] = {kind.name: kind for kind in KINDS}
