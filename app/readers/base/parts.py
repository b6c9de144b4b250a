"""What the pieces of one file held, joined as if it had been read at once."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.readers.base.allocation import ReportBuffer
from app.readers.base.batches import added
from app.readers.base.faults import CODES
from app.readers.base.reader import Batch, ReadError, UnsettledError
from app.readers.base.rejects import RejectLog
from app.readers.base.used import Used, total
from app.readers.values.static_data import static_changes
from app.readers.values.vessels import too_many
from app.readers.values.words import together

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

    import polars as pl


@dataclass(frozen=True)
class Part:
    """One piece of a file: its batch without statics, and the rows that may change the static data.

    `declared` are the static data of the piece, None where it has none. `decided` is what was inferred from
    all its rows together (`times.Times`); `is_settled`: no later row can change how they are read. `used`
    says how much of each of our columns was read.
    """

    batch: Batch
    declared: pl.DataFrame | None
    decided: Mapping[str, float | str]
    is_settled: bool
    used: Mapping[str, Used]


def joined(parts: Iterable[Part], most_vessels: int, times_over: float = 1.0) -> Batch:
    """Join the parts of a file while they are made; none is held once it is added.

    `times_over` is the length of the file divided by that of its first piece. Raises UnsettledError where two
    parts read their columns differently, ReadError where they name more vessels than there may be, and
    ValueError where there is no part.
    """
    whole: _Whole | None = None
    for part in parts:
        if whole is None:
            whole = _Whole(part, ReportBuffer(round(len(part.batch.reports) * times_over)))
        whole.take(part)
        if len(whole.own_ids) > most_vessels:
            raise ReadError(too_many(len(whole.own_ids), most_vessels, part.batch.rejects.file))
    if whole is None:
        raise ValueError("a file has one part at least")
    return whole.batch()


@dataclass
class _Whole:
    """A file as far as it is read."""

    first: Part
    buffer: ReportBuffer
    rows: int = 0
    static_rows: int = 0
    declared: list[pl.DataFrame] = field(default_factory=list)
    own_ids: dict[int, str] = field(default_factory=dict)
    decided: dict[str, float | str] = field(default_factory=dict)
    logs: list[RejectLog] = field(default_factory=list)
    used: dict[str, Used] = field(default_factory=dict)
    words: list[Mapping[str, Counter[str]]] = field(default_factory=list)

    def take(self, part: Part) -> None:
        self._check_alike(part)
        self.buffer.add(part.batch.reports)
        self.rows += part.batch.rows
        self.static_rows += part.batch.static_rows
        self.declared += [] if part.declared is None else [part.declared]
        self.own_ids |= part.batch.own_ids
        self.decided |= part.decided
        self.used = total((self.used, part.used))
        self.words += [part.batch.not_understood] if part.batch.not_understood else []
        self.logs += [part.batch.rejects] if part.batch.rejects.counts else []

    def _check_alike(self, part: Part) -> None:
        """Raise UnsettledError where a part read its columns otherwise than those before it."""
        both = self.decided.keys() & part.decided.keys()
        is_open = self.rows and not self.first.is_settled
        has_other_warnings = part.batch.warnings != self.first.batch.warnings
        if is_open or has_other_warnings or any(self.decided[name] != part.decided[name] for name in both):
            raise UnsettledError

    def batch(self) -> Batch:
        return dataclasses.replace(
            self.first.batch,
            rows=self.rows,
            reports=self.buffer.reports(),
            rejects=self._rejects(),
            statics=static_changes(self.declared),
            static_rows=self.static_rows,
            own_ids=self.own_ids,
            used=self.used,
            decided=self.decided,
            not_understood=together(self.words),
        )

    def _rejects(self) -> RejectLog:
        """Return all rejects, in the order of their codes."""
        whole = RejectLog(self.first.batch.rejects.file)
        for log in self.logs:
            added(whole, log)
        by_code = {code: count for code in CODES if (count := whole.counts.get(code))}
        return dataclasses.replace(whole, counts=by_code)
