"""The command line: `darkwake detect`, `vessel`, `serve`, `detectors`, `simulate`, `compile`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from app import __version__

cli = typer.Typer(
    help="Ship-to-ship transfers and dark periods in AIS tracks near DPRK waters.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

NOTHING_READ = 2
"""Exit code where no file gave a position, or an option cannot be understood."""

Paths = Annotated[list[Path], typer.Argument(help="Track files of any known form; - reads standard input")]
Words = Annotated[list[str] | None, typer.Option()]


def main() -> None:
    """Run the command line; what a user can put right is one sentence, not a trace."""
    cli()


@cli.callback(invoke_without_command=True)
def root(*, version: Annotated[bool, typer.Option("--version", help="Show the version")] = False) -> None:
    """Ship-to-ship transfers and dark periods in AIS tracks near DPRK waters."""
    if version:
        typer.echo(f"darkwake {__version__}")
        raise typer.Exit


@cli.command()
def detect(
    files: Paths,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write; default: stdout")
    ] = None,
    file_format: Annotated[
        str, typer.Option("--format", "-f", help="geojson, csv, parquet, gpkg, kml or ndjson")
    ] = "",
    preset: Annotated[str, typer.Option(help="Named thresholds: default or gfw")] = "default",
    set_: Annotated[list[str] | None, typer.Option("--set", help="KIND.FIELD=VALUE, any number")] = None,
    area: Annotated[
        str, typer.Option(help="dprk, all, or a file of polygons (GeoJSON, GeoPackage)")
    ] = "dprk",
    kind: Annotated[list[str] | None, typer.Option(help="Kinds to tell; none: every kind")] = None,
    min_score: Annotated[float, typer.Option(help="Least score to tell, 0 to 1")] = 0.0,
    start: Annotated[str | None, typer.Option(help="Tell events that end at or after this time")] = None,
    end: Annotated[str | None, typer.Option(help="Tell events that start at or before this time")] = None,
    watchlist: Annotated[list[Path] | None, typer.Option(help="CSV with imo, mmsi or name")] = None,
    now: Annotated[str | None, typer.Option(help="Time up to which the data speak")] = None,
    time_base: Annotated[str | None, typer.Option(help="Date of NMEA that carries seconds only")] = None,
    model: Annotated[Path | None, typer.Option(help="Anomaly model made by `darkwake train`")] = None,
    zones: Annotated[Path | None, typer.Option(help="Zones of your own, beside or instead of ours")] = None,
    reception: Annotated[
        Path | None, typer.Option(help="Background made by `darkwake reception learn`")
    ] = None,
    column: Annotated[list[str] | None, typer.Option(help="Which column holds what: OURS=THEIRS")] = None,
    day_first: Annotated[bool | None, typer.Option(help="How 03/04/2024 is meant")] = None,
    *,
    with_reach: Annotated[
        bool, typer.Option("--with-reach", help="Give each silence the outline of her reach")
    ] = False,
) -> None:
    """Read track files and write the events in them."""
    from app.cli.commands import Asked, run_detect  # noqa: PLC0415 - `--help` needs no numpy
    from app.inputs.operator_files import OwnFiles  # noqa: PLC0415 - the same

    words: dict[str, Any] = {
        "preset": preset,
        "set": set_ or [],
        "area": area,
        "kind": kind,
        "min_score": min_score,
        "start": start,
        "end": end,
        "now": now,
        "time_base": time_base,
        "column": column,
        "day_first": day_first,
        "with_reach": with_reach,
    }
    form = file_format or _format_of(output)
    own = OwnFiles(model, zones, reception)
    asked = Asked(tuple(files), words, tuple(watchlist or ()), output, form, own)
    raise typer.Exit(run_detect(asked))


@cli.command()
def vessel(
    files: Paths,
    mmsi: Annotated[str, typer.Option(help="Her MMSI, or the track's own identifier")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write everything there as JSON")
    ] = None,
    watchlist: Annotated[list[Path] | None, typer.Option(help="CSV with imo, mmsi or name")] = None,
    now: Annotated[str | None, typer.Option(help="Time up to which the data speak")] = None,
    time_base: Annotated[str | None, typer.Option(help="Date of NMEA that carries seconds only")] = None,
    zones: Annotated[Path | None, typer.Option(help="Zones of your own, beside or instead of ours")] = None,
    reception: Annotated[
        Path | None, typer.Option(help="Background made by `darkwake reception learn`")
    ] = None,
    column: Annotated[list[str] | None, typer.Option(help="Which column holds what: OURS=THEIRS")] = None,
    day_first: Annotated[bool | None, typer.Option(help="How 03/04/2024 is meant")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Show all that track files tell of one vessel: identities, calls, silences, meetings."""
    from app.cli.commands import Asked, run_vessel  # noqa: PLC0415 - `--help` needs no numpy
    from app.inputs.operator_files import OwnFiles  # noqa: PLC0415 - the same

    words: dict[str, Any] = {
        "set": [],
        "area": "all",
        "now": now,
        "time_base": time_base,
        "column": column,
        "day_first": day_first,
    }
    own = OwnFiles(None, zones, reception)
    asked = Asked(tuple(files), words, tuple(watchlist or ()), output, "json", own)
    raise typer.Exit(run_vessel(asked, mmsi, as_json=as_json))


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes", min=1, max=64)] = 1,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Say how to try it with the demo story")] = False,
) -> None:
    """Serve the HTTP interface and the page at /docs."""
    from app.workers.forkserver import leave_on_sigterm, start_loading  # noqa: PLC0415 - `--help` starts no process

    leave_on_sigterm()
    if workers == 1:
        start_loading()  # beside the imports that follow

    import uvicorn  # noqa: PLC0415 - `--help` needs no server

    from app.cli.commands import check_service  # noqa: PLC0415 - `--help` needs no numpy

    if fault := check_service():
        typer.echo(f"darkwake: {fault}", err=True)
        raise typer.Exit(NOTHING_READ)
    base = f"http://{host}:{port}"
    typer.echo(f"darkwake {__version__}: {base}/docs is the page to try it on (Ctrl-C ends it)", err=True)
    if demo:
        typer.echo(f"a track file to try: {base}/demo/tracks.csv", err=True)
    uvicorn.run("api:app", host=host, port=port, workers=workers)


