"""Figures told of the things of a row, one each: `甲、乙产业产值分别为3亿元、2亿元`."""

import re

from kg.extract.figures.indicator_words import measure_of, openers
from kg.extract.figures.placed import LONGEST, Slot, Topic
from kg.extract.text.segment import part_start

_ROW_BEFORE = re.compile("(?:为|是|有|包括)(?P<row>[^,;。:为是有]{1,12}(?:[、和与及][^,;。:、]{1,12})+),$")
_RANKED = re.compile(
    "(?P<measure>[\u4e00-\u9fff&A-Z]{2,12}?)?(?:同比|环比)?(?P<grows>增长|增速|增幅)?(?:分别|依次)(?:为|达到?|是|实现|完成)?$"
)


def ranked(slot: Slot, topic: Topic) -> tuple[str, str] | None:
    """`产值前三名为甲、乙、丙,产值分别为…、…、…`: one figure for each thing of the clause before."""
    match = _RANKED.fullmatch(slot.raw) if "分别" in slot.raw or "依次" in slot.raw else None
    row = _ROW_BEFORE.search(slot.read.text, part_start(slot.read.text, slot.left), slot.left) if match else None
    if match is None or row is None:
        return None
    names = re.split("[、和与及]", row["row"])
    measure = f"{match['measure'] or topic.indicator}增速" if match["grows"] else match["measure"] or topic.indicator
    topic.spread, topic.row = names[1:], tuple(names)
    return (names[0], measure) if measure else None


_EACH = re.compile("(?P<words>.{4,}?)(?:分别|依次)(?:为|达到?|完成|实现)?(?P<measure>[\u4e00-\u9fff&A-Z]{2,12}?)?(?:为|达到?)?$")


def spread(slot: Slot, topic: Topic) -> tuple[str, str] | None:
    """`甲、乙、丙三大产业产值分别为…、…和…`: one figure for each thing."""
    match = _EACH.match(slot.raw) if "分别" in slot.raw or "依次" in slot.raw else None
    measure = (match["measure"] and measure_of(match["measure"])) or measure_of(match["words"]) if match else ""
    if match is None or not measure:
        return _spread_over_names(slot, topic, match["words"]) if match else None
    things = re.sub(
        r"等?(?:[一二三四五六七八九十\d]+[大个类])?(?:[主重新支][导点兴柱])?(?:产业|领域|行业|园区|企业)?$",
        "",
        _OF_WHICH.sub("", match["words"].removesuffix(measure)),
    )
    names = [name for name in re.split("[、和与及]", GIVEN.sub("", openers().sub("", things))) if name]
    if len(names) < 2:
        return None
    topic.spread, topic.row = names[1:], tuple(names)
    return names[0], measure


def _spread_over_names(slot: Slot, topic: Topic, words: str) -> tuple[str, str] | None:
    """`甲、乙拟开工项目数分别为39个和24个`: behind the things of a row stands what is counted of each."""
    at = slot.read.text.find(words, slot.left)
    named = slot.read.between(at, slot.figure.start, *_ROW_OF)
    row = named and slot.read.text[at : named[-1].end].removeprefix("其中")
    names = [name for name in re.split("[、和与及]", row or "") if name]
    counted = words[named[-1].end - at :].strip("的") if named else ""
    if not named or len(names) < _PAIR or len(counted) < _PAIR or not set("".join(names)).isdisjoint("在对为以将"):
        return None
    topic.spread, topic.row = names[1:], tuple(names)
    return names[0], counted[-LONGEST:]


def spread_again(slot: Slot, topic: Topic) -> tuple[str, str] | None:
    """`…分别为39个和24个,总投资为129亿元和208亿元`: figures behind those of a row, as many, of another indicator."""
    measure = measure_of(_JOINS.sub("", slot.raw)) if len(topic.row) == _PAIR else ""
    follower = slot.follower
    if not measure or follower is None or follower.base != slot.figure.base or slot.read.text[slot.figure.end : follower.start] != "和":
        return None
    if _JOINS.sub("", slot.raw).strip(",") != measure:
        return None
    topic.spread = list(topic.row[1:])
    return topic.row[0], measure


_PAIR = 2
_ROW_OF = ("Place", "Park", "Enterprise", "Project", "Platform", "ResearchInstitute", "Industry")
_JOINS = re.compile("(?:分别|依次)?(?:为|达到?|完成|实现)?$")

_OF_WHICH = re.compile("^(?:其中|[^、]{2,16}中(?=[^、]{2,14}、))")
"""`其中甲、乙产业`, `全省高新技术产业中甲、乙领域`."""


GIVEN = re.compile("^[对向]|(?:获|一次性)$")
"""Around whom money is given to: `对甲一次性`, `甲获`."""
