"""Files that must be held as objects while they are read have a lower limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.readers.base.reader import ReadError

if TYPE_CHECKING:
    from app.readers.base.reader import Source

LARGEST_WHOLE_BYTES = 256 << 20
"""Objects take five to twenty times the size of the file that they are read from."""
TOO_LARGE = (
    "{name}: {size:,} MiB that must be held in memory as a whole ({why}), more than the limit of {limit:,} "
    "MiB. Write flat records as CSV, or one per line (NDJSON): these may be larger; or cut the file by day"
)


def check_whole(source: Source, why: str) -> None:
    """Raise ReadError for a file that is too large to be held as objects; `why` says why it must be."""
    size = source.path.stat().st_size
    if size > LARGEST_WHOLE_BYTES:
        limit = LARGEST_WHOLE_BYTES >> 20
        raise ReadError(TOO_LARGE.format(name=source.name, size=size >> 20, why=why, limit=limit))
