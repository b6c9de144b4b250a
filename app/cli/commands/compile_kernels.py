"""`darkwake compile`: compile the kernels once per machine."""

from __future__ import annotations

import time

import typer


def compile_() -> None:
    """Compile the kernels now (once per machine; images do it while they are built).

    Fails where a kernel is left that the first run would have to compile: no folder for the cache, as a rule.
    """
    from app.workers.warmup import compile_kernels  # noqa: PLC0415 - `--help` needs no numpy
    from geodata.jit import compiled_count  # noqa: PLC0415 - the same

    started_s = time.perf_counter()
    compile_kernels()
    compiled, kernels = compiled_count()
    done = f"{compiled} of {kernels} kernels compiled in {time.perf_counter() - started_s:.1f} s"
    if compiled == kernels:
        typer.echo(done, err=True)
        return
    typer.echo(f"darkwake: {done}; set NUMBA_CACHE_DIR to a folder that can be written", err=True)
    raise typer.Exit(1)
