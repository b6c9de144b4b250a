"""How well reception is judged, on simulated traffic whose truth is known.

    python benchmarks/reception.py --seeds 101,102,103 --regime dense

Two tables. Reliability: windows along the tracks of innocent vessels, by stated probability of a gap by
chance against the share that truly had one (a window is no observed gap: those are selected for being
gaps). Separation: gaps that a crew made against innocent ones, by the log-odds of the events.
Switched off in port is neither. Seeds 1 to 9 were examined while the model was built; others were not.
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

from app.simulator.settings import TrafficSettings
from app.simulator.traffic import make_traffic
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
    from app.simulator.truth import Traffic, Truth
    from detectors.dark_period.gaps import Gaps
    from detectors.tracks.tracks import Tracks

EDGES = (0.0, 0.001, 0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
RECALL = 0.9
WINDOWS = 8000


@dataclass(frozen=True, eq=False)
class Measured:
    """One simulation: windows (stated, empty), gaps (label, log-odds, class), vessel-days, CPU seconds."""

    stated: np.ndarray
    empty: np.ndarray
    label: np.ndarray
    log_odds: np.ndarray
    reception: np.ndarray
    days: float
    cpu_s: float
    positions: int


def settings(seed: int, regime: str) -> TrafficSettings:
    """Return settings with many crews that switch off, and innocent gaps that are more frequent."""
    return TrafficSettings(
        seed=seed, days=6, ships=250, regime=regime, switch_offs=60, transfers=4, clusters=1, look_alikes=20
    )


def measured(seed: int, regime: str) -> Measured:
    """Simulate traffic and judge every gap and many windows in it."""
    world, params = load_world(), ReceptionParams()
    traffic = make_traffic(settings(seed, regime), world)
    tracks, _ = make_tracks(traffic.reports, traffic.statics)
    reception = Reception(tracks, params, None, world.on_land)
    scene = Scene(tracks, world, tracks.end_s, None, reception)
    started_s = time.process_time()
    gaps = gaps_of(scene, DarkParams())
    until_s = np.where(gaps.is_open, scene.heard_until_s, np.nan)
    judged = reception.judge(gaps.row, until_s)
    cpu_s = time.process_time() - started_s
    gap_h = (gaps.until_s - tracks.segments.time_s[gaps.row]) / HOUR_S
    stated, empty = _windows(traffic, tracks, params, seed)
    return Measured(
        stated=stated,
        empty=empty,
        label=np.array(_labels(traffic, tracks, gaps)),
        log_odds=np.array([log_odds_of(j, h) for j, h in zip(judged, gap_h.tolist(), strict=True)]),
        reception=np.array([j.reception for j in judged]),
        days=_vessel_days(tracks),
        cpu_s=cpu_s,
        positions=len(tracks),
    )


def _windows(traffic: Traffic, tracks: Tracks, params: ReceptionParams, seed: int) -> tuple[Any, Any]:
    crews = {mmsi for t in traffic.truth if t.label == "switched_off" for mmsi in t.mmsis}
    innocent = ~np.isin(tracks.vessel[tracks.segments.vessel_index], list(crews))
    presence = presence_of(tracks, params)
    assert presence is not None
    listener = Listener.of(Cover.of(presence, None, params), None)
    windows, empty = windows_of(presence, innocent, WINDOWS, seed)
    account = account_of(listener, windows, ruler_of(listener, Ruler()))
    near = account.near_h >= params.neighbours_min_h
    return account.chance[near], empty[near]


def _labels(traffic: Traffic, tracks: Tracks, gaps: Gaps) -> list[str]:
    """Return the truth that each gap overlaps most."""
    by_vessel: dict[int, list[Truth]] = {}
    for truth in traffic.truth:
        if truth.kind == "dark_period":
            by_vessel.setdefault(truth.mmsis[0], []).append(truth)
    labels = []
    for n in range(len(gaps)):
        vessel = int(tracks.vessel[tracks.segments.vessel_index[gaps.segment[n]]])
        span = (float(tracks.segments.time_s[gaps.row[n]]), float(gaps.until_s[n]))
        best = max(by_vessel.get(vessel, []), key=lambda t: _overlap_s(t, span), default=None)
        labels.append(best.label if best and _overlap_s(best, span) > 0 else "none")
    return labels


def _overlap_s(truth: Truth, span: tuple[float, float]) -> float:
    return min(span[1], truth.end_s) - max(span[0], truth.start_s)


def _vessel_days(tracks: Tracks) -> float:
    first, last = tracks.offsets[:-1], tracks.offsets[1:] - 1
    return float((tracks.time_s[last] - tracks.time_s[first]).sum() / DAY_S)


def reliability(stated: np.ndarray, empty: np.ndarray) -> list[str]:
    """Return the lines of the table of stated against observed."""
    lines = ["| stated | windows | mean stated | truly empty | observed / stated |", "|---|---|---|---|---|"]
    for low, high in pairwise(EDGES):
        mask = (stated >= low) & (stated < high + (high == 1.0))
        if mask.any():
            mean, share = stated[mask].mean(), empty[mask].mean()
            lines.append(
                f"| {low:g} to {high:g} | {mask.sum()} | {mean:.4f} | {share:.4f} | {share / mean:.2f} |"
            )
    return lines


def separation(label: np.ndarray, log_odds: np.ndarray, reception: np.ndarray, days: float) -> list[str]:
    """Return the lines of the table of deliberate against innocent gaps."""
    kept = label != "moored_off"
    label, log_odds, reception = label[kept], log_odds[kept], reception[kept]
    positive = label == "switched_off"
    precision, recall, threshold = precision_recall_curve(positive, log_odds)
    at = int(np.flatnonzero(recall >= RECALL)[-1])
    false = int((log_odds[~positive] >= threshold[min(at, len(threshold) - 1)]).sum())
    what = f"{positive.sum()} deliberate gaps among {(~positive).sum()} innocent ones"
    auc = (
        f"ROC AUC {roc_auc_score(positive, log_odds):.3f}; at recall {RECALL:g} precision {precision[at]:.2f}"
    )
    lines = [
        f"{what} in {days:.0f} vessel-days: {auc} and {1000 * false / days:.1f} false per 1,000 vessel-days.",
        "",
        "| truth | gaps | good | poor | unknown | ROC AUC against it |",
        "|---|---|---|---|---|---|",
    ]
    for name in sorted(set(label.tolist())):
        mask = label == name
        counts = Counter(reception[mask].tolist())
        both = mask | positive
        against = "" if name == "switched_off" else f"{roc_auc_score(positive[both], log_odds[both]):.3f}"
        classes = " | ".join(str(counts[grade]) for grade in ("good", "poor", "unknown"))
        lines.append(f"| {name} | {mask.sum()} | {classes} | {against} |")
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
        for name in ("stated", "empty", "label", "log_odds", "reception")
    }
    cost = sum(r.cpu_s for r in runs[1:]) / max(1, sum(r.positions for r in runs[1:])) * 1e6
    print(f"### {asked.regime}, seeds {asked.seeds}\n")
    print(
        "\n".join(
            separation(*(joined[n] for n in ("label", "log_odds", "reception")), sum(r.days for r in runs))
        )
    )
    print("\nWindows with neighbours near:\n")
    print("\n".join(reliability(joined["stated"], joined["empty"])))
    print(f"\nGaps and reception cost {cost:.2f} CPU s per million positions (the first seed left out).")


if __name__ == "__main__":
    main()
