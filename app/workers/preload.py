"""All that a run needs, loaded once: importing this module does it, in the forkserver.

Nothing here may start threads: they do not survive a fork, and their locks stay locked. So the demo
story comes from the simulator, not from a file: polars reads files with its own threads.
"""

from __future__ import annotations

import signal
import tempfile
from contextlib import suppress

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the service, which ends this

tempfile.gettempdir()  # tries the folder with a file: a fork that is ended meanwhile would leave it there

import pyarrow.compute  # noqa: F401, E402 - polars imports it at the first Parquet: a fifth of a second

from app.resources import default_resources  # noqa: E402 - a Ctrl-C before this line would print a traceback
from app.settings import RunLimits  # noqa: E402
from app.workers.warmup import examine_few  # noqa: E402

with suppress(
    Exception
):  # workers load what is missing; the service itself reports what keeps it from starting
    limits = RunLimits()
    examine_few(default_resources(limits.operator_files, interprets=limits.interprets))
