"""Who works together: the sides of a clause that speaks of joint work, and its fields."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import combinations, pairwise, product

from kg import lexicon
from kg.extract.clauses.clause import Clause, Parsed
from kg.extract.clauses.frames import Frame, frames, holds
from kg.extract.clauses.groups import Group
from kg.extract.document.context import Context
from kg.extract.names.mentions import Read
from kg.extract.text.particles import ABOUT
from kg.lexicon import any_word, pattern, word_pattern
from kg.model import Cooperation

_NEAR = 2
"""Sentences behind one that states a cooperation in which its fields may be told."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A cooperation as one clause states it: who, and which pairs of them work with each other."""

    event: Cooperation
    pairs: tuple[tuple[str, str], ...]


def joint_work(context: Context, report: Sequence[Parsed]) -> list[Joint]:
    """Cooperations as the sentences of a report state them, each set of partners once in a sentence."""
    joints: list[Joint] = []
    topic, end = "", 0
    for parsed in report:
        topic = "" if context.starts_line(parsed.read, end) else topic
        end = parsed.read.sentence.span.end
        if parsed.groups:
            joints += _of_sentence(context, parsed, partial(_speaker, context, parsed.read, topic))
        topic = _spoken_of(context, parsed) or topic
    return joints


def _spoken_of(context: Context, parsed: Parsed) -> str:
    """The one party that a sentence speaks of, which the next one may leave out: `甲区…。并与乙、丙签约`."""
    parties = parsed.topic.of(lexicon.classes("party") - {"Platform"}) if parsed.topic else ()
    return context.name(parties[0]) if len(parties) == 1 else ""


def _speaker(context: Context, read: Read, topic: str) -> str:
    """Who works with somebody where a clause names one side alone: whom the sentence before speaks of, whose report it is."""
    if read.sentence.heading:
        return ""
    own = next((word for word in lexicon.words("wholes") if word in read.text), "")
    own = own and context.header.whole(own)
    speaker = context.header.issuer or context.header.titled or topic or own or _subject(context)
    return "" if speaker in lexicon.words("wholes") else speaker


def _subject(context: Context) -> str:
    """Of whom a report speaks, where its title or its first sentences say so."""
    subject = context.header.subject
    named = any(subject in read.text for read in context.reads[:_OPENING])
    return subject if context.header.stated or (subject and named) else ""


_OPENING = 2
"""Sentences at the beginning of a text that may say of whom it speaks."""


def _of_sentence(context: Context, parsed: Parsed, speaker: Callable[[], str]) -> list[Joint]:
    """`甲与乙对接技术合作`, `甲联合乙、丙共同承担`, `与乙、丙签订…协议` (by whose report it is)."""
    found: dict[frozenset[str], Joint] = {}
    joints = [joint for clause in parsed.clauses for joint in _of_clause(context, clause, speaker)]
    joints += [joint for clause in parsed.clauses if joints for joint in _other_pairs(context, parsed, clause)]
    for joint in joints + _in_titles(context, parsed.read):
        found.setdefault(frozenset(joint.event.participants), joint)
    return list(found.values())


def _of_clause(context: Context, clause: Clause, speaker: Callable[[], str]) -> list[Joint]:
    told = (joint_frames(clause.word) or _together(clause)) if clause.parts else ()
    return next((joints for frame in told if holds(clause, frame) and (joints := _stated(context, clause, frame, speaker))), [])


@cache
def joint_frames(word: str) -> tuple[Frame, ...]:
    """The frames of a word of joint work."""
    return tuple(frame for frame in frames(word) if frame.says == "Cooperation")


def _together(clause: Clause) -> tuple[Frame, ...]:
    """`甲联合乙推出…`, `甲与乙共同完成的…`: whatever they do, they do it with each other."""
    beside = clause.parts.get("with")
    if beside is None or beside.span:
        return ()
    text = clause.read.text
    allied = text.endswith(lexicon.words("clause_words", "allied"), clause.start, beside.start)
    return _common() if allied or word_pattern("clause_words", "eager").search(text, beside.end, clause.at) else ()


