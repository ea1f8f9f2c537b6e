"""When a figure was: by the time stated before it, by the one with which its sentence or paragraph opens, by the report's."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from kg import lexicon
from kg.extract.clauses.intent import intent_words
from kg.extract.document.context import Context
from kg.extract.figures.in_text import FigureInText
from kg.extract.figures.indicator_words import openers
from kg.extract.names.mentions import Read
from kg.extract.text.particles import FROM, OF, OUT_OF, SINCE
from kg.extract.text.segment import clause_start, part_start
from kg.extract.words.periods import periods, year_period
from kg.lexicon import pattern, word_pattern
from kg.model import Period

_END = itemgetter(1)
Stated = tuple[int, int, Period]


@dataclass(frozen=True, slots=True)
class Times:
    """Times of a sentence: `dates` are all stretches that tell one, `stated` those that a figure behind them may be of.

    `opening` is the time with which the sentence begins, or that holds on from the sentence before in its paragraph; `section`
    is that of the heading above it; `overview` that of a sentence without a figure, where no title tells it: `2024年,全区工作…`.
    """

    dates: tuple[tuple[int, int], ...]
    stated: tuple[Stated, ...]
    opening: Period | None
    section: Period | None = None
    overview: Period | None = None


def times(context: Context, read: Read, last: Times | None) -> Times:
    """Times of a sentence; `last` are those of the sentence before it in the document."""
    base = context.header.base(read.sentence.planned)
    found = periods(read.text, base)
    stated = tuple(one for one in found if not _is_compared(read.text, one))
    first = stated[0] if stated else None
    opening = first[2] if first and _opens(read.text, first) else None
    tells_on = not read.sentence.opens or read.text.startswith(lexicon.words("figure_words", "told_on"))  # 其中,…, 从进度看,…
    goes_on = tells_on or (last is not None and _holds(context, read, last.opening))
    held = last.opening if last and last.opening and goes_on and _is_near(last.opening, context.header.base(False)) else None
    overview = (last and last.overview) or (_overview(context, read, first) if opening else None)
    return Times(tuple((start, end) for start, end, _ in found), stated, opening or held, _section(read.sentence.headings, base), overview)


@lru_cache(maxsize=16)
def _section(headings: tuple[str, ...], base: Period | None) -> Period | None:
    """The time that the innermost heading with one names: `一、2024年工作完成情况`."""
    told = [[period for _, _, period in periods(words, base)] for words in headings]
    return next((own[0] for own in reversed(told) if len(own) == 1), None)


def _overview(context: Context, read: Read, first: Stated | None) -> Period | None:
    """The time of which a report without one in its title tells, by a line that begins with it and has no figure."""
    last = context.header.told
    if context.header.period or not last or not first or not read.sentence.opens or re.search(r"\d", read.text[first[1] :]):
        return None
    return first[2] if first[2].end.year == last.end.year else None


def _holds(context: Context, read: Read, last: Period | None) -> bool:
    """Whether news without a time in its title goes on with the time told last, a stretch from a year's beginning."""
    told = context.header.period is None and not read.sentence.headings and last is not None
    return bool(told and last and (last.start.month, last.start.day) == (1, 1))


def _opens(text: str, one: Stated) -> bool:
    """Whether a sentence begins with a time, who told it aside."""
    if pattern("year_of").match(text, one[1]):
        return False  # 2022年度评奖中: the year of an award is not that of what is told behind it
    before = openers().sub("", text[: one[0]]).strip(f"【】《“({lexicon.word('figure_words', 'told_by')}:,")
    return before == "" or (pattern("told_before").fullmatch(text, 0, one[0]) is not None and not text.startswith(OF, one[1]))


def _is_compared(text: str, one: Stated) -> bool:
    """`比2019年增长`, `上年同期`: what a figure is compared with is not its time."""
    start, end, _ = one
    if text[start - 1 : start] in (SINCE, FROM) and pattern("since").match(text, end):
        return True  # 自2016年建成以来: when it began is not the time of what was reached since
    compared = pattern("compared").search(text, max(0, start - 2), start) is not None
    return compared or text.startswith(lexicon.words("figure_words", "same_time"), end)


def _is_near(period: Period, base: Period | None) -> bool:
    """Whether a time may hold on for the sentences behind: one long ago was told of the thing's beginnings."""
    return base is None or period.end.year >= base.end.year - 1


def time_of(spot: FigureInText, told: Times) -> Period | None:
    """When a figure was."""
    text, at = spot.read.text, spot.figure.start
    if own := _stated_before(text, told, at, spot.before):
        return own
    if told.opening and not spot.intended and not word_pattern("today").search(text, part_start(text, at), at):
        return told.opening
    return _usual(spot, told)


def expected(spot: FigureInText, period: Period | None = None) -> bool:
    """Whether a figure is only intended: not where its clause tells of a stretch of the report's own time (`1-3月完成…`)."""
    if not spot.intended:
        return _is_to_come(spot, period)
    at = spot.figure.start
    clause = spot.read.text[clause_start(spot.read.text, at) : at]
    return spot.read.sentence.planned or pattern("months_past").match(clause) is None or intent_words().search(clause) is not None


def _is_to_come(spot: FigureInText, period: Period | None) -> bool:
    """Whether the time of a figure begins behind that of the report: `到2030年达到…`."""
    header = spot.context.header
    known = header.date or (header.period or header.told or period or _NONE).end
    return period is not None and period.start > known


_NONE = year_period(1)


def _usual(spot: FigureInText, told: Times) -> Period | None:
    """The time of the part or the report; for what is intended `年内` the whole year, and under a part of plans the time after it."""
    header, text, at = spot.context.header, spot.read.text, spot.figure.start
    base = header.base(spot.read.sentence.planned) if spot.intended else None
    if base is None:
        return told.section or header.period or told.overview
    whole = word_pattern("figure_words", "whole_year").search(text, clause_start(text, at), at)
    return year_period(base.end.year) if whole else base if header.period else None


def _stated_before(text: str, told: Times, at: int, before: int) -> Period | None:
    """The time stated last before a figure; a year amid a clause (`获2022年度…奖`) or a day to come
    (`预计2024年一季度通线`) holds for its own clause only, that from which something moved for its figure (`由去年的92家增至137家`)."""
    part = part_start(text, at)
    for index in range(bisect_right(told.stated, at, key=_END) - 1, -1, -1):
        start, end, period = told.stated[index]
        year = period.start.month == 1 and period.end.month == 12 and not (_opens_clause(text, start, end) or _HEADS.match(text, end))
        own = year or pattern("to_come").search(text, max(0, start - 4), start)
        left = end <= before and text[start - 1 : start] in (OUT_OF, FROM, SINCE)
        if not (own and end < part) and not left:
            return period
    return None


_HEADS = re.compile("[^,;。:\\d]{0,16}:")
"""`公布2016年经济数据:…;…`: the time of all that the colon leads."""


def _opens_clause(text: str, start: int, end: int) -> bool:
    """Whether a time opens a clause and is no attribute (`2022年度的…`)."""
    return start == clause_start(text, start) and not text.startswith(OF, end)
