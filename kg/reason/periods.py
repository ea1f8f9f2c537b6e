"""Periods as a user names them: `2023`, `2023H1`, `2023Q1`, `2023-06`, `2022H2..2023H1`, `2023年上半年`."""

import calendar
import datetime as dt
import re
import unicodedata
from functools import cache

from kg.errors import UsageError
from kg.extract.text.segment import fold
from kg.extract.words.periods import fold_title, months, periods, year_period
from kg.lexicon import pattern
from kg.model import Period

TAKES = "2023, 2023H1, 2023Q2, 2023-06, 2023-06-30, or two of them with .. between"
"""What a period is named by, as messages and the help of an option tell it."""


def period_of(text: str) -> Period:
    """The period that a user names.

    Args:
        text: a year, half (`H1`), quarter (`Q2`), month (`2023-06`, `2023M06`) or day, as ISO 8601 or EDTF write it, an expression of a
            report's title (`2023年1-6月`), or the first and the last of a stretch with `..` or `/` between.

    Raises:
        UsageError: it names none.
    """
    words = fold_title(fold(unicodedata.normalize("NFKC", text)))
    first, sign, last = words.partition(".." if ".." in words else "/")
    start, end = _one(first), _one(last) if sign else None
    if start is None or (sign and end is None):
        raise UsageError(f"'{text[:60]}' names no period. Give {TAKES}.")
    if end is None:
        return start
    if end.end < start.start:
        raise UsageError(f"The period '{text[:60]}' ends before it starts. Give its first part first.")
    return Period(start.start, end.end)


@cache
def _form() -> re.Pattern[str]:
    part = r"[Hh](?P<half>[12])|-?[Qq](?P<quarter>[1-4])|(?:-|[Mm])(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?"
    return re.compile(f"(?P<year>[1-9][0-9]{{3}})-?(?:{part})?", re.ASCII)


def _one(words: str) -> Period | None:
    """A single period, None where the words name none."""
    if found := pattern("named_month").fullmatch(words):
        return _in_month(int(found["year"]), int(found["month"]), found["day"])
    found = _form().fullmatch(words)
    if found is None or words.endswith("-"):
        told = [period for start, end, period in periods(words, None) if (start, end) == (0, len(words))]
        return told[0] if told else None
    year = int(found["year"])
    for name, length in (("half", 6), ("quarter", 3)):
        if found[name]:
            return months(year, (int(found[name]) - 1) * length + 1, int(found[name]) * length)
    if found["month"] is None:
        return year_period(year)
    return _in_month(year, int(found["month"]), found["day"])


def _in_month(year: int, month: int, day: str | None) -> Period | None:
    if not 1 <= month <= 12:
        return None
    if day is None:
        return months(year, month, month)
    if not 1 <= int(day) <= calendar.monthrange(year, month)[1]:
        return None
    one = dt.date(year, month, int(day))
    return Period(one, one)


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return one.start <= other.end and other.start <= one.end
