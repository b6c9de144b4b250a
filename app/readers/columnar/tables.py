"""Parquet, GeoParquet, Arrow and Feather: typed columns, found by the same names as in CSV."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pydantic_core import from_json

from app.readers.base.account import understood
from app.readers.base.choosing import choose
from app.readers.base.columns import Table, part_of
from app.readers.base.faults import no_faults
from app.readers.base.layouts import layout_of
from app.readers.base.memory import by_size, check_room
from app.readers.base.parts import Part, joined
from app.readers.base.reader import ReadError, UnsettledError
from app.readers.base.records import shown
from app.readers.columnar.texts import check_values, is_text, readable, warning_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.readers.base.layouts import Layout
    from app.readers.base.reader import Batch, ReadOptions, Source
    from app.readers.base.used import ColumnRead
    from detectors.tracks.reports import Int64

PARQUET_MAGIC = b"PAR1"
DAMAGED = (pa.ArrowException, pl.exceptions.PolarsError, OSError, UnicodeDecodeError)
"""What the libraries raise on damaged files."""
ARROW_MAGIC = b"ARROW1"
ARROW_STREAM_MAGIC = b"\xff\xff\xff\xff"
ROWS_AT_ONCE = 1 << 18
"""Of Parquet: what stays is the columns that are used, whatever else a piece took."""
MOST_ROWS = 500_000_000
"""A column of one repeated value packs without bound: more rows than this are refused."""
TAKEN_PER_BYTE = 3.0
TAKEN_PER_ROW_BYTES = 150.0
"""At the peak (benchmarks/readers.py)."""
LON_LAT_CODES = ("4326", "CRS84")
GEOMETRY_NAMES = ("geometry", "geom", "wkb_geometry", "shape")
SHOWN_NAMES = 40
SAMPLED_ROWS = 200
"""So many rows show what a column holds."""
NEAR_TIME = {"ms": 10**14, "us": 10**17, "ns": 2**63 - 1, "day": 10**6}
"""Within so many of a unit from 1970 a date can be written; beyond, polars gives up."""


class Parquet:
    """Parquet files, with positions in columns or as WKB points (GeoParquet 1.x)."""

    name = "parquet"

    def recognises(self, head: bytes) -> bool:
        """Take Parquet's first bytes."""
        return head.startswith(PARQUET_MAGIC)

    def takes_bytes(self, _source: Source) -> float:
        """Return 0: its rows are checked (`check_rows`)."""
        return 0.0

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the columns that are needed. Raises ReadError for a damaged file."""
        try:
            with pq.ParquetFile(source.path, pre_buffer=False) as file:  # else the whole file is held
                check_rows(file.metadata.num_rows, source.name, options.free_bytes)
                meta = (file.metadata.metadata or {}).get(b"geo")
                form = "geoparquet" if meta else self.name
                _check_crs(meta, source.name)
                lost = _lost(file)
                names = [name for name in _usable(file.schema_arrow) if name not in lost]
                times_over = file.metadata.num_rows / ROWS_AT_ONCE
                batch = batch_from_arrow(
                    names,
                    _head(file, names),
                    lambda wanted: _pieces(file, wanted),
                    form,
                    source,
                    options,
                    max(1.0, times_over),
                )
                return replace(batch, warnings=(*batch.warnings, *_lost_warning(lost, source.name)))
        except DAMAGED as fault:
            raise ReadError(f"{source.name}: damaged Parquet: {fault}") from fault


class Arrow:
    """Arrow IPC files and streams; Feather version 2 is the same."""

    name = "arrow"

    def recognises(self, head: bytes) -> bool:
        """Take Arrow's first bytes."""
        return head.startswith((ARROW_MAGIC, ARROW_STREAM_MAGIC))

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_size(source, TAKEN_PER_BYTE)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the columns that are needed. Raises ReadError for a damaged file."""
        try:
            with pa.OSFile(str(source.path)) as file:
                is_file = source.head.startswith(ARROW_MAGIC)
                reader = pa.ipc.open_file(file) if is_file else pa.ipc.open_stream(file)
                table = reader.read_all()
                check_values(table)
            check_rows(table.num_rows, source.name, options.free_bytes)
            names = _usable(table.schema)
            return batch_from_arrow(
                names,
                table.select(names)[:SAMPLED_ROWS],
                lambda wanted: [table.select(wanted)],
                self.name,
                source,
                options,
            )
        except DAMAGED as fault:
            raise ReadError(f"{source.name}: damaged Arrow file: {fault}") from fault


def _pieces(file: pq.ParquetFile, wanted: list[str]) -> Iterator[pa.Table]:
    """Give the columns asked for, some rows at a time.

    One thread: two take half as much work again, for a sixth less time (benchmarks/speed.py).
    """
    for batch in file.iter_batches(ROWS_AT_ONCE, columns=wanted, use_threads=False):
        yield pa.Table.from_batches([batch])


def _head(file: pq.ParquetFile, names: list[str]) -> pa.Table:
    """Return the first rows, no column where there is none."""
    first = next(file.iter_batches(SAMPLED_ROWS, columns=names, use_threads=False), None)
    return pa.table({}) if first is None else pa.Table.from_batches([first])


def _lost(file: pq.ParquetFile) -> list[str]:
    """Return the dictionary columns with a text that is not UTF-8: pyarrow reads no such column at all."""
    return [
        field.name
        for field in file.schema_arrow
        if pa.types.is_dictionary(field.type)
        and is_text(field.type.value_type)
        and not _can_be_read(file, field.name)
    ]


def _can_be_read(file: pq.ParquetFile, name: str) -> bool:
    try:
        for _ in file.iter_batches(ROWS_AT_ONCE, columns=[name], use_threads=False):
            pass
    except pa.ArrowInvalid:
        return False
    return True


def _lost_warning(lost: list[str], file: str) -> tuple[str, ...]:
    names = ", ".join(lost)
    return (f"{file}: not used, as texts in it are not UTF-8: {names}",) if lost else ()


def batch_from_arrow(
    names: list[str],
    head: pa.Table,
    pieces_of: Callable[[list[str]], Iterable[pa.Table]],
    form: str,
    source: Source,
    options: ReadOptions,
    times_over: float = 1.0,
) -> Batch:
    """Read a table of which `pieces_of` gives the columns asked for, piece by piece.

    `head` are its first rows. `times_over` is the number of pieces of the table. Raises ReadError where a
    needed column is missing, or there is no row.
    """
    samples = _Samples(head, names)
    choice = choose(names, samples.texts, layout_of(names, form), options.columns)
    ours_to_theirs = {ours: names[place] for ours, place in choice.columns.items()}
    geometry = next((name for name in names if name.lower() in GEOMETRY_NAMES), None)
    has_place = "lon" in ours_to_theirs and "lat" in ours_to_theirs
    missing = choice.missing
    if "time" in missing or (missing and geometry is None):
        raise ReadError(
            f"{source.name}: no column for {' or '.join(missing)} among: "
            f"{', '.join(names[:SHOWN_NAMES])}. Needed are a time, lat and lon, and best an mmsi"
        )
    wanted = list(dict.fromkeys(ours_to_theirs.values()))
    wanted += [] if has_place or geometry is None else [geometry]
    has_place = has_place or "place" in ours_to_theirs
    plan = _Plan(source.name, choice.layout, ours_to_theirs, None if has_place else geometry)
    try:
        batch = joined(_parts(plan, pieces_of(wanted), options), options.max_vessels, times_over)
    except UnsettledError:
        plan.repaired.clear()
        whole = pa.concat_tables(pieces_of(wanted))
        batch = joined(_parts(plan, [whole], options), options.max_vessels)
    known = understood(batch, choice, names, samples.texts)
    if plan.geometry is not None:
        known = replace(known, columns=tuple(_as_position(c, plan.geometry, batch) for c in known.columns))
    warnings = (*known.warnings, *warning_of(plan.repaired, source.name))
    return replace(known, header=tuple(names), warnings=warnings)


def _as_position(column: ColumnRead, geometry: str, batch: Batch) -> ColumnRead:
    """Return the account of a column: that of the geometry as of what gives the positions."""
    if column.name != geometry:
        return column
    return replace(column, read_as="position", used_share=round(batch.used["place"].share, 4))


@dataclass
class _Samples:
    """The first rows of a table, to be looked at before it is read."""

    head: pa.Table
    names: list[str]

    def texts(self, place: int) -> list[str]:
        """Return the values of a column as texts, without nulls."""
        name = self.names[place]
        if name not in self.head.column_names or _is_binary(self.head[name].type):
            return []
        column = pl.Series(pl.from_arrow(readable(self.head[name], name, Counter())))
        return [text for text in _readable(column).drop_nulls().to_list() if text]


@dataclass(frozen=True)
class _Plan:
    """What to read of one table: our columns by its names, and the geometry where places stand in it.

    `repaired` counts texts that were no UTF-8, by column.
    """

    name: str
    layout: Layout
    columns: dict[str, str]
    geometry: str | None
    repaired: Counter[str] = field(default_factory=Counter)


def _parts(plan: _Plan, pieces: Iterable[pa.Table], options: ReadOptions) -> Iterator[Part]:
    rows = 0
    for piece in pieces:
        if not piece.num_rows:
            continue
        yield _part(plan, piece, rows, replace(options, first_row=options.first_row + rows))
        rows += piece.num_rows
    if not rows:
        raise ReadError(f"{plan.name}: a table without rows")


def _part(plan: _Plan, piece: pa.Table, before: int, options: ReadOptions) -> Part:
    frame = _frame(piece, plan)
    if plan.geometry is not None:
        frame = frame.with_columns(_points(piece[plan.geometry], plan.name))
    line = np.arange(before + 1, before + len(frame) + 1, dtype=np.int64)

    def texts(rows: Int64) -> list[str]:
        some = frame[rows.tolist()]
        readable = [_readable(some[name]).alias(name) for name in some.columns]
        return [shown(row) for row in pl.DataFrame(readable).to_dicts()]

    return part_of(Table(frame, line, no_faults(len(frame)), texts), plan.layout, plan.name, options)


def _readable(column: pl.Series) -> pl.Series:
    """Return values as texts; a time that no calendar holds as its bare number."""
    if not column.dtype.is_temporal() or column.dtype == pl.Time:
        return column.cast(pl.String, strict=False)
    number = column.to_physical()
    limit = NEAR_TIME.get(getattr(column.dtype, "time_unit", "day"), 0)
    is_near = number.is_between(-limit, limit).fill_null(value=False)
    return column.set(~is_near, None).cast(pl.String).fill_null(number.cast(pl.String))


def _usable(schema: pa.Schema) -> list[str]:
    """Return the columns that hold one value per row, and geometry."""
    return [
        field.name
        for field in schema
        if not pa.types.is_nested(field.type)
        and (not _is_binary(field.type) or field.name.lower() in GEOMETRY_NAMES)
    ]


def _is_binary(kind: pa.DataType) -> bool:
    return any(
        test(kind) for test in (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)
    )


def _frame(table: pa.Table, plan: _Plan) -> pl.DataFrame:
    return pl.DataFrame(
        {
            ours: pl.Series(ours, pl.from_arrow(readable(table[theirs], theirs, plan.repaired)))
            for ours, theirs in plan.columns.items()
        }
    )


def _points(column: pa.ChunkedArray, name: str) -> list[pl.Series]:
    """Return longitude and latitude of a column of WKB points, null where it holds none."""
    if not _is_binary(column.type):
        raise ReadError(f"{name}: its geometry column is no WKB; write points as WKB or lat and lon")
    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    shapes = np.where(is_point & ~shapely.is_empty(shapes), shapes, None)
    return [
        pl.Series("lon", shapely.get_x(shapes)).fill_nan(None),
        pl.Series("lat", shapely.get_y(shapes)).fill_nan(None),
    ]


def check_rows(rows: int, name: str, free_bytes: float) -> None:
    """Raise ReadError for a table of more rows than can be held."""
    check_room(name, rows * TAKEN_PER_ROW_BYTES, free_bytes)
    if rows > MOST_ROWS:
        raise ReadError(f"{name}: {rows:,} rows, more than {MOST_ROWS:,}. Cut it by day")


def _check_crs(meta: bytes | None, name: str) -> None:
    """Refuse projected coordinates; without a reference GeoParquet means longitude and latitude."""
    if meta is None:
        return
    try:
        columns = from_json(meta)["columns"].values()
        references = [column.get("crs") for column in columns]
    except (ValueError, KeyError, AttributeError, TypeError):
        return
    for reference in references:
        code = str(reference.get("id", {}).get("code")) if isinstance(reference, dict) else None
        if code not in (None, "None", *LON_LAT_CODES):
            raise ReadError(f"{name}: coordinates in {code}; write them as longitude and latitude")
