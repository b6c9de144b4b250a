"""The options of one run, understood from plain values, wherever they come from."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.errors import OptionError
from app.inputs.areas import parse_area
from app.inputs.option_values import parse_columns, parse_kinds, parse_score, parse_sort, parse_time
from detectors.events.area import Area
from detectors.presets import params_for
from detectors.vessels.watch_list import WatchList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.presets import ParamSet


@dataclass(frozen=True)
class RunOptions:
    """One run's options. Times are epoch seconds, UTC; None means not asked for.

    `columns` and `is_day_first` say how delimited files are to be read where they are ambiguous.
    `area`, `kinds`, `min_score`, `start_s` and `end_s` filter the events after everything has run; `sort` is
    their order (`app.filters.ORDERS`).
    """

    params: ParamSet = field(default_factory=lambda: params_for("default"))
    preset: str = "default"
    area: Area = field(default_factory=lambda: Area("dprk"))
    kinds: tuple[str, ...] = ()
    min_score: float = 0.0
    start_s: float | None = None
    end_s: float | None = None
    now_s: float | None = None
    time_base_s: float | None = None
    watch: WatchList = field(default_factory=WatchList)
    columns: Mapping[str, str] = field(default_factory=dict)
    is_day_first: bool | None = None
    with_reach: bool = False
    sort: str = "score"


def options_from(values: Mapping[str, Any], watch: WatchList | None) -> RunOptions:
    """Return run options from the values of their fields, whatever interface they came through.

    `set` holds changes by kind and parameter. Raises OptionError or ParamError for what cannot be understood.
    """
    preset = values.get("preset") or "default"
    times = {
        f"{name}_s": parse_time(values[name], name)
        for name in ("start", "end", "now", "time_base")
        if values.get(name) not in (None, "")
    }
    if times.get("start_s", -math.inf) > times.get("end_s", math.inf):
        raise OptionError(f"start: {values['start']} is after end, {values['end']}: no event can lie between")
    return RunOptions(
        params=params_for(preset, values.get("set") or {}),
        preset=preset,
        area=parse_area("dprk" if values.get("area") in (None, "") else values["area"]),
        kinds=parse_kinds(values.get("kind") or ()),
        min_score=parse_score(float(values.get("min_score") or 0.0)),
        watch=watch or WatchList(),
        columns=parse_columns(values.get("column") or ()),
        is_day_first=values.get("day_first"),
        with_reach=bool(values.get("with_reach")),
        sort=parse_sort(values.get("sort") or "score"),
        **times,
    )
