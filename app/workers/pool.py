"""Runs in worker processes, so that none can hang, starve or take down the service."""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures import TimeoutError as RunTimeoutError
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from app.errors import BusyError, StoppedError
from app.metrics import PLACES, RESTARTS, RUN_S, RUNNING
from app.resources import default_resources
from app.workers.endings import ended, out_of_memory, too_long
from app.workers.forkserver import context, die_with_parent, start_forkserver
from app.workers.jobs import Answer, Job, problem
from app.workers.memory import keep_memory
from app.workers.warmup import start_compiling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from app.settings import InputLimits, RunLimits


STOPPED_WITHIN_S = 3.0
"""A worker whose run is cancelled is gone in a fifth of a second; its request waits this long at most."""


class RunPool:
    """Worker processes, started at once, at most `max_runs` at work and `max_queue` requests waiting.

    A request takes a `place` before its body is read, and keeps it until it is answered.

    Raises the errors of the operator files at once, where the service is started.
    """

    def __init__(self, limits: RunLimits, inputs: InputLimits) -> None:
        self.limits = limits
        self.places_taken = 0
        self.running = 0
        self._at_work = asyncio.Semaphore(limits.max_runs)
        self.job_limits = {
            "max_unpacked_bytes": inputs.max_unpacked_bytes,
            "interprets": limits.interprets,
            "operator_files": limits.operator_files,
        }
        start_forkserver()
        default_resources(limits.operator_files, interprets=limits.interprets)
        self._workers = self._new_workers()
        for _ in range(limits.max_runs):
            self._workers.schedule(_ready)

    def _new_workers(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.limits.max_runs,
            context=context(),
            initializer=_prepare,
            initargs=(self.limits,),
        )

    @property
    def is_compiling(self) -> bool:
        """Whether the process that compiles the kernels is at work."""
        return self._compiler is not None and self._compiler.is_alive()

    def __enter__(self) -> Self:
        self._compiler = start_compiling()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workers.stop()  # type: ignore[no-untyped-call]
        self._workers.join()
        if self._compiler:
            self._compiler.kill()
            self._compiler.join()

    def _scheduled(self, work: Callable[[Job], Answer], job: Job) -> ProcessFuture[Answer]:
        """Give a job to the workers; a pool that was lost since the last job is replaced first."""
        if not self._workers.active:
            self._restart()
        return self._workers.schedule(work, args=(job,), timeout=self.limits.max_run_s)

    def _restart(self) -> None:
        self._workers.stop()  # type: ignore[no-untyped-call]
        self._workers = self._new_workers()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold the place of one request. Raises BusyError where none is free."""
        if self.places_taken >= self.limits.max_runs + self.limits.max_queue:
            waiting = self.places_taken - self.running
            raise BusyError(
                f"{self.running} runs are under way and {waiting} more requests wait or are being sent: "
                "send it again later"
            )
        self.places_taken += 1
        try:
            with PLACES.track_inprogress():
                yield
        finally:
            self.places_taken -= 1

    async def answer(self, work: Callable[[Job], Answer], job: Job) -> Answer:
        """Do one job when its turn comes; a run that ends without an answer is answered with a problem.

        When this is cancelled the worker is stopped, and the turn of the next one comes once it is gone.
        """
        async with self._at_work:
            self.running += 1
            try:
                with RUNNING.track_inprogress(), RUN_S.time():
                    return await self._answered(work, job)
            finally:
                self.running -= 1

    async def _answered(self, work: Callable[[Job], Answer], job: Job) -> Answer:
        run = self._scheduled(work, job)
        try:
            return await asyncio.wrap_future(run)
        except asyncio.CancelledError:
            RESTARTS.inc()
            run.cancel()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(wait, (run,), STOPPED_WITHIN_S)
            raise
        except RunTimeoutError:
            RESTARTS.inc()
            return problem(too_long(self.limits.max_run_s))
        except MemoryError:
            return problem(out_of_memory())
        except ProcessExpired as error:
            RESTARTS.inc()
            return problem(ended(error.exitcode))
        except BrokenProcessPool:
            RESTARTS.inc(self.limits.max_runs)
            self._restart()
            return problem(StoppedError("the worker processes were lost and are started again"))


def _ready() -> None:
    """Do nothing: a worker that answers this is ready."""


def _prepare(limits: RunLimits) -> None:
    """Load what a run needs and the forkserver has not loaded, if anything.

    A kernel hears no signal handler of Python before it returns: SIGTERM ends a worker at once.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent()
    keep_memory()
    default_resources(limits.operator_files, interprets=limits.interprets)
