"""What a file takes in memory, and what is free: one that does not fit is refused before it is read."""

from __future__ import annotations

import math
import resource
from pathlib import Path
from typing import TYPE_CHECKING

from app.readers.base.reader import ReadError

if TYPE_CHECKING:
    from app.readers.base.reader import Source

MEMINFO = Path("/proc/meminfo")
STATM = Path("/proc/self/statm")
CGROUP = Path("/sys/fs/cgroup")
SHARE = 0.9
"""Of what is free, so much may be taken: other programs want some too."""

TOO_LARGE = (
    "{name}: it takes about {need:,} MiB of memory to read and examine, and {free:,} MiB are free. "
    "Cut it by day, or by area, and read the parts one after another; or use a machine with more"
)


def by_lines(source: Source, bytes_per_line: float) -> float:
    """Return what a text takes of whose lines each takes so much; their length is estimated from its head."""
    lines = max(1, source.head.count(b"\n"))
    return source.path.stat().st_size / max(1.0, len(source.head) / lines) * bytes_per_line


def by_size(source: Source, times: float) -> float:
    """Return what a file takes of which everything is held as objects while it is read."""
    return source.path.stat().st_size * times


def check_room(name: str, need_bytes: float, free_bytes: float) -> None:
    """Raise ReadError for what does not fit into the memory that is free."""
    if need_bytes > SHARE * free_bytes:
        raise ReadError(TOO_LARGE.format(name=name, need=int(need_bytes) >> 20, free=int(free_bytes) >> 20))


def free_bytes() -> float:
    """Return the memory that this process may still take; infinity where the system does not say.

    That is the least of what the machine has, what its control group (a container's limit) leaves, and what
    is left of the address space that it may use (`ulimit -v`).
    """
    return min(_of_machine(), _of_group(), _of_address_space())


def _of_address_space() -> float:
    """Read the limit of the address space; in use are the pages that statm (proc(5)) names first."""
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY:
        return math.inf
    try:
        pages = int(STATM.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return math.inf
    return float(most - pages * resource.getpagesize())


def _of_machine() -> float:
    """Read `MemAvailable` of Linux (proc(5)), in kibibytes there."""
    try:
        _, _, rest = MEMINFO.read_text(encoding="ascii").partition("MemAvailable:")
        return float(rest.split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        return math.inf


def _of_group() -> float:
    """Read limit and use of a control group of version 2; files in its cache can be let go."""
    try:
        most = float((CGROUP / "memory.max").read_text(encoding="ascii"))  # "max" where there is none
        used = float((CGROUP / "memory.current").read_text(encoding="ascii"))
        _, _, rest = (CGROUP / "memory.stat").read_text(encoding="ascii").partition("inactive_file ")
        return most - used + float(rest.split()[0])
    except (OSError, ValueError, IndexError):
        return math.inf
