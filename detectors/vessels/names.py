"""When two texts that crews type are two names, and not two spellings of one."""

from __future__ import annotations

import re


def is_other_text(a: object, b: object) -> bool:
    """Tell whether two texts differ by more than spelling and one letter.

    >>> is_other_text("AN SAN 1", "Ansan-1"), is_other_text("HOPE SEA", "HOPE SEE")
    (False, False)
    >>> is_other_text("HOPE SEA", "AN SAN 1")
    True
    """
    one, other = (re.sub(r"[\W_]", "", str(text)).upper() for text in (a, b))
    return not _is_one_edit(one, other)


def _is_one_edit(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    n = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[n + (len(short) == len(long)) :] == long[n + 1 :]
