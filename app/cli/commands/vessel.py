"""`darkwake vessel`: all that track files hold of one vessel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.arguments import Paths, Reception, WatchLists, Zones
from app.cli.declared import with_fields
from app.option_fields import ReadingFields


@with_fields(ReadingFields)
def vessel(
    files: Paths,
    mmsi: Annotated[str, typer.Option(help="Its MMSI, or the track's own identifier")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write everything there as JSON")
    ] = None,
    watchlist: WatchLists = None,
    zones: Zones = None,
    reception: Reception = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
    values: dict[str, Any],
) -> None:
    """Show all that track files hold of one vessel: identities, calls, gaps, encounters."""
    from app.cli.running import Asked, run_vessel  # noqa: PLC0415 - `--help` needs no numpy
    from app.inputs.operator_files import OperatorFiles  # noqa: PLC0415 - the same

    files_of_operator = OperatorFiles(None, zones, reception)
    values = {**values, "area": "all"}
    asked = Asked(tuple(files), values, tuple(watchlist or ()), output, "json", files_of_operator)
    raise typer.Exit(run_vessel(asked, mmsi, as_json=as_json))
