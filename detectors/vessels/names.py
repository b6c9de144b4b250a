"""Names and IMO numbers as crews enter them: valid or not, one or two, however they are spelt."""

from __future__ import annotations

import re

IMO_DIGITS = 7


def is_other_text(a: object, b: object) -> bool:
    """Return whether two texts differ by more than spelling and one letter.

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


def imo_is_valid(imo: int | None) -> bool:
    """Return whether a number has seven digits and the right check digit (IMO resolution A.1117(30)).

    >>> imo_is_valid(9074729), imo_is_valid(9074728), imo_is_valid(None)
    (True, False, False)
    """
    text = str(imo or "")
    if len(text) != IMO_DIGITS:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:6], range(7, 1, -1), strict=True))
    return total % 10 == int(text[6])


def plain_name(name: str | None) -> str | None:
    """Return a ship's name without case, spaces and signs; None for less than three letters.

    >>> plain_name("M/V An-San 1")
    'ANSAN1'
    """
    text = re.sub(r"^\s*(M/?V|M/?T)\b", "", (name or "").upper())
    plain = re.sub(r"[^A-Z0-9]", "", text)
    return plain if len(plain) >= 3 else None  # noqa: PLR2004 - shorter names say nothing
