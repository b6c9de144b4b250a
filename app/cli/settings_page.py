"""The settings of the service and the command line, for an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotated_types import Ge, Gt, Le

from app.settings import SETTINGS, variable

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

HEAD = """# Settings

Environment variables, made by `darkwake settings --markdown`; a test holds that this page is current.
A number out of its range keeps the service from starting.
A `DARKWAKE_*` variable that is not here is warned of at start.

| variable | default | range | meaning |
|---|---|---|---|
"""


def settings_page() -> str:
    """Return every setting as a page of documentation."""
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows())


def rows() -> list[tuple[str, str, str, str]]:
    """Return variable, default, range and meaning of each setting."""
    return [
        (f"`{variable(name)}`", str(field.default), _range(field), str(field.description))
        for settings in SETTINGS
        for name, field in settings.model_fields.items()
    ]


def _range(field: FieldInfo) -> str:
    lowest = next((f"from {m.ge}" for m in field.metadata if isinstance(m, Ge)), "")
    lowest = next((f"over {m.gt}" for m in field.metadata if isinstance(m, Gt)), lowest)
    highest = next((f"to {m.le}" for m in field.metadata if isinstance(m, Le)), "")
    return f"{lowest} {highest}".strip()