@cli.command()
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


@cli.command()
def layers(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False) -> None:
    """Show the layers of the chart: source, licence, date, what to beware of."""
    from app.cli.tables import print_layers  # noqa: PLC0415 - `--help` needs no numpy

    print_layers(as_json=as_json)


@cli.command()
def simulate(
    story: Annotated[str, typer.Argument(help="Name of a story")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write; default: stdout")
    ] = None,
    *,
    list_: Annotated[bool, typer.Option("--list", help="List the stories")] = False,
) -> None:
    """Write the tracks of a packaged story as CSV."""
    from app.errors import DarkwakeError  # noqa: PLC0415 - `--help` needs no numpy
    from app.simulator.story import load_story, story_names  # noqa: PLC0415 - the same
    from app.simulator.story_tracks import tracks_csv  # noqa: PLC0415 - the same

    if list_ or not story:
        for name in story_names():
            typer.echo(f"{name:32}{load_story(name).title}")
        return
    try:
        text = tracks_csv(load_story(story))
    except DarkwakeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOTHING_READ) from None
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


@cli.command()
def train(
    history: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the model")],
) -> None:
    """Learn from traffic of your own how vessels ordinarily behave."""
    from app.cli.commands import run_train  # noqa: PLC0415 - `--help` needs no numpy

    raise typer.Exit(run_train(tuple(history), output))


reception_cli = typer.Typer(help="Who is heard where: learn it once from a history.")
cli.add_typer(reception_cli, name="reception")


@reception_cli.command()
def learn(
    history: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the background")],
) -> None:
    """Learn from a feed's history who is heard where, for later runs and small uploads."""
    from app.cli.commands import run_learn  # noqa: PLC0415 - `--help` needs no numpy

    raise typer.Exit(run_learn(tuple(history), output))


@cli.command(name="compile")
def compile_() -> None:
    """Compile the kernels now (once per machine; images do it while they are built)."""
    from app.workers.warmup import compile_kernels  # noqa: PLC0415 - `--help` needs no numpy

    started_s = time.perf_counter()
    compile_kernels()
    typer.echo(f"compiled in {time.perf_counter() - started_s:.1f} s", err=True)


def _format_of(output: Path | None) -> str:
    """Return the format that a file name asks for: geojson where it names none."""
    suffix = (output.suffix.lstrip(".").lower() if output else "") or "geojson"
    return {"json": "geojson", "jsonl": "ndjson"}.get(suffix, suffix)


if __name__ == "__main__":
    main()
