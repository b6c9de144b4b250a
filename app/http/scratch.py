"""The service's temporary files: one folder per server process, one below it per request, bounded.

The folder is locked (`flock(2)`) while its server lives: what a server that was killed left behind is the
folder whose lock is free, and the next one to start removes it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from app.disk import noticing_full_disk
from app.errors import BusyError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

PREFIX = "darkwake-scratch-"


class Scratch:
    """The folder of one server process. Bodies of all its requests together take `max_bytes` at most."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.used_bytes = 0

    def __enter__(self) -> Self:
        remove_abandoned(Path(tempfile.gettempdir()))
        self.folder, self._lock = _locked_folder()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)

    @contextmanager
    def of_request(self) -> Iterator[RequestScratch]:
        """Give the folder of one request, removed when it ends. Raises DiskFullError."""
        with noticing_full_disk():
            mine = RequestScratch(self, Path(tempfile.mkdtemp(dir=self.folder)))
        try:
            yield mine
        finally:
            self.used_bytes -= mine.used_bytes
            shutil.rmtree(mine.folder, ignore_errors=True)


class RequestScratch:
    """The temporary files of one request."""

    def __init__(self, scratch: Scratch, folder: Path) -> None:
        self.folder = folder
        self.used_bytes = 0
        self._scratch = scratch

    def take(self, size_bytes: int) -> None:
        """Count bytes that are about to be written.

        Raises BusyError where others hold what is missing, TooLargeError where this request alone asks for
        more than there is.
        """
        allowed_bytes = self._scratch.max_bytes
        if self.used_bytes + size_bytes > allowed_bytes:
            raise TooLargeError(
                f"the request needs more than the {allowed_bytes} bytes that bodies may take on the disk "
                "(half of DARKWAKE_MAX_SCRATCH_BYTES): send the tracks in parts"
            )
        if self._scratch.used_bytes + size_bytes > allowed_bytes:
            raise BusyError("other requests take the space for bodies on the disk: send it again later")
        self.used_bytes += size_bytes
        self._scratch.used_bytes += size_bytes


def _locked_folder() -> tuple[Path, int]:
    """Return a new folder and its lock; one that another server removed before it was locked is not used."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                return folder, lock
            os.close(lock)


def remove_abandoned(parent: Path) -> None:
    """Remove folders of servers that were killed: those of this user whose lock nobody holds."""
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_uid == os.getuid() and folder.is_dir() and not folder.is_symlink():
                _remove_if_abandoned(folder)


def _remove_if_abandoned(folder: Path) -> None:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
