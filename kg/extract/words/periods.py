"""Expressions of time: `1-6月`, `上半年`, `截至6月底`, `2022年度`, `"十四五"期间`, `年内`."""

import calendar
import datetime as dt
import re

from kg.model import Period

_YEAR = r"(?:(?P<year>20\d{2}|二[〇○零][一二三四五六七八九〇○零]{2})年度?|(?<![较比同])(?P<rel>今年|去年|上年|本年|明年|当年))"
_PERIOD = re.compile(
    rf"(?=[\d上下全第前一二三四截到十今去本明当])(?:(?:{_YEAR}\s*)?(?:(?P<m1>1[0-2]|[1-9])月?(?:份)?\s*[-~至到]\s*(?P<m2>1[0-2]|[1-9])月(?:份)?"
    r"|前(?P<span>1[0-2]|[2-9]|[二两三四五六七八九十]{1,2})个?月"
    r"|(?<!\d)(?P<month>1[0-2]|[1-9])月(?:份|当月)"
    r"|(?<!\d)1(?P<lost>[3-9]|1[0-2])月(?:份)?(?!\d)"
    r"|(?P<since>以来)"
    r"|(?P<whole>全年)(?!目标|计划|任务|度)|(?P<half>上半年|下半年)|(?P<quarter>[一二三四]季度|第[一二三四]季度|前三季度)"
    r"|(?:截[至止]|到)(?:(?P<cyear>20\d{2})年)?(?P<cm>1[0-2]|[1-9])月(?P<cd>\d{1,2}日|底|末)?"
    r")"
    r"|(?P<y1>20\d{2})年?[-~至到](?P<y2>20\d{2})年"
    rf"|(?P<plan>十[一二三四五]五)[”\"]?(?:期间|以来|时期|(?P<last>末))"
    rf"|{_YEAR.replace('year', 'year2').replace('rel', 'rel2')}(?:年?底|末)?)"
)
_DUE = re.compile(
    r"(?P<in>年内|年底前?|年末|今年底|全年)|(?:(?P<year>20\d{2})年|(?P<next>[明次来]年))?(?:(?P<half>上半年|下半年)|(?P<q>[一二三四]季度)|"
    r"(?P<month>1[0-2]|[1-9])月(?P<day>\d{1,2}日|底|末)?)(?P<before>底?之?前)?|(?P<only>20\d{2})年(?:底|末)?前?"
)
_NUMERALS = "一二三四五六七八九"
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def year_period(year: int) -> Period:
    """1 January to 31 December."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def months(year: int, first: int, last: int) -> Period:
    """First day of the month `first` to the last day of the month `last`."""
    return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))


def half(year: int, word: str) -> Period:
    """`上半年` or `下半年` of a year."""
    return months(year, 1, 6) if word == "上半年" else months(year, 7, 12)


def _relative(word: str | None, year: int) -> int:
    return year + {"去年": -1, "上年": -1, "明年": 1}.get(word or "", 0)


def periods(text: str, base: Period | None) -> list[tuple[int, int, Period]]:
    """Expressions of a period in folded text, in order, as (start, end, period).

    Args:
        text: a sentence.
        base: the period of the report; its year is that of expressions without one. Where only a day is known (the
            text's publication), they mean what had begun by then.

    `1-5月(上半年)` is one expression, the bracket corrects what stands before it.
    """
    found: list[tuple[int, int, Period]] = []
    for match in _PERIOD.finditer(text):
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
        first = 1956 + 5 * ("一二三四五".index(part["plan"][1]) + 10)
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
        return months(year, 1, int(part["span"]) if part["span"].isdigit() else _MONTHS.index(part["span"].replace("两", "二")) + 1)
    if part["since"]:
        begin = dt.date(year, 1, 1)
        return Period(begin, base.end) if base and base.end > begin else year_period(year)
    if part["lost"]:  # 19月: a copy lost the dash of 1-9月
        return months(year, 1, int(part["lost"]))
    if part["half"]:
        return half(year, part["half"])
    if part["quarter"]:
        if part["quarter"] == "前三季度":
            return months(year, 1, 9)
        quarter = _NUMERALS.index(part["quarter"].lstrip("第")[0])
        return months(year, 3 * quarter + 1, 3 * quarter + 3)
    if part["cm"]:
        return _until(year, int(part["cm"]), part["cd"])
    return year_period(year)


_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def _printed_year(printed: str) -> int:
    """2021 of `2021` and of `二〇二一`."""
    return int(printed.translate(_DIGITS))


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
    match = _DUE.search(text)
    if match is None:
        return None
    part = match.groupdict()
    stated = part["year"] or part["only"]
    if not stated and base is None:
        return None
    year = int(stated) if stated else (base.end.year if base else 0) + (part["next"] is not None)
    if part["half"]:
        return half(year, part["half"]).end
    if part["q"]:
        return months(year, 1, 3 * (_NUMERALS.index(part["q"][0]) + 1)).end
    if part["month"]:
        return _until(year, int(part["month"]), part["day"]).end
    return dt.date(year, 12, 31)


def title_period(title: str, published: dt.date | None = None) -> Period | None:
    """The period that a report's title names: `2023年上半年`, `2022年`, `1-9月` of a report of which the day is known; none to come."""
    base = Period(published, published) if published else None
    words = fold_title(title)
    told = ((start, period) for start, _, period in periods(words, base) if not words.endswith(_UNTIL, 0, start))
    return next((period for _, period in told), None)


_UNTIL = ("到", "力争", "确保")


def fold_title(title: str) -> str:
    """Title without spaces, so that `2023 年 上半年` is read too."""
    return re.sub(r"\s", "", title)
