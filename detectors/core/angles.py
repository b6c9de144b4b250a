"""Angles on a circle, in degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from geodata.jit import helper

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64

T = TypeVar("T", float, "Float64")

HALF_TURN_DEG = 180.0


@helper
def wrapped_deg(angle_deg: T) -> T:
    """Bring an angle, or a difference of longitudes, into [-180, 180).

    >>> wrapped_deg(190.0), wrapped_deg(-180.0)
    (-170.0, -180.0)
    """
    return (angle_deg + 180.0) % 360.0 - 180.0


def unwrapped_deg(lon_deg: Float64) -> Float64:
    """Return longitudes without jumps of a whole turn, so that a track across 180 is one line."""
    if len(lon_deg) and np.ptp(lon_deg) <= HALF_TURN_DEG:  # nothing can jump
        return lon_deg
    return np.unwrap(lon_deg, period=360.0)


def angle_between_deg(a_deg: float, b_deg: float) -> float:
    """Return the angle between two directions, 0 to 180.

    >>> angle_between_deg(350.0, 10.0)
    20.0
    """
    return abs(wrapped_deg(a_deg - b_deg))