@cache
def _pact() -> re.Pattern[str]:
    return re.compile(rf"{any_word('clause_words', 'pact')}[》”]?$")


def _in_titles(context: Context, read: Read) -> list[Joint]:
    """`《甲与乙战略合作协议》`: what an agreement is called tells who made it."""
    found = []
    for title in read.mentions:
        if title.type != "Policy" or not _pact().search(read.text, title.start, title.end):
            continue
        sides = [m for m in read.nested if m.type in lexicon.classes("party") and title.start <= m.start and m.end <= title.end]
        sides = [m for m in sides if not any(m.within(other) for other in sides)]
        names = tuple(context.name(side) for side in sides)
        if len(sides) != 2 or not word_pattern("clause_words", "with").fullmatch(read.text, sides[0].end, sides[1].start):
            names = _known_sides(context, read.text[title.start : title.end])
        if len(set(names)) == 2:
            pair = (names[0], names[1])
            found.append(Joint(Cooperation(read.sentence.span_of(title.start, title.end), participants=pair), (pair,)))
    return found


def _known_sides(context: Context, title: str) -> tuple[str, ...]:
    """The two parties in a title as other sentences name them."""
    title = title.lstrip(f"《“{ABOUT}")
    joined = word_pattern("clause_words", "with").search(title)
    parties = {m.name for read in context.reads for m in read.mentions if m.type in lexicon.classes("party")} if joined else ()
    left = title[: joined.start()] if joined and title[: joined.start()] in parties else ""
    right = max((one for one in parties if joined and title.startswith(one, joined.end())), key=len, default="") if left else ""
    return (context.names.get(left, left), context.names.get(right, right)) if left and right else ()


def _stated(context: Context, clause: Clause, frame: Frame, speaker: Callable[[], str]) -> list[Joint]:
    beside = _first(clause, frame.other, frame.other_is)
    right = _names(context, beside)
    ones = ("is",) if "is" in clause.parts and "with" in clause.parts else frame.one  # 甲院是乙市与丙校的合作项目
    left = _names(context, _first(clause, ones, frame.one_is))
    left = [name for name in left if name not in right]
    if not left and right and "speaker" in frame.one and _is_told(clause):
        left = [one for one in [speaker()] if one and one not in right]
    names = list(dict.fromkeys([*left, *right]))
    if len(names) < 2 or not left or _is_kind(clause):
        return []
    if not right and not _act_together(clause):
        return []
    both = not right or word_pattern("clause_words", "all").search(clause.text) is not None
    pairs = tuple(combinations(names, 2)) if both else tuple(product(left, right))
    groups = [names]
    if len(left) > 1 and right and word_pattern("clause_words", "each").search(clause.text):
        closed = beside is not None and not (beside.noun or beside.end > beside.members[-1].end)
        apart = closed and len(left) == len(right)  # 甲、乙分别与丙、丁签约: 甲 with 丙, 乙 with 丁
        groups = [[a, b] for a, b in zip(left, right, strict=True)] if apart else [[one, *right] for one in left]
    elif len(left) == 1 and len(right) > 1 and _in_turn(clause):
        groups = [[*left, one] for one in right]
    span = clause.read.sentence.span_of(min([clause.start, *(g.start for g in clause.parts.values())]), clause.stop)
    return [
        Joint(
            Cooperation(span, participants=tuple(group), planned=clause.planned),
            tuple(pair for pair in pairs if set(pair) <= set(group)),
        )
        for group in groups
    ]


def _in_turn(clause: Clause) -> bool:
    """Whether one works with several, each for itself: `甲先后与乙、丙签订协议`."""
    beside = clause.parts.get("with")
    text = clause.read.text[clause.start : beside.start] if beside and beside.span is None else ""
    joined = text[:-1] if word_pattern("clause_words", "with").fullmatch(text[-1:]) else ""
    return joined.endswith(lexicon.words("clause_words", "in_turn"))


