"""Shared by all build scripts: writing a data file and stamping the page next to it."""

from __future__ import annotations

import csv
import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

from geodata.layers import LAYERS_DIR

FACTS = Path(__file__).parent / "facts"


def read_facts(table: str) -> list[dict[str, str]]:
    """Return the rows of a table of facts, as text by column."""
    with (FACTS / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stamp(file: str) -> None:
    """Write the checksum of a data file into the page next to it, and the day if it changed.

    Parameters
    ----------
    file : str
        The data file, relative to the layers folder; its page has the same stem and ends in `.md`.
    """
    path: Path = LAYERS_DIR / file
    page = path.with_suffix(".md")
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    text = page.read_text(encoding="utf-8")
    if f"sha256: {checksum}" not in text:
        today = datetime.now(tz=UTC).date().isoformat()
        text = re.sub(r"(?m)^sha256:.*$", f"sha256: {checksum}", text, count=1)
        text = re.sub(r"(?m)^date:.*$", f"date: {today}", text, count=1)
        page.write_text(text, encoding="utf-8")
    print(f"{file}: {path.stat().st_size / 1e6:.2f} MB, sha256 {checksum[:12]}")
