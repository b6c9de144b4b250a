"""A disk that is full, told apart from a file that cannot be read."""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No space left, quota exceeded, file larger than the system allows (`write(2)`)."""

NEARLY_NONE_BYTES = 1 << 20
"""With less free space than this a library that cannot write has met a full disk, whatever it says."""


class DiskFullError(Exception):
    """The disk for temporary files is full."""

    def __init__(self) -> None:
        super().__init__(
            "the disk for temporary files is full: once whoever runs Darkwake has made room on it, or named "
            "a larger one by TMPDIR, the same request can be sent again"
        )


@contextmanager
def noticing_full_disk() -> Iterator[None]:
    """Raise DiskFullError where the system says that there is no space left."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        raise DiskFullError from fault


def is_full(folder: Path) -> bool:
    """Return whether the disk of a folder has no space left."""
    return shutil.disk_usage(folder).free < NEARLY_NONE_BYTES
