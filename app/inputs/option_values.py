"""Parsing of option values, from a command line, a query or JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.errors import OptionError
from app.filters import ORDERS
from app.readers.base.aliases import ALIASES
from app.readers.values.rules import EARLIEST_TIME_S, LATEST_TIME_S
from detectors import KIND_BY_NAME
from detectors.core.params import ParamError

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN_CHARS = 40


def parse_time(text: str | float, option: str) -> float:
    """Return epoch seconds from RFC 3339 (no zone: UTC) or from epoch seconds.

    >>> parse_time("2024-03-01T08:00:00Z", "now"), parse_time("1709280000", "now")
    (1709280000.0, 1709280000.0)
    """
    time_s = _epoch_seconds(text)
    if time_s is None:
        right = "write 2024-03-01T08:00:00Z or epoch seconds"
        raise OptionError(f"{option}: {_shown(text)} is not a time; {right}")
    if not EARLIEST_TIME_S <= time_s < LATEST_TIME_S:
        raise OptionError(f"{option}: {_shown(text)} is not between 1990 and 2100")
    return time_s


def _shown(value: object) -> str:
    """Return a value as it is shown in a message, cut where it is long."""
    if isinstance(value, int) and abs(value) >= 10**SHOWN_CHARS:
        return f"an integer of more than {SHOWN_CHARS} digits"
    return repr(value if isinstance(value, float) else str(value)[:SHOWN_CHARS])


def _epoch_seconds(text: str | float) -> float | None:
    if isinstance(text, bool):
        return None
    try:
        return float(text)
    except ValueError:
        pass
    except OverflowError:  # an integer of hundreds of digits
        return None
    try:
        moment = datetime.fromisoformat(str(text))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def parse_sets(items: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return changes by kind and parameter from KIND.PARAMETER=VALUE.

    >>> parse_sets(["dark_period.gap_min_h=12"])
    {'dark_period': {'gap_min_h': '12'}}
    """
    changes: dict[str, dict[str, object]] = {}
    for item in items:
        name, equals, value = item.partition("=")
        kind, dot, parameter = name.strip().partition(".")
        if not (equals and dot and kind and parameter and value.strip()):
            raise ParamError(f"{item!r}: write KIND.PARAMETER=VALUE, for instance dark_period.gap_min_h=12")
        changes.setdefault(kind, {})[parameter] = value.strip()
    return changes


def parse_columns(items: Iterable[str]) -> dict[str, str]:
    """Return which column of a file holds what, from OURS=THEIRS.

    >>> parse_columns(["lat=breite"])
    {'lat': 'breite'}
    """
    columns = {}
    for item in items:
        ours, equals, theirs = (part.strip() for part in item.partition("="))
        if not (equals and theirs) or ours not in ALIASES:
            raise OptionError(f"column: {item!r}: write OURS=THEIRS; ours are {', '.join(ALIASES)}")
        columns[ours] = theirs
    return columns


def parse_sort(order: str) -> str:
    """Return the order of events asked for; raises OptionError for one that does not exist."""
    if order not in ORDERS:
        raise OptionError(f"sort: no order {order!r}: there are {', '.join(ORDERS)}")
    return order


def parse_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds asked for; raises OptionError for one that does not exist."""
    asked = tuple(kinds)
    for kind in asked:
        if kind not in KIND_BY_NAME:
            raise OptionError(f"kind: no kind {kind!r}: there are {', '.join(KIND_BY_NAME)}")
    return asked


def parse_score(value: float) -> float:
    """Return a minimum score; raises OptionError outside 0 to 1."""
    if not 0.0 <= value <= 1.0:
        raise OptionError(f"min_score: {value:g} is out of range: 0 to 1")
    return value
