"""`darkwake detect`: read track files and write the events in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.arguments import Output, Paths, Reception, WatchLists, Zones
from app.cli.declared import with_fields
from app.option_fields import RunFields


@with_fields(RunFields)
def detect(
    files: Paths,
    output: Output = None,
    file_format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="geojson, csv, parquet, gpkg, kml, ndjson, ftm or cot; default: as the output ends",
        ),
    ] = "",
    watchlist: WatchLists = None,
    model: Annotated[Path | None, typer.Option(help="Anomaly model made by `darkwake train`")] = None,
    zones: Zones = None,
    reception: Reception = None,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how every column of the files was understood")
    ] = False,
    values: dict[str, Any],
) -> None:
    """Read track files and write the events in them."""
    from app.cli.running import Asked, run_detect  # noqa: PLC0415 - `--help` needs no numpy
    from app.inputs.operator_files import OperatorFiles  # noqa: PLC0415 - the same
    from app.outputs.formats import name_for  # noqa: PLC0415 - the same

    files_of_operator = OperatorFiles(model, zones, reception)
    file_format = file_format or name_for(output.name if output else "")
    asked = Asked(tuple(files), values, tuple(watchlist or ()), output, file_format, files_of_operator)
    raise typer.Exit(run_detect(asked, is_explained=explain))
