"""Apply deceptions to some vessels: false identities and false positions, and innocent look-alikes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.simulator.deceptions import identities as false_identities
from app.simulator.deceptions import positions as false_positions
from app.simulator.deceptions.draft import Draft, NoVesselError, finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np

    from app.simulator.truth import Traffic, Truth


def with_deceptions(traffic: Traffic, times: int, rng: np.random.Generator) -> Traffic:
    """Return traffic in which each deception occurs so many times, as far as there are vessels that fit.

    One jammed area and one shared MMSI come with them. Vessels that have a part in another truth are left
    out, except in the jammed area, which affects all.
    """
    draft = Draft.of(traffic, rng)
    truths: list[Truth] = []
    for deception in _deceptions(times):
        with suppress(NoVesselError):
            truths += deception(draft)
    return finished(traffic, draft, truths)


def _deceptions(times: int) -> Iterator[Callable[[Draft], list[Truth]]]:
    yield false_positions.jammed
    yield false_identities.shared_number
    for _ in range(times):
        yield from false_identities.POSITIVES
        yield from false_positions.POSITIVES
        yield from false_identities.INNOCENT
        yield from false_positions.INNOCENT
