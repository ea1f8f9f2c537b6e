"""Figures told of the things of a row, one each: `甲、乙产业产值分别为3亿元、2亿元`."""

import re
from functools import cache

from kg import lexicon
from kg.extract.figures.in_text import LONGEST, FigureInText, Topic
from kg.extract.figures.indicator_words import derived, indicator_of, openers
from kg.extract.text.particles import AND, IN_ROW, OF
from kg.extract.text.segment import part_start
from kg.lexicon import any_word, letters, pattern

_AND = re.compile(f"[{IN_ROW}]")


@cache
def _ranked() -> re.Pattern[str]:
    grown = rf"{any_word('figure_words', 'on_year', 'on_period')}?(?P<grows>{any_word('figure_words', 'grows', 'rate')})?"
    measure = rf"(?P<measure>[\u4e00-\u9fff&A-Z]{{2,12}}?)?{grown}"
    return re.compile(rf"{measure}{any_word('figure_words', 'each', 'in_turn')}{any_word('figure_words', 'amounts', 'is', 'achieves')}?$")


def _in_turn(words: str) -> bool:
    """Whether words tell of a figure for each thing of a row."""
    return any(word in words for word in lexicon.words("figure_words", "each", "in_turn"))


def ranked(spot: FigureInText, topic: Topic) -> tuple[str, str] | None:
    """`产值前三名为甲、乙、丙,产值分别为…、…、…`: one figure for each thing of the clause before."""
    match = _ranked().fullmatch(spot.raw) if _in_turn(spot.raw) else None
    row = pattern("row_before").search(spot.read.text, part_start(spot.read.text, spot.left), spot.left) if match else None
    if match is None or row is None:
        return None
    names = _AND.split(row["row"])
    measure = (match["measure"] or topic.indicator) + (derived("growth") if match["grows"] else "")
    topic.spread, topic.row = names[1:], tuple(names)
    return (names[0], measure) if measure else None


@cache
def _each() -> re.Pattern[str]:
    joined = rf"{any_word('figure_words', 'each', 'in_turn')}{any_word('figure_words', 'amounts', 'achieves')}?"
    return re.compile(rf"(?P<words>.{{4,}}?){joined}(?P<measure>[\u4e00-\u9fff&A-Z]{{2,12}}?)?{any_word('figure_words', 'amounts')}?$")


def spread(spot: FigureInText, topic: Topic) -> tuple[str, str] | None:
    """`甲、乙、丙三大产业产值分别为…、…和…`: one figure for each thing."""
    match = _each().match(spot.raw) if _in_turn(spot.raw) else None
    measure = (match["measure"] and indicator_of(match["measure"])) or indicator_of(match["words"]) if match else ""
    if match is None or not measure:
        return _spread_over_names(spot, topic, match["words"]) if match else None
    things = pattern("row_kind").sub("", pattern("row_of_which").sub("", match["words"].removesuffix(measure)))
    names = [name for name in _AND.split(pattern("given").sub("", openers().sub("", things))) if name]
    if len(names) < 2:
        return None
    topic.spread, topic.row = names[1:], tuple(names)
    return names[0], measure


def _spread_over_names(spot: FigureInText, topic: Topic, words: str) -> tuple[str, str] | None:
    """`甲、乙拟开工项目数分别为39个和24个`: behind the things of a row stands what is counted of each."""
    at = spot.read.text.find(words, spot.left)
    named = spot.read.between(at, spot.figure.start, *_ROW_OF)
    row = named and spot.read.text[at : named[-1].end].removeprefix(lexicon.word("figure_words", "of_which"))
    names = [name for name in _AND.split(row or "") if name]
    counted = words[named[-1].end - at :].strip(OF) if named else ""
    if not named or len(names) < _PAIR or len(counted) < _PAIR or not set("".join(names)).isdisjoint(letters("figure_words", "done_to")):
        return None
    topic.spread, topic.row = names[1:], tuple(names)
    return names[0], counted[-LONGEST:]


def spread_again(spot: FigureInText, topic: Topic) -> tuple[str, str] | None:
    """`…分别为39个和24个,总投资为129亿元和208亿元`: figures behind those of a row, as many, of another indicator."""
    measure = indicator_of(_joins().sub("", spot.raw)) if len(topic.row) == _PAIR else ""
    follower = spot.follower
    if not measure or follower is None or follower.base != spot.figure.base or spot.read.text[spot.figure.end : follower.start] != AND:
        return None
    if _joins().sub("", spot.raw).strip(",") != measure:
        return None
    topic.spread = list(topic.row[1:])
    return topic.row[0], measure


_PAIR = 2
_ROW_OF = ("Place", "Park", "Enterprise", "Project", "Platform", "ResearchInstitute", "Industry")


@cache
def _joins() -> re.Pattern[str]:
    return re.compile(rf"{any_word('figure_words', 'each', 'in_turn')}?{any_word('figure_words', 'amounts', 'achieves')}?$")
