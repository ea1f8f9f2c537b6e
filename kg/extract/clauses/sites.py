"""Where things lie and who pays for them, where more than one stretch of a sentence tells of it."""

import re
from collections.abc import Iterator
from functools import cache

from kg import lexicon
from kg.extract.clauses.clause import Clause, Parsed
from kg.extract.clauses.groups import Group
from kg.extract.document.context import Context
from kg.extract.document.gazetteer import short_of
from kg.extract.names.mentions import Read
from kg.extract.text.particles import DONE, OF
from kg.lexicon import any_word, pattern, pattern_text
from kg.model import Relation

_FIRM = frozenset({"Enterprise"})
_COMES = frozenset({"Enterprise", "ResearchInstitute", "Project"})


def payer(clause: Clause) -> tuple[int, Group] | None:
    """Which firm spends a sum, and where the stretch that tells of it ends: `甲公司拟投资50亿元,在乙园建设丙`."""
    if not re.fullmatch(any_word("clause_words", "spends"), clause.word) or "object" in clause.parts:
        return None
    if not _only_a_sum().fullmatch(clause.read.text, clause.stop, clause.end):
        return None
    if pattern("phases").search(clause.read.text, clause.start, clause.stop):
        return None  # 一期投资6亿元,建设…: a part of a project that is told of
    firm = next((row for row in clause.rows("subject") if row.of(_FIRM)), None)
    return (clause.end, Group(firm.start, firm.end, firm.of(_FIRM), span=firm.span)) if firm else None


@cache
def _only_a_sum() -> re.Pattern[str]:
    return re.compile(rf"{DONE}?{pattern_text('money')}")


def paid_for(context: Context, clause: Clause, spent: tuple[int, Group] | None) -> Iterator[Relation]:
    """What is built with the sum of the stretch before."""
    made = clause.parts.get("object")
    if spent is None or made is None or clause.start != spent[0] + 1 or not (clause.bare and founds(clause)):
        return
    firm = spent[1]
    start = firm.start if firm.span is None and firm.end <= clause.start else clause.start
    for thing in made.of(lexicon.classes("site")):
        for one in firm.members:
            span = clause.read.sentence.span_of(start, thing.end)
            yield Relation(context.name(one), "invests", context.name(thing), span)


def founds(clause: Clause) -> bool:
    """Whether a predicate tells of a thing new."""
    return re.search(rf"{any_word('clause_words', 'founds')}$", clause.word) is not None


def come(context: Context, clause: Clause, topic: Group | None) -> Iterator[Relation]:
    """`推进甲园建设,已有乙、丙落户`: those who have come lie in the zone or place named before."""
    row = clause.parts.get("subject")
    if (
        row is None
        or "object" in clause.parts
        or "at" in clause.parts
        or not re.search(rf"{any_word('clause_words', 'settles')}$", clause.word)
    ):
        return
    if not _present().fullmatch(clause.read.text, clause.start, row.start):
        return
    before = [m for m in clause.read.mentions if m.end <= clause.start and m.type in lexicon.classes("host")]
    host = before[-1] if before else next(iter(topic.of(lexicon.classes("host"))), None) if topic else None
    if host is None:
        return
    span = clause.read.sentence.span_of(host.start if before else row.start, clause.stop)
    for one in row.of(_COMES):
        yield Relation(context.name(one), "locatedIn", context.name(host), span)


@cache
def _present() -> re.Pattern[str]:
    return re.compile(rf"{any_word('clause_words', 'filler')}*{any_word('clause_words', 'present')}")


def after_others(context: Context, read: Read) -> Iterator[Relation]:
    """`继甲、乙之后落户丙园`, `是继甲、乙之后,丙园第6家…企业`: those before lie in the same zone."""
    text = read.text
    for match in _after().finditer(text):
        row = read.between(match.start("row"), match.end("row"), "Enterprise", "ResearchInstitute", "Project")
        host = next((m for m in read.mentions if m.start == match.end() and m.type in lexicon.classes("host")), None) if row else None
        if host:
            span = read.sentence.span_of(match.start(), host.end)
            for one in row:
                yield Relation(context.name(one), "locatedIn", context.name(host), span)


@cache
def _after() -> re.Pattern[str]:
    settles = rf"[^,;。]{{0,24}}?{any_word('clause_words', 'settles')}{pattern_text('settled_behind')}"
    return re.compile(rf"{pattern_text('after_others')}(?:{settles}|{pattern_text('next_of_many')})")


def seated(context: Context, parsed: Parsed) -> Iterator[Relation]:
    """`甲区8个项目开工,包括乙、丙`, `甲县3家企业入选,分别是:乙、丙`: what is counted lies in the place or zone right before."""
    for row in parsed.groups:
        sites = row.of(_COUNTED) if row.span and re.match(pattern_text("count"), parsed.text[row.start : row.end]) else ()
        host = _right_before(context, parsed.read, row.start) if sites else ""
        if host and row.span:
            yield from (Relation(name, "locatedIn", host, row.span) for site in sites if (name := context.name(site)) != host)


def _right_before(context: Context, read: Read, at: int) -> str:
    """The place or zone that ends right before a count; the report's own may be written short, or as `我县`."""
    before = read.text[:at].removesuffix(OF)
    host = next((m for m in read.mentions if m.end == len(before) and m.type in lexicon.classes("host")), None)
    if host:
        return context.name(host)
    own = context.header.district
    called = (short_of(own), *(word for word in lexicon.words("own_words", kind="own") if word.endswith(own[-1]))) if own else ()
    return own if called and before.endswith(called) else ""


_COUNTED = frozenset({"Project", "Platform", "Enterprise"})


def is_whole(row: Group) -> bool:
    """Whether a row holds parks alone: a row of projects among which is a park tells of no zone's parts."""
    return {m.type for m in row.members} <= {"Park", "Place"}
