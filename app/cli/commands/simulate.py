"""`darkwake simulate`: the tracks of a packaged story."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.arguments import NOTHING_READ, Output


def simulate(
    story: Annotated[str, typer.Argument(help="Name of a story")] = "",
    output: Output = None,
    *,
    list_: Annotated[bool, typer.Option("--list", help="List the stories")] = False,
) -> None:
    """Write the tracks of a packaged story as CSV."""
    from app.errors import DarkwakeError  # noqa: PLC0415 - `--help` needs no numpy
    from app.simulator.story import load_story, story_names  # noqa: PLC0415 - the same
    from app.simulator.story_tracks import tracks_csv  # noqa: PLC0415 - the same
    from app.writing import check_output, write_bytes  # noqa: PLC0415 - the same

    if list_ or not story:
        for name in story_names():
            typer.echo(f"{name:32}{load_story(name).title}")
        return
    try:
        check_output(output, ())
        write_bytes(output, tracks_csv(load_story(story)).encode())
    except (DarkwakeError, OSError) as error:
        typer.echo(f"darkwake: {error}", err=True)
        raise typer.Exit(NOTHING_READ) from None
