"""Where the words of a figure begin and end, and how a figure found grows by what is said of it."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from kg.extract.figures.indicator_words import indicator_of
from kg.extract.names.mentions import Read
from kg.extract.text.particles import ALSO, AND, AS_WELL, FROM, OF, OUT_OF, WITH
from kg.extract.words.quantities import Quantity
from kg.lexicon import any_word, letters
from kg.model import Observation, Span

_CLAUSE_MARK = re.compile(r"[,;:。!?()](?!\d{3}\b)|、(?=[^、]{0,12}?(?:\d|[Xx]{1,2}|\*))")
_NOUN_ONLY = re.compile(rf"[\u4e00-\u9fff]{{2,10}}(?:、|{AND}|{ALSO}|{WITH}|{AS_WELL})")
_NOUN_AND = re.compile(r"[\u4e00-\u9fff]{1,8}、(?=[\u4e00-\u9fff]{2,})")
"""`2个项目、资金1500万元`: what a figure counts ends at the mark."""
_NEXT_OF_ROW = re.compile(rf"{OF}[^,;。]{{2,40}}、(?P<words>[\u4e00-\u9fff]{{2,6}})")
_MARK = re.compile(r"[,;:。!?()、]")


@cache
def aside() -> re.Pattern[str]:
    """What a bracket explains amid the words of a figure: `投入强度(与地区生产总值之比)为2.1%`."""
    return re.compile(rf"\([^()\d]{{2,20}}\)(?=[{letters('figure_words', 'aside_before')}]|$)")


def left_edge(text: str, start: int, before: list[Quantity]) -> int:
    """Where the words of a figure begin: behind the last mark or the figure before it."""
    last = next((q.end for q in reversed(before) if q.end <= start), 0)
    asides = [m.span() for m in aside().finditer(text, last, start)]
    edge = last
    for mark in _CLAUSE_MARK.finditer(text, last, start):
        if not any(s <= mark.start() < e for s, e in asides):
            edge = mark.end()
    if last and edge == last and _NOUN_ONLY.fullmatch(text, last, start):
        return start  # 264个项目、10名专家和1个组织
    if last and edge == last and (next_one := _NEXT_OF_ROW.fullmatch(text, last, start)) and indicator_of(next_one["words"]):
        return next_one.start("words")  # 总投资5亿元的甲项目、总投资3亿元的乙项目
    noun = _NOUN_AND.match(text, last, start) if last and edge == last else None
    return noun.end() if noun else edge


def right_edge(text: str, end: int, follower: Quantity | None) -> int:
    """Where the words behind a figure end: at the next mark or the next figure."""
    last = follower.start if follower else len(text)
    mark = _MARK.search(text, end, last)
    return mark.start() if mark else last


@cache
def _former() -> re.Pattern[str]:
    return re.compile(rf"[{OUT_OF}{FROM}]{any_word('figure_words', 'former')}{OF}$")


def without_former(raw: str) -> str:
    """`面积由原来的` without what says that the figure was before."""
    return _former().sub("", raw)


def as_printed(size: Decimal | None, kind: str) -> Decimal | None:
    """A size in its printed unit: a share in per cent, without the zeros that the arithmetic leaves."""
    return size if size is None or kind == "amount" else Decimal(f"{(size * 100).normalize():f}")


def extended(read: Read, made: Observation, figure: Quantity, **changes: Any) -> Observation:
    """A figure with what another one says of it (`changes`), its span up to the end of that one."""
    end = read.sentence.span.start + figure.end
    return replace(made, span=Span(made.span.start, max(made.span.end, end)), **changes)
