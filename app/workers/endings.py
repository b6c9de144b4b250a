"""What a user is told of a run that ended without an answer: what happened, and what to change."""

from __future__ import annotations

import signal

from app.errors import CrashedError, DarkwakeError, OutOfMemoryError, StoppedError, TooLongError

SMALLER = (
    "send fewer positions at once, a part of the vessels or of the days "
    "(area, kind, start and end choose among the events found: they make no run smaller)"
)

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Signals by which somebody ends a process on purpose."""

LOST = 255
"""Exit code that multiprocessing gives a process whose forkserver is gone."""


def too_long(longest_s: float) -> DarkwakeError:
    """Return what a run is told that was stopped at the limit of time."""
    return TooLongError(
        f"no answer within {longest_s:g} s (DARKWAKE_MAX_RUN_S): the run was stopped, and the same "
        f"request would be stopped again. Instead, {SMALLER}"
    )


def out_of_memory() -> DarkwakeError:
    """Return what a run is told that the memory did not suffice for."""
    return OutOfMemoryError(
        f"there is not enough memory for this run, and the same request would fail again. Instead, {SMALLER}"
    )


def ended(exit_code: int) -> DarkwakeError:
    """Return what a run is told whose process ended; a negative code is that of a signal.

    Linux ends a process by SIGKILL where memory runs out (`proc(5)`, oom_score).
    """
    if exit_code == -signal.SIGKILL:
        return out_of_memory()
    if exit_code == LOST or -exit_code in STOPPING:
        return StoppedError("the run's process was ended from outside; send the request again")
    return CrashedError(
        f"the run's process ended by itself ({_code_name(exit_code)}) while it worked on this request, and "
        "the same request would probably end it again. Send the file in parts to find what it cannot read, "
        "and report it as a fault of Darkwake"
    )


def _code_name(exit_code: int) -> str:
    """Return the name of an exit code.

    >>> _code_name(-11), _code_name(3)
    ('SIGSEGV', 'exit code 3')
    """
    if -exit_code in set(signal.Signals):
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"
