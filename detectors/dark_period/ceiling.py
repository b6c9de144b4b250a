"""What bounds the score of a dark period: nobody knows whether the vessel would have been heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detectors.core.rules import Reason
from detectors.events.score import log_odds_of

if TYPE_CHECKING:
    from detectors.core.measures import Values


@dataclass(frozen=True)
class ReceptionCeiling:
    """A gap cannot score higher than `most` while its reception is not known to be good."""

    most: float = 0.65

    def reason(self, values: Values, log_odds: float) -> Reason | None:
        """Return the reason that holds a gap below "high"; None where reception is good."""
        reception = values.get("reception")
        if reception in {None, "good"}:
            return None
        held = f"whether it would have been heard is not known: held at {self.most} at most"
        over = min(0.0, log_odds_of(self.most) - log_odds)
        return Reason("reception_ceiling", reception, "", self.most, over, held)
