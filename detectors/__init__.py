"""Science: tracks in, findings out. No file, clock, network, web framework or database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detectors.anomaly import linker as unusual
from detectors.dark_meeting import linker as dark_meeting
from detectors.dark_period import detector as dark_period
from detectors.identity_change import detector as identity_change
from detectors.loitering import detector as loitering
from detectors.port_call import detector as port_call
from detectors.raft import linker as raft
from detectors.spoofing import detector as spoofing
from detectors.sts_cluster import linker as sts_cluster
from detectors.sts_transfer import detector as sts_transfer

if TYPE_CHECKING:
    from detectors.kind import Detector, Linker

DETECTORS: tuple[Detector[Any], ...] = (
    sts_transfer.DETECTOR,
    dark_period.DETECTOR,
    loitering.DETECTOR,
    port_call.DETECTOR,
    identity_change.DETECTOR,
    spoofing.DETECTOR,
)
"""Every detector, in the order in which they run. A new one is one file and one line here."""

LINKERS: tuple[Linker[Any], ...] = (sts_cluster.LINKER, raft.LINKER, dark_meeting.LINKER, unusual.LINKER)
"""Kinds that are built from the findings of detectors."""
