"""Judge silences: gather their half-hours, ask what was heard there, and say what chance explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.reception.chance import silence_by_chance
from detectors.reception.features import Heard, Places
from detectors.reception.hearing import Hearing, fitted, ship_effect
from detectors.reception.silences import silences_of
from detectors.units import DAY_S

if TYPE_CHECKING:
    from detectors.reception.features import Cover
    from detectors.reception.params import ReceptionParams
    from detectors.reception.presence import Presence
    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Hulls

FIT_ROWS = 30_000
"""Bins that the lines are fitted on: more change nothing that matters."""

SHIP_ROWS = 96
"""Bins of a ship that tell how well she is heard: two days' worth, spread over her track."""

SURPRISE = 7.0
"""A silence whose chance is below exp(-7) counts as one that her own kit, or her crew, made (our
prototype)."""

WIDE_NEIGHBOURS_H = 1.0
"""Ships of the same water count as evidence from this many vessel-hours in a bin, where the place is
known."""

SEED = 20260101


@dataclass(frozen=True)
class Judgement:
    """What reception says of one silence.

    `reception` is good, poor or unknown. `chance` is the probability of no report by chance, `expected_bins`
    how many half-hours should have held a report had she gone on transmitting, of `bins` looked at.
    `neighbours_h` are vessel-hours of other ships near her per bin, `usual_h` those of all times at the
    place. `own_silences` counts other surprising silences of hers in `days` of track. `basis` says what the
    class rests on.
    """

    reception: str
    chance: float | None
    expected_bins: float
    bins: int
    neighbours_h: float
    usual_h: float
    own_silences: float
    days: float
    basis: str


NOTHING = Judgement("unknown", None, 0.0, 0, 0.0, 0.0, 0.0, 0.0, "none")


def judged(
    hulls: Hulls, cover: Cover, lines: Float64 | None, rows: Int64, open_until_s: Float64
) -> tuple[Judgement, ...]:
    """Return a judgement of each silence (`Reception.judge`), in their order."""
    silences = silences_of(hulls, cover.presence, cover.params, rows, open_until_s)
    if not len(silences.hull):
        return tuple(NOTHING for _ in rows)
    hearing = fit(cover, lines)
    heard = cover.heard(silences.places)
    mean, spread = _ships(cover, hearing, silences.hull)
    odds = hearing.log_odds(heard, silences.places.is_class_b)
    chance, expected = silence_by_chance(odds, silences.starts, mean, spread)
    surprise = -np.expm1(-np.maximum(0.0, -np.log(np.maximum(chance, 1e-300)) - SURPRISE))
    others = np.bincount(silences.hull, surprise, len(hulls))[silences.hull] - surprise
    first, last = hulls.offsets[silences.hull], hulls.offsets[silences.hull + 1] - 1
    days = (hulls.time_s[last] - hulls.time_s[first]) / DAY_S
    evidence = _evidence(heard, silences.starts)
    told = {
        int(row): _judgement(
            cover.params, chance[n], expected[n], silences.bins[n], evidence[n], others[n], days[n]
        )
        for n, row in enumerate(silences.row)
    }
    return tuple(told.get(int(row), NOTHING) for row in rows)


def fit(cover: Cover, start: Float64 | None) -> Hearing:
    """Return the lines fitted on a sample of the half-hours of all ships."""
    rows = np.flatnonzero(cover.presence.weight > 0)
    if len(rows) > FIT_ROWS:
        rows = np.sort(np.random.default_rng(SEED).choice(rows, FIT_ROWS, replace=False))
    places = _at(cover.presence, rows)
    weight = cover.presence.weight[rows].astype(np.float64)
    in_use = cover.usual.heard.sum(axis=0) > 0
    return fitted(cover.heard(places), places.is_class_b, cover.presence.heard[rows], weight, in_use, start)


def _at(presence: Presence, rows: Int64) -> Places:
    """Return rows of presence as places, each row and its neighbours in time being the ship's own."""
    hull = presence.hull[rows]
    own = np.stack(
        (np.maximum(rows - 1, presence.offsets[hull]), np.minimum(rows + 2, presence.offsets[hull + 1]))
    )
    return Places(
        presence.bin[rows], presence.lon_deg[rows], presence.lat_deg[rows], own.T, presence.is_class_b[hull]
    )


def _ships(cover: Cover, hearing: Hearing, hull: Int64) -> tuple[Float64, Float64]:
    """Return how well the ship of each silence is heard, told from half-hours outside her long silences."""
    presence = cover.presence
    ships, which = np.unique(hull, return_inverse=True)
    rows = np.concatenate([_spread_rows(presence, int(ship)) for ship in ships])
    number = np.searchsorted(ships, presence.hull[rows])
    places = _at(presence, rows)
    odds = hearing.log_odds(cover.heard(places), places.is_class_b)
    # The sample stands for all her bins, whose weight is bounded all the same: a track is not independent.
    mean, spread = ship_effect(odds, presence.heard[rows], np.ones(len(rows)), number, len(ships))
    return mean[which], spread[which]


def _spread_rows(presence: Presence, hull: int) -> Int64:
    first, end = presence.offsets[hull], presence.offsets[hull + 1]
    rows = first + np.flatnonzero(presence.weight[first:end] == 1.0)
    if len(rows) <= SHIP_ROWS:
        return np.asarray(rows)
    return np.asarray(rows[np.linspace(0, len(rows) - 1, SHIP_ROWS).astype(np.int64)])


def _evidence(heard: Heard, starts: Int64) -> Float64:
    """Return means over each silence of vessel-hours near, in the wide water, and usual at the place."""
    count = np.diff(np.append(starts, len(heard.near_h)))
    columns = (heard.near_h, heard.wide_h, heard.usual_h)
    return np.stack([np.add.reduceat(c, starts) / count for c in columns], axis=1)


def _judgement(
    params: ReceptionParams,
    chance: float,
    expected: float,
    bins: int,
    evidence: Float64,
    others: float,
    days: float,
) -> Judgement:
    near_h, wide_h, usual_h = (float(v) for v in evidence)
    basis = _basis(params, near_h, wide_h, usual_h)
    floor = params.background_chance_min if basis == "background" else params.chance_floor
    stated = float(max(floor, chance))
    if stated > params.chance_max:
        reception = "poor" if basis != "none" else "unknown"
    else:
        reception = "good" if basis != "none" else "unknown"
    return Judgement(
        reception, stated, float(expected), int(bins), near_h, usual_h, float(others), float(days), basis
    )


def _basis(params: ReceptionParams, near_h: float, wide_h: float, usual_h: float) -> str:
    known_place = usual_h >= params.background_min_h
    if near_h >= params.neighbours_min_h:
        return "neighbours"
    if known_place and wide_h >= WIDE_NEIGHBOURS_H:
        return "same water"
    return "background" if known_place else "none"
