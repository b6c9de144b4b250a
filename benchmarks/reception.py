"""How well reception is judged, on simulated traffic whose truth is known.

    python benchmarks/reception.py --seeds 101,102,103 --regime dense

Two tables. Reliability: windows along the tracks of innocent ships, by stated probability of silence by
chance against the share that was truly silent (a window is no observed silence: those are chosen for being
silent). Separation: silences that a crew made against innocent ones, by the log-odds that the events tell.
Switched off in port is neither. Seeds 1 to 9 were looked at while the model was built; others were not.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import precision_recall_curve, roc_auc_score

from app.simulator.settings import TheatreSettings
from app.simulator.traffic import make_theatre
from detectors.core.units import DAY_S, HOUR_S
from detectors.dark_period.gaps import gaps_of
from detectors.dark_period.params import DarkParams
from detectors.dark_period.reception_measures import log_odds_of
from detectors.reception.calibration import Ruler
from detectors.reception.chance import account_of, ruler_of
from detectors.reception.coverage.features import Cover
from detectors.reception.coverage.presence import presence_of
from detectors.reception.fitting import Listener
from detectors.reception.params import ReceptionParams
from detectors.reception.reception import Reception
from detectors.reception.windows import windows_of
from detectors.scene import Scene
from detectors.tracks.build import make_tracks
from geodata.world import load_world

if TYPE_CHECKING:
    from app.simulator.truth import Theatre, Truth
    from detectors.dark_period.gaps import Gaps
    from detectors.tracks.tracks import Tracks

EDGES = (0.0, 0.001, 0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
RECALL = 0.9
WINDOWS = 8000


@dataclass(frozen=True, eq=False)
class Measured:
    """One theatre: windows (stated, silent), silences (label, log-odds, class), ship-days, CPU seconds."""

    stated: np.ndarray
    silent: np.ndarray
    label: np.ndarray
    log_odds: np.ndarray
    reception: np.ndarray
    days: float
    cpu_s: float
    positions: int


def settings(seed: int, regime: str) -> TheatreSettings:
    """Return a theatre in which crews switch off often enough to count, and innocent silences more often."""
    return TheatreSettings(
        seed=seed, days=6, ships=250, regime=regime, switch_offs=60, transfers=4, clusters=1, look_alikes=20
    )


def measured(seed: int, regime: str) -> Measured:
    """Make a theatre and judge every silence and many windows in it."""
    world, params = load_world(), ReceptionParams()
    theatre = make_theatre(settings(seed, regime), world)
    tracks, _ = make_tracks(theatre.reports, theatre.statics)
    reception = Reception(tracks, params, None, world.on_land)
    scene = Scene(tracks, world, tracks.end_s, None, reception)
    started_s = time.process_time()
    silences = gaps_of(scene, DarkParams())
    until_s = np.where(silences.is_open, scene.heard_until_s, np.nan)
    judged = reception.judge(silences.row, until_s)
    cpu_s = time.process_time() - started_s
    gap_h = (silences.until_s - tracks.segments.time_s[silences.row]) / HOUR_S
    stated, silent = _windows(theatre, tracks, params, seed)
    return Measured(
        stated=stated,
        silent=silent,
        label=np.array(_labels(theatre, tracks, silences)),
        log_odds=np.array([log_odds_of(j, h) for j, h in zip(judged, gap_h.tolist(), strict=True)]),
        reception=np.array([j.reception for j in judged]),
        days=_ship_days(tracks),
        cpu_s=cpu_s,
        positions=len(tracks),
    )


def _windows(theatre: Theatre, tracks: Tracks, params: ReceptionParams, seed: int) -> tuple[Any, Any]:
    crews = {mmsi for t in theatre.truth if t.label == "switched_off" for mmsi in t.mmsis}
    innocent = ~np.isin(tracks.vessel[tracks.segments.vessel_index], list(crews))
    presence = presence_of(tracks, params)
    assert presence is not None
    listener = Listener.of(Cover.of(presence, None, params), None)
    windows, silent = windows_of(presence, innocent, WINDOWS, seed)
    account = account_of(listener, windows, ruler_of(listener, Ruler()))
    near = account.near_h >= params.neighbours_min_h
    return account.chance[near], silent[near]


def _labels(theatre: Theatre, tracks: Tracks, silences: Gaps) -> list[str]:
    """Return the truth that each silence overlaps most."""
    by_ship: dict[int, list[Truth]] = {}
    for truth in theatre.truth:
        if truth.kind == "dark_period":
            by_ship.setdefault(truth.mmsis[0], []).append(truth)
    labels = []
    for n in range(len(silences)):
        vessel = int(tracks.vessel[tracks.segments.vessel_index[silences.segment[n]]])
        span = (float(tracks.segments.time_s[silences.row[n]]), float(silences.until_s[n]))
        best = max(by_ship.get(vessel, []), key=lambda t: _overlap_s(t, span), default=None)
        labels.append(best.label if best and _overlap_s(best, span) > 0 else "none")
    return labels


def _overlap_s(truth: Truth, span: tuple[float, float]) -> float:
    return min(span[1], truth.end_s) - max(span[0], truth.start_s)


def _ship_days(tracks: Tracks) -> float:
    first, last = tracks.offsets[:-1], tracks.offsets[1:] - 1
    return float((tracks.time_s[last] - tracks.time_s[first]).sum() / DAY_S)


def reliability(stated: np.ndarray, silent: np.ndarray) -> list[str]:
    """Return the lines of the table of stated against observed."""
    lines = ["| stated | windows | mean stated | truly silent | observed / stated |", "|---|---|---|---|---|"]
    for low, high in pairwise(EDGES):
        mask = (stated >= low) & (stated < high + (high == 1.0))
        if mask.any():
            mean, share = stated[mask].mean(), silent[mask].mean()
            lines.append(
                f"| {low:g} to {high:g} | {mask.sum()} | {mean:.4f} | {share:.4f} | {share / mean:.2f} |"
            )
    return lines


def separation(label: np.ndarray, log_odds: np.ndarray, reception: np.ndarray, days: float) -> list[str]:
    """Return the lines of the table of deliberate against innocent silences."""
    kept = label != "moored_off"
    label, log_odds, reception = label[kept], log_odds[kept], reception[kept]
    sought = label == "switched_off"
    precision, recall, threshold = precision_recall_curve(sought, log_odds)
    at = int(np.flatnonzero(recall >= RECALL)[-1])
    false = int((log_odds[~sought] >= threshold[min(at, len(threshold) - 1)]).sum())
    what = f"{sought.sum()} deliberate silences among {(~sought).sum()} innocent ones"
    auc = f"ROC AUC {roc_auc_score(sought, log_odds):.3f}; at recall {RECALL:g} precision {precision[at]:.2f}"
    lines = [
        f"{what} in {days:.0f} vessel-days: {auc} and {1000 * false / days:.1f} false per 1,000 vessel-days.",
        "",
        "| truth | silences | good | poor | unknown | ROC AUC against it |",
        "|---|---|---|---|---|---|",
    ]
    for name in sorted(set(label.tolist())):
        mask = label == name
        counts = Counter(reception[mask].tolist())
        both = mask | sought
        against = "" if name == "switched_off" else f"{roc_auc_score(sought[both], log_odds[both]):.3f}"
        told = " | ".join(str(counts[word]) for word in ("good", "poor", "unknown"))
        lines.append(f"| {name} | {mask.sum()} | {told} | {against} |")
    return lines


def main() -> None:
    """Print the tables of one regime as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="101,102,103")
    parser.add_argument("--regime", default="dense", choices=["dense", "mixed", "satellite"])
    asked = parser.parse_args()
    runs = [measured(int(seed), asked.regime) for seed in asked.seeds.split(",")]
    joined = {
        name: np.concatenate([getattr(run, name) for run in runs])
        for name in ("stated", "silent", "label", "log_odds", "reception")
    }
    cost = sum(r.cpu_s for r in runs[1:]) / max(1, sum(r.positions for r in runs[1:])) * 1e6
    print(f"### {asked.regime}, seeds {asked.seeds}\n")
    print(
        "\n".join(
            separation(*(joined[n] for n in ("label", "log_odds", "reception")), sum(r.days for r in runs))
        )
    )
    print("\nWindows with neighbours near:\n")
    print("\n".join(reliability(joined["stated"], joined["silent"])))
    print(f"\nGaps and reception cost {cost:.2f} CPU s per million positions (the first theatre left out).")


if __name__ == "__main__":
    main()
