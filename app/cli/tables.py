"""Short tables for people at a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.catalogue import catalogue, groups, layer_rows
from app.cli.columns_table import print_short_accounts
from app.cli.declared import in_cli_words

if TYPE_CHECKING:
    from app.report import Report

EVENTS_SHOWN = 20
NEAR_MISSES_SHOWN = 3


def print_report(console: Console, events: dict[str, Any], *, is_explained: bool = False) -> None:
    """Show what was read, the highest events, and why there are not more.

    `is_explained`: how columns were understood was shown in full, and needs no short account.
    """
    report = events["report"]
    print_read(console, report)
    if not is_explained:
        print_short_accounts(console, report["files"])
    _print_events(console, events["features"])
    held = ", ".join(f"{count} by {name}" for name, count in report["held_back"].items())
    if held:
        console.print(f"  held back: {held}")
    if not events["features"]:
        _print_near_misses(console, report["nearest_misses"])


def print_read(console: Console, report: dict[str, Any]) -> None:
    """Show how much was read, what was not used and why, and what is worth knowing."""
    console.print(
        f"read {report['positions']:,} positions of {report['vessels']:,} vessels in {report['rows']:,} rows "
        f"({report['format']}), {report['duplicates']:,} duplicates"
        + (f", {report['start']} to {report['end']}" if report["start"] else ""),
        soft_wrap=True,
    )
    for reject in report["rejects"]:
        cure = f": {reject['cure']}" if reject["cure"] else ""
        console.print(
            f"  not used: {reject['count']:,} {reject['reason']}{cure}", markup=False, soft_wrap=True
        )
    for warning in report["warnings"]:
        console.print(f"  note: {in_cli_words(warning)}", markup=False, soft_wrap=True)


def print_rejects(console: Console, report: Report) -> None:
    """Show why rows were not used, with the first of each."""
    for reject in report.rejects:
        console.print(f"  not used: {reject.count:,} {reject.reason}", markup=False)
        for example in reject.examples[:1]:
            where = f"{example.file} line {example.line}"
            console.print(f"    {where}: {example.text}", markup=False, soft_wrap=True)


def print_detectors(*, as_json: bool) -> None:
    """Show every kind with its thresholds."""
    console = Console()
    published = catalogue()
    if as_json:
        console.print_json(json.dumps(published))
        return
    for kind in groups(published):
        table = Table(title=f"{kind['title']} ({kind['kind']})", title_justify="left", show_lines=False)
        for heading in ("field", "default", "unit", "range", "meaning", "source"):
            table.add_column(heading, overflow="fold")
        for each in kind["fields"]:
            span = "" if each["unit"] == "on/off" else f"{each['low']:g} to {each['high']:g}"
            default = str(each["default"]) if span == "" else f"{each['default']:g}"
            table.add_row(each["name"], default, each["unit"], span, each["meaning"], each["source"])
        console.print(table)


def print_layers(*, as_json: bool) -> None:
    """Show the layers of the chart, each with where it comes from."""
    console = Console()
    rows = layer_rows()
    if as_json:
        console.print_json(json.dumps(rows))
        return
    table = Table(show_lines=True)
    headings = ("name", "version", "date", "licence", "source", "note")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(escape(row[name]) for name in headings))
    console.print(table)


def _print_events(console: Console, features: list[dict[str, Any]]) -> None:
    ranked = sorted(features, key=lambda f: (-f["properties"]["score"], f["properties"]["start"]))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("score", "band", "kind", "start", "hours", "vessels"):
        table.add_column(heading, overflow="fold")
    for each in ranked[:EVENTS_SHOWN]:
        p = each["properties"]
        names = " + ".join(v["name"] or v["id"] for v in p["vessels"])
        hours = f"{p['duration_h']:.1f}" + ("" if p["end"] else " so far")
        table.add_row(f"{p['score']:.2f}", p["band"], p["kind"], p["start"][:16], hours, escape(names))
    console.print(f"{len(features)} events")
    if features:
        console.print(table)


def _print_near_misses(console: Console, misses: list[dict[str, Any]]) -> None:
    for miss in misses[:NEAR_MISSES_SHOWN]:
        names = " and ".join(miss["vessels"])
        console.print(
            f"  nearest miss: {miss['kind']} {names}: {miss['field']} {miss['value']:.4g} {miss['unit']}, "
            f"threshold {miss['threshold']:g}",
            markup=False,
            soft_wrap=True,
        )
