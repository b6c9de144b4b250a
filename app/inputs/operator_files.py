"""Operator files, which change what every run uses: a model, zones, a reception background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class OperatorFiles:
    """Their paths; None where there is none.

    `model` is made by `darkwake train`, `reception` by `darkwake reception learn`, `zones` is GeoJSON or
    GeoPackage.
    """

    model: Path | None = None
    zones: Path | None = None
    reception: Path | None = None

    @property
    def paths(self) -> tuple[Path | None, ...]:
        """The paths of all."""
        return self.model, self.zones, self.reception

    def or_else(self, other: OperatorFiles) -> OperatorFiles:
        """Return these files, with those of `other` where there is none."""
        return OperatorFiles(
            self.model or other.model, self.zones or other.zones, self.reception or other.reception
        )
