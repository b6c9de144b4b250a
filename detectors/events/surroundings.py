"""What surrounds a finding, as far as kinds make measures of their own from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detectors.core.measures import Value

CARGO = "cargo"
"""The trade of vessels that all declare that they are tankers or cargo ships."""


@dataclass(frozen=True)
class Surroundings:
    """What kinds may derive measures of their own from: DPRK waters, and the trade of the vessels."""

    waters: str
    trade: Value

    @property
    def excuses(self) -> bool:
        """Whether ports and anchorages make an event ordinary: inside DPRK waters they do not."""
        return self.waters not in {"territorial_sea", "disputed"}
