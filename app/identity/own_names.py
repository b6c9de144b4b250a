"""Own names hold within their file and track: the vessels of a run without an MMSI, told apart."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.identity.fragments import Fragment, vessels_of
from app.identity.names import distinct, short
from app.readers.base.one_track import MOST_KN
from app.readers.values.track_names import says_nothing
from detectors.tracks.reports import vessel_key
from geodata.geodesy import to_ecef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.readers.base.reader import Batch
    from detectors.tracks.reports import Int64

ONE_RECEIVER = frozenset({"gpx", "kml"})
"""Formats of plotters: tracks of one file whose names say nothing may be the days of one vessel."""

SHOWN = 3
"""So many names are told in a warning."""

JOINED = f"tracks that follow one another within {MOST_KN:.0f} kn, or agree, are one vessel: {{names}}"
SPLIT = (
    "an own name holds within its file and track; tracks that no one vessel can have sailed are told apart: "
    "{names}"
)

Keys = dict[int, str]
"""The vessels of one file without an MMSI: own names by their keys."""


@dataclass(frozen=True)
class _Sailed:
    """One vessel as a file, or all files, show it. `name` is None where its tracks have several."""

    name: str | None
    fragments: list[Fragment]

    @cached_property
    def whole(self) -> Fragment:
        """All its fragments as one."""
        if len(self.fragments) == 1:
            return self.fragments[0]
        first = min(self.fragments, key=lambda each: each.order)
        time_s = np.concatenate([each.time_s for each in self.fragments])
        point_m = np.concatenate([each.point_m for each in self.fragments])
        order = np.argsort(time_s, kind="stable")
        return dataclasses.replace(first, time_s=time_s[order], point_m=point_m[order])


def with_own_names(batches: Sequence[Batch]) -> tuple[list[Batch], tuple[str, ...]]:
    """Return the files of a run with one key and one name per vessel, and what a user is told of it.

    What is one vessel depends on times and places alone, not on the order of files or rows.
    """
    doubtful = _doubtful(batches)
    if not any(doubtful):
        return list(batches), ()
    files = short([batch.rejects.file for batch in batches])
    fragments = [_fragments(*each) for each in zip(range(len(files)), batches, doubtful, strict=True)]
    sailed = _over_files(v for b, f in zip(batches, fragments, strict=True) for v in _in_file(b, f))
    named = [(v.name or files[v.whole.file], files[v.whole.file]) for v in sailed]
    kept = {
        n for b, keys in zip(batches, doubtful, strict=True) for k, n in b.own_ids.items() if k not in keys
    }
    labels = distinct(named, kept)
    label_of = {
        (f.file, f.number): label for v, label in zip(sailed, labels, strict=True) for f in v.fragments
    }
    renamed = [
        _renamed(batch, {key: label_of[place, key] for key in keys if (place, key) in label_of})
        for place, (batch, keys) in enumerate(zip(batches, doubtful, strict=True))
    ]
    return renamed, _said(sailed, labels)


def _doubtful(batches: Sequence[Batch]) -> list[Keys]:
    """Return, per file, the vessels whose name more than one track has, or that may be parts of one."""
    counts = Counter(name for batch in batches for name in batch.own_ids.values())
    found = []
    for batch in batches:
        nameless = _nameless(batch, batch.own_ids)
        keys = {k: n for k, n in batch.own_ids.items() if counts[n] > 1}
        found.append(keys | (nameless if len(nameless) > 1 else {}))
    return found


def _others(batches: Sequence[Batch], doubtful: Sequence[Keys]) -> set[str]:
    """Return the names that stay as they are."""
    pairs = zip(batches, doubtful, strict=True)
    return {name for b, keys in pairs for key, name in b.own_ids.items() if key not in keys}


def _nameless(batch: Batch, keys: Mapping[int, str]) -> Keys:
    if batch.format not in ONE_RECEIVER:
        return {}
    return {key: name for key, name in keys.items() if says_nothing(name, batch.rejects.file)}


def _fragments(file: int, batch: Batch, keys: Keys) -> list[Fragment]:
    """Return the tracks of some vessels of one file."""
    if not keys:
        return []
    reports = batch.reports
    rows = np.flatnonzero(np.isin(reports.vessel, np.array(list(keys), dtype=np.int64)))
    rows = rows[np.lexsort((reports.lat_deg[rows], reports.lon_deg[rows], reports.time_s[rows]))]
    rows = rows[np.argsort(reports.vessel[rows], kind="stable")]
    point_m = to_ecef(reports.lon_deg[rows], reports.lat_deg[rows])
    found, first = np.unique(reports.vessel[rows], return_index=True)
    return [
        Fragment(keys[key], file, key, reports.time_s[rows[start:end]], point_m[start:end])
        for key, start, end in zip(found.tolist(), first, [*first[1:], len(rows)], strict=True)
    ]


def _in_file(batch: Batch, fragments: Iterable[Fragment]) -> list[_Sailed]:
    """Return the vessels of one file: by name, those whose names say nothing together."""
    groups: dict[str | None, list[Fragment]] = defaultdict(list)
    for each in fragments:
        groups[None if _nameless(batch, {0: each.name}) else each.name].append(each)
    return [_sailed(vessel) for group in groups.values() for vessel in vessels_of(group)]


def _sailed(fragments: list[Fragment]) -> _Sailed:
    names = {each.name for each in fragments}
    return _Sailed(names.pop() if len(names) == 1 else None, fragments)


def _over_files(vessels: Iterable[_Sailed]) -> list[_Sailed]:
    """Join the vessels of one name over files; the answer is in the order of names and times."""
    groups: dict[str, list[_Sailed]] = defaultdict(list)
    alone = []
    for each in vessels:
        alone.append(each) if each.name is None else groups[each.name].append(each)
    joined = [vessel for group in groups.values() for vessel in _joined(group)]
    return sorted([*joined, *alone], key=lambda each: (each.name or "", each.whole.order))


def _joined(group: list[_Sailed]) -> list[_Sailed]:
    of = {(each.whole.file, each.whole.number): each.fragments for each in group}
    return [
        _sailed([fragment for part in parts for fragment in of[part.file, part.number]])
        for parts in vessels_of(each.whole for each in group)
    ]


def _renamed(batch: Batch, labels: Mapping[int, str]) -> Batch:
    """Return a file in which some vessels have the keys of their new names."""
    keys = {old: vessel_key(label) for old, label in labels.items()}
    changed = {old: new for old, new in keys.items() if old != new}
    own_ids = {keys.get(key, key): labels.get(key, name) for key, name in batch.own_ids.items()}
    if not changed:
        return batch
    return dataclasses.replace(
        batch,
        reports=dataclasses.replace(batch.reports, vessel=_replaced(batch.reports.vessel, changed)),
        statics=tuple(
            dataclasses.replace(each, vessel=changed.get(each.vessel, each.vessel)) for each in batch.statics
        ),
        own_ids=own_ids,
    )


def _replaced(vessel: Int64, keys: Mapping[int, int]) -> Int64:
    old = np.array(sorted(keys), dtype=np.int64)
    new = np.array([keys[key] for key in old.tolist()], dtype=np.int64)
    place = np.minimum(np.searchsorted(old, vessel), len(old) - 1)
    return np.where(old[place] == vessel, new[place], vessel)


def _said(sailed: Sequence[_Sailed], labels: Sequence[str]) -> tuple[str, ...]:
    """Return what a user is told of tracks that were joined, and of names that were split."""
    joined = [
        f"{label} ({len(each.fragments)} tracks)"
        for each, label in zip(sailed, labels, strict=True)
        if len(each.fragments) > 1
    ]
    split = [label for each, label in zip(sailed, labels, strict=True) if each.name not in (None, label)]
    return tuple(
        form.format(names=_listed(names)) for form, names in ((JOINED, joined), (SPLIT, split)) if names
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(sorted(names)[:SHOWN]) + more
