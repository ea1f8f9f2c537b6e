"""Awards told in lists: how many of each were given, and who took one named before a colon."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.clauses.clause import Parsed
from kg.extract.clauses.groups import ending_by, linked
from kg.extract.clauses.skeleton import ASIDE, NAME, outside
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import AS
from kg.extract.words.quantities import Quantity, quantities
from kg.lexicon import any_word, pattern, pattern_text, word_pattern

WORKS = frozenset({"Project", "Technology"})
UNITS = frozenset({"Enterprise", "ResearchInstitute"})


def counts(text: str) -> list[Quantity]:
    """Plain counts in a text."""
    return [q for q in quantities(text, []) if q.kind == "amount" and q.value is not None]


def counted_awards(parsed: Parsed) -> Iterator[tuple[Mention, Quantity]]:
    """`共授奖57项,其中甲奖12项、乙奖45项`: awards of a row, each with how many were given."""
    awards = [m for m in parsed.read.mentions if m.type == "Award"]
    if len(awards) < _FEW or not word_pattern("clause_words", "grants").search(parsed.text):
        return
    for award in awards:
        behind = pattern("count").match(parsed.text, award.end)
        told = counts(behind[0]) if behind else []
        if told:
            yield award, told[0]


_FEW = 2
"""Awards that a sentence names at least where it tells how many of each were given."""


@cache
def _colon() -> re.Pattern[str]:
    return re.compile(rf"{ASIDE}*{pattern_text('winners_called')}(?:{pattern_text('count')})?{ASIDE}*(?:{pattern_text('winners_follow')})")


def listed(parsed: Parsed) -> Iterator[tuple[Mention, tuple[Mention, ...]]]:
    """`一等奖:甲的“乙”、丙的“丁”`: an award with who is named behind its colon, up to the next one."""
    named = outside(parsed.text, parsed.read.mentions) if any(m.type == "Award" for m in parsed.read.mentions) else []
    heads = [m for m in named if m.type == "Award" and (m.start == 0 or parsed.text[m.start - 1] in ";,。:、)\x02")]
    heads = [m for m in heads if _colon().match(parsed.text, m.end)]
    for head, stop in zip(heads, [*(m.start for m in heads[1:]), len(parsed.text)], strict=False):
        part = _PART.search(parsed.text, head.end, stop)
        end = part.start() if part else stop
        yield head, tuple(m for m in parsed.read.mentions if head.end <= m.start < end and m.type in WORKS | UNITS)


_PART = re.compile("[;。]")


@cache
def _is_winner() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_word('clause_words', 'filler')}|{ASIDE})*(?:{any_word('clause_words', 'is')}|{AS})[^{NAME},;。]{{0,6}}?{ASIDE}*"
    )


def called_winners(parsed: Parsed) -> Iterator[tuple[Mention, tuple[Mention, ...]]]:
    """`甲团队为乙奖拟授奖团队`, `丙是丁奖获得者`: an award with whoever is said to be its winner, who may have no name of ours."""
    for award in parsed.read.mentions if lexicon.word("report_words", "award") in parsed.read.text else ():
        called = word_pattern("clause_words", "winner").match(parsed.text, award.end) if award.type == "Award" else None
        if called:
            row = ending_by(parsed.groups, award.start)
            yield award, row.members if row and _is_winner().fullmatch(parsed.text, row.end, award.start) else ()


def graded_works(parsed: Parsed) -> Iterator[tuple[Mention, tuple[Mention, ...]]]:
    """`“甲”(一等奖)`: an award in brackets behind a work."""
    work = None
    for mention in parsed.read.mentions:
        if mention.type in WORKS:
            work = mention
        elif work and _stands_behind(parsed, mention, work):
            yield mention, (work,)


def _stands_behind(parsed: Parsed, award: Mention, work: Mention) -> bool:
    bracketed = award.type == "Award" and parsed.text[award.start] != NAME
    return bracketed and pattern("award_in_brackets").fullmatch(parsed.read.text, work.end, award.start) is not None


@cache
def _owned() -> re.Pattern[str]:
    """What stands between a unit and its work: nothing, `的`, `申报的`, or a team of the unit."""
    return re.compile(rf"(?:{pattern_text('team')})?(?:{linked().pattern})")


def makers(parsed: Parsed, holders: Sequence[Mention]) -> list[Mention]:
    """The unit of each work that takes an award: before it (`甲公司《乙》`, `丙大学的“丁”`) or in brackets behind it."""
    taken = {m.start for m in holders if m.type in WORKS}
    if not taken:
        return []
    found = [
        unit
        for unit, work in pairwise(outside(parsed.text, parsed.read.mentions))
        if work.start in taken and unit.type in UNITS and _owned().fullmatch(parsed.text, unit.end, work.start)
    ]
    return found + [unit for work in holders if work.start in taken for unit in in_brackets(parsed.read, work)]


def in_brackets(read: Read, work: Mention) -> list[Mention]:
    """Units that a bracket right behind a work holds."""
    held = pattern("unit_in_brackets").match(read.text, work.end)
    return read.between(*held.span("held"), *UNITS) if held else []
