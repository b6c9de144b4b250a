"""Rows of plain numbers and times, read in one loop over their bytes.

A general CSV reader looks for quotes, types and missing columns in every row, and gives times as texts
that are read a second time. Most files of positions need none of it: `read_rows` takes what is certain and
stops at the first row that is not, which the general reader then judges. What it takes it reads to the same
bit: a decimal of at most fifteen digits is a whole number divided by a power of ten, both exact, so rounded
once (Clinger, "How to read floating point numbers accurately", 1990).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.jit import helper, kernel

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64, Int64, UInt8

PASSED_OVER, WHOLE, DECIMAL, TIME = range(4)
"""What a field of a row holds."""
ANY_DIGIT = 0
"""Stands for a digit in the form of a time."""

LINE_FEED, RETURN, QUOTE, MINUS, POINT, ZERO, NINE = 10, 13, 34, 45, 46, 48, 57
WHOLE_DIGITS, EXACT_DIGITS, FRACTION_DIGITS = 18, 15, 6
"""So many digits fit an int64, are exact in a double, and count microseconds."""
TENS = tuple(10.0**n for n in range(EXACT_DIGITS + 1))
DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
EPOCH_YEAR, LEAP_DAYS_BEFORE = 1970, 477
ODD = -1
"""Instead of a place: what stands here is for the general reader."""


@helper
def _byte(text: UInt8, at: int) -> int:
    """Return a byte. An index without a sign cannot count from the end, which spares a question a byte."""
    return int(text[np.uint64(at)])


@helper
def _is_end(byte: int, delimiter: int) -> bool:
    """Tell whether a field that is passed over ends here; a quote would have to be understood."""
    return byte in (delimiter, LINE_FEED, QUOTE)


@helper
def _whole(text: UInt8, at: int) -> tuple[int, int]:
    """Return a whole number without a sign, and the place behind it."""
    value, start = 0, at
    while ZERO <= _byte(text, at) <= NINE:
        value = value * 10 + (_byte(text, at) - ZERO)
        at += 1
    return value, at if 0 < at - start <= WHOLE_DIGITS else ODD


@helper
def _decimal(text: UInt8, at: int) -> tuple[float, int]:
    """Return a decimal number, and the place behind it; NaN for an empty field."""
    is_negative = _byte(text, at) == MINUS
    start = at + is_negative
    at, mantissa, point = start, 0, ODD
    while True:
        if ZERO <= _byte(text, at) <= NINE:
            mantissa = mantissa * 10 + (_byte(text, at) - ZERO)
        elif _byte(text, at) == POINT and point == ODD and at > start:
            point = at
        else:
            break
        at += 1
    digits = at - start - (point != ODD)
    if digits == 0 and not is_negative:
        return np.nan, at
    if digits == 0 or digits > EXACT_DIGITS or point == at - 1:
        return np.nan, ODD
    value = np.float64(mantissa)
    if point != ODD:
        value /= TENS[at - point - 1]
    return -value if is_negative else value, at


@helper
def _fits(text: UInt8, at: int, form: UInt8) -> bool:
    """Tell whether a text has the given form here."""
    if at + len(form) > len(text):
        return False
    for place in range(len(form)):
        found, wanted = _byte(text, at + place), _byte(form, place)
        if found != wanted and not (wanted == ANY_DIGIT and ZERO <= found <= NINE):
            return False
    return True


@helper
def _digits(text: UInt8, at: int, count: int) -> int:
    value = 0
    for place in range(at, at + count):
        value = value * 10 + (_byte(text, place) - ZERO)
    return value


@helper
def _days(year: int, month: int, day: int) -> int:
    """Return days since 1970-01-01; ODD where there is no such day, or it is earlier."""
    if year < EPOCH_YEAR or month < 1 or month > 12 or day < 1:
        return ODD
    leap = int(year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    if day > DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1] + leap * (month == 2):
        return ODD
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400 - LEAP_DAYS_BEFORE + leap * (month > 2)
    return (year - EPOCH_YEAR) * 365 + leaps + DAYS_BEFORE_MONTH[month - 1] + day - 1


@helper
def _second_of_day(text: UInt8, at: int, parts: Int64) -> int:
    hour = _digits(text, at + parts[3], 2)
    minute = _digits(text, at + parts[4], 2)
    second = _digits(text, at + parts[5], 2)
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else ODD


@helper
def _fraction_us(text: UInt8, at: int) -> tuple[int, int]:
    """Return the microseconds of a decimal point and digits, and the place behind them."""
    if _byte(text, at) != POINT:
        return 0, ODD
    value, end = _whole(text, at + 1)
    digits = end - at - 1
    if end == ODD or digits > FRACTION_DIGITS:
        return 0, ODD
    for _ in range(FRACTION_DIGITS - digits):
        value *= 10
    return value, end


@helper
def _is_again(text: UInt8, at: int, before: int, length: int) -> bool:
    """Return whether the text of one place is repeated here, and no digit follows."""
    if before == ODD or at + length >= len(text):
        return False
    for place in range(length - 1, -1, -1):  # seconds change first
        if _byte(text, at + place) != _byte(text, before + place):
            return False
    return not ZERO <= _byte(text, at + length) <= NINE


@helper
def _time_us(
    text: UInt8,
    at: int,
    form: UInt8,
    parts: Int64,
    has_fraction: bool,  # noqa: FBT001 - kernels take no keywords
    ending: UInt8,
    known: tuple[int, int],
) -> tuple[int, int, tuple[int, int]]:
    """Return microseconds since 1970, the place behind the time, and its date with the days since 1970.

    The date and days `known` of a row before save a calculation: most rows are of one day.
    """
    if not _fits(text, at, form):
        return 0, ODD, known
    year, month = _digits(text, at + parts[0], 4), _digits(text, at + parts[1], 2)
    date = (year * 100 + month) * 100 + _digits(text, at + parts[2], 2)
    if date != known[0]:
        known = date, _days(year, month, date % 100)
    second = _second_of_day(text, at, parts)
    at, fraction_us = at + len(form), 0
    if has_fraction:
        fraction_us, at = _fraction_us(text, at)
    if ODD in (known[1], second, at) or not _fits(text, at, ending):
        return 0, ODD, known
    return (known[1] * 86_400 + second) * 1_000_000 + fraction_us, at + len(ending), known


@kernel
def read_rows(
    text: UInt8,
    delimiter: int,
    roles: UInt8,
    form: UInt8,
    parts: Int64,
    has_fraction: bool,  # noqa: FBT001 - kernels take no keywords
    ending: UInt8,
    lines: int,
) -> tuple[int, Int64, Float64]:
    """Return how many rows were read, less than `lines` where one is odd; whole numbers; decimals.

    `text` ends with a line feed and has `lines` of them; `roles` say what each field of a row holds. A time
    is `form`, a fraction of a second if it `has_fraction`, then `ending`; `parts` say where in the form
    year, month, day, hour, minute and second begin. Times are microseconds since 1970 in UTC, and stand among
    the whole numbers. Either answer has one line per column, in the order of their fields. An empty decimal
    is NaN.
    """
    decimals = np.empty((np.sum(roles == DECIMAL), lines), dtype=np.float64)
    wholes = np.empty((np.sum((roles == WHOLE) | (roles == TIME)), lines), dtype=np.int64)
    at = row = 0
    known = (ODD, ODD)
    time_at, time_length, time_us = ODD, 0, 0
    while at < len(text):
        whole = decimal = 0
        for field in range(len(roles)):
            role, end = roles[field], LINE_FEED if field == len(roles) - 1 else delimiter
            if role == DECIMAL:
                decimals[decimal, row], at = _decimal(text, at)
                decimal += 1
            elif role == WHOLE:
                wholes[whole, row], at = _whole(text, at)
                whole += 1
            elif role == TIME:
                if _is_again(text, at, time_at, time_length):  # a feed has many vessels in one second
                    at += time_length
                else:
                    time_at = at
                    time_us, at, known = _time_us(text, at, form, parts, has_fraction, ending, known)
                    time_length = at - time_at
                wholes[whole, row] = time_us
                whole += 1
            else:
                while not _is_end(_byte(text, at), delimiter):
                    at += 1
            if at == ODD:
                return row, wholes, decimals
            if end == LINE_FEED and _byte(text, at) == RETURN:
                at += 1
            if _byte(text, at) != end:
                return row, wholes, decimals
            at += 1
        row += 1
    return row, wholes, decimals
