"""What is shown at a terminal: texts of files never steer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.status import Status
    from rich.text import Text

SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"


class Terminal(Console):
    """A console that shows control characters as a mark.

    A ship chooses her name, and whoever made the file the rest of it: escape sequences in it could hide a
    line of the answer or rewrite one above it, and marks of direction could turn it round.
    """

    def render_str(self, text: str, **options: Any) -> Text:  # noqa: ANN401 - rich's own
        """Return a text as it is shown."""
        return super().render_str(visible(text), **options)


def telling(status: Status) -> Callable[[str], None]:
    """Return what shows how far the work is: names of files and members are no markup."""
    return lambda text: status.update(escape(visible(text)))


def visible(text: str) -> str:
    r"""Return a text with a mark for each character that cannot be seen; lines and blanks stay.

    >>> visible("SEA\x1b[2JSTAR\n") == "SEA\N{REPLACEMENT CHARACTER}[2JSTAR\n"
    True
    """
    return "".join(c if c.isprintable() or c == "\n" else SHOWN_INSTEAD for c in text)
