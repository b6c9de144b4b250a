"""Put masks on some ships of a theatre: false names and false positions, and innocent things like them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.simulator.deceptions import identities as false_names
from app.simulator.deceptions import positions as false_places
from app.simulator.deceptions.draft import Draft, NobodyError, finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np

    from app.simulator.truth import Theatre, Truth


def masked(theatre: Theatre, times: int, rng: np.random.Generator) -> Theatre:
    """Return a theatre in which each mask is worn so many times, as far as there are ships that fit.

    One jammed area and one shared number come with them. Ships that have a part in another truth are left
    alone, but for the jammed area, which spares nobody.
    """
    draft = Draft.of(theatre, rng)
    truths: list[Truth] = []
    for mask in _masks(times):
        with suppress(NobodyError):
            truths += mask(draft)
    return finished(theatre, draft, truths)


def _masks(times: int) -> Iterator[Callable[[Draft], list[Truth]]]:
    yield false_places.jammed
    yield false_names.shared_number
    for _ in range(times):
        yield from false_names.SOUGHT
        yield from false_places.SOUGHT
        yield from false_names.INNOCENT
        yield from false_places.INNOCENT
