"""Projects named behind the stage of a whole batch: `27个项目集中开工。…4个基础设施类项目分别是甲、乙、丙和丁`."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg import lexicon
from kg.extract.clauses.clause import Parsed
from kg.extract.clauses.groups import each_first, number
from kg.extract.clauses.intent import intended
from kg.extract.clauses.skeleton import NAME
from kg.extract.document.context import Context
from kg.extract.names.boundaries import Mention, is_generic
from kg.extract.text.particles import OF
from kg.extract.words.periods import due_date
from kg.extract.words.quantities import numeral
from kg.extract.words.stages import stage_words
from kg.lexicon import any_word, pattern_text
from kg.model import Milestone

_FAR = 8
"""Sentences behind a batch in which its projects may be named."""
_OPENS = 6
"""Characters before a row's noun where no count stands with it (`开工的项目包括…`): the sentence opens with it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A number of projects that have reached a stage together, and how many of them may still be named."""

    stage: str
    planned: bool
    due: dt.date | None
    left: int | None
    at: int
    goes_on: bool = True


@cache
def _told() -> re.Pattern[str]:
    """`15个重大项目在甲区集中开工`, `此次签约的3个项目`, `开工项目8个`, `八大镇区的项目也集中开工`."""
    stages, nouns, count = any_word("clause_words", "carries"), any_word("clause_words", "built"), pattern_text("count")
    gap = "[^,;。、:()]"
    before = rf"(?P<n1>{count}){gap}{{0,16}}?(?:{nouns}){gap}{{0,24}}?(?P<s1>{stages})(?!{pattern_text('stage_goes_on')})"
    behind = rf"(?P<s2>{stages}){OF}?{gap}{{0,4}}?(?P<n2>{count}){gap}{{0,16}}?(?:{nouns})"
    counted = rf"(?P<s3>{stages}){OF}?(?:{nouns})(?P<n3>{count})"
    bare = rf"{OF}(?:{nouns}){pattern_text('all_too')}(?P<s4>{any_word('clause_words', 'at_once')}(?:{stages}))"
    return re.compile(rf"{before}|{behind}|{counted}|{bare}")


def means_row(subject: str, size: int) -> bool:
    """Whether a count takes up all that the stage before was told of: `甲和乙正在封顶,两个项目年底投产`."""
    return size > 1 and projects_in(subject) == size


def projects_in(text: str) -> Decimal | None:
    """How many projects a stretch tells of: `等四个项目`."""
    count = re.search(pattern_text("few_projects"), text)
    return numeral(count[1]) if count else None


def batches(context: Context, report: Sequence[Parsed], known: Sequence[Milestone]) -> list[Milestone]:
    """What the projects of each batch have reached, where sentences behind it name them and tell no stage of theirs.

    `known` are milestones that are told already.
    """
    found: list[Milestone] = []
    batch, end = None, 0
    for index, parsed in enumerate(report):
        sentence = parsed.read.sentence
        opens, end = context.starts_line(parsed.read, end), sentence.span.end
        if sentence.heading:
            batch = None
            continue
        if batch:
            batch = replace(batch, goes_on=batch.goes_on and not opens) if index - batch.at <= _FAR else None
        if batch:
            named = [one for one in _named(parsed, batch) if not is_generic(one.name)]
            found += [_event(context, parsed, one, batch) for one in named]
            batch = replace(batch, left=max(0, batch.left - len(named))) if batch.left is not None else batch
        batch = _batch(context, parsed, index) or batch
    told = {(event.object, event.status) for event in known}
    return [event for event in found if (event.object, event.status) not in told]


def _event(context: Context, parsed: Parsed, site: Mention, batch: Batch) -> Milestone:
    span = parsed.read.sentence.span_of(site.start, site.end)
    return Milestone(span, context.name(site), status=batch.stage, planned=batch.planned, due=batch.due)


def _batch(context: Context, parsed: Parsed, index: int) -> Batch | None:
    """The last batch that a sentence tells of without naming its projects."""
    read = parsed.read
    if not stage_words().search(read.text):
        return None
    told = list(_told().finditer(parsed.text))
    if not told or any(
        row.span and row.noun in lexicon.words("clause_words", "built") and row.span in read.sentence.span for row in parsed.groups
    ):
        return None  # 开工3个项目,包括甲、乙
    last = told[-1]
    stage = next(last[f"s{n}"] for n in (1, 2, 3, 4) if last[f"s{n}"])
    count = next((last[f"n{n}"] for n in (1, 2, 3) if last[f"n{n}"]), None)
    at = next(last.start(f"s{n}") for n in (1, 2, 3, 4) if last[f"s{n}"])
    planned = read.sentence.planned or intended(read, at)
    due = due_date(parsed.text[: last.end()], context.header.base(planned)) if planned else None
    return Batch(stage, planned, due, number(count), index)


def _named(parsed: Parsed, batch: Batch) -> tuple[Mention, ...]:
    """The projects of a batch that a sentence names."""
    seats = [row for row in parsed.groups if row.span and row.noun in lexicon.words("clause_words", "built")]
    rows = [row for row in seats if (row.start <= _OPENS if row.count is None else row.count > 1)]
    named = tuple(m for row in rows if not _has_stage(parsed, row.start, row.end) for m in row.of(lexicon.classes("built")))
    if named:
        return named
    if not batch.goes_on or _told().search(parsed.text):
        return ()
    if batch.left is None:
        return each_first(parsed.read, parsed.text)
    topic = parsed.topic.of(frozenset({"Project"})) if parsed.topic and batch.left else ()
    return topic if topic and len(topic) <= batch.left and not stage_words().search(parsed.read.text) else ()


def _has_stage(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the stretch of a row tells a stage of its own."""
    stretch = next((one for one in parsed.read.clauses if one.start <= start < one.end), None)
    told = stretch is not None and any(parsed.text[stretch.start + match.start()] != NAME for match in stage_words().finditer(stretch.text))
    return told or end > len(parsed.text)
