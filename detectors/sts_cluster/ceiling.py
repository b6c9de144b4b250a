"""What bounds the score of a cluster: an operation of several transfers is no likelier than the likeliest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detectors.core.rules import Reason
from detectors.events.score import log_odds_of

if TYPE_CHECKING:
    from detectors.core.measures import Values


@dataclass(frozen=True)
class MemberCeiling:
    """A cluster scores no higher than the best of its members."""

    def reason(self, values: Values, log_odds: float) -> Reason | None:
        """Return the reason that holds a cluster at its best encounter; None where none is needed."""
        best = values.get("best_encounter_score")
        if not isinstance(best, float) or not 0.0 < best < 1.0:
            return None
        over = log_odds_of(best) - log_odds
        if over >= 0.0:
            return None
        return Reason(
            "best_encounter_score",
            best,
            "",
            None,
            over,
            f"held at the score of its best encounter, {best:.2f}",
        )
