"""Expressions of time: `1-6月`, `上半年`, `截至6月底`, `2022年度`, `"十四五"期间`, `年内`."""

import calendar
import datetime as dt
import re
from functools import cache

from kg import lexicon
from kg.extract.text.particles import MONTHS_OF_YEAR, NUMERALS, PLAIN_NUMERALS, YEAR_DIGITS
from kg.lexicon import any_word, pattern, pattern_text
from kg.model import Period


@cache
def _period_pattern() -> re.Pattern[str]:
    """Any expression of a period: a year with a part of it, years, the year alone."""
    year, other, within, until, years, end, begins = (
        pattern_text(name) for name in ("year_as_told", "no_year_before", "within_year", "until", "years", "end_of_year", "period_begins")
    )
    year = f"(?:{year}|(?<!{other})(?P<rel>{any_word('time_words', 'year')}))"
    again = year.replace("<year>", "<year2>").replace("<rel>", "<rel2>")
    quarters = "|".join(any_word("time_words", role) for role in ("quarter", "ordinal"))
    within += f"|(?P<half>{any_word('time_words', 'half')})|(?P<quarter>{quarters})|{until}"
    return re.compile(rf"(?={begins})(?:(?:{year}\s*)?(?:{within})|{years}|{again}(?:{end})?)")


@cache
def _due_pattern() -> re.Pattern[str]:
    """Any expression of the day by which something is due."""
    whole, year, month, before, alone = (
        pattern_text(name) for name in ("due_in_year", "due_year", "due_month", "due_before", "due_by_year")
    )
    half, quarter = (any_word("time_words", role) for role in ("half", "quarter"))
    return re.compile(f"(?P<in>{whole})|(?:{year})?(?:(?P<half>{half})|(?P<q>{quarter})|{month})(?P<before>{before})?|{alone}")


