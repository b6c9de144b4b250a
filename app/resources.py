"""What every run uses: the chart, watch lists, an anomaly model, a reception background."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app.inputs.areas import read_zones
from app.inputs.models import DEFAULT_MODEL, load_model
from app.inputs.operator_files import OperatorFiles
from app.inputs.reception import load_background
from app.inputs.watch_lists import default_watch_list
from geodata.world import World, load_world

if TYPE_CHECKING:
    from detectors.behaviour.model import Model
    from detectors.reception.background import Background
    from detectors.vessels.watch_list import WatchList


@dataclass(frozen=True)
class Resources:
    """What every run uses and no run changes.

    `interprets`: kernels that are not compiled yet run interpreted while that is quicker
    (`app.interpreting`).
    """

    world: World
    watch: WatchList
    interprets: bool = False
    model: Model | None = None
    background: Background | None = None


@cache
def default_resources(
    operator_files: OperatorFiles = OperatorFiles(),  # noqa: B008 - frozen
    *,
    interprets: bool = False,
) -> Resources:
    """Return the packaged chart and watch list, loaded once per process, with the operator files.

    Zones are added to the chart, or replace its own; a model replaces the packaged one.
    """
    world = (
        load_world().with_zones(read_zones(operator_files.zones)) if operator_files.zones else load_world()
    )
    learnt = load_model(operator_files.model or DEFAULT_MODEL)
    background = load_background(operator_files.reception) if operator_files.reception else None
    return Resources(world, default_watch_list(), interprets, learnt, background)
