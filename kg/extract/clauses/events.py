"""Actions on policies, grants of awards, recognitions and money, and promises."""

import re
from collections.abc import Sequence
from functools import cache

from kg import lexicon
from kg.extract.clauses.clause import Parsed
from kg.extract.clauses.funding import funding
from kg.extract.clauses.honours import honours, once
from kg.extract.clauses.intent import intent_words
from kg.extract.clauses.joint import cooperations
from kg.extract.clauses.policies import policy_actions
from kg.extract.names.mentions import Read
from kg.extract.report.context import Context
from kg.extract.text.segment import Clause
from kg.extract.words.money import gives
from kg.extract.words.periods import due_date
from kg.extract.words.stages import sure_stage_words
from kg.model import Event


def events(context: Context, report: Sequence[Parsed]) -> list[Event]:
    """Events of a report in reading order, milestones left to their own module."""
    found: list[Event] = []
    topic = None
    for parsed in report:
        read = parsed.read
        if read.sentence.heading:
            continue
        found += policy_actions(context, parsed, topic) + honours(context, parsed)
        topic = parsed.topic or topic
        gave = gives().search(read.text) is not None
        kinds = {mention.type for mention in read.mentions}
        for clause in read.clauses if kinds or gave else ():
            found += funding(context, read, clause) if gave else []
            found += _commitments(context, read, clause)
    return once(found) + cooperations(context, report)


@cache
def _intent() -> re.Pattern[str]:
    verbs = "|".join(lexicon.words("verbs", role="intent"))
    return re.compile(rf"^(?:(?:并|同时|继续|加快|积极|全力|进一步|上半年|下半年|今年|年内|明年)*)(?:{verbs})")


_MONEY_SUM = re.compile(r"[\dX*]+(?:\.\d+)?[亿万]?元")
_ACTOR = re.compile("(?:将|要|拟|计划)(?!来)")
"""Behind the name of who intends something: `启航科技园将聚焦…`."""


def _commitments(context: Context, read: Read, clause: Clause) -> list[Event]:
    """What the office intends with a named thing: `谋划与…研究院战略合作`, and all that stands under 下半年工作要点."""
    intends = _intent().search(clause.text) and intent_words().search(clause.text)
    if not (intends or read.sentence.planned) or _MONEY_SUM.search(clause.text):
        return []
    named = read.between(
        clause.start,
        clause.end,
        "Park",
        "Project",
        "Platform",
        "ResearchInstitute",
        "Enterprise",
        "Programme",
    )
    named = [m for m in named if not _ACTOR.match(read.text, m.end)]
    if not named or sure_stage_words().search(clause.text):
        return []
    due = due_date(clause.text, context.header.base(read.sentence.planned))
    if due is None and read.sentence.planned and context.header.plan:
        due = context.header.plan.end
    span = read.sentence.span_of(clause.start, clause.end)
    status = clause.text.strip("“”")[:80]
    who = context.acting(read, clause.start, named[0].start)
    objects = [named[0]]
    for mention in named[1:]:
        if re.fullmatch("[、和与及]", read.text[objects[-1].end : mention.start]):
            objects.append(mention)
    return [Event("Commitment", span, context.name(m), participants=who, status=status, planned=True, due=due) for m in objects]
