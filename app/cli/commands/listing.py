"""`darkwake detectors`, `layers` and `settings`: what the program knows."""

from __future__ import annotations

from typing import Annotated

import typer


def detectors(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print a page of documentation")] = False,
) -> None:
    """Show every kind with its thresholds: default, unit, range, meaning, source."""
    from app.cli.markdown import thresholds_page  # noqa: PLC0415 - `--help` needs no numpy
    from app.cli.tables import print_detectors  # noqa: PLC0415 - the same

    if as_markdown:
        typer.echo(thresholds_page(), nl=False)
    else:
        print_detectors(as_json=as_json)


def settings(
    *, as_markdown: Annotated[bool, typer.Option("--markdown", help="Print a page of documentation")] = False
) -> None:
    """Show every setting (environment variable): default, range, meaning."""
    from app.cli.settings_page import rows, settings_page  # noqa: PLC0415 - `--help` needs no pydantic

    if as_markdown:
        typer.echo(settings_page(), nl=False)
        return
    for name, default, bounds, meaning in rows():
        typer.echo(f"{name.strip('`'):32}{default:16}{bounds}\n    {meaning}")


def layers(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False) -> None:
    """Show the layers of the chart: source, licence, date, what to beware of."""
    from app.cli.tables import print_layers  # noqa: PLC0415 - `--help` needs no numpy

    print_layers(as_json=as_json)
