"""Kernels on a machine that has not compiled them yet: interpreted while that is quicker than to compile.

Each kernel has a budget of interpreted time, in proportion to what its compilation would take. A call that
exceeds it is stopped, the kernel is compiled, and the call is done again: a run costs at most some quarter
more than the better choice would have cost (the ski rental problem: Karlin et al., Competitive Snoopy
Caching, Algorithmica 3, 1988).
"""

from __future__ import annotations

import signal
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geodata.jit import Kernel, run_by

if TYPE_CHECKING:
    from collections.abc import Iterator

BUDGET_S_PER_BYTE = 0.00015
"""Interpreted seconds that a kernel may take, per byte of its byte code: a quarter of its compilation.

Compiling took 0.35 to 1.5 ms a byte, in the middle 0.6, for 20 kernels (2 cores, 2026-12-01).
"""


class _OutOfTimeError(Exception):
    """The budget is used up."""


@contextmanager
def interpreting_while_cheap() -> Iterator[None]:
    """Run kernels that are not compiled yet interpreted, each within its budget; then compile it."""
    spent_s: defaultdict[Kernel, float] = defaultdict(float)

    def cheapest(kernel: Kernel, *args: object) -> object:
        left_s = BUDGET_S_PER_BYTE * kernel.code_bytes - spent_s[kernel]
        if kernel.is_compiled or left_s <= 0.0:
            return kernel.run_compiled(*args)
        started_s = time.perf_counter()
        try:
            with _time_limit(left_s):
                return kernel.run_interpreted(*args)
        except _OutOfTimeError:
            return kernel.run_compiled(*args)
        finally:
            spent_s[kernel] += time.perf_counter() - started_s

    with run_by(cheapest):
        yield


@contextmanager
def _time_limit(limit_s: float) -> Iterator[None]:
    """Raise _OutOfTimeError in the body once it takes longer.

    A thread other than the main one gets no signals: there a single call may take longer than its budget.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:  # noqa: ANN401 - as `signal` hands them over
        raise _OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, limit_s)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
