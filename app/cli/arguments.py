"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NOTHING_READ = 2
"""Exit code where no file gave a position, or an option cannot be understood."""

Paths = Annotated[list[Path], typer.Argument(help="Track files in any known format; - reads standard input")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write; default: stdout")]
WatchLists = Annotated[list[Path] | None, typer.Option(help="CSV with imo, mmsi or name")]
Zones = Annotated[
    Path | None, typer.Option(help="User zones, added to the packaged ones or replacing them by id")
]
Reception = Annotated[Path | None, typer.Option(help="Background made by `darkwake reception learn`")]
