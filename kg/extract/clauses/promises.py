"""What an office intends with a named thing."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from kg import lexicon
from kg.extract.clauses.clause import Clause, Parsed
from kg.extract.clauses.groups import Group
from kg.extract.clauses.intent import intended, intent_words
from kg.extract.document.context import Context
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import AT, WITH
from kg.extract.text.segment import Clause as Stretch
from kg.extract.words.periods import due_date
from kg.extract.words.stages import sure_stage_words
from kg.lexicon import any_word, pattern, pattern_text, word_pattern
from kg.model import Commitment

_OBJECTS = ("Park", "Project", "Platform", "ResearchInstitute", "Enterprise", "Programme")
_LONGEST = 80
"""Characters of a promise's wording that are kept."""


@cache
def _intends() -> re.Pattern[str]:
    verbs = "|".join(lexicon.words("verbs", "intent"))
    return re.compile(rf"{any_word('clause_words', 'urges')}*(?:{verbs})")


@cache
def _does() -> re.Pattern[str]:
    """What is done, right behind an intention: `我区将举办…`, but `省厅将甲称号授予乙`."""
    does = rf"{any_word('deeds')}|{any_word('clause_words', 'to_found', 'pushes', 'works')}|[{WITH}{AT}]"
    return re.compile(rf"{any_word('clause_words', 'urges', 'filler')}*(?:{does})")


@cache
def _when() -> re.Pattern[str]:
    return re.compile(rf"{any_word('clause_words', 'urges')}*(?:{pattern_text('time')})?,?")


def _opens(read: Read, stretch: Stretch) -> bool:
    """Whether a stretch opens with an intention of the office or its place, behind a time: `10月将…`, `青禾区将…`, `我区计划…`."""
    when = _when().match(stretch.text)
    start = stretch.start + (when.end() if when else 0)
    speaker = next((m for m in read.between(start, stretch.end, "Place", "GovernmentBody") if m.start == start), None)
    named = pattern("office_speaks").match(read.text, start)
    begin = max(start, speaker.end if speaker else 0, named.end() if named else 0)
    intends = _intends().match(read.text, begin)
    if intends is None or intent_words().search(stretch.text) is None:
        return False
    return begin == start or _does().match(read.text, intends.end()) is not None


def _due(context: Context, read: Read, stretch: Stretch) -> dt.date | None:
    """The day by which a stretch promises something: its own, or that of a time with which alone the sentence opens (`下半年,…`)."""
    base = context.header.base(read.sentence.planned)
    if own := due_date(stretch.text, base):
        return own
    opening = next((one for one in read.clauses if one.start < stretch.start), None)
    alone = opening is not None and _when().fullmatch(opening.text) is not None
    return due_date(opening.text, base) if alone and opening else None


@cache
def _makes() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_word('clause_words', 'urges')}|{any_word('clause_words', 'filler')})*{any_word('clause_words', 'to_found')}"
    )


def _goes_on(read: Read, stretch: Stretch) -> bool:
    """Whether a stretch goes on with what is intended before it: `双方将建好甲平台,打造乙园区,组建丙基金`."""
    makes = _makes().match(stretch.text)
    return makes is not None and intended(read, stretch.start + makes.end())


def promises(context: Context, parsed: Parsed, stretch: Stretch) -> list[Commitment]:
    """`谋划与…研究院战略合作`, and all that stands under 下半年工作要点; each thing of a row is promised."""
    read = parsed.read
    hoped = tuple(_hoped(context, parsed, stretch))
    if hoped:
        return list(hoped)
    meant = read.sentence.planned or _opens(read, stretch) or _goes_on(read, stretch)
    if not meant:
        return []
    if any(
        told.search(stretch.text)
        for told in (pattern("any_sum"), sure_stage_words(), word_pattern("clause_words", "ongoing"), word_pattern("clause_words", "tells"))
    ):
        return []
    named = [m for m in read.between(stretch.start, stretch.end, *_OBJECTS) if not pattern("intends").match(read.text, m.end)]
    if not named:
        return []
    plan = context.header.plan.end if read.sentence.planned and context.header.plan else None
    due = _due(context, read, stretch) or plan
    span = read.sentence.span_of(stretch.start, stretch.end)
    status = stretch.text.strip("“”")[:_LONGEST]
    who = context.acting(read, stretch.start, named[0].start)
    return [Commitment(span, context.name(m), participants=who, status=status, due=due) for m in _row_of(parsed, named)]


def _hoped(context: Context, parsed: Parsed, stretch: Stretch) -> Iterator[Commitment]:
    """`甲、乙近期将入驻`, `争取将丙纳入…`, `与丁达成落地意向`, `正在筹备戊大会`: what a stretch of its own tells as still to come."""
    if parsed.read.sentence.heading:
        return
    rows = (_still_to_come(c) for c in parsed.clauses if (c.start, c.end) == (stretch.start, stretch.end))
    coming = next((row.members for row in rows if row), None) or _prepared(parsed.read, stretch)
    status = stretch.text.strip("“”")[:_LONGEST]
    due = _due(context, parsed.read, stretch)
    span = parsed.read.sentence.span_of(stretch.start, stretch.end)
    for name in dict.fromkeys(context.name(one) for one in coming):
        yield Commitment(span, name, status=status, due=due)


def _prepared(read: Read, stretch: Stretch) -> tuple[Mention, ...]:
    """What a stretch tells as being prepared: `正在筹备甲大会`."""
    named = read.between(stretch.start, stretch.end, "Programme")
    words_before = lexicon.words("clause_words", "prepares")
    return tuple(m for m in named if read.text[stretch.start : m.start].rstrip("“").endswith(words_before))


def _still_to_come(clause: Clause) -> Group | None:
    """Whoever a clause says will come, what it hopes to have taken into something, with whom it has come to an intention."""
    subject, taken, beside = clause.parts.get("subject"), clause.parts.get("of"), clause.parts.get("with")
    text = clause.read.text
    if word_pattern("clause_words", "settles").fullmatch(clause.word):
        comes = subject is not None and subject.of(_COMERS) == subject.members and clause.planned and not clause.relative
        return subject if comes else None
    if word_pattern("clause_words", "taken_into").fullmatch(clause.word):
        hoped = word_pattern("clause_words", "hopes").search(text, clause.start, clause.at)
        return taken if hoped and taken and taken.of(lexicon.classes("built")) else None
    reaches, meant = (lexicon.words("clause_words", role) for role in ("reaches", "meant"))
    agreed = clause.word not in reaches or word_pattern("clause_words", "pact").search(text, clause.stop, clause.end)
    return None if agreed or not text.endswith(meant, clause.stop, clause.end) else beside


_COMERS = frozenset({"Enterprise", "ResearchInstitute", "GovernmentBody", "Platform"})


def _row_of(parsed: Parsed, named: list[Mention]) -> list[Mention]:
    """The first of some things, with those of its row."""
    row: Group | None = next((g for g in parsed.groups if named[0] in g.members and g.span is None), None)
    return [m for m in named if (row is None and m is named[0]) or (row and m in row.members)]
