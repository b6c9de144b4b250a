"""Echoes: signs that follow from another sign of the same MMSI, and prove nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.spoofing.sign import CIRCLING, CONTRADICTS, FROZEN, Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

ECHO_SHARE = 0.5
"""A contradiction during whose time the position was false for this share is no sign of its own."""


def without_echoes(signs: list[Sign], reported: Sequence[Sign] = ()) -> list[Sign]:
    """Leave out signs that another sign causes: a false position contradicts the reported motion.

    `reported` are signs that are reported elsewhere, with those of an area.
    """
    causes: dict[int, list[Sign]] = {}
    for sign in [*reported, *(s for s in signs if s.sort in {FROZEN, CIRCLING})]:
        causes.setdefault(sign.vessel, []).append(sign)
    return [s for s in signs if not any(_echoes(s, cause) for cause in causes.get(s.vessel, ()))]


def _echoes(sign: Sign, cause: Sign) -> bool:
    """Return whether a sign follows from a false position that is frozen or circles."""
    shared_s = min(sign.end_s, cause.end_s) - max(sign.start_s, cause.start_s)
    return sign.sort == CONTRADICTS and shared_s >= ECHO_SHARE * (sign.end_s - sign.start_s)
