"""Judge gaps: what chance explains, what the transponder explains, and the class of reception."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import DAY_S, MINUTE_S
from detectors.reception.calibration import Ruler
from detectors.reception.chance import Account, account_of, ruler_of
from detectors.reception.fitting import Listener
from detectors.reception.gaps import gaps_of
from detectors.reception.paths import sailed_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from detectors.reception.background import Background
    from detectors.reception.coverage.features import Cover
    from detectors.reception.gaps import Gaps
    from detectors.reception.params import ReceptionParams
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Segments


@dataclass(frozen=True)
class Judgement:
    """What reception says of one gap.

    `reception` is good, poor or unknown. `chance` is the probability of no report by chance as it is
    stated, `bare_chance` as it was computed (too small values are not to be trusted, but they rank),
    `expected_bins` the number of half-hours that should have held a report had the vessel gone on
    transmitting, of `bins` examined. `neighbours_h` are vessel-hours of other vessels near it per bin,
    `usual_h` those of all times at the place. `own_gaps` is the number of other surprising gaps of the
    vessel in `days` of track. `basis` is the evidence for the class.
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
    """Return a judgement of each gap (`Reception.judge`), in their order."""
    gaps = gaps_of(segments, cover.presence, cover.params, rows, open_until_s)
    if not len(gaps.segment):
        return tuple(NOTHING for _ in rows)
    listener = Listener.of(cover, background.lines if background else None)
    calibration = ruler_of(listener, background.ruler if background else Ruler())
    straight = account_of(listener, gaps, calibration)
    sailed_on_places = sailed_on(segments, gaps, cover.params.bin_min * MINUTE_S, on_land)
    on_course = account_of(listener, replace(gaps, places=sailed_on_places), calibration)
    account = straight.mixed(on_course, cover.params.sailed_on_share)
    other_gaps, days = _own_gaps(segments, gaps, account.chance, cover.params.surprise)
    judgements = {
        int(row): _judgement(cover.params, account, n, int(gaps.bins[n]), other_gaps[n], days[n])
        for n, row in enumerate(gaps.row)
    }
    return tuple(judgements.get(int(row), NOTHING) for row in rows)


def _own_gaps(
    segments: Segments, gaps: Gaps, chance: Float64, surprise_min: float
) -> tuple[Float64, Float64]:
    """Return how many other surprising gaps each one's segment has, and the days of its track."""
    bits = -np.log(np.maximum(chance, 1e-300)) - surprise_min
    surprise = -np.expm1(-np.maximum(0.0, bits))
    of_segment = np.bincount(gaps.segment, surprise, len(segments)).astype(np.float64)
    other_gaps = of_segment[gaps.segment] - surprise
    first, last = segments.offsets[gaps.segment], segments.offsets[gaps.segment + 1] - 1
    return other_gaps, (segments.time_s[last] - segments.time_s[first]) / DAY_S


def _judgement(
    params: ReceptionParams, account: Account, n: int, bins: int, other_gaps: float, days: float
) -> Judgement:
    basis = _basis(params, account, n)
    floor = params.background_chance_min if basis == "background" else params.chance_floor
    chance = float(account.chance[n])
    stated = max(floor, chance)
    reception_class = "good" if stated <= params.chance_max else "poor"
    return Judgement(
        reception="unknown" if basis == "none" else reception_class,
        chance=stated,
        bare_chance=chance,
        expected_bins=float(account.expected[n]),
        bins=bins,
        neighbours_h=float(account.near_h[n]),
        usual_h=float(account.usual_h[n]),
        own_gaps=float(other_gaps),
        days=float(days),
        basis=basis,
    )


def _basis(params: ReceptionParams, account: Account, n: int) -> str:
    """Return the evidence for a judgement: vessels near, vessels of the same water, times before, or none.

    Vessels farther away count where satellites alone would have received the vessel, or where the place
    is known.
    """
    known_place = account.usual_h[n] >= params.background_min_h
    from_space = account.space_chance[n] <= params.chance_max
    if account.near_h[n] >= params.neighbours_min_h:
        return "neighbours"
    if (known_place or from_space) and account.wide_h[n] >= params.wide_min_h:
        return "same water"
    return "background" if known_place else "none"
