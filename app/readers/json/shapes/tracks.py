"""Our own request shape: tracks, each with a vessel, its static reports and its positions."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.account import fields_read
from app.readers.base.choosing import choose
from app.readers.base.columns import batch_of
from app.readers.base.faults import log_faults, mark, mark_rows, no_faults
from app.readers.base.layouts import Layout
from app.readers.base.records import column, identifiers, keys_of, shown, table_of
from app.readers.base.rejects import Reject, RejectLog
from app.readers.values.rules import times as time_faults
from app.readers.values.static_data import STATIC_COLUMNS, declared_by, static_changes
from app.readers.values.times import Times, epoch_seconds
from app.readers.values.track_keys import apart
from app.readers.values.vessels import Vessels, by_mmsi, by_own_id
from app.readers.values.vocabulary import classes, words_not_understood
from app.readers.values.words import together

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from app.readers.base.reader import Batch, ReadOptions
    from app.readers.json.shapes.base import Parsed
    from detectors.tracks.reports import Bool, StaticReport

FORMAT = "tracks"
POSITION_NAMES = (
    "time",
    "lon",
    "lat",
    "sog",
    "cog",
    "heading",
    "nav_status",
    "receiver",
    "msg_type",
)
STATIC_NAMES = (*STATIC_COLUMNS, "ais_class")


@dataclass
class _Tracks:
    """All tracks of a request, flat end to end."""

    vessels: list[object] = field(default_factory=list)
    positions: list[object] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    statics: list[object] = field(default_factory=list)
    static_owner: list[int] = field(default_factory=list)
    broken: list[tuple[int, object]] = field(default_factory=list)


class TracksShape:
    """Documents of our own request shape."""

    name = FORMAT

    def recognises(self, document: object) -> bool:
        """Take an object with a list of tracks."""
        return isinstance(document, dict) and isinstance(document.get("tracks"), list)

    def read(self, parsed: Parsed) -> Batch:
        """Read the tracks; other members of the document are ignored."""
        assert isinstance(parsed.document, dict)
        return batch_from_tracks(parsed.document["tracks"], parsed.name, parsed.options)


def batch_from_tracks(
    tracks: Sequence[object],
    name: str,
    options: ReadOptions,
    form: str = FORMAT,
    parts: Sequence[int] | None = None,
) -> Batch:
    """Read tracks that are parsed already.

    A track is ``{"vessel": {"mmsi" or "id", ...}, "statics": [...], "positions": [...]}``. Whatever
    is malformed, a whole track or one value, becomes a counted reject; nothing raises. The rows are
    the positions, the static reports, and the tracks that are none. `parts` are given where a name holds
    within a part of the file only: one number per track (`track_keys.apart`).
    """
    flat = _flattened(tracks)
    vessels = _vessels(flat.vessels)
    if parts is not None:
        vessels = apart(vessels, parts)
    batch = _positions(flat, vessels, Layout(form), name, options)
    statics, static_rows, words = _statics(flat, vessels, batch.rejects)
    for number, track in flat.broken:
        batch.rejects.add(Reject.NOT_A_RECORD, number, shown(track))
    return dataclasses.replace(
        batch,
        rows=batch.rows + len(flat.statics) + len(flat.broken),
        statics=(*statics, *batch.statics),
        static_rows=batch.static_rows + static_rows,
        own_ids=vessels.own_ids,
        not_understood=together([batch.not_understood, words]),
    )


def _flattened(tracks: Sequence[object]) -> _Tracks:
    flat = _Tracks()
    for number, track in enumerate(tracks, start=1):
        if not isinstance(track, dict):
            flat.broken.append((number, track))
            continue
        vessel = track.get("vessel", track)
        place = len(flat.vessels)
        flat.vessels.append(vessel if isinstance(vessel, dict) else {"mmsi": vessel})
        for key, into, owner in (
            ("positions", flat.positions, flat.owner),
            ("statics", flat.statics, flat.static_owner),
        ):
            part = track.get(key)
            if isinstance(part, list):
                into.extend(part)
                owner.extend([place] * len(part))
            elif part is not None:
                flat.broken.append((number, part))
    return flat


def _vessels(headers: list[object]) -> Vessels:
    """Return one vessel key per track: from its MMSI, else its own identifier, if one of them is good."""
    objects = [h for h in headers if isinstance(h, dict)]
    mmsi = by_mmsi(identifiers([h.get("mmsi") for h in objects]))
    own = by_own_id(identifiers([h.get("id") for h in objects]))
    key = np.where(mmsi.key != 0, mmsi.key, own.key)
    used = set(key.tolist())
    own_ids = {k: text for k, text in {**own.own_ids, **mmsi.own_ids}.items() if k in used}
    return Vessels(key, own_ids, (key == 0) & (mmsi.is_bad | own.is_bad))


def _positions(flat: _Tracks, vessels: Vessels, layout: Layout, name: str, options: ReadOptions) -> Batch:
    keys = keys_of(flat.positions)
    pinned = {ours: ours for ours in POSITION_NAMES if ours in keys}
    choice = choose(keys, lambda _: [], layout, pinned)
    columns = {ours: keys[place] for ours, place in choice.columns.items() if ours in POSITION_NAMES}
    columns |= {ours: ours for ours in ("time", "lon", "lat") if ours not in columns}
    owner = np.array(flat.owner, dtype=np.int64)
    table = table_of(flat.positions, columns, vessels=vessels.of_rows(owner))
    batch = batch_of(table, choice.layout, name, options)
    return dataclasses.replace(batch, columns=fields_read(batch.used, columns))


def _statics(
    flat: _Tracks, vessels: Vessels, log: RejectLog
) -> tuple[tuple[StaticReport, ...], int, dict[str, Counter[str]]]:
    """Return what headers and static reports declare anew, the number of good reports, and strange words."""
    reports = [r if isinstance(r, dict) else {} for r in flat.statics]
    declared = [*flat.vessels, *reports]
    owner = np.array([*range(len(flat.vessels)), *flat.static_owner], dtype=np.int64)
    keys = keys_of(declared)
    pinned = {ours: ours for ours in STATIC_NAMES if ours in keys}
    pinned |= {"time": "time"} if "time" in keys else {}
    choice = choose(keys, lambda _: [], Layout(FORMAT), pinned)
    frame = pl.DataFrame(
        {
            ours: column([r.get(keys[place]) for r in declared])  # type: ignore[attr-defined]
            for ours, place in choice.columns.items()
            if ours in STATIC_NAMES
        }
    )
    times = epoch_seconds(column([None] * len(flat.vessels) + [r.get("time") for r in reports]))
    usable = _judge(flat.statics, vessels.of_rows(owner), times, log)
    ais_class = (
        classes(frame["ais_class"])
        if "ais_class" in frame.columns
        else np.zeros(len(declared), dtype=np.uint8)
    )
    what = frame.drop("ais_class", strict=False)
    news = declared_by(what, vessels.key[owner], times.time_s, ais_class, usable)
    changes = static_changes([] if news is None else [news])
    return changes, int(usable[len(flat.vessels) :].sum()), words_not_understood(frame)


def _judge(statics: list[object], vessels: Vessels, times: Times, log: RejectLog) -> Bool:
    """Log the faults of the static reports; return which of headers and reports can be used."""
    first = len(vessels.key) - len(statics)
    faults = no_faults(len(vessels.key))
    is_object = [True] * first + [isinstance(report, dict) for report in statics]
    mark(faults, ~np.array(is_object, dtype=bool), Reject.NOT_A_RECORD)
    mark(faults, vessels.is_bad, Reject.BAD_VESSEL)
    mark(faults, vessels.key == 0, Reject.NO_VESSEL)
    mark(faults, times.malformed, Reject.BAD_TIME)
    dated = np.flatnonzero(~np.isnan(times.time_s))
    mark_rows(faults, dated, time_faults(times.time_s[dated]))
    line = np.arange(1, len(statics) + 1, dtype=np.int64)
    log_faults(log, faults[first:], line, lambda rows: [shown(statics[row]) for row in rows.tolist()])
    usable: Bool = faults == 0
    return usable
