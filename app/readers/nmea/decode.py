"""Six-bit payloads -> columns under our names, by pyais."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from pyais.bit_vector import bit_vector
from pyais.exceptions import AISBaseException
from pyais.messages import MSG_CLASS

from app.readers.faults import mark, mark_all, no_faults
from app.readers.rejects import Reject
from app.readers.rules import station_messages

if TYPE_CHECKING:
    from app.readers.nmea.lines import Messages
    from detectors.tracks.reports import UInt8

POSITION_TYPES = (1, 2, 3, 18, 19, 27)
STATIC_TYPES = (5, 19, 24)
SIX_BIT = bytes([*range(48, 88), *range(96, 120)])
FIELDS = {
    "mmsi": pl.Int64,
    "msg_type": pl.Int64,
    "second": pl.Float64,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "sog": pl.Float64,
    "cog": pl.Float64,
    "heading": pl.Float64,
    "nav_status": pl.Float64,
    "imo": pl.Int64,
    "name": pl.String,
    "callsign": pl.String,
    "ship_type": pl.Int64,
    "to_bow_m": pl.Float64,
    "to_stern_m": pl.Float64,
    "to_port_m": pl.Float64,
    "to_starboard_m": pl.Float64,
    "draught_m": pl.Float64,
    "destination": pl.String,
}
THEIRS = {
    "heading": ("heading",),
    "sog": ("speed",),
    "cog": ("course",),
    "nav_status": ("status",),
    "name": ("shipname",),
    "to_bow_m": ("to_bow",),
    "to_stern_m": ("to_stern",),
    "to_port_m": ("to_port",),
    "to_starboard_m": ("to_starboard",),
    "draught_m": ("draught",),
}
"""Where pyais calls a field otherwise than we do."""


def decoded(messages: Messages) -> tuple[pl.DataFrame, UInt8]:
    """Return one row per message, and the faults of those that give nothing of use."""
    faults = no_faults(len(messages.payload))
    rows = [_fields(p, f) for p, f in zip(messages.payload, messages.fill_bits, strict=True)]
    frame = pl.DataFrame([row or {} for row in rows], schema=FIELDS)
    bad = np.array([row is None for row in rows], dtype=bool)
    mark(faults, bad, Reject.BAD_PAYLOAD)
    msg_type = frame["msg_type"].fill_null(0).to_numpy()
    mark_all(faults, station_messages(msg_type.astype(np.uint8)), ~bad)
    mark(faults, ~np.isin(msg_type, POSITION_TYPES + STATIC_TYPES), Reject.NO_POSITION_MESSAGE)
    return frame, faults


def _fields(payload: bytes, fill_bits: int) -> dict[str, object] | None:
    if not payload or payload.translate(None, SIX_BIT):
        return None
    bits = bit_vector(payload, fill_bits)
    kind = MSG_CLASS.get(bits.get(0, 6))
    if kind is None:
        return None
    try:
        values = kind.from_vector(bits).asdict(enum_as_int=True)
    except (AISBaseException, ValueError, ArithmeticError, LookupError):
        return None
    return {ours: values.get(THEIRS.get(ours, (ours,))[0]) for ours in FIELDS}
