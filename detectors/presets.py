"""Named sets of thresholds: ours, and those of Global Fishing Watch with exact mathematics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from detectors import DETECTORS, LINKERS
from detectors.core.params import ParamError, Params, overridden
from detectors.events.area_params import AreaParams
from detectors.events.history_params import HistoryParams
from detectors.reception.params import ReceptionParams
from detectors.tracks.params import TrackParams

if TYPE_CHECKING:
    from collections.abc import Mapping

Changes: TypeAlias = "Mapping[str, Mapping[str, object]]"
"""Values by kind and field."""

ParamSet: TypeAlias = "dict[str, Params]"
"""The thresholds of one run: those of `SHARED` and of every kind, by name."""

TRACKS, RECEPTION, HISTORY, AREA = "tracks", "reception", "history", "area"

SHARED: dict[str, type[Params]] = {
    TRACKS: TrackParams,
    RECEPTION: ReceptionParams,
    HISTORY: HistoryParams,
    AREA: AreaParams,
}
"""Thresholds that events of every kind rest on; they are part of the hash of each."""

PRESETS: dict[str, Changes] = {
    "default": {},
    "gfw": {
        "sts_transfer": {
            "alongside_told": False,
            "close_told": False,
            "under_way_told": False,
            "hulls_count": False,
            "near_enter_m": 500.0,
            "near_leave_m": 500.0,
            "near_contact_min": 120.0,
            "reports_min": 0.0,
            "speed_max_kn": 2.0,
            "passes_told": False,
            "port_min_km": 10.0,
        },
        "dark_period": {"gap_min_h": 6.0},
    },
}
"""What each preset changes of the defaults. `gfw` follows the published definition (500 m, 2 h, 2 kn, 10 km
from an anchorage; gaps of 6 h), solved exactly; their rule with its defects is not reproduced."""


def param_classes() -> dict[str, type[Params]]:
    """Return the class of thresholds of what all kinds share and of every kind, by name."""
    kinds: tuple[Any, ...] = (*DETECTORS, *LINKERS)
    return {**SHARED, **{each.kind: each.params for each in kinds}}


def params_for(preset: str, changes: Changes | None = None) -> ParamSet:
    """Return the thresholds of a preset with some of them changed.

    Raises ParamError for a preset, kind or field that does not exist and for a value out of range.
    """
    if preset not in PRESETS:
        raise ParamError(f"no preset {preset!r}: there are {', '.join(PRESETS)}")
    classes = param_classes()
    unknown = sorted(set(changes or {}) - set(classes))
    if unknown:
        raise ParamError(f"no kind {unknown[0]!r}: there are {', '.join(classes)}")
    params = {}
    for name, cls in classes.items():
        both = {**PRESETS[preset].get(name, {}), **(changes or {}).get(name, {})}
        try:
            params[name] = overridden(cls(), both)
        except ParamError as error:
            raise ParamError(f"{name}: {error}") from None
    return params
