"""Who works together: the sides of a clause that speaks of joint work, and its fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise, product

from kg import lexicon
from kg.extract.clauses.clause import Clause, Parsed
from kg.extract.clauses.frames import Frame, frames, holds
from kg.extract.clauses.groups import Group
from kg.extract.clauses.skeleton import words
from kg.extract.names.mentions import Read
from kg.extract.report.context import Context
from kg.model import Event

_NEAR = 2
"""Sentences behind one that states a cooperation in which its fields may be told."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A cooperation as one clause states it: who, and which pairs of them work with each other."""

    event: Event
    pairs: tuple[tuple[str, str], ...]


@cache
def _mutual() -> re.Pattern[str]:
    return re.compile(words("mutual"))


@cache
def _each() -> re.Pattern[str]:
    return re.compile(words("each"))


@cache
def _all() -> re.Pattern[str]:
    return re.compile(words("all"))


def joint_work(context: Context, report: Sequence[Parsed]) -> list[Joint]:
    """Cooperations as the sentences of a report state them, each set of partners once in a sentence."""
    return [joint for parsed in report if parsed.groups for joint in _of_sentence(context, parsed)]


def _of_sentence(context: Context, parsed: Parsed) -> list[Joint]:
    """`甲与乙对接技术合作`, `甲联合乙、丙共同承担`, `与乙、丙签订…协议` (by whose report it is)."""
    found: dict[frozenset[str], Joint] = {}
    speaker = context.header.issuer or context.header.titled
    joints = [joint for clause in parsed.clauses for joint in _of_clause(context, clause, speaker)]
    for joint in joints + _in_titles(context, parsed.read):
        found.setdefault(frozenset(joint.event.participants), joint)
    return list(found.values())


def _of_clause(context: Context, clause: Clause, speaker: str) -> list[Joint]:
    told = joint_frames(clause.word) if clause.parts else ()
    return next((joints for frame in told if holds(clause, frame) and (joints := _stated(context, clause, frame, speaker))), [])


@cache
def joint_frames(word: str) -> tuple[Frame, ...]:
    """The frames of a word of joint work."""
    return tuple(frame for frame in frames(word) if frame.says == "Cooperation")


@cache
def _pact() -> re.Pattern[str]:
    return re.compile(rf"(?:{words('pact')})[》”]?$")


@cache
def _with() -> re.Pattern[str]:
    return re.compile(words("with"))


def _in_titles(context: Context, read: Read) -> list[Joint]:
    """`《甲与乙战略合作协议》`: what an agreement is called tells who made it."""
    found = []
    for title in read.mentions if read.nested else ():
        if title.type != "Policy" or not _pact().search(read.text, title.start, title.end):
            continue
        sides = [m for m in read.nested if m.type in _PARTIES and title.start <= m.start and m.end <= title.end]
        sides = [m for m in sides if not any(m.within(other) for other in sides)]
        if len(sides) == 2 and _with().fullmatch(read.text, sides[0].end, sides[1].start):
            names = (context.name(sides[0]), context.name(sides[1]))
            found.append(Joint(Event("Cooperation", read.sentence.span_of(title.start, title.end), participants=names), (names,)))
    return found


def _stated(context: Context, clause: Clause, frame: Frame, speaker: str) -> list[Joint]:
    right = _names(context, _first(clause, frame.other, frame))
    ones = ("is",) if "is" in clause.parts and "with" in clause.parts else frame.one  # 甲院是乙市与丙校的合作项目
    left = _names(context, _first(clause, ones, frame))
    left = [name for name in left if name not in right]
    if not left and right and "speaker" in frame.one and clause.bare and not (clause.planned or clause.relative):
        left = [speaker] if speaker and speaker not in right else []
    names = list(dict.fromkeys([*left, *right]))
    if len(names) < 2 or not left:
        return []
    if not right and not _act_together(clause):
        return []
    both = not right or _all().search(clause.text) is not None
    pairs = tuple(combinations(names, 2)) if both else tuple(product(left, right))
    groups = [names]
    if len(left) > 1 and right and _each().search(clause.text):
        groups = [[one, *right] for one in left]
    span = clause.read.sentence.span_of(min([clause.start, *(g.start for g in clause.parts.values())]), clause.stop)
    return [
        Joint(
            Event("Cooperation", span, participants=tuple(group), planned=clause.planned),
            tuple(pair for pair in pairs if set(pair) <= set(group)),
        )
        for group in groups
    ]


def _first(clause: Clause, parts: tuple[str, ...], frame: Frame) -> Group | None:
    for part in parts:
        for row in clause.rows(part):
            if row.of(frame.one_is):
                return row
    return None


def _names(context: Context, row: Group | None) -> list[str]:
    parties = [m for m in row.members if m.type in _PARTIES] if row else []
    return list(dict.fromkeys(context.name(m) for m in parties))


_PARTIES = frozenset({"Enterprise", "ResearchInstitute", "Platform", "GovernmentBody", "Park", "Place"})


def _act_together(clause: Clause) -> bool:
    """Whether those of a row act with each other: `甲、乙共建`, `甲和乙签约`, but not each for itself, as in `甲、乙等现场签约`."""
    row = clause.parts.get("subject")
    if row is None:
        return False
    marks = [clause.read.text[a.end : b.start] for a, b in pairwise(row.members)]
    return any("、" not in mark for mark in marks) or _mutual().search(clause.word) is not None


def cooperations(context: Context, joints: Sequence[Joint]) -> list[Event]:
    """One cooperation for one set of partners; the other sentences that speak of it become evidence."""
    told: dict[frozenset[str], list[Event]] = {}
    for one in joints:
        told.setdefault(frozenset(one.event.participants), []).append(one.event)
    return [_with_fields(context, replace(first, evidence=tuple(event.span for event in more))) for first, *more in told.values()]


@cache
def _both() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.words("cooperation", role="both")))


def _with_fields(context: Context, event: Event) -> Event:
    """Fields of a cooperation: technologies that a sentence near it lists for one of its participants."""
    fields: dict[str, None] = {}
    evidence = list(event.evidence)
    stated = {context.index(span) for span in (event.span, *event.evidence)}
    for index in sorted({at + step for at in stated for step in range(_NEAR + 1)}):
        if index >= len(context.reads):
            break
        read = context.reads[index]
        if not _speaks_of(context, read, event):
            continue
        listed = [context.name(item) for row in read.lists for item in row.items]
        if listed and index not in stated:
            evidence.append(read.sentence.span)
        fields.update(dict.fromkeys(listed))
    return replace(event, fields=tuple(fields), evidence=tuple(evidence))


def _speaks_of(context: Context, read: Read, event: Event) -> bool:
    return bool({context.name(m) for m in read.mentions} & set(event.participants)) or _both().search(read.text) is not None
