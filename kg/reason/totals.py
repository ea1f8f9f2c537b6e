"""Parts that are greater than their total: those of its sentence (`利润30亿元,其中规上企业35亿元`), the first half of a year."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.text.segment import fold
from kg.model import Period
from kg.reason.intervals import Interval, TimeKind, number_of, size_of, words
from kg.reason.records import Figure
from kg.reason.series import Line, Point, Series

Beyond = tuple[Figure, Interval, Figure, Interval, Line, str, Period]


def beyond_total(told: Iterable[Figure]) -> Iterator[Beyond]:
    """Totals with their parts that exceed them: both figures, their intervals, the part's line, name and period."""
    by_passage: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in told:
        for one in figure.told:
            by_passage[one.passage].append(figure)
    for passage, found in sorted(by_passage.items()):
        sentence = next(fold(one.sentence) for figure in found for one in figure.told if one.passage == passage)
        yield from _in_sentence(sentence, found)


def beyond_year(series: Series) -> Iterator[tuple[Point, Point]]:
    """Points of what is counted from a year's beginning with those up to a later day of it that are less: what comes in takes nothing away.

    What may be negative (`利润`) is left out.
    """
    line = series.line
    loses = any(word in line.indicator for word in words("loses"))
    if line.kind is not TimeKind.CUMULATIVE or loses or line.unit in ("", "1"):
        return
    points = [(point, point.size) for points in series.done.values() for point in points if point.size]
    for part, size in points:
        for total, whole in points:
            later = total.period.start == part.period.start and total.period.end > part.period.end
            if later and size.above(whole):
                yield total, part


def _in_sentence(sentence: str, found: Sequence[Figure]) -> Iterator[Beyond]:
    placed = sorted(((at, figure) for figure in found if (at := _place(sentence, figure)) >= 0), key=lambda one: (one[0], one[1].iri))
    mark = next((at for word in words("of_which") if (at := sentence.find(word)) >= 0), -1)
    if mark < 0:
        return
    stop = min((at for at in (sentence.find(sign, mark) for sign in ";。") if at >= 0), default=len(sentence))
    total = next((figure for at, figure in placed if (at, number_of(figure.printed)) == _last_number(sentence[:mark])), None)
    whole = size_of(total) if total else None
    for part in (figure for at, figure in placed if mark < at < stop):
        size = size_of(part)
        alike = total is not None and total.unit == part.unit and part.unit not in ("", "1") and total.period == part.period
        if alike and total and whole and size and part.period and size.above(whole):
            line = Line(part.subject, "", part.indicator, (), part.unit, TimeKind.CUMULATIVE)
            yield total, whole, part, size, line, part.name, part.period


_SIZES = re.compile(r"\d+(?:\.\d+)?(?![\d.]|\s*%)", re.ASCII)


def _last_number(text: str) -> tuple[int, str] | None:
    """Where the last number of a text stands that is no rate, and itself; none before the last part of the text."""
    found = list(_SIZES.finditer(text))
    if not found or any(sign in text[found[-1].start() :] for sign in ";。"):
        return None
    return found[-1].start(), found[-1][0]


def _place(sentence: str, figure: Figure) -> int:
    """Where a figure stands in its sentence, -1 where its number is not printed there, or twice."""
    number = number_of(figure.printed)
    return sentence.find(number) if number and sentence.count(number) == 1 else -1
