"""Judge silences: what chance explains, what her own set explains, and what the class of reception is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import DAY_S, MINUTE_S
from detectors.reception.calibration import Ruler
from detectors.reception.chance import Account, account_of, ruler_of
from detectors.reception.fitting import Listener
from detectors.reception.paths import sailed_on
from detectors.reception.silences import silences_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from detectors.reception.background import Background
    from detectors.reception.coverage.features import Cover
    from detectors.reception.params import ReceptionParams
    from detectors.reception.silences import Silences
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Segments


@dataclass(frozen=True)
class Judgement:
    """What reception says of one silence.

    `reception` is good, poor or unknown. `chance` is the probability of no report by chance as it is stated,
    `bare_chance` as it was computed (too small values are not to be trusted, but they rank), `expected_bins`
    how many half-hours should have held a report had she gone on transmitting, of `bins` looked at.
    `neighbours_h` are vessel-hours of other ships near her per bin, `usual_h` those of all times at the
    place. `own_gaps` counts other surprising silences of hers in `days` of track. `basis` says what the
    class rests on.
    """

    reception: str
    chance: float | None
    bare_chance: float
    expected_bins: float
    bins: int
    neighbours_h: float
    usual_h: float
    own_gaps: float
    days: float
    basis: str


NOTHING = Judgement("unknown", None, 1.0, 0.0, 0, 0.0, 0.0, 0.0, 0.0, "none")


def judged(
    segments: Segments,
    cover: Cover,
    background: Background | None,
    on_land: Callable[[Float64, Float64], Bool],
    rows: Int64,
    open_until_s: Float64,
) -> tuple[Judgement, ...]:
    """Return a judgement of each silence (`Reception.judge`), in their order."""
    silences = silences_of(segments, cover.presence, cover.params, rows, open_until_s)
    if not len(silences.segment):
        return tuple(NOTHING for _ in rows)
    listener = Listener.of(cover, background.lines if background else None)
    ruler = ruler_of(listener, background.ruler if background else Ruler())
    straight = account_of(listener, silences, ruler)
    curve = sailed_on(segments, silences, cover.params.bin_min * MINUTE_S, on_land)
    sailed = account_of(listener, replace(silences, places=curve), ruler)
    account = straight.mixed(sailed, cover.params.sailed_on_share)
    others, days = _own_silences(segments, silences, account.chance, cover.params.surprise)
    told = {
        int(row): _judgement(cover.params, account, n, int(silences.bins[n]), others[n], days[n])
        for n, row in enumerate(silences.row)
    }
    return tuple(told.get(int(row), NOTHING) for row in rows)


def _own_silences(
    segments: Segments, silences: Silences, chance: Float64, surprise_min: float
) -> tuple[Float64, Float64]:
    """Return how many other surprising silences each one's segment has, and the days of her track."""
    bits = -np.log(np.maximum(chance, 1e-300)) - surprise_min
    surprise = -np.expm1(-np.maximum(0.0, bits))
    of_hull = np.bincount(silences.segment, surprise, len(segments)).astype(np.float64)
    others = of_hull[silences.segment] - surprise
    first, last = segments.offsets[silences.segment], segments.offsets[silences.segment + 1] - 1
    return others, (segments.time_s[last] - segments.time_s[first]) / DAY_S


def _judgement(
    params: ReceptionParams, account: Account, n: int, bins: int, others: float, days: float
) -> Judgement:
    basis = _basis(params, account, n)
    floor = params.background_chance_min if basis == "background" else params.chance_floor
    chance = float(account.chance[n])
    stated = max(floor, chance)
    word = "good" if stated <= params.chance_max else "poor"
    return Judgement(
        reception="unknown" if basis == "none" else word,
        chance=stated,
        bare_chance=chance,
        expected_bins=float(account.expected[n]),
        bins=bins,
        neighbours_h=float(account.near_h[n]),
        usual_h=float(account.usual_h[n]),
        own_gaps=float(others),
        days=float(days),
        basis=basis,
    )


def _basis(params: ReceptionParams, account: Account, n: int) -> str:
    """Return what a judgement rests on: ships near her, ships of the same water, times before; or nothing.

    Ships farther away speak for her where satellites alone would have heard her, or where the place is known.
    """
    known_place = account.usual_h[n] >= params.background_min_h
    from_space = account.space_chance[n] <= params.chance_max
    if account.near_h[n] >= params.neighbours_min_h:
        return "neighbours"
    if (known_place or from_space) and account.wide_h[n] >= params.wide_min_h:
        return "same water"
    return "background" if known_place else "none"
