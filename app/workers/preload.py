"""All that a run needs, loaded once: importing this does it, in the process that workers are forks of.

Nothing here may start threads that work: they do not live through a fork, and what they held stays locked.
So the demo story comes from the simulator here, not from a file: polars reads files with threads of its own.
"""

from __future__ import annotations

import signal
from contextlib import suppress

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the service, which ends this

import pyarrow.compute  # noqa: F401, E402 - polars asks for it at the first Parquet, for a fifth of a second

from app.pipeline import default_resources  # noqa: E402 - a Ctrl-C meanwhile would be a trace on the terminal
from app.settings import RunLimits  # noqa: E402
from app.workers.warmup import examine_few  # noqa: E402

with suppress(Exception):  # workers load what is not there; what keeps the service from starting, it tells
    limits = RunLimits()
    examine_few(default_resources(limits.interpret_below, limits.operator_files))
