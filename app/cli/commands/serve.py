"""`darkwake serve`: the HTTP interface and the page at /docs."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from app import __version__
from app.cli.arguments import NOTHING_READ

if TYPE_CHECKING:
    from collections.abc import Iterator


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes", min=1, max=64)] = 1,
    root_path: Annotated[
        str, typer.Option(help="Path under which a proxy offers the service, for instance /darkwake")
    ] = "",
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Print the address of a track file to try")] = False,
) -> None:
    """Serve the HTTP interface and the page at /docs."""
    from app.workers.forkserver import leave_on_sigterm, start_forkserver  # noqa: PLC0415 - `--help` starts no process

    leave_on_sigterm()
    if workers == 1:
        start_forkserver()  # while the imports below run

    from app.cli.running import check_service  # noqa: PLC0415 - `--help` needs no numpy

    if fault := check_service():
        typer.echo(f"darkwake: {fault}", err=True)
        raise typer.Exit(NOTHING_READ)
    base = f"http://{host}:{port}"
    typer.echo(f"darkwake {__version__}: {base}/docs is the page to try it on (Ctrl-C ends it)", err=True)
    if demo:
        typer.echo(f"a track file to try: {base}/demo/tracks.csv", err=True)
    from app.http.server import Listening, run_server  # noqa: PLC0415 - `--help` needs no server

    with shared_counts(workers), suppress(KeyboardInterrupt):
        run_server(Listening(host, port, workers, root_path))


@contextmanager
def shared_counts(workers: int) -> Iterator[None]:
    """Give several server processes a folder in which their counts are added up (`app.metrics`)."""
    if workers == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="darkwake-counts-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # before the library is imported
        yield
