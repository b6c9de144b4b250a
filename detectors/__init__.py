"""Science: tracks in, findings out. No file, clock, network, web framework or database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detectors import (
    dark_meeting,
    dark_period,
    identity_change,
    loitering,
    port_call,
    raft,
    spoofing,
    sts_cluster,
    sts_transfer,
    unusual,
)

if TYPE_CHECKING:
    from detectors.base import Detector, Linker

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
