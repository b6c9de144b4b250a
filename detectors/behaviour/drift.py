"""Whether a run's traffic looks like the traffic that a model was learnt from.

The population stability index of each feature: the training windows' tenths against the run's share in each,
sum of (share - tenth) ln(share / tenth). The practice of credit scoring, where it comes from, reads below 0.1
as the same population and above 0.25 as another; that is for two samples of thousands of strangers. Windows
of one ship resemble one another, so the bound here is measured (docs/definitions/anomaly.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.behaviour.features import FEATURES

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64

BINS = 10
WINDOWS_MIN, SEGMENTS_MIN = 200, 20
"""Fewer windows, or windows of fewer vessels, are no traffic that could be compared."""

WINDOWS_MAX = 1500
"""Of more, evenly chosen ones are used: they give drift to a hundredth."""

BOUND = 0.2
"""Mean index over the features beyond which the traffic is another."""

SHARE_LEAST = 0.5


@dataclass(frozen=True, eq=False)
class Bins:
    """Training windows by feature: `edges` (features, 9) between tenths, `shares` (features, 10) in each.

    Where a value is common (a ship that never stops), edges fall together and a bin holds more than a tenth.
    """

    edges: Float64
    shares: Float64

    def __post_init__(self) -> None:
        if self.edges.shape != (len(FEATURES), BINS - 1) or self.shares.shape != (len(FEATURES), BINS):
            raise ValueError("bins of drift have another shape")
        if not np.isfinite(self.edges).all() or (np.diff(self.edges, axis=1) < 0).any():
            raise ValueError("edges of drift are not in order")
        if not (np.isfinite(self.shares).all() and (self.shares >= 0).all() and (self.shares <= 1).all()):
            raise ValueError("shares of drift are damaged")

    @classmethod
    def of(cls, windows: Float64) -> Bins:
        """Return the tenths of windows, shape (windows, features); unknown values are left out."""
        inner = np.linspace(0, 1, BINS + 1)[1:-1]
        edges = np.nanquantile(or_zero(windows), inner, axis=0).T
        return cls(edges, _shares(windows, edges))

    def index(self, windows: Float64) -> Float64:
        """Return the stability index of each feature; 0 where the run, or the training, knows none."""
        least = SHARE_LEAST / max(len(windows), 1)
        shares, learnt = np.maximum(_shares(windows, self.edges), least), np.maximum(self.shares, least)
        index = ((shares - learnt) * np.log(shares / learnt)).sum(axis=1)
        return np.where(np.isfinite(windows).any(axis=0) & (self.shares.sum(axis=1) > 0), index, 0.0)


@dataclass(frozen=True)
class Drift:
    """The drift of a run: whether it was judged, the mean index, and the features that differ most."""

    windows: int
    segments: int
    mean: float | None = None
    features: tuple[tuple[str, float], ...] = ()

    @classmethod
    def judged(cls, bins: Bins, windows: Float64, segments: int) -> Drift:
        """Compare a run's windows with the training's; not judged with too few of them."""
        if not cls.is_enough(len(windows), segments):
            return cls(len(windows), segments)
        index = bins.index(windows)
        ranked = sorted(zip(FEATURES, (float(i) for i in index), strict=True), key=lambda f: -f[1])
        return cls(len(windows), segments, float(index.mean()), tuple(ranked))

    @staticmethod
    def is_enough(windows: int, segments: int) -> bool:
        """Return whether so many windows of so many segments can be compared."""
        return windows >= WINDOWS_MIN and segments >= SEGMENTS_MIN

    @property
    def is_within(self) -> bool | None:
        """Whether the traffic is like the training's; None where there was too little to judge."""
        return None if self.mean is None else self.mean <= BOUND

    def values(self) -> dict[str, Any]:
        """Return the drift as plain values."""
        most = {name: round(index, 3) for name, index in self.features[:3]}
        mean = None if self.mean is None else round(self.mean, 3)
        values = {"index": mean, "bound": BOUND, "within": self.is_within, "windows": self.windows}
        return values | {"vessels": self.segments, "most": most}


def or_zero(windows: Float64) -> Float64:
    """Return windows with zeros in columns of which nothing is known."""
    return np.where(np.isfinite(windows).any(axis=0), windows, 0.0)


def _shares(windows: Float64, edges: Float64) -> Float64:
    shares = np.zeros((len(FEATURES), BINS))
    for n, inner in enumerate(edges):
        values = windows[:, n][np.isfinite(windows[:, n])]
        counts = np.bincount(np.searchsorted(inner, values, side="right"), minlength=BINS)
        shares[n] = counts / max(len(values), 1)
    return shares