def _is_told(clause: Clause) -> bool:
    """Whether a clause that names one side alone tells of work that is done: none that is intended, wished for or looked back upon."""
    told = clause.lone and not (clause.planned or clause.relative)
    return told and not word_pattern("clause_words", "wishes").search(clause.read.text, 0, clause.at)


def _is_kind(clause: Clause) -> bool:
    """Whether a clause without a subject of its own only names a kind: `其中与甲市合作项目有9个`."""
    nouns = [one for one in lexicon.words("row_nouns") if clause.read.text.startswith(one, clause.stop)] if clause.bare else []
    noun = max(nouns, key=len, default="")
    return bool(noun) and pattern("kind_ends").match(clause.read.text, clause.stop + len(noun)) is not None


def _first(clause: Clause, parts: tuple[str, ...], classes: frozenset[str]) -> Group | None:
    for part in parts:
        for row in clause.rows(part):
            if row.of(classes):
                return row
    return None


def _names(context: Context, row: Group | None) -> list[str]:
    parties = [m for m in row.members if m.type in lexicon.classes("party")] if row else []
    return list(dict.fromkeys(context.name(m) for m in parties))


def _other_pairs(context: Context, parsed: Parsed, clause: Clause) -> list[Joint]:
    """`甲与乙、丙与丁签约`: the pairs before the one that stands nearest to what they do."""
    text, last = parsed.read.text, clause.parts.get("subject")
    found: list[Joint] = []
    while last and "with" in clause.parts and text[last.start - 1 : last.start] in ("、", ","):
        right = next((g for g in parsed.groups if g.end == last.start - 1), None)
        left = next(
            (
                g
                for g in parsed.groups
                if right and g.end < right.start and word_pattern("clause_words", "with").fullmatch(text, g.end, right.start)
            ),
            None,
        )
        names = (_names(context, left), _names(context, right))
        last = left if all(names) else None
        if left and right and all(names) and len({*names[0], *names[1]}) > 1:
            pairs = tuple(product(*names))
            span = parsed.read.sentence.span_of(left.start, clause.stop)
            found.append(Joint(Cooperation(span, participants=tuple(dict.fromkeys(names[0] + names[1])), planned=clause.planned), pairs))
    return found


def _act_together(clause: Clause) -> bool:
    """Whether those of a row act with each other: `甲、乙共建`, `甲和乙签约`, but not each for itself, as in `甲、乙等现场签约`."""
    row = clause.parts.get("subject")
    if row is None or word_pattern("clause_words", "each").search(clause.read.text, row.end, clause.at):
        return False
    marks = [clause.read.text[a.end : b.start] for a, b in pairwise(row.members)]
    return any("、" not in mark for mark in marks) or word_pattern("clause_words", "mutual").search(clause.word) is not None


def cooperations(context: Context, joints: Sequence[Joint]) -> list[Cooperation]:
    """One cooperation for one set of partners; the other sentences that speak of it become evidence."""
    told: dict[frozenset[str], list[Cooperation]] = {}
    for one in joints:
        told.setdefault(frozenset(one.event.participants), []).append(one.event)
    return [_with_fields(context, replace(first, evidence=tuple(event.span for event in more))) for first, *more in told.values()]


def _with_fields(context: Context, event: Cooperation) -> Cooperation:
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


def _speaks_of(context: Context, read: Read, event: Cooperation) -> bool:
    return (
        bool({context.name(m) for m in read.mentions} & set(event.participants))
        or word_pattern("cooperation", "both").search(read.text) is not None
    )


@cache
def _common() -> tuple[Frame, ...]:
    parties = lexicon.classes("party")
    return (Frame("Cooperation", "", ("subject", "speaker"), parties, ("with",), parties),)
