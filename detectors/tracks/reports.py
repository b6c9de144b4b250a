"""Position and static reports as they were read, before they are ordered into tracks."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.distinct import distinct
from detectors.tracks.codes import MSG_TYPE_UNKNOWN, NAV_STATUS_UNKNOWN, AisClass, Receiver

if TYPE_CHECKING:
    from collections.abc import Sequence

Float64: TypeAlias = npt.NDArray[np.float64]
Float32: TypeAlias = npt.NDArray[np.float32]
Int64: TypeAlias = npt.NDArray[np.int64]
Int32: TypeAlias = npt.NDArray[np.int32]
UInt8: TypeAlias = npt.NDArray[np.uint8]
Bool: TypeAlias = npt.NDArray[np.bool_]
Column: TypeAlias = npt.NDArray[Any]

COLUMNS: dict[str, tuple[type[np.generic], float | int]] = {
    "vessel": (np.int64, 0),
    "time_s": (np.float64, np.nan),
    "lon_deg": (np.float64, np.nan),
    "lat_deg": (np.float64, np.nan),
    "sog_kn": (np.float32, np.nan),
    "cog_deg": (np.float32, np.nan),
    "heading_deg": (np.float32, np.nan),
    "nav_status": (np.uint8, NAV_STATUS_UNKNOWN),
    "msg_type": (np.uint8, MSG_TYPE_UNKNOWN),
    "receiver": (np.uint8, Receiver.UNKNOWN),
    "uncertainty_m": (np.float32, 0.0),
    "source_row": (np.int32, -1),
}
"""Every column of a position report: its type, and the value that means "not known"."""


def vessel_key(own_id: str) -> int:
    """Return the number that stands for a vessel without an MMSI.

    Negative, so that it never meets an MMSI, and a hash of the identifier, so that it does not depend
    on the order in which files are read.

    >>> vessel_key("track 7") == vessel_key("track 7") < 0
    True
    """
    digest = hashlib.blake2b(own_id.encode(), digest_size=8).digest()
    return -1 - (int.from_bytes(digest, "big") >> 2)


@dataclass(frozen=True, eq=False)
class Reports:
    """Position reports as equally long columns, in the order in which they were read.

    A value that is not known is NaN (floats) or the code for unknown (`COLUMNS`), never a sentinel of
    the source format. Longitudes lie in [-180, 180], latitudes in [-90, 90], times are epoch seconds
    in UTC. `vessel` is the MMSI, or `vessel_key` of the track's own identifier where there is none.
    `uncertainty_m` is the half-width of the position's rounding where it matters (93 m for type 27),
    0 where nothing is known. `source_row` counts the rows of all files of a run, for evidence.
    """

    vessel: Int64
    time_s: Float64
    lon_deg: Float64
    lat_deg: Float64
    sog_kn: Float32
    cog_deg: Float32
    heading_deg: Float32
    nav_status: UInt8
    msg_type: UInt8
    receiver: UInt8
    uncertainty_m: Float32
    source_row: Int32

    def __post_init__(self) -> None:
        lengths = {f.name: len(getattr(self, f.name)) for f in fields(self)}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"columns differ in length: {lengths}")

    def __len__(self) -> int:
        return len(self.time_s)

    @cached_property
    def vessels(self) -> tuple[Int64, Int32]:
        """The vessels that occur, ascending, and for each report the index of its vessel among them."""
        return distinct(self.vessel)

    @classmethod
    def of(
        cls,
        vessel: npt.ArrayLike,
        time_s: npt.ArrayLike,
        lon_deg: npt.ArrayLike,
        lat_deg: npt.ArrayLike,
        **others: npt.ArrayLike | None,
    ) -> Reports:
        """Make reports from the four columns that every source has and any others by name.

        Columns that are left out or None are filled with "not known". Raises TypeError for a name
        that is not a column.

        >>> len(Reports.of([440000001], [0.0], [124.0], [38.0], sog_kn=[8.5]))
        1
        """
        unknown = set(others) - set(COLUMNS)
        if unknown:
            raise TypeError(f"no such column: {sorted(unknown)}")
        given = {
            "vessel": vessel,
            "time_s": time_s,
            "lon_deg": lon_deg,
            "lat_deg": lat_deg,
        } | others
        size = len(np.atleast_1d(np.asarray(time_s)))
        return cls(**{name: _column(given.get(name), name, size) for name in COLUMNS})

    @classmethod
    def empty(cls) -> Reports:
        """Return no reports at all."""
        return cls.of([], [], [], [])

    @classmethod
    def concat(cls, parts: Sequence[Reports]) -> Reports:
        """Join parts in their order."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            **{
                name: np.concatenate([getattr(p, name) for p in parts] or [np.empty(0, dtype)])
                for name, (dtype, _) in COLUMNS.items()
            }
        )

    def take(self, rows: Int64 | Int32 | Bool) -> Reports:
        """Return the reports at the given row numbers, or where a mask is true."""
        return Reports(**taken_out(self.columns(), rows))

    def columns(self) -> dict[str, Column]:
        """Return the columns by name, in a dict that the caller may empty."""
        return {name: getattr(self, name) for name in COLUMNS}


