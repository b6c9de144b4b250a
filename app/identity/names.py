"""Names that tell vessels apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def short(files: Sequence[str]) -> list[str]:
    """Return the names of files without their folders, where that still tells them apart."""
    bare = [re.split(r"[/\\]", file)[-1] or file for file in files]
    counts = Counter(zip(bare, files, strict=True))
    shared = Counter(name for name, _ in counts)
    return [whole if shared[name] > 1 else name for name, whole in zip(bare, files, strict=True)]


def distinct(named: Sequence[tuple[str, str]], taken: Iterable[str] = ()) -> list[str]:
    """Return a name for each vessel, given its own name and its file: the own name where no other has it.

    `taken` are names that others have.

    >>> distinct([("LOG", "a.gpx"), ("LOG", "b.gpx"), ("Wolmi", "a.gpx")])
    ['LOG (a.gpx)', 'LOG (b.gpx)', 'Wolmi']
    >>> distinct([("LOG", "a.gpx"), ("LOG", "a.gpx")])
    ['LOG', 'LOG #2']
    """
    files = defaultdict(set)
    for name, file in named:
        files[name].add(file)
    given = set(taken)
    return [_free(name, file if len(files[name]) > 1 else "", given) for name, file in named]


def _free(name: str, file: str, given: set[str]) -> str:
    """Return the name, with its file where one is given, numbered where it is taken already; note it."""
    numbers = ("" if n == 1 else f" #{n}" for n in count(1))
    forms = (f"{name} ({file}{number})" if file else f"{name}{number}" for number in numbers)
    free = next(form for form in forms if form not in given)
    given.add(free)
    return free
