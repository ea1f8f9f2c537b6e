"""What is done to policies, and by whom."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lexicon
from kg.extract.clauses.clause import Clause, Parsed
from kg.extract.clauses.groups import Group, ending_by
from kg.extract.clauses.intent import intended
from kg.extract.clauses.skeleton import ASIDE
from kg.extract.document.context import Context
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.names.policies import Title
from kg.extract.text.particles import DONE, OF
from kg.extract.text.segment import clause_start
from kg.extract.words.periods import due_date
from kg.lexicon import any_of, any_word
from kg.model import Event, PolicyAction, Relation

_AUTHORITIES = frozenset({"GovernmentBody", "Park"})


@cache
def policy_verbs() -> dict[str, lexicon.Row]:
    """Verbs that act on a policy: verb → its row of `data/lexicon/policy_actions.csv`."""
    return {r["verb"]: r for r in lexicon.table("policy_actions")}


def policy_actions(context: Context, parsed: Parsed, topic: Group | None) -> list[PolicyAction]:
    """`修订《甲》`, `《甲》经审议通过`, `将《甲》《乙》印发各镇`: each title with what is done to it, by whom.

    `topic` is what the sentence before speaks of.
    """
    read = parsed.read
    due = due_date(_outside(read), context.header.plan) if read.sentence.planned else None
    found = []
    for title in read.titles:
        mention = read.at(title.start, "Policy")
        clause = _acting_on(parsed, mention) if mention else None
        status = _status(title, clause)
        if mention is None or not status:
            continue
        start = clause_start(read.text, title.start)
        stop = title.end + len(title.phrase)
        if clause and not title.phrase and status == clause.word:
            start, stop = min(start, clause.at), max(stop, clause.stop)
        planned = clause.planned if clause and "of" in clause.parts else intended(read, title.start)
        who = _who(context, read, clause, start, title, topic)
        span = read.sentence.span_of(start, stop)
        found.append(PolicyAction(span, context.name(mention), participants=who, status=status, planned=planned, due=due))
    return found


def _acting_on(parsed: Parsed, policy: Mention) -> Clause | None:
    """The clause whose verb acts on a policy."""
    verbs = [c for c in parsed.clauses if c.word in policy_verbs()]
    return next((c for c in reversed(verbs) if policy in c.parts.get("object", _NOTHING).members), None)


_NOTHING = Group(0, 0, ())


def _status(title: Title, clause: Clause | None) -> str:
    row = policy_verbs().get(title.verb)
    own = title.phrase or (title.verb if row and row["anchor"] == "no" else "")
    return own or (clause.word if clause and policy_verbs()[clause.word]["anchor"] == "no" else "")


def _who(context: Context, read: Read, clause: Clause | None, start: int, title: Title, topic: Group | None) -> tuple[str, ...]:
    """Who acts: named in the clause or before it, else whose report it is, else what the sentence before speaks of."""
    rows = clause.rows("subject") if clause else ()
    named = next((members for row in rows if (members := row.of(_AUTHORITIES))), ())
    if named:
        jointly = named if all(m.type == "GovernmentBody" for m in named) else named[-1:]
        return tuple(dict.fromkeys(context.name(m) for m in jointly))
    place = next((members[-1] for row in rows if (members := row.of(frozenset({"Place"})))), None)
    office = context.acting(read, start, title.start)
    stated = clause is not None and not clause.bare and not office  # 甲市出台《乙》 in no office's report
    if place and (stated or context.name(place) != context.header.district):
        return (context.name(place),)
    if clause and (clause.relative or not clause.bare):  # somebody else does it, or who is not told: no park whose report it is
        return office
    spoken = topic.of(_AUTHORITIES) if topic and not office else ()
    return office or ((context.name(spoken[-1]),) if spoken else (context.header.titled,) if context.header.titled else ())


def _outside(read: Read) -> str:
    """A sentence without the titles in it, whose years are no dates of what is done to them."""
    pieces, at = [], 0
    for title in read.titles:
        pieces.append(read.text[at : title.start])
        at = title.end
    return "".join([*pieces, read.text[at:]])


@cache
def _issuing() -> re.Pattern[str]:
    told = (*lexicon.words("policy_actions", issues="yes"), *lexicon.words("policy_after", status="issued"))
    return re.compile(any_of(told))


def issued(found: Sequence[Event]) -> Iterator[Relation]:
    """An office issues what it made, revised, issued or published; what it only prepares (`研究制定`, `起草`) is not issued yet."""
    for event in found:
        if isinstance(event, PolicyAction) and not event.planned and _issuing().fullmatch(event.status):
            yield from (Relation(who, "issues", event.object, event.span) for who in event.participants)


@cache
def _told_of() -> re.Pattern[str]:
    """What stands between an office and the title of what it issued: nothing, or `联合印发的`."""
    verbs = any_word("policy_actions", issues="yes")
    return re.compile(
        rf"{ASIDE}*(?:{any_word('clause_words', 'filler')}|{any_word('clause_words', 'allied')})*(?:{verbs})?{DONE}?{OF}?{ASIDE}*"
    )


def titled(context: Context, parsed: Parsed) -> list[Relation]:
    """`根据甲厅《乙》`, `落实丙局印发的《丁》`: an office right before the title of what it issued, whatever is done to that here."""
    edges = []
    for title in parsed.read.titles:
        policy = parsed.read.at(title.start, "Policy")
        last = ending_by(parsed.groups, title.start) if policy else None
        offices = last.of(frozenset({"GovernmentBody"})) if last else ()
        if policy and last and len(offices) == len(last.members) and _told_of().fullmatch(parsed.text, last.end, title.start):
            span = parsed.read.sentence.span_of(last.start, title.end)
            edges += [Relation(context.name(office), "issues", context.name(policy), span) for office in offices]
    return edges
