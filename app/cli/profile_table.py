"""A vessel's profile for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

EVENTS_SHOWN = 30


def print_profile(console: Console, profile: dict[str, Any]) -> None:
    """Show the vessel's identities, voyages, segments, calls, companions and events."""
    _print_who(console, profile["vessel"], profile["signs"])
    _print_table(console, "Identities", IDENTITY, profile["identities"], profile["identities_more"])
    _print_table(
        console, "Voyages, as typed by the crew", VOYAGE, profile["voyages"], profile["voyages_more"]
    )
    _print_table(console, "Segments of the MMSI", SEGMENT, profile["segments"])
    _print_table(console, "Calls", CALL, profile["calls"])
    _print_table(console, "Companions", COMPANION, [_companion(c) for c in profile["companions"]])
    _print_events(console, [e["properties"] for e in profile["events"]["features"]])


IDENTITY = ("first", "last", "times", "name", "callsign", "imo", "flag_claimed", "ship_type_text", "length_m")
VOYAGE = ("from", "draught_m", "destination")
SEGMENT = ("number", "start", "end", "positions", "sailed_km", "longest_gap_h", "stopped_share")
CALL = ("start", "end", "called_at", "called_port", "stopped_h")
COMPANION = ("id", "name", "events")
TIMES = {"first", "last", "from", "start", "end"}


def _print_who(console: Console, vessel: dict[str, Any], signs: dict[str, Any]) -> None:
    shown = (
        "name",
        "imo",
        "callsign",
        "flag",
        "flag_claimed",
        "ship_type_text",
        "length_m",
        "beam_m",
        "ais_class",
    )
    values = ", ".join(f"{name} {_text(vessel[name])}" for name in shown if vessel[name] is not None)
    console.print(f"{vessel['id']}: {values or 'declares no static data'}", markup=False, soft_wrap=True)
    listed = vessel["listed"]
    if listed:
        line = f"  on a watch list: {listed['list_name']} of {listed['list_date']}, {listed['entry']}"
        console.print(f"{line}, by {listed['matched_by']}", markup=False, soft_wrap=True)
    for name, sign in signs.items():
        console.print(f"  contradicts itself: {name} ({_text(sign)})", markup=False)


def _print_table(
    console: Console, title: str, columns: Sequence[str], rows: Iterable[dict[str, Any]], more: int = 0
) -> None:
    rows = list(rows)
    shown = [column for column in columns if any(row[column] is not None for row in rows)]
    if not shown:
        return
    table = Table(title=title, title_justify="left")
    for column in shown:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(column, row[column])) for column in shown))
    console.print(table)
    if more:
        console.print(f"  and {more:,} more")


def _print_events(console: Console, events: Sequence[dict[str, Any]]) -> None:
    if events:
        console.print(f"[italic]Events ({len(events):,})[/italic]")
    for event in events[:EVENTS_SHOWN]:
        console.print(f"{event['band']} {event['score']:.2f} {event['kind']}", style="bold", markup=False)
        console.print(f"  {event['summary']}", markup=False, soft_wrap=True)
    if len(events) > EVENTS_SHOWN:
        console.print(f"  and {len(events) - EVENTS_SHOWN:,} more: --json gives all")


def _cell(column: str, value: object) -> str:
    """Return a value as a cell shows it: a time to the minute, in UTC."""
    return str(value)[:16].replace("T", " ") if column in TIMES and value else _text(value)


def _companion(companion: dict[str, Any]) -> dict[str, Any]:
    return {**companion, "events": ", ".join(f"{n} {kind}" for kind, n in companion["events"].items())}


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
