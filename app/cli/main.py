"""The command line: `darkwake detect`, `vessel`, `serve`, and the others, one file per command."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from app import __version__
from app.cli.commands import compile_kernels, detect, inspect_files, learn, listing, serve, simulate, vessel

cli = typer.Typer(
    help="Ship-to-ship transfers and dark periods in AIS tracks near DPRK waters.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; what a user can put right is one sentence, not a trace."""
    cli()


@cli.callback(invoke_without_command=True)
def root(*, version: Annotated[bool, typer.Option("--version", help="Show the version")] = False) -> None:
    """Ship-to-ship transfers and dark periods in AIS tracks near DPRK waters."""
    if version:
        typer.echo(f"darkwake {__version__}")
        raise typer.Exit
    if any(name.upper().startswith("DARKWAKE_") for name in os.environ):
        _warn_of_unknown_variables()


def _warn_of_unknown_variables() -> None:
    from app.settings import unknown_variables  # noqa: PLC0415 - it costs time, and few set a variable

    for warning in unknown_variables():
        typer.echo(f"darkwake: warning: {warning}", err=True)


cli.command()(detect.detect)
cli.command(name="inspect")(inspect_files.inspect)
cli.command()(vessel.vessel)
cli.command()(serve.serve)
cli.command()(listing.detectors)
cli.command()(listing.layers)
cli.command()(listing.settings)
cli.command()(simulate.simulate)
cli.command()(learn.train)
cli.command(name="compile")(compile_kernels.compile_)

reception_cli = typer.Typer(
    help="Reception background: learn once from a history which vessels are received where."
)
reception_cli.command(name="learn")(learn.learn_reception)
cli.add_typer(reception_cli, name="reception")

if __name__ == "__main__":
    main()
