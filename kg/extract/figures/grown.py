"""To which figures found growth or a rank behind them belongs."""

import re
from functools import cache

from kg import lexicon
from kg.extract.names.mentions import Read
from kg.extract.words.quantities import Quantity
from kg.model import Observation

GAP = 20
"""Characters between a figure and its growth, at most."""

_OF_HOW_MANY = r"在?全[省市国区]\d{1,3}[个家][\u4e00-\u9fff]{0,8}中"


@cache
def _between() -> re.Pattern[str]:
    """What may stand between a figure and its growth or rank without being words of another figure."""
    words = "|".join((*lexicon.words("growth", role="between"), *lexicon.words("scopes")))
    return re.compile(rf"(?:[,(、)位]|{words}|高于|低于|平均水平|(?:剔除|扣除|考虑)[^,;。]{{2,14}}?后|{_OF_HOW_MANY})*")


def grower(read: Read, found: list[Observation], growth: Quantity) -> int:
    """Which figure grows, counted from the last: the one before a bracket or before how far an aim is met; 0 for none."""
    for at in (-1, -2):
        if len(found) >= -at and found[at].growth is None and belongs(read, found[at], growth):
            beside = found[at].indicator.endswith(_MET) or _closed(read, found[at], growth) or _is_share(found[at])
            aside = at == -1 and beside
            before = found[at - 1] if aside and len(found) > -at else None
            return at - 1 if before and before.growth is None and belongs(read, before, growth) else at
    return 0


def _is_share(made: Observation) -> bool:
    """`产值19亿元,占全市的4%,增长2%`: a share moves by points; what grows stands before it."""
    return made.unit == "%" and "占" in made.indicator


_MET = ("目标完成率",)
_SHARE = re.compile("[,、]占[^,;。]*%")
_BRACKET = re.compile(r"\([^()]*\)")
_AIM_MET = re.compile("[,、](?:完成|达到?|占|为)[^,;。]{0,10}(?:目标|任务|计划)[^,;。]*")
"""`196个,完成年度目标任务的85.2%,同比增长56.8%`: what grows stands before how far the aim is met."""


def _closed(read: Read, made: Observation, growth: Quantity) -> bool:
    """Whether a figure stands in a bracket that closes before a growth."""
    return ")" in read.text[made.span.end - read.sentence.span.start : growth.start]


def belongs(read: Read, made: Observation, growth: Quantity) -> bool:
    """Growth belongs to the figure before it unless words of another indicator stand between them."""
    gap = read.text[made.span.end - read.sentence.span.start : growth.start]
    gap = _SHARE.sub("", _AIM_MET.sub("", _BRACKET.sub("", gap))) if "(" in gap or "%" in gap else gap
    if _UNKNOWN_UNIT.fullmatch(gap):
        return True
    return len(gap) <= GAP and _between().fullmatch(gap) is not None


_UNKNOWN_UNIT = re.compile("[\u4e00-\u9fff]{1,2}[,(]")
"""Between a figure and its growth where the lexicon does not know the unit."""


def ranks(read: Read, found: list[Observation], rank: Quantity) -> int:
    """How many figures before it a rank is of: none where it has words of its own (`获奖总数居全省第4位`), unless these name the
    figures again (`收入增幅及税收占比均列全市首位`)."""
    gap = read.text[found[-1].span.end - read.sentence.span.start : rank.start]
    if _between().fullmatch(gap):
        return len(found) if rank.each else 1
    again = _NAMED_AGAIN.fullmatch(gap) if rank.each else None
    names = re.split("[、和与及]", again["names"]) if again else []
    told = zip(names, found[-len(names) :], strict=False)
    return len(names) if 1 < len(names) <= len(found) and all(name[:2] in one.indicator for name, one in told) else 0


_NAMED_AGAIN = re.compile("[,;](?P<names>[^,;。\\d]{4,30})")
