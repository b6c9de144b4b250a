"""`darkwake compile`: compile the kernels once per machine."""

from __future__ import annotations

import time

import typer


def compile_() -> None:
    """Compile the kernels now (once per machine; images do it while they are built)."""
    from app.workers.warmup import compile_kernels  # noqa: PLC0415 - `--help` needs no numpy

    started_s = time.perf_counter()
    compile_kernels()
    typer.echo(f"compiled in {time.perf_counter() - started_s:.1f} s", err=True)
