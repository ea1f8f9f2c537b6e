"""Rates told one by one behind 分别: of the figures found before, or of the things of a row."""

import re
import sys
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kg import lexicon
from kg.extract.clauses.intent import intended
from kg.extract.document.context import Context
from kg.extract.figures.attribution import whose
from kg.extract.figures.extents import as_printed, extended
from kg.extract.figures.in_text import FigureInText, Topic
from kg.extract.figures.indicator_words import derived, indicator_of, openers
from kg.extract.figures.unnamed_groups import group_of
from kg.extract.names.mentions import Read
from kg.extract.text.particles import IN_ROW, OF
from kg.extract.text.segment import clause_start
from kg.extract.words.quantities import Quantity
from kg.lexicon import any_word, letters
from kg.model import Observation

_AND_NEXT = re.compile(f"[,{IN_ROW}]?")


@cache
def _rates_of() -> re.Pattern[str]:
    return re.compile(rf"{any_word('figure_words', 'rate')}{any_word('figure_words', 'each')}[{letters('figure_words', 'told_each')}]")


@cache
def _own_words() -> re.Pattern[str]:
    """Between figures and a row of rates, what speaks of other things: `甲3亿元,乙、丙行业分别增长5%和6%`."""
    return re.compile(rf"[;。]|[,、](?!{any_word('figure_words', 'on_year', 'each', 'than', 'rate', 'all', 'in_turn')})[^,;。]{{4,}}")


@cache
def _things_grow() -> re.Pattern[str]:
    grows = rf"{any_word('figure_words', 'on_year', 'on_period')}?{any_word('figure_words', 'each')}?{any_word('figure_words', 'on_year')}?"
    return re.compile(rf"(?P<things>[^,;。:(]{{4,}}?){OF}?{grows}$")


@cache
def _aims_each() -> re.Pattern[str]:
    return re.compile(
        rf"{any_word('figure_words', 'each')}.{{0,6}}{any_word('figure_words', 'aim')}(?:{OF}|{any_word('figure_words', 'aim_number')})?$"
    )


def told_each(read: Read, figures: list[Quantity], index: int, found: list[Observation]) -> int:
    """Spread a row of rates behind 分别 over the figures found before it; how many figures the row has."""
    if grown := _each(read.text, figures, index, found):
        last = zip(found[-len(grown) :], grown, strict=True)
        found[-len(grown) :] = [extended(read, one, figure, growth=rate) for one, (figure, rate) in last]
        return len(grown)
    done = _each_done(read.text, figures, index, found)
    found += [_done_of(read, one, figure) for one, figure in zip(found[-len(done) :] if done else [], done, strict=True)]
    return len(done)


def _run(text: str, figures: list[Quantity], index: int, kinds: tuple[str, ...], enough: int = sys.maxsize) -> list[Quantity]:
    """Figures joined with the one at `index`: `增长9.7%、下降3.5%`; no more are looked for than just more than `enough`."""
    run = [figures[index]]
    for at in range(index + 1, len(figures)):
        figure = figures[at]
        if len(run) > enough or figure.kind not in kinds or not _AND_NEXT.fullmatch(text[run[-1].end : figure.start]):
            break
        run.append(figure)
    return run


def _each(text: str, figures: list[Quantity], index: int, found: list[Observation]) -> list[tuple[Quantity, Decimal | None]]:
    """`甲3亿元、乙5亿元,同比分别增长15%和40%`: growth of the figures before, one each."""
    before = text[figures[index - 1].end if index else 0 : figures[index].end]
    words = text[figures[index - 1].end if index else 0 : figures[index].start]
    if _own_words().search(words):
        return []
    grows = figures[index].kind == "growth" or (figures[index].kind == "share" and _rates_of().search(before) is not None)
    if not grows or len(figures) < 2:
        return []
    if lexicon.word("figure_words", "each") not in before and not _AND_NEXT.fullmatch(
        text[figures[index - 2].end : figures[index - 1].start]
    ):
        return []
    run = _run(text, figures, index, ("growth", "share"), len(found))
    falls = any(word in text[figures[index].start : figures[index].end] for word in lexicon.words("growth", "down"))
    if len(run) < 2 or len(found) < len(run):  # one figure is no row
        return []
    return [(f, -f.value if f.kind == "share" and falls and f.value is not None else f.value) for f in run]


def _each_done(text: str, figures: list[Quantity], index: int, found: list[Observation]) -> list[Quantity]:
    """`甲85家、乙310家,分别完成年度任务的113%和124%`: how far the aims of the figures before are met, one each."""
    before = text[figures[index - 1].end if index else 0 : figures[index].start]
    if figures[index].kind != "share" or not _aims_each().search(before):
        return []
    run = _run(text, figures, index, ("share",), len(found))
    return run if len(found) >= len(run) > 1 else []


def grown_each(context: Context, read: Read, figures: list[Quantity], index: int, topic: Topic) -> list[Observation]:
    """`甲、乙、丙行业分别增长16.5%、8.2%和3.4%`: a rate for each thing of the row."""
    figure = figures[index]
    before = figures[index - 1].end if index else 0
    left = max(before, clause_start(read.text, figure.start), read.text.rfind(":", 0, figure.start) + 1)
    if figure.kind != "growth" or lexicon.word("figure_words", "each") not in read.text[left : figure.end]:
        return []
    row = _things_grow().search(read.text[left : figure.start])
    run = _run(read.text, figures, index, ("growth", "share")) if row else []
    names, indicators = _things(openers().sub("", row["things"])) if row else ([], [])
    if len(run) < 2 or len(names) != len(run):
        return []
    falls = (figure.value or 0) < 0
    rates = [-q.value if q.kind == "share" and falls and q.value is not None else q.value for q in run]
    spot = FigureInText(context, read, figure, None, left, read.text[left : figure.start], "", before)
    topic.row = tuple(name for name in names if name)
    told = [whose(spot, topic, name, indicator) for name, indicator in zip(names, indicators, strict=True)]
    period = topic.period or context.header.period
    return [
        Observation(
            one.about, f"{indicator}{derived('growth')}", read.sentence.span_of(left, q.end), period, as_printed(rate, "share"), "%", rate,
            disclosure=q.disclosure, planned=intended(read, figure.start), of=one.of,
        )
        for one, indicator, q, rate in zip(told, indicators, run, rates, strict=True)
    ]  # fmt: skip


def _things(words: str) -> tuple[list[str], list[str]]:
    """Things of a row and the indicator of each: `甲、乙行业增加值` has two of one, `全市工业增加值、用电量` one of two."""
    items = [item for item in re.split(f"[{IN_ROW}]", words) if item]
    indicators = [indicator_of(item) for item in items]
    if all(indicators):
        return [group_of(item.removesuffix(indicator)) for item, indicator in zip(items, indicators, strict=True)], indicators
    shared = indicator_of(words)
    return [item.removesuffix(shared) for item in items], [shared] * len(items)


def _done_of(read: Read, made: Observation, share: Quantity) -> Observation:
    value, indicator = as_printed(share.value, share.kind), made.indicator + derived("target") + derived("met")
    return replace(
        made, indicator=indicator, span=read.sentence.span_of(share.start, share.end), value=value, unit="%",
        growth=None, rank=None, rank_scope=None, disclosure=share.disclosure, lower=None, upper=None,
    )  # fmt: skip
