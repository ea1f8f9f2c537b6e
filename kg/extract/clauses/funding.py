"""Money given: for what, to whom, for how many projects."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.clauses.batches import projects_in
from kg.extract.clauses.clause import Parsed
from kg.extract.clauses.groups import Group
from kg.extract.clauses.intent import intended
from kg.extract.document.context import Context
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import TOWARD
from kg.extract.text.segment import Clause as Stretch
from kg.extract.words.money import currencies, gets, gives
from kg.extract.words.quantities import Quantity, quantities, whole
from kg.lexicon import any_word, pattern, word_pattern
from kg.model import FundingGrant

_TAKERS = ("Enterprise", "Project", "Programme", "Award", "Recognition", "Platform")
_GIVERS = ("Place", "GovernmentBody")
_BEFORE = 60
"""Characters before a stretch that gives money in which its taker is looked for, where it names none."""


@cache
def _named(name: str) -> re.Pattern[str]:
    return pattern(name)


def funding(context: Context, parsed: Parsed, stretch: Stretch) -> list[FundingGrant]:
    """`给予星火计划等3类45项科技项目扶持资金860万元`, `18个项目获批扶持资金300万元`: money, for what, for how many projects."""
    read = parsed.read
    if word_pattern("funding", "lends").search(stretch.text) or not (gives().search(stretch.text) or gets().search(stretch.text)):
        return []
    figures = [q for q in quantities(stretch.text, []) if q.kind == "amount"]
    approved = _approved(parsed, stretch)
    verb = gets().search(stretch.text) if approved else _verb(stretch.text, figures)
    behind = [q for q in figures if q.start >= verb.end()] if verb else []
    money = [q for q in behind if q.base in currencies()]
    if verb is None or not money or _named("allowed").search(stretch.text[: money[0].start]) or _named("rate").search(stretch.text):
        return []  # a rate for each, or what a policy allows, is not yet given
    got = verb[0] in lexicon.words("funding", "gets")
    takers = _each_taker(read, stretch, money)
    things = [context.name(taker) for taker in takers] if takers else [_thing(context, read, stretch, verb.end(), behind)]
    pieces = lexicon.words("clause_words", "pieces")
    counted = next((q.value for q in (figures if got else behind) if q.base in pieces and q.value is not None), None)
    projects = whole(counted)
    if approved:
        things, projects = [context.name(approved.members[0])], whole(projects_in(read.text[approved.start : stretch.start]))
    return [
        FundingGrant(
            read.sentence.span_of(stretch.start, stretch.end),
            thing,
            participants=() if got else context.acting(read, stretch.start, stretch.start + verb.start()),
            amount=total.value,
            unit=total.unit,
            projects=projects,
            planned=intended(read, stretch.start + verb.start()),
        )
        for thing, total in zip(things, money, strict=False)
        if thing and total.value != 0
    ]


def _approved(parsed: Parsed, stretch: Stretch) -> Group | None:
    """The projects that the stretch right before tells as approved: `甲、乙两个项目被市局立项,争取经费15万元`."""
    agreed = lexicon.words("clause_words", "approved")
    clause = next((c for c in parsed.clauses if c.end + 1 == stretch.start and c.word.endswith(agreed)), None)
    rows = [g for g in parsed.groups if clause and clause.start <= g.start and g.end <= clause.at and g.of(_PROJECTS)]
    return replace(rows[-1], members=rows[-1].of(_PROJECTS)) if rows else None


_PROJECTS = frozenset({"Project", "Technology", "Platform"})


def _verb(text: str, figures: list[Quantity]) -> re.Match[str] | None:
    """The verb with which money is given, or got: such a verb needs a word for money between it and the sum."""
    given = gives().search(text)
    if given:
        return given
    sums = [q.start for q in figures if q.base in currencies()]
    got = gets().search(text)
    return got if got and sums and word_pattern("funding", "money").search(text, got.end(), sums[0]) else None


def _each_taker(read: Read, stretch: Stretch, money: list[Quantity]) -> list[Mention]:
    """`甲、乙分别获奖励300万元、150万元`: a taker for each sum, where there are as many as there are sums."""
    named = read.between(stretch.start, stretch.start + money[0].start, *_TAKERS)
    joined = all(re.fullmatch(any_word("clause_words", "joins"), stretch.text[a.end : b.start]) for a, b in pairwise(money))
    behind = stretch.text[named[-1].end - stretch.start : money[0].start] if named else ""
    return named if len(named) == len(money) > 1 and joined and re.search(any_word("clause_words", "each"), behind) else []


def _thing(context: Context, read: Read, stretch: Stretch, behind: int, figures: list[Quantity]) -> str:
    """What the money is for: what is named behind the verb (which ends at `behind`) or before it, else what its own words say."""
    money = next(q for q in figures if q.base in currencies())
    end = stretch.start + money.start
    named = [m for m in read.between(stretch.start + behind, end) or read.between(stretch.start, end) if m.type not in _GIVERS]
    told = _named("purpose_edge").sub("", stretch.text[behind : figures[0].start])
    thing = context.name(named[0]) if named else _purpose(read.text[: stretch.start + figures[0].start]) or told.strip(f"“”、{TOWARD}")
    begins = max(0, stretch.start - _BEFORE)
    approved = _named("approved").search(read.text, begins, stretch.start)
    if approved and thing.endswith(lexicon.words("funding", "fund")):
        return approved["noun"]  # 获甲项目立项,并获得乙资金
    thing = "" if _named("only_money").fullmatch(thing) else _named("money_behind").sub("", thing)
    before = read.between(max(0, stretch.start - _BEFORE), stretch.start, *_TAKERS)
    return thing or _counted_purpose(stretch.text, figures, money) or (context.name(before[-1]) if before else "")


def _counted_purpose(text: str, figures: list[Quantity], money: Quantity) -> str:
    """`安排4类36项示范项目补助资金725.5万元`: what is counted before the sum."""
    counts = [q for q in figures if q.start < money.start]
    named = _named("counted_purpose").fullmatch(text[counts[-1].end : money.start]) if counts else None
    return named["noun"] if named else ""


def _purpose(before: str) -> str:
    """What money is for, where its own words only call it money: `重点研发项目32项,安排经费1280万元`."""
    if not _named("money_called").search(before):
        return ""
    named = _named("purpose").findall(before)
    return _named("purpose_opening").sub("", named[-1]) if named else ""
