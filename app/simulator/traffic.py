"""Make a theatre: ships, their sets, who listens, and what was delivered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.deceptions.apply import masked
from app.simulator.delivery.receivers import make_receivers
from app.simulator.delivery.receiving import chances, delivered
from app.simulator.delivery.sending import sending
from app.simulator.delivery.silences import silences
from app.simulator.truth import Theatre
from app.simulator.vessels.fleet import cast
from app.simulator.vessels.motion import Current
from app.simulator.vessels.voyages import Stage
from app.simulator.vessels.waters import make_waters
from detectors.tracks.reports import Reports

if TYPE_CHECKING:
    from app.simulator.settings import TheatreSettings
    from app.simulator.vessels.fleet import Ship
    from geodata.world import World


def make_theatre(settings: TheatreSettings, world: World) -> Theatre:
    """Return the theatre of some settings; the same one each time.

    Raises ValueError where a box holds too little water for what is to happen in it.
    """
    streams = [np.random.default_rng([settings.seed, n]) for n in range(4)]
    waters = make_waters(world, settings.sea_box, streams[0])
    stage = Stage(settings, waters, Current.drawn(streams[1], settings.current_kn), streams[1])
    ships, truth = cast(stage)
    receivers = make_receivers(settings, waters, streams[2])
    heard = []
    for ship in ships:
        sent = sending(ship, settings, streams[3])
        chance = chances(sent, ship, receivers)
        reports, _ = delivered(sent, chance, ship, streams[3])
        heard.append((ship, sent, chance, reports))
    end_s = max((float(r.time_s[-1]) for *_, r in heard if len(r)), default=settings.end_s)
    for ship, sent, chance, reports in heard:
        truth += silences(ship, sent, chance, reports.time_s, end_s)
    theatre = Theatre(
        reports=_in_time(Reports.concat([r for *_, r in heard])),
        statics=tuple(static for ship in ships for static in ship.statics),
        truth=tuple(sorted(truth, key=lambda t: (t.start_s, t.kind, t.mmsis))),
        paths={ship.who.mmsi: ship.path for ship in ships},
        sent={ship.who.mmsi: _on_spans(ship, settings) for ship in ships},
    )
    if not settings.masks:
        return theatre
    return masked(theatre, settings.masks, np.random.default_rng([settings.seed, len(streams)]))


def _in_time(reports: Reports) -> Reports:
    """Return reports as a feed gives them; rows number the reports in that order."""
    ordered = reports.take(np.lexsort((reports.vessel, reports.time_s)))
    row = np.arange(len(ordered), dtype=np.int32)
    return replace(ordered, source_row=row)


def _on_spans(ship: Ship, settings: TheatreSettings) -> tuple[tuple[float, float], ...]:
    """Return the spans in which her set was switched on; a set that fails of itself counts as on."""
    spans, now_s = [], settings.start_s
    for start_s, end_s, _ in sorted(ship.off):
        if start_s > now_s:
            spans.append((now_s, min(start_s, settings.end_s)))
        now_s = max(now_s, end_s)
    return (*spans, (now_s, settings.end_s)) if now_s < settings.end_s else tuple(spans)
