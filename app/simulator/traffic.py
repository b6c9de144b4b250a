"""Simulate traffic: vessels, their transponders, receivers, and what was delivered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.deceptions.apply import with_deceptions
from app.simulator.delivery.gaps import gaps
from app.simulator.delivery.receivers import make_receivers
from app.simulator.delivery.receiving import chances, delivered
from app.simulator.delivery.sending import sending
from app.simulator.truth import Traffic
from app.simulator.vessels.fleet import make_fleet
from app.simulator.vessels.motion import Current
from app.simulator.vessels.voyages import Stage
from app.simulator.vessels.waters import make_waters
from detectors.tracks.reports import Reports

if TYPE_CHECKING:
    from app.simulator.settings import TrafficSettings
    from app.simulator.vessels.fleet import Vessel
    from geodata.world import World


def make_traffic(settings: TrafficSettings, world: World) -> Traffic:
    """Return the traffic of some settings, the same each time.

    Raises ValueError where a box holds too little water for what is to happen in it.
    """
    streams = [np.random.default_rng([settings.seed, n]) for n in range(4)]
    waters = make_waters(world, settings.sea_box, streams[0])
    stage = Stage(settings, waters, Current.drawn(streams[1], settings.current_kn), streams[1])
    vessels, truth = make_fleet(stage)
    receivers = make_receivers(settings, waters, streams[2])
    received = []
    for vessel in vessels:
        sent = sending(vessel, settings, streams[3])
        chance = chances(sent, vessel, receivers)
        reports, _ = delivered(sent, chance, vessel, streams[3])
        received.append((vessel, sent, chance, reports))
    end_s = max((float(r.time_s[-1]) for *_, r in received if len(r)), default=settings.end_s)
    for vessel, sent, chance, reports in received:
        truth += gaps(vessel, sent, chance, reports.time_s, end_s)
    traffic = Traffic(
        reports=_in_time(Reports.concat([r for *_, r in received])),
        statics=tuple(static for vessel in vessels for static in vessel.statics),
        truth=tuple(sorted(truth, key=lambda t: (t.start_s, t.kind, t.mmsis))),
        paths={vessel.who.mmsi: vessel.path for vessel in vessels},
        sent={vessel.who.mmsi: _on_spans(vessel, settings) for vessel in vessels},
    )
    if not settings.deceptions:
        return traffic
    return with_deceptions(traffic, settings.deceptions, np.random.default_rng([settings.seed, len(streams)]))


def _in_time(reports: Reports) -> Reports:
    """Return reports as a feed gives them; rows number the reports in that order."""
    ordered = reports.take(np.lexsort((reports.vessel, reports.time_s)))
    row = np.arange(len(ordered), dtype=np.int32)
    return replace(ordered, source_row=row)


def _on_spans(vessel: Vessel, settings: TrafficSettings) -> tuple[tuple[float, float], ...]:
    """Return the spans in which the transponder was switched on; one that fails by itself counts as on."""
    spans, now_s = [], settings.start_s
    for start_s, end_s, _ in sorted(vessel.off):
        if start_s > now_s:
            spans.append((now_s, min(start_s, settings.end_s)))
        now_s = max(now_s, end_s)
    return (*spans, (now_s, settings.end_s)) if now_s < settings.end_s else tuple(spans)
