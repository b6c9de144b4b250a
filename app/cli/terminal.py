"""Output at a terminal: text from files cannot control it."""

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

    Vessel names and other texts come from whoever sent or made the data: escape sequences could hide or
    rewrite a line of output, and bidirectional marks could reverse it.
    """

    def render_str(self, text: str, **options: Any) -> Text:  # noqa: ANN401 - the type that rich uses
        """Return a text as it is shown."""
        return super().render_str(visible(text), **options)


def progress_of(status: Status) -> Callable[[str], None]:
    """Return a function that shows progress; names of files and members are not read as markup."""
    return lambda text: status.update(escape(visible(text)))


def visible(text: str) -> str:
    r"""Return a text with a mark for each character that cannot be seen; line breaks and spaces stay.

    >>> visible("SEA\x1b[2JSTAR\n") == "SEA\N{REPLACEMENT CHARACTER}[2JSTAR\n"
    True
    """
    return "".join(c if c.isprintable() or c == "\n" else SHOWN_INSTEAD for c in text)
