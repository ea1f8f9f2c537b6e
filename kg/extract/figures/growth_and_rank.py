"""To which figures found growth or a rank behind them belongs, and which growth is the mean of several years'."""

import re
from functools import cache

from kg import lexicon
from kg.extract.figures.indicator_words import derived
from kg.extract.names.mentions import Read
from kg.extract.text.particles import IN_ROW
from kg.extract.words.quantities import Quantity
from kg.lexicon import pattern, pattern_text
from kg.model import Observation, Period

GAP = 20
"""Characters between a figure and its growth, at most."""


@cache
def _between() -> re.Pattern[str]:
    """What may stand between a figure and its growth or rank without being words of another figure."""
    words = "|".join((*lexicon.words("growth", "between"), *lexicon.words("scopes")))
    return re.compile(rf"(?:{pattern_text('amid_growth')}|{words})*")


def grower(read: Read, found: list[Observation], growth: Quantity) -> int:
    """Which figure grows, counted from the last: the one before a bracket or before how far an aim is met; 0 for none."""
    met = derived("target") + derived("met")
    for at in (-1, -2):
        if len(found) >= -at and found[at].growth is None and belongs(read, found[at], growth):
            beside = found[at].indicator.endswith(met) or _closed(read, found[at], growth) or _is_share(found[at])
            aside = at == -1 and beside
            before = found[at - 1] if aside and len(found) > -at else None
            return at - 1 if before and before.growth is None and belongs(read, before, growth) else at
    return 0


def is_mean(read: Read, growth: Quantity) -> bool:
    """`年均增长8%`: what a growth was or is to be in each of several years; that of no year, and of no figure before it."""
    text, words = read.text, lexicon.words("figure_words", "yearly")
    return text.endswith(words, 0, growth.start) or any(text.find(word, growth.start, growth.end) >= 0 for word in words)


_YEAR = 366
"""Days of a year at most."""


def mean_period(stated: Period | None, base: Period | None, planned: bool) -> Period | None:
    """The years of which a mean growth is: those stated, or what is to come of them (`到2027年`); None where but one is told."""
    if stated is None or (stated.end - stated.start).days >= _YEAR:
        return stated
    ahead = planned and base is not None and stated.end.year > base.end.year
    return Period(base.start, stated.end) if ahead and base else None


def _is_share(made: Observation) -> bool:
    """`产值19亿元,占全市的4%,增长2%`: a share moves by points; what grows stands before it."""
    return made.unit == "%" and derived("part") in made.indicator


_BRACKET = re.compile(r"\([^()]*\)")


def _closed(read: Read, made: Observation, growth: Quantity) -> bool:
    """Whether a figure stands in a bracket that closes before a growth."""
    return ")" in read.text[made.span.end - read.sentence.span.start : growth.start]


def belongs(read: Read, made: Observation, growth: Quantity) -> bool:
    """Growth belongs to the figure before it unless words of another indicator stand between them."""
    gap = read.text[made.span.end - read.sentence.span.start : growth.start]
    if "(" in gap or "%" in gap:  # 196个,完成年度目标任务的85.2%,同比增长56.8%: what grows stands before how far the aim is met
        gap = pattern("share_amid").sub("", pattern("aim_amid").sub("", _BRACKET.sub("", gap)))
    if _UNKNOWN_UNIT.fullmatch(gap):
        return True
    return len(gap) <= GAP and _between().fullmatch(gap) is not None


_UNKNOWN_UNIT = re.compile(r"[\u4e00-\u9fff]{1,2}[,(]")
"""Between a figure and its growth where the lexicon does not know the unit."""


def ranks(read: Read, found: list[Observation], rank: Quantity) -> int:
    """How many figures before it a rank is of: none where it has words of its own (`获奖总数居全省第4位`), unless these name the
    figures again (`收入增幅及税收占比均列全市首位`)."""
    gap = read.text[found[-1].span.end - read.sentence.span.start : rank.start]
    if _between().fullmatch(gap):
        return len(found) if rank.each else 1
    again = _NAMED_AGAIN.fullmatch(gap) if rank.each else None
    names = re.split(f"[{IN_ROW}]", again["names"]) if again else []
    told = zip(names, found[-len(names) :], strict=False)
    return len(names) if 1 < len(names) <= len(found) and all(name[:2] in one.indicator for name, one in told) else 0


_NAMED_AGAIN = re.compile("[,;](?P<names>[^,;。\\d]{4,30})")
