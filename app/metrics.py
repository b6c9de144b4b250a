"""What the service counts, for Prometheus.

One server process counts in its memory. Several of them (`serve --workers N`) share a folder of their own,
which the library writes to and `/metrics` of any of them adds up.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.workers.jobs import Counted

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable of the library: the folder that several server processes share."""

SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)

REQUESTS = Counter("darkwake_requests", "Requests answered", ("method", "route", "status"))
REQUEST_S = Histogram("darkwake_request_seconds", "Time to answer", ("route",), buckets=SECONDS)
RUN_S = Histogram("darkwake_run_seconds", "Time of a run in a worker", buckets=SECONDS)
RUNNING = Gauge("darkwake_runs", "Runs under way", multiprocess_mode="livesum")
PLACES = Gauge("darkwake_places_taken", "Requests that run, wait or are sent", multiprocess_mode="livesum")
POSITIONS = Counter("darkwake_positions", "Position reports examined")
EVENTS = Counter("darkwake_events", "Events reported", ("kind", "band"))
REJECTS = Counter("darkwake_rejects", "Rows that could not be used", ("reason",))
RESTARTS = Counter("darkwake_worker_restarts", "Worker processes that ended and were replaced")
COMPILED = Gauge("darkwake_kernels_compiled", "Kernels compiled on this machine", multiprocess_mode="max")
KERNELS = Gauge("darkwake_kernels", "Kernels that there are", multiprocess_mode="max")


def count_run(counted: Counted) -> None:
    """Count what one run examined and reported."""
    POSITIONS.inc(counted.positions)
    for (kind, band), events in counted.events.items():
        EVENTS.labels(kind, band).inc(events)
    for reason, rows in counted.rejects.items():
        REJECTS.labels(reason).inc(rows)


def exposed(environment: Mapping[str, str] = os.environ) -> bytes:
    """Return all metrics in Prometheus' text format, of all server processes together."""
    if not environment.get(FOLDER):
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def forget_this_process() -> None:
    """Take this process out of what is added up over those that live."""
    if os.environ.get(FOLDER):
        multiprocess.mark_process_dead(os.getpid())  # type: ignore[no-untyped-call]
