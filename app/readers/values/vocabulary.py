"""Words that files use for the codes of AIS (ITU-R M.1371), and the reading of such columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.rejects import Reject
from app.readers.values.numbers import stripped
from app.readers.values.ship_types import code_of as ship_type_of
from app.readers.values.words import codes_of, folded, not_understood, table_of
from detectors.tracks.codes import AisClass, Receiver

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping

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
CLASSES = table_of(
    {
        AisClass.A: "a;class a;classa;ais a;ais class a;ais classa;type a;a class;class a ais;cls a",
        AisClass.B: "b;class b;classb;ais b;ais class b;ais classb;type b;b class;class b ais;cls b;"
        "class b so;class b cs;classb so;classb cs;b so;b cs;class b sotdma;class b cstdma",
    }
)
"""Classes of transponders; `table_of` folds case, punctuation and plurals."""

NAV_STATUSES = table_of(
    {
        0: "under way using engine;underway using engine;under way;underway;under way by engine;"
        "underway by engine;under way engine;underway engine;engine;using engine;sailing by engine",
        1: "at anchor;anchored;anchor;anchorage;atanchor",
        2: "not under command;nuc;no command",
        3: "restricted maneuverability;restricted manoeuvrability;restricted manoeuverability;"
        "restricted manouverability;restricted maneuver;ram;restricted manoeuvrabilty;"
        "restricted in her ability to maneuver",
        4: "constrained by her draught;constrained by draught;constrained by her draft;constrained by draft;"
        "constrained by it draught;cbd;draught constrained",
        5: "moored;berthed;in port moored;made fast",
        6: "aground;grounded",
        7: "engaged in fishing;fishing;engaged in fishing activity",
        8: "under way sailing;underway sailing;under sail;sailing;under way by sail",
        9: "reserved for hsc;reserved for high speed craft;reserved for high speed craft hsc;hsc;"
        "reserved for future amendment of navigational status for ships carrying dg hs or mp imo hazard or "
        "pollutant category c hsc",
        10: "reserved for wig;reserved for wing in ground;reserved for wing in ground wig;wig",
        11: "power driven vessel towing astern;towing astern;towing astern regional use;"
        "power driven vessel towing astern regional use",
        12: "power driven vessel pushing ahead or towing alongside;pushing ahead or towing alongside;"
        "pushing ahead;power driven vessel pushing ahead or towing alongside regional use",
        13: "reserved for future use;reserved;spare",
        14: "ais sart;ais sart active;sart;ais sart is active;ais sart mob ais epirb ais;ais sart mob epirb;"
        "active sart;mob ais;epirb ais",
        15: "default;not defined default;undefined default;not specified",
    }
)
"""Navigational status of ITU-R M.1371-5, as providers write it out."""

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
    return codes_of(column, lambda word: vocabulary.get(folded(word)))


def classes(column: pl.Series) -> UInt8:
    """Return transponder classes of words such as ``A`` or ``Class B``."""
    if column.dtype != pl.String:
        return np.full(len(column), AisClass.UNKNOWN, dtype=np.uint8)
    return np.nan_to_num(codes_of(column, _class_of)).astype(np.uint8)


def _class_of(word: str) -> int | None:
    return CLASSES.get(folded(word))


UNDERSTOOD: Mapping[str, Callable[[str], int | None]] = {
    "ship_type": ship_type_of,
    "nav_status": lambda word: NAV_STATUSES.get(folded(word)),
    "ais_class": lambda word: _class_of(word) if word.strip().lower() not in STATIONS else AisClass.UNKNOWN,
}
"""Columns of words: how each is read."""


def words_not_understood(frame: pl.DataFrame) -> dict[str, Counter[str]]:
    """Return, by our name of a column, the words in it that have no meaning here, with their rows."""
    found = {
        name: not_understood(frame[name], code_of)
        for name, code_of in UNDERSTOOD.items()
        if name in frame.columns
    }
    return {name: words for name, words in found.items() if words}


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