def year_period(year: int) -> Period:
    """1 January to 31 December."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def months(year: int, first: int, last: int) -> Period:
    """First day of the month `first` to the last day of the month `last`."""
    return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))


def _part(year: int, word: str) -> Period:
    """The part of a year that a word tells (`上半年`, `一季度`)."""
    first, last = (lexicon.mapping("time_words", column)[word] for column in ("first", "last"))
    return months(year, int(first), int(last))


def _relative(word: str | None, year: int) -> int:
    return year + int(lexicon.mapping("time_words", "first")[word]) if word else year


def periods(text: str, base: Period | None) -> list[tuple[int, int, Period]]:
    """Expressions of a period in folded text, in order, as (start, end, period).

    Args:
        text: a sentence.
        base: the period of the report; its year is that of expressions without one. Where only a day is known (the
            text's publication), they mean what had begun by then.

    `1-5月(上半年)` is one expression, the bracket corrects what stands before it.
    """
    found: list[tuple[int, int, Period]] = []
    for match in _period_pattern().finditer(text):
        period = _period(match, base)
        if period is None:
            continue
        start, end = match.span()
        if found and text[found[-1][1] : start] == "(" and text[end : end + 1] == ")":
            start, end = found.pop()[0], end + 1
        found.append((start, end, period))
    return found


def _period(match: re.Match[str], base: Period | None) -> Period | None:
    part = match.groupdict()
    if part["plan"]:
        first = 1956 + 5 * (NUMERALS.index(part["plan"][1]) + 10)
        return year_period(first + 4) if part["last"] else _years(first, first + 4)
    if part["y1"] and part["y1"] <= part["y2"]:
        return _years(int(part["y1"]), int(part["y2"]))
    stated = part["year"] or part["year2"] or part["cyear"]
    if not stated and base is None:
        return None
    relative = part["rel"] or part["rel2"]
    year = _printed_year(stated) if stated else _relative(relative, base.end.year if base else 0)
    told = _within(part, year, base)
    return told if stated or relative or base is None or told is None else _last_before(told, base)


def _within(part: dict[str, str | None], year: int, base: Period | None) -> Period | None:  # noqa: PLR0911  # one line a kind
    """The stretch of a year that an expression names."""
    if part["m1"] and part["m2"]:
        first, last = int(part["m1"]), int(part["m2"])
        return months(year, first, last) if first <= last else None
    if part["month"]:
        return months(year, int(part["month"]), int(part["month"]))
    if part["span"]:
        span = part["span"].translate(PLAIN_NUMERALS)
        if not span.isdigit() and span not in MONTHS_OF_YEAR:  # 前三五个月: no stretch of a year
            return None
        return months(year, 1, int(span) if span.isdigit() else MONTHS_OF_YEAR.index(span) + 1)
    if part["since"]:
        begin = dt.date(year, 1, 1)
        return Period(begin, base.end) if base and base.end > begin else year_period(year)
    if part["lost"]:  # 19月: a copy lost the dash of 1-9月
        return months(year, 1, int(part["lost"]))
    if word := part["half"] or part["quarter"]:
        return _part(year, word)
    if part["cm"]:
        return _until(year, int(part["cm"]), part["cd"])
    return year_period(year)


def _printed_year(printed: str) -> int:
    """2021 of `2021` and of `二〇二一`."""
    return int(printed.translate(YEAR_DIGITS))


def _years(first: int, last: int) -> Period:
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31))


_SPRING = 3
"""Up to this month a text without a year speaks of the year before, if it tells of a stretch that is far from over."""


def _last_before(told: Period, base: Period) -> Period:
    """Where only the day is known on which a text was published: the last such stretch that had begun by then, and in spring ended."""
    if base.start != base.end:
        return told
    open_end = told.end > base.end + dt.timedelta(days=31) and base.end.month <= _SPRING
    return _a_year_before(told) if told.start > base.end or open_end else told


def _a_year_before(told: Period) -> Period:
    year = told.start.year - 1
    last = calendar.monthrange(year, told.end.month)[1]
    return Period(told.start.replace(year=year), dt.date(told.end.year - 1, told.end.month, min(told.end.day, last)))


def _until(year: int, month: int, day: str | None) -> Period:
    whole = months(year, 1, month)
    if day and day[:-1].isdigit() and 1 <= int(day[:-1]) <= whole.end.day:
        return Period(whole.start, dt.date(year, month, int(day[:-1])))
    return whole


def due_date(text: str, base: Period | None) -> dt.date | None:
    """The day by which `text` promises something: `年内` is the last day of the year; None where it names none."""
    match = _due_pattern().search(text)
    if match is None:
        return None
    part = match.groupdict()
    stated = part["year"] or part["only"]
    if not stated and base is None:
        return None
    year = int(stated) if stated else (base.end.year if base else 0) + (part["next"] is not None)
    if word := part["half"] or part["q"]:
        return _part(year, word).end
    if part["month"]:
        return _until(year, int(part["month"]), part["day"]).end
    return dt.date(year, 12, 31)


def title_period(title: str, published: dt.date | None = None) -> Period | None:
    """The period that a report's title names: `2023年上半年`, `2022年`, `1-9月` of a report of which the day is known; none to come."""
    base = Period(published, published) if published else None
    words = fold_title(title)
    to_come = lexicon.words("time_words", "to_come")
    told = ((start, period) for start, _, period in periods(words, base) if not words.endswith(to_come, 0, start))
    return next((period for _, period in told), None)


def plan_period(title: str, period: Period | None) -> Period | None:
    """The time that a report's part of plans speaks of: the one that its title names it by, else the half or the year behind its own.

    Args:
        title: of the report: `2022年工作总结和2023年工作要点`.
        period: of the report.
    """
    words = fold_title(title)
    said = next((time for _, end, time in periods(words, period) if pattern("plan_titled").match(words, end)), None)
    if said or period is None:
        return said
    if (period.start.month, period.end.month) == (1, 6):
        return _part(period.end.year, lexicon.word("report_words", "later"))
    return year_period(min(dt.MAXYEAR, period.end.year + (period.end.month == _LAST_MONTH)))


_LAST_MONTH = 12


def fold_title(title: str) -> str:
    """Title without spaces, so that `2023 年 上半年` is read too."""
    return re.sub(r"\s", "", title)
