"""The memory allocator (malloc): a worker keeps freed memory during a run, and trims it afterwards.

By default the C library returns each large array to the system at once, and the next one is faulted in anew,
page by page: a tenth of the time of a run over 50 million positions (benchmarks/speed.py).
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4
"""Of `mallopt(3)`: free memory kept at the top, and the number of separately mapped arrays."""

KEPT_BYTES = 2**31 - 1


@cache
def _libc() -> ctypes.CDLL | None:
    """Return the GNU C library; None where another one is in use."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    return libc if libc and hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None


def keep_memory() -> None:
    """Let malloc keep freed memory, up to 2 GiB at the top of the process."""
    if libc := _libc():
        libc.mallopt(M_MMAP_MAX, 0)
        libc.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def trim_memory() -> None:
    """Return all free memory to the system: a worker that waits holds no more than it needs."""
    if libc := _libc():
        libc.malloc_trim(0)
