"""Messages -> columns under our names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.faults import mark
from app.readers.base.rejects import Reject
from app.readers.nmea.bits import Payloads
from app.readers.nmea.fields import (
    FIELDS,
    MMSI_BITS,
    MMSI_START,
    PART_BITS,
    PART_START,
    PARTS,
    TYPE_BITS,
    Number,
    Text,
)
from app.readers.nmea.unchecked import are_sensible
from app.readers.values.rules import STATION_MSG_TYPES

if TYPE_CHECKING:
    from app.readers.nmea.messages import Messages
    from detectors.tracks.reports import Bool, Int64

HIGHEST_MSG_TYPE = 28
"""Types 1 to 27 are ITU-R M.1371-5; 28 is in M.1371-6."""
MULTIPART_TYPE = 24


def decoded(messages: Messages) -> pl.DataFrame:
    """Return one row per message, and mark the faults of those that give nothing of use."""
    payloads = Payloads.of(messages.payload, messages.fill_bits)
    msg_type = payloads.numbers(0, TYPE_BITS)
    mmsi = payloads.numbers(MMSI_START, MMSI_BITS)
    known = payloads.is_valid & (msg_type >= 1) & (msg_type <= HIGHEST_MSG_TYPE) & ~np.isnan(mmsi)
    kind = np.where(known, msg_type * PARTS, 0).astype(np.int64)
    part = payloads.numbers(PART_START, PART_BITS)
    is_multipart = known & (msg_type == MULTIPART_TYPE)
    kind[is_multipart] += np.nan_to_num(part[is_multipart], nan=PARTS - 1).astype(np.int64)
    _mark(messages, known, kind)
    columns = {"mmsi": np.nan_to_num(mmsi).astype(np.int64), "msg_type": np.nan_to_num(msg_type)}
    frame = pl.DataFrame({**columns, **_fields(payloads, np.where(messages.faults == 0, kind, 0))})
    if messages.is_unchecked.any():
        is_odd = messages.is_unchecked & ~are_sensible(frame, payloads.bits)
        mark(messages.faults, is_odd, Reject.BAD_CHECKSUM)
    return frame


def _mark(messages: Messages, known: Bool, kind: Int64) -> None:
    msg_type = kind // PARTS
    is_useful = np.isin(kind, list(FIELDS))
    is_odd_part = (msg_type == MULTIPART_TYPE) & ~is_useful
    is_station = np.isin(msg_type, list(STATION_MSG_TYPES))
    mark(messages.faults, ~known | is_odd_part, Reject.BAD_PAYLOAD)
    mark(messages.faults, ~is_useful & ~is_station, Reject.NO_POSITION_MESSAGE)


def _fields(payloads: Payloads, kind: Int64) -> dict[str, pl.Series]:
    """Read the fields of each kind, and put them where its messages stand."""
    found: dict[str, pl.Series] = {}
    for number, fields in FIELDS.items():
        rows = np.flatnonzero(kind == number)
        some = payloads.take(rows)
        for field in fields:
            dtype = pl.String if isinstance(field, Text) else pl.Float64
            column = found.setdefault(
                field.name, pl.Series(field.name, [None], dtype=dtype).new_from_index(0, len(kind))
            )
            if len(rows):
                found[field.name] = column.scatter(rows, _values(some, field))
    return found


def _values(payloads: Payloads, field: Number | Text) -> pl.Series:
    if isinstance(field, Text):
        return payloads.texts(field.start, field.chars)
    raw = payloads.numbers(field.start, field.width, is_signed=field.is_signed)
    raw = np.where(raw >= field.missing, np.nan, raw)
    return pl.Series(raw * field.unit).fill_nan(None)
