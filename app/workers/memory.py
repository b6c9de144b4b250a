"""Memory that a run asks for again and again: kept by the process until the run is done.

The C library gives each large array back to the system at once, and the next one has to be touched anew,
page by page: a tenth of the time of a run over 50 million positions (benchmarks/speed.py).
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4
"""Of `mallopt(3)`: how much free memory is kept, and how many arrays may lie outside of it."""

KEPT_BYTES = 2**31 - 1


@cache
def _libc() -> ctypes.CDLL | None:
    """Return the GNU C library; None where another one is at work."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    return libc if libc and hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None


def keep_memory() -> None:
    """Let this process keep what it no longer needs, up to 2 GiB at the end of its room."""
    if libc := _libc():
        libc.mallopt(M_MMAP_MAX, 0)
        libc.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def give_back() -> None:
    """Give all that is free back to the system: a worker that waits holds no more than it needs."""
    if libc := _libc():
        libc.malloc_trim(0)
