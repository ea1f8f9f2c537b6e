"""Groups without a name that figures are told of: `规上工业企业`, `高新技术产业`, `新签约项目`."""

import re
from functools import cache

from kg import lexicon
from kg.extract.figures.heads import openers, strong
from kg.extract.figures.slot import Slot
from kg.extract.text.segment import clause_start

_LONGEST = 24
"""Characters of the longest name of a group."""
_SHORTEST_LEADING = 4
"""Characters that the name of a group has which a clause opens with; a shorter one (`企业`) says too little."""
_LEAD = re.compile("^(?:[全我本][省市区县州国]|[本此]次|[该本等]|了|着|各级|的|共|由|[所这那些]|[一二三四五六七八九十]+大)+")
_NO_GROUP = re.compile(r"[\d,;:。()]|[为给对向将被把]|[此本]次|累计|(?<!公)共(?=[^享性建用同])")
_BEHIND = re.compile("[\u4e00-\u9fffA-Za-z0-9·-]{3,20}?(?=$|[,;。、:]|也|正|已|等|在|将)")
"""A thing behind its figure: `总投资30亿元的甲村`."""


@cache
def _group() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('groups'))})$")


@cache
def _attribute() -> re.Pattern[str]:
    """Verbs right before the noun of a group: `新开工项目`, `集中签约项目`, `在孵企业`."""
    return re.compile(rf"(?:{strong().pattern})(?:[\u4e00-\u9fff]{{0,2}})(?:{lexicon.any_of(lexicon.words('groups'))})$")


@cache
def _leading() -> re.Pattern[str]:
    """A group with which a clause opens, before its verb: `建材行业在…`, `省级高新区新增…`."""
    ends = lexicon.any_of(lexicon.words("groups"))
    return re.compile(rf"(?P<group>[^,;:。、\d]{{2,16}}?(?:{ends}))(?=:|[在已也正均则占]|{strong().pattern})")


def group_of(words: str) -> str:
    """The name of a group in a stretch of words (`区内共实施产业类重点项目` speaks of `产业类重点项目`), or ""."""
    words = _LEAD.sub("", openers().sub("", words)).strip("“”的、,")
    if not _group().search(words):
        return ""
    attribute = _attribute().search(words)
    last = 0
    for verb in strong().finditer(words, 0, attribute.start() if attribute else len(words)):
        last = verb.end()
    words = _LEAD.sub("", words[last:])
    alone = words in lexicon.words("groups", alone="no")
    return words if 2 <= len(words) <= _LONGEST and not alone and not _NO_GROUP.search(words) else ""


def leading_group(slot: Slot) -> str:
    """The group that the clauses between a figure and the one before it speak of, the nearest first, or ""."""
    text, at = slot.read.text, slot.figure.start
    while at > slot.before:
        start = max(clause_start(text, at), slot.before)
        opening = openers().match(text, start, at)
        found = _leading().match(text, opening.end() if opening else start, slot.figure.start)
        group = group_of(found["group"]) if found else ""
        if len(group) >= _SHORTEST_LEADING and found and group == _LEAD.sub("", found["group"]):
            return group
        if start == 0 or text[start - 1] in ";。":
            return ""
        at = start - 1
    return ""


def behind(slot: Slot) -> str:
    """The words behind a figure that it is told of: `总投资30亿元的甲村`, or ""."""
    if not slot.money or not slot.tail.startswith("的"):
        return ""
    found = _BEHIND.match(slot.tail, 1)
    words = found[0] if found else ""
    return "" if strong().search(words) or _group().fullmatch(words) else words
