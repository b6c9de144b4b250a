"""`darkwake train` and `reception learn`: from the user's own traffic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.arguments import Paths


def train(
    history: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the model")],
) -> None:
    """Learn from your own traffic how vessels ordinarily behave."""
    from app.cli.running import run_train  # noqa: PLC0415 - `--help` needs no numpy

    raise typer.Exit(run_train(tuple(history), output))


def learn_reception(
    history: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the background")],
) -> None:
    """Learn from a feed's history which vessels are received where, for later runs and small uploads."""
    from app.cli.running import run_learn  # noqa: PLC0415 - `--help` needs no numpy

    raise typer.Exit(run_learn(tuple(history), output))
