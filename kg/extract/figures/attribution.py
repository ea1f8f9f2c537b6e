"""Whom a figure is told of: the things that the text names compete, and the report's own place, park or firm is one of them.

Each candidate has features, each feature a weight in the open (`data/lexicon/whose.csv`); the greatest sum wins.
A group without a name (`规上工业企业`) stays what a figure is told of, and belongs to the winner.
"""

from dataclasses import dataclass

from kg import lexicon
from kg.extract.figures.in_text import FigureInText, Topic
from kg.extract.figures.indicator_words import openers, strong, told_of
from kg.extract.figures.subjects import THINGS, candidates, is_aside, says_whole
from kg.extract.figures.unnamed_groups import behind, group_of, leading_group, theme
from kg.extract.text.particles import ALL, WE

_NEAR_PLACE = 4
"""Characters of a place between a word such as 为 and a group: `将为云岭软件业`."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a figure is told of as the text says it, and the thing that this is or belongs to ("" where none is named)."""

    about: str
    of: str = ""


def whose(spot: FigureInText, topic: Topic, words: str, indicator: str) -> Whose:
    """Whom a figure is told of.

    Args:
        spot: the figure amid its words.
        topic: what was spoken of before it.
        words: what its own words, or those of the figure before, give for it: a name, a group, or no more than a stretch.
        indicator: what it measures.
    """
    carried = words not in spot.read.text[spot.left : spot.figure.start]
    if carried and told_of(indicator) == "region" and group_of(words):  # 甲产业增加值占8%,工业投资增长…
        words = spot.context.header.subject
    if words in topic.row and (named := _named(spot, words)):
        return Whose(words, named)
    best = max(candidates(spot, topic, words, indicator), key=lambda one: one.score)
    if "own" not in best.features:
        topic.entity, topic.site = ("", False) if "row" in best.features else (best.name, best.site)
    of = "" if best.name.startswith(ALL) else best.name
    if words == best.name and "own" not in best.features:
        return Whose(best.name, of)
    group = _group(spot, topic, words, indicator, "own" in best.features)
    if group and group != best.name:
        before = topic.group if topic.group[0] == group else ()
        topic.group = before or (group, _inside(spot, group) or (spot.context.header.subject if _given(spot, group) else of))
        return Whose(*topic.group)
    return Whose(best.name or theme(spot.context.header.title) or words or indicator, of)


def _named(spot: FigureInText, words: str) -> str:
    """The thing that may have figures which words name as they stand, or ""."""
    read = spot.read
    return next((spot.context.name(m) for m in read.mentions if m.type in THINGS and read.text[m.start : m.end] == words), "")


def _group(spot: FigureInText, topic: Topic, words: str, indicator: str, own: bool) -> str:
    """The group that a figure is told of, or "": by its words, by what stands behind it, by what its clause opens with."""
    if words in topic.row:
        return words
    if thing := behind(spot):
        topic.row = (*topic.row, thing)
        topic.about = thing
        return thing
    if any(spot.context.name(m) == words and m.type not in ("Industry", "Technology") for m in spot.read.mentions):
        return ""
    if words and words not in spot.read.text[spot.left : spot.figure.start] and (led := _led(spot, topic, own)):
        return led
    if words and words not in (spot.context.header.subject, *lexicon.words("wholes"), *lexicon.words("pro_forms")):
        return _product(words, indicator) or group_of(words) or _led(spot, topic, own)
    top = spot.context.header
    unknown = top.subject.startswith(ALL) and f"{WE}{top.subject[1:]}" not in top.title
    weak = own and (not top.stated or unknown) and not says_whole(spot)
    award = (
        own
        and indicator.endswith(lexicon.word("figure_words", "award"))
        and len(indicator) >= _NAMED_AWARD
        and openers().sub("", spot.raw) == indicator
    )
    return _led(spot, topic, own) or ("" if words and not weak and not award else group_of(indicator))


_NAMED_AWARD = 3
"""Characters of the shortest name of a row of prizes: `一等奖`; `授奖` is none."""


def _led(spot: FigureInText, topic: Topic, own: bool) -> str:
    """The group that a clause before the figure opens with, where nothing named competes; figures behind are told of it too."""
    group = leading_group(spot) if own else ""
    topic.about = group or topic.about
    return group


def _product(words: str, indicator: str) -> str:
    """`缝纫机械产量`: what is made is whatever stands before it."""
    return words if told_of(indicator) == "product" and strong().search(words) is None else ""


def _inside(spot: FigureInText, group: str) -> str:
    """The thing with whose name a group begins, or that stands right before it: `甲基地` of `甲基地企业`, `乙区` of `乙区软件业`."""
    at = spot.read.text.find(group, spot.left, spot.figure.start)
    for mention in spot.read.between(spot.left, spot.figure.start):
        named = mention.type in ("Park", "Enterprise", "Project", "Platform", "ResearchInstitute", "Place")
        if named and at in (mention.start, mention.end) and spot.context.name(mention) != group:
            return spot.context.name(mention)
    return ""


def _given(spot: FigureInText, group: str) -> bool:
    """Whether a group is not what acts but whom something is done to: `甲公司将为云岭软件业新增…`."""
    at = spot.read.text.find(group, spot.left, spot.figure.start)
    return any(is_aside(spot.read.text, end) for end in range(max(spot.left + 1, at - _NEAR_PLACE), at + 1))
