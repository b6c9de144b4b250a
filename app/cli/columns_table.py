"""How the columns of track files were understood, for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from rich.console import Console

MOST_NAMED = 8
"""Columns named in a short account: those of a wide table are in the full one."""
UNREAD_SHARE = 0.5
"""A column of which less was read is worth a look."""


def short_account(file: dict[str, Any]) -> str:
    """Return what is worth knowing of a file's columns in one line, nothing where all is plain.

    >>> columns = [{"name": "v", "read_as": "sog_kn", "unit": "km/h", "used_share": 1.0, "note": "converted"}]
    >>> short_account({"columns": columns + [{"name": "x", "read_as": None}]})
    'v: km/h, converted; x: not used'
    """
    told = [text for column in file["columns"] if (text := _short(column))]
    more = [f"{len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""]
    return "; ".join(filter(None, [*told[:MOST_NAMED], *more]))


def _short(column: dict[str, Any]) -> str:
    if column["read_as"] is None:
        return f"{column['name']}: not used"
    share = column.get("used_share")
    parts = [column["unit"], column["note"]] if column.get("note") else []
    if share is not None and share < UNREAD_SHARE:
        parts.append(f"read in {share:.0%} of the rows")
    return f"{column['name']}: {', '.join(filter(None, parts))}" if parts else ""


def print_short_accounts(console: Console, files: list[dict[str, Any]]) -> None:
    """Print a line for each file of which something is worth knowing."""
    for file in files:
        account = short_account(file)
        if account:
            console.print(f"  {file['name']}: {account}", markup=False, soft_wrap=True)


def print_columns(console: Console, files: list[dict[str, Any]]) -> None:
    """Print every column of every file."""
    for file in files:
        how = [file["format"], file["encoding"], file["delimiter"] and f"delimiter {file['delimiter']!r}"]
        counts = f"{file['rows']:,} rows, {file['positions']:,} positions"
        title = f"{file['name']}: {', '.join(filter(None, how))}, {counts}"
        console.print(title, markup=False, soft_wrap=True)
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("column", "read as", "unit", "used", "example", "note"):
            table.add_column(heading, overflow="fold")
        for column in file["columns"]:
            table.add_row(*map(escape, _row(column)))
        console.print(table)


def _row(column: dict[str, Any]) -> tuple[str, ...]:
    share = column["used_share"]
    return (
        column["name"],
        column["read_as"] or "-",
        column["unit"] or "",
        "" if share is None else f"{share:.1%}",
        column["example"] or "",
        column["note"] or ("" if column["read_as"] else "not used"),
    )
