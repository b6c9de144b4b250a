"""Words that files use for the codes of AIS (ITU-R M.1371), and the reading of such columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.rejects import Reject
from app.readers.values.numbers import floats, numbers, stripped
from detectors.tracks.codes import AisClass, Receiver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.tracks.reports import Float64, UInt8

RECEIVERS: dict[str, int] = {
    "t": Receiver.TERRESTRIAL,
    "ter": Receiver.TERRESTRIAL,
    "terrestrial": Receiver.TERRESTRIAL,
    "coastal": Receiver.TERRESTRIAL,
    "t-ais": Receiver.TERRESTRIAL,
    "s": Receiver.SATELLITE,
    "sat": Receiver.SATELLITE,
    "satellite": Receiver.SATELLITE,
    "s-ais": Receiver.SATELLITE,
    "dynamic": Receiver.DYNAMIC,
    "roaming": Receiver.DYNAMIC,
    "roa": Receiver.DYNAMIC,
}
CLASSES: dict[str, int] = {
    "a": AisClass.A,
    "class a": AisClass.A,
    "b": AisClass.B,
    "class b": AisClass.B,
}
NAV_STATUSES: dict[str, int] = {
    "under way using engine": 0,
    "underway using engine": 0,
    "at anchor": 1,
    "not under command": 2,
    "restricted maneuverability": 3,
    "restricted manoeuvrability": 3,
    "constrained by her draught": 4,
    "constrained by draught": 4,
    "moored": 5,
    "aground": 6,
    "engaged in fishing": 7,
    "under way sailing": 8,
    "underway sailing": 8,
    "ais-sart": 14,
    "ais-sart (active)": 14,
}
SHIP_TYPES: dict[str, int] = {
    "wig": 20,
    "fishing": 30,
    "towing": 31,
    "towing long/wide": 32,
    "dredging": 33,
    "diving": 34,
    "military": 35,
    "sailing": 36,
    "pleasure": 37,
    "hsc": 40,
    "pilot": 50,
    "sar": 51,
    "tug": 52,
    "port tender": 53,
    "anti-pollution": 54,
    "law enforcement": 55,
    "medical": 58,
    "passenger": 60,
    "cargo": 70,
    "tanker": 80,
    "other": 90,
}
STATIONS: dict[str, Reject] = {
    "base station": Reject.BASE_STATION,
    "aton": Reject.AID_TO_NAVIGATION,
    "sar airborne": Reject.SAR_AIRCRAFT,
    "search and rescue transponder": Reject.DISTRESS_BEACON,
    "sart": Reject.DISTRESS_BEACON,
    "man overboard device": Reject.DISTRESS_BEACON,
    "epirb": Reject.DISTRESS_BEACON,
}
"""What the Danish authority's "Type of mobile" calls senders that are no vessels."""

CLASS_OF_MSG_TYPE = np.zeros(256, dtype=np.uint8)
CLASS_OF_MSG_TYPE[[1, 2, 3, 5, 27]] = AisClass.A
CLASS_OF_MSG_TYPE[[18, 19, 24]] = AisClass.B


def coded(column: pl.Series, vocabulary: Mapping[str, int]) -> Float64:
    """Return the codes of a column of words or numbers, NaN for what is neither."""
    if column.dtype != pl.String:
        return numbers(column)[0]
    distinct = column.unique()
    values, _ = numbers(distinct)
    known = (
        stripped(distinct)
        .str.to_lowercase()
        .replace_strict(dict(vocabulary), default=None, return_dtype=pl.Float64)
    )
    codes = pl.Series(np.where(np.isnan(values), known.fill_null(np.nan).to_numpy(), values))
    return floats(column.replace_strict(distinct, codes, return_dtype=pl.Float64))


def receivers(column: pl.Series) -> UInt8:
    """Return receiver codes of words such as ``TER``; other numbers than codes mean nothing."""
    if column.dtype == pl.UInt8:
        return column.to_numpy()
    if column.dtype != pl.String:
        return np.full(len(column), Receiver.UNKNOWN, dtype=np.uint8)
    return _codes_of_words(column, RECEIVERS)


def _codes_of_words(column: pl.Series, vocabulary: Mapping[str, int]) -> UInt8:
    """Return the code of each word, 0 for others; a column repeats few words many times."""
    known = column.unique()
    lowered = stripped(known).str.to_lowercase()
    codes = lowered.replace_strict(dict(vocabulary), default=0, return_dtype=pl.UInt8).fill_null(0)
    return column.replace_strict(known, codes, return_dtype=pl.UInt8).cast(pl.UInt8).to_numpy()


def classes(column: pl.Series) -> UInt8:
    """Return transponder classes of words such as ``A`` or ``Class B``."""
    if column.dtype != pl.String:
        return np.full(len(column), AisClass.UNKNOWN, dtype=np.uint8)
    return _codes_of_words(column, CLASSES)
