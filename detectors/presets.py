"""Named sets of parameters: ours, and those of Global Fishing Watch with exact mathematics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

from detectors import KINDS
from detectors.core.params import ParamError, Params, overridden
from detectors.events.area_params import AreaParams
from detectors.events.history_params import HistoryParams
from detectors.reception.params import ReceptionParams
from detectors.tracks.params import TrackParams

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

P = TypeVar("P", bound=Params)
P_co = TypeVar("P_co", bound=Params, covariant=True)

Changes: TypeAlias = "Mapping[str, Mapping[str, object]]"
"""Values by kind and parameter."""


class HasParams(Protocol[P_co]):
    """What has parameters of its own: a kind, or a part that all kinds share."""

    @property
    def name(self) -> str:
        """Name under which they are published and changed."""
        ...

    @property
    def params(self) -> type[P_co]:
        """Their class."""
        ...


@dataclass(frozen=True)
class Shared(Generic[P]):
    """Parameters that events of every kind rest on; they are part of the hash of each."""

    name: str
    title: str
    params: type[P]


TRACKS = Shared("tracks", "Putting reports into tracks", TrackParams)
RECEPTION = Shared("reception", "Judging whether vessels would have been received", ReceptionParams)
HISTORY = Shared("history", "Reading the events of a vessel together", HistoryParams)
AREA = Shared("area", "What is near DPRK waters", AreaParams)

SHARED: tuple[Shared[Any], ...] = (TRACKS, RECEPTION, HISTORY, AREA)


@dataclass(frozen=True)
class ParamSet:
    """The parameters of one run: those that all kinds share, and those of every kind."""

    by_name: Mapping[str, Params]

    def of(self, part: HasParams[P]) -> P:
        """Return the parameters of a kind or of a shared part, as its own class."""
        params = self.by_name[part.name]
        assert isinstance(params, part.params)
        return params

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self.by_name)

    def values(self, name: str) -> dict[str, float | bool]:
        """Return the values of what has this name."""
        return self.by_name[name].values()

    def with_values(self, changes: Changes) -> ParamSet:
        """Return the set with some values changed; raises ParamError as `params_for` does."""
        unknown = sorted(set(changes) - set(self.by_name))
        if unknown:
            raise ParamError(f"no kind {unknown[0]!r}: there are {', '.join(self.by_name)}")
        changed = dict(self.by_name)
        for name, values in changes.items():
            try:
                changed[name] = overridden(changed[name], values)
            except ParamError as error:
                raise ParamError(f"{name}: {error}") from None
        return ParamSet(changed)


PRESETS: dict[str, Changes] = {
    "default": {},
    "gfw": {
        "sts_transfer": {
            "encounter.alongside_reported": False,
            "encounter.close_reported": False,
            "encounter.under_way_reported": False,
            "encounter.near_enter_m": 500.0,
            "encounter.near_leave_m": 500.0,
            "encounter.near_contact_min": 120.0,
            "encounter.reports_min": 0.0,
            "encounter.speed_max_kn": 2.0,
            "encounter.port_min_km": 10.0,
            "hulls.reach_tiers": False,
            "satellite.reported": False,
        },
        "dark_period": {"gap_min_h": 6.0},
    },
}
"""What each preset changes of the defaults. `gfw` follows the published definition (500 m, 2 h, 2 kn, 10 km
from an anchorage; gaps of 6 h), solved exactly; their rule with its defects is not reproduced."""


def params_for(preset: str, changes: Changes | None = None) -> ParamSet:
    """Return the parameters of a preset with some of them changed.

    Raises ParamError for a preset, kind or parameter that does not exist and for a value out of range.
    """
    if preset not in PRESETS:
        raise ParamError(f"no preset {preset!r}: there are {', '.join(PRESETS)}")
    parts: tuple[HasParams[Any], ...] = (*SHARED, *KINDS)
    defaults = ParamSet({part.name: part.params() for part in parts})
    return defaults.with_values(merged(PRESETS[preset], changes or {}))


def merged(preset: Changes, changes: Changes) -> dict[str, dict[str, object]]:
    """Return the values of a preset with those of a user in place of, or beside, them."""
    names = dict.fromkeys([*preset, *changes])
    return {name: {**preset.get(name, {}), **changes.get(name, {})} for name in names}
