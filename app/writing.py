"""Writing what a command made: whole, or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO


def check_output(output: Path | None, inputs: Iterable[Path | None]) -> None:
    """Raise OptionError for an output that cannot be written, or that is one of the inputs.

    Asked before the work begins: a run of an hour must not end with a folder that does not exist.
    """
    if output is None:
        return
    if output.is_dir():
        raise OptionError(f"-o {output}: is a folder; name a file in it")
    if not output.parent.is_dir():
        raise OptionError(f"-o {output}: there is no folder {output.parent}")
    for path in inputs:
        if path is not None and _is_same_file(path, output):
            raise OptionError(f"-o {output}: is an input of this command ({path}); name another file")


def _is_same_file(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:  # one of them does not exist
        return False


def write_whole(output: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let `write` write a file that takes its name once it is whole: a full disk leaves the old one.

    A pipe or a device is written to as it is. Raises OSError.
    """
    target = output.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as pipe:
            write(pipe)
        return
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with open(handle, "wb") as part:  # noqa: PTH123 - a descriptor, not a path
            write(part)
            part.flush()
            os.fchmod(part.fileno(), mode)
            os.fsync(part.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_bytes(output: Path | None, data: bytes) -> None:
    """Write bytes to a file (`write_whole`), or to standard output where none is named."""
    if output is not None:
        write_whole(output, lambda target: target.write(data))
        return
    if sys.stdout is None:
        raise OptionError("-o: standard output is closed; name a file")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