def taken_out(columns: dict[str, Column], rows: Int64 | Int32 | Bool) -> dict[str, Column]:
    """Return columns at the given row numbers, or where a mask is true. Empties `columns`.

    Each column is released once it is copied: of a large file only one column is held twice.
    """
    if rows.dtype != np.bool_:
        rows = rows.astype(np.intp, copy=False)  # once, not by numpy for each column
    count = int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else len(rows)
    return {name: _taken(columns.pop(name), rows, count) for name in list(columns)}


def _column(values: npt.ArrayLike | None, name: str, size: int) -> Column:
    dtype, unknown = COLUMNS[name]
    if values is None:
        return np.broadcast_to(dtype(unknown), size)
    return np.ascontiguousarray(values, dtype=dtype)


def _taken(column: Column, rows: Int64 | Int32 | Bool, count: int) -> Column:
    held = held_once(column, count)
    return column[rows] if held is None else held


def held_once(column: Column, count: int) -> Column | None:
    """Return a constant column with its value stored once; None for any other column."""
    sample = column[:: max(1, len(column) // 1000)]
    return np.broadcast_to(column[0], count) if _is_one_value(sample) and _is_one_value(column) else None


def _is_one_value(column: Column) -> bool:
    if not len(column):
        return False
    if column.strides == (0,):
        return True
    return bool((column == column[0]).all() or (column[0] != column[0] and np.isnan(column).all()))


@dataclass(frozen=True, slots=True)
class StaticReport:
    """Static data of a vessel at one time (AIS types 5, 19, 24, or a vendor's columns).

    `time_s` is NaN where the source gives no time: it then holds for the whole track. None means that the
    source did not declare it. `ship_type` is the AIS ship type (0-99). `flag` is what the source
    declares, not what the MMSI implies. The antenna stands `antenna_ahead_m` ahead of the middle of the
    hull and `antenna_abeam_m` to starboard of it: negative astern of it and to port.

    A reader keeps a report that says something new, not those that repeat it. `draught_until_s` and
    `destination_until_s` are the last times at which the value was declared, before another one; NaN where
    that is not known.
    """

    vessel: int
    time_s: float
    imo: int | None = None
    name: str | None = None
    callsign: str | None = None
    flag: str | None = None
    ship_type: int | None = None
    length_m: float | None = None
    beam_m: float | None = None
    antenna_ahead_m: float | None = None
    antenna_abeam_m: float | None = None
    draught_m: float | None = None
    destination: str | None = None
    ais_class: AisClass = AisClass.UNKNOWN
    draught_until_s: float = math.nan
    destination_until_s: float = math.nan
