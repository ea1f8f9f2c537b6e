"""Who works together: the named sides of one clause that speaks of joint work."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise, product

from kg import lexicon
from kg.extract.clauses.intent import intended
from kg.extract.names.mentions import Read
from kg.extract.names.names import Mention
from kg.extract.report.context import Context
from kg.extract.text.segment import Clause, part_start
from kg.model import Event

_PARTIES = ("Enterprise", "ResearchInstitute", "Platform", "GovernmentBody", "Park", "Place")
_OPENING = 80
"""Characters at the head of a part of a sentence in which who opened it is named."""
_NEAR = 2
"""Sentences behind one that states a cooperation in which its fields may be told."""
_WITH = re.compile(r"(?:分别|还|也|已|并|将|共同|拟)*(?:与|同|和|携手)")


@dataclass(frozen=True, slots=True)
class Joint:
    """A cooperation as one clause states it: who, and which pairs of them work with each other."""

    event: Event
    pairs: tuple[tuple[str, str], ...]


def joint_work(context: Context, read: Read) -> list[Joint]:
    """`甲与乙对接技术合作`, `甲联合乙、丙共同承担`, `与乙、丙签订…协议` (by the office whose report it is)."""
    found: list[Joint] = []
    if not read.mentions or _joint_words(read.text) is None:
        return found
    for clause in read.clauses:
        joint = _joint_words(clause.text)
        if joint is None:
            continue
        sides = _adjoining(read.text, read.between(clause.start, clause.start + joint[0], *_PARTIES))
        found += _stated(context, read, clause, joint, sides)
    return found


def _stated(context: Context, read: Read, clause: Clause, joint: tuple[int, int], sides: list[Mention]) -> list[Joint]:
    if not sides:
        return []
    split = next((i for i, (a, b) in enumerate(pairwise(sides), 1) if _WITH.search(read.text[a.end : b.start])), 0)
    left = [context.name(m) for m in sides[:split]]
    right = [context.name(m) for m in sides[split:]]
    opening = read.text[clause.start : sides[0].start]
    if not split and re.search(r"(?:^|[分别还也已并将拟]|成功|先后|相继)(?:与|同|携手|联合)$", opening):
        own = _subject(context, read, clause) or context.header.issuer or context.header.titled
        left = [own] if own and own not in right else []
    names = list(dict.fromkeys([*left, *right]))
    if len(names) < 2 or not (left or _together(read.text, sides, clause.text[slice(*joint)])):  # two sides make a cooperation
        return []
    span = read.sentence.span_of(clause.start, clause.start + joint[1])
    planned = intended(read, clause.start + joint[0])
    groups = [names]
    if left and len(left) > 1 and "分别" in read.text[sides[split - 1].end : sides[split].start]:
        groups = [[one, *right] for one in left]
    return [Joint(Event("Cooperation", span, participants=tuple(group), planned=planned), _pairs(group, left, right)) for group in groups]


def _subject(context: Context, read: Read, clause: Clause) -> str:
    """Who opened the sentence of which a later clause tells whom it worked with: `甲与乙签署协议,并与丙共建平台`."""
    start = part_start(read.text, clause.start)
    first = next(iter(read.between(start, min(clause.start, start + _OPENING), *_PARTIES)), None)
    return context.name(first) if first and first.start - start <= _NEAR and first.type != "Place" else ""


def _pairs(group: list[str], left: list[str], right: list[str]) -> tuple[tuple[str, str], ...]:
    """Each of the one side with each of the other; all with all where no 与 tells the sides apart."""
    if not left:
        return tuple(combinations(group, 2))
    return tuple((a, b) for a, b in product([name for name in left if name in group], right) if a != b)


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.words("cooperation", role="joint")))


@cache
def _allied() -> re.Pattern[str]:
    """What a party founds or develops with those named behind 联合: `联合某大学设立…基地`."""
    return re.compile(rf"(?:联合|携手)[^,;。]{{3,40}}?(?P<act>{lexicon.any_of(lexicon.words('cooperation', role='founds'))})")


def _joint_words(text: str) -> tuple[int, int] | None:
    """Where a text's words of joint work stand."""
    joint = _joint().search(text)
    allied = None if joint else _allied().search(text)
    return joint.span() if joint else allied.span("act") if allied else None


def _together(text: str, sides: list[Mention], joint: str) -> bool:
    """Whether the sides act with each other: `甲、乙共建`, but not each for itself, as in `甲、乙等现场签约`."""
    enumerated = all(text[a.end : b.start] == "、" for a, b in pairwise(sides))
    return not enumerated or re.search("共|联合", joint) is not None


_JOINED = re.compile(r"[、和与及同]|等?(?:还|也|已|并|将|分别|拟)*(?:联合|携手|会同|牵手|以及|与|同)")


def _adjoining(text: str, sides: list[Mention]) -> list[Mention]:
    """The last run of parties that are joined with each other: a place named further off is none of them."""
    run: list[Mention] = []
    for side in reversed(sides):
        if run and not _JOINED.fullmatch(text[side.end : run[0].start]):
            break
        run.insert(0, side)
    return run


def cooperations(context: Context) -> list[Event]:
    """One cooperation for one set of partners; the other sentences that speak of it become evidence."""
    told: dict[frozenset[str], list[Event]] = {}
    for read in context.reads:
        for one in [] if read.sentence.heading else joint_work(context, read):
            told.setdefault(frozenset(one.event.participants), []).append(one.event)
    return [_with_fields(context, replace(first, evidence=tuple(event.span for event in more))) for first, *more in told.values()]


@cache
def _both() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("cooperation", role="both")))


def _with_fields(context: Context, event: Event) -> Event:
    """Fields of a cooperation: technologies that a sentence near it lists for one of its participants."""
    places = (event.span, *event.evidence)
    fields: dict[str, None] = {}
    evidence = list(event.evidence)
    stated = {context.index(span) for span in places}
    for index in sorted({at + step for at in stated for step in range(_NEAR + 1)}):
        if index >= len(context.reads):
            break
        read = context.reads[index]
        spoken = {context.name(m) for m in read.mentions} & set(event.participants)
        if not spoken and not _both().search(read.text):
            continue
        listed = [context.name(item) for row in read.lists for item in row.items]
        if listed and index not in stated:
            evidence.append(read.sentence.span)
        fields.update(dict.fromkeys(listed))
    return replace(event, fields=tuple(fields), evidence=tuple(evidence))
