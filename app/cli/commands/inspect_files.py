"""`darkwake inspect`: how track files are understood, without detecting anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.arguments import Paths
from app.cli.declared import with_fields
from app.option_fields import ReadingFields


@with_fields(ReadingFields)
def inspect(
    files: Paths,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the account there as JSON")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
    values: dict[str, Any],
) -> None:
    """Show how every column of track files is understood; detect nothing."""
    from app.cli.running import Asked, run_inspect  # noqa: PLC0415 - `--help` needs no numpy

    asked = Asked(tuple(files), {**values, "area": "all"}, (), output, "json")
    raise typer.Exit(run_inspect(asked, as_json=as_json))
