"""Groups without a name that figures are told of: `规上工业企业`, `高新技术产业`, `新签约项目`."""

import re
from functools import cache, lru_cache

from kg import lexicon
from kg.extract.figures.in_text import FigureInText
from kg.extract.figures.indicator_words import openers, strong
from kg.extract.text.particles import MONTH, OF, YEAR
from kg.extract.text.segment import part_start
from kg.lexicon import any_of, any_word, letters, pattern, pattern_text

_LONGEST = 24
"""Characters of the longest name of a group."""
_SHORTEST_LEADING = 4
"""Characters that the name of a group has which a clause opens with; a shorter one (`企业`) says too little."""


@cache
def _group() -> re.Pattern[str]:
    return re.compile(rf"{any_word('groups')}$")


@cache
def _attribute() -> re.Pattern[str]:
    """Verbs right before the noun of a group: `新开工项目`, `集中签约项目`, `在孵企业`."""
    return re.compile(rf"(?:{strong().pattern})(?:[\u4e00-\u9fff]{{0,2}}){any_word('groups')}$")


@cache
def _leading() -> re.Pattern[str]:
    """A group with which a clause opens, before its verb, its time or its growth: `建材行业在…`, `在建项目1-4月…`, `化工行业同比增长`."""
    ends = any_word("groups")
    roles = ("against", "between", "up", "down")
    grows = any_of(word for role in roles for word in lexicon.words("growth", role))
    behind = rf":|[{letters('figure_words', 'leading')}]|{pattern_text('time_ahead')}|{grows}|{strong().pattern}"
    return re.compile(rf"(?P<group>[^,;:。、()\d]{{2,16}}?(?:{ends}))(?={behind})")


def _without_lead(words: str) -> str:
    """Words without what tells of whom or of what kind the group is (`我市`, `体现创新能力的`)."""
    return pattern("group_lead").sub("", pattern("before_group").sub("", words))


@lru_cache(maxsize=256)
def group_of(words: str) -> str:
    """The name of a group in a stretch of words (`区内共实施产业类重点项目` speaks of `产业类重点项目`), or ""."""
    words = _without_lead(openers().sub("", words)).strip(f"“”{OF}、,")
    if not _group().search(words):
        return ""
    attribute = _attribute().search(words)
    last = 0
    for verb in strong().finditer(words, 0, attribute.start() if attribute else len(words)):
        last = verb.end()
    words = pattern("before_group").sub("", words[last:])
    alone = words in lexicon.words("groups", alone="no")
    return words if 2 <= len(words) <= _LONGEST and not alone and not pattern("no_group").search(words) else ""


def leading_group(spot: FigureInText) -> str:
    """The group that the clauses between a figure and the one before it speak of, the nearest first, or ""."""
    near = [group for at, group in _leading_groups(spot.read.text) if spot.before <= at < spot.figure.start]
    start = part_start(spot.read.text, spot.figure.start)
    return near[-1] if near and spot.read.text.find(near[-1], start, spot.figure.start) >= 0 else ""


@lru_cache(maxsize=4)
def _leading_groups(text: str) -> tuple[tuple[int, str], ...]:
    """Where the clauses of a sentence begin that open with a group, and the group."""
    found = []
    for clause in re.finditer("[^,;:。]+", text):
        opening = openers().match(text, clause.start(), clause.end())
        match = _leading().match(text, opening.end() if opening else clause.start())
        match = None if match and pattern("prize_behind").match(text, match.end()) else match  # 科学技术成果推广奖12项
        group = group_of(match["group"]) if match else ""
        if len(group) >= _SHORTEST_LEADING and match and group == _without_lead(match["group"]):
            found.append((match.start(), group))
    return tuple(found)


@lru_cache(maxsize=4)
def theme(title: str) -> str:
    """The group that a report's title names: `市重点项目` of `1-8月市重点项目进展情况`, or ""."""
    found = [group_of(match["group"]) for match in _in_title().finditer(title)]
    return next((group for group in found if len(group) >= _SHORTEST_LEADING), "")


@cache
def _in_title() -> re.Pattern[str]:
    return re.compile(rf"(?P<group>[^,;:。、()\d{YEAR}{MONTH}{letters('figure_words', 'dated')}]{{2,12}}?{any_word('groups')})")


def behind(spot: FigureInText) -> str:
    """The words behind a figure that it is told of: `总投资30亿元的甲村`, or ""."""
    if not spot.money or not spot.tail.startswith(OF):
        return ""
    found = pattern("group_behind").match(spot.read.text, spot.figure.end + 1)
    words = found[0] if found else ""
    verb = None if found and found["site"] else strong().search(words)
    return "" if verb or strong().match(words) or _group().fullmatch(words) else words
