"""Plain edges between named things."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from operator import attrgetter

from kg import lexicon
from kg.extract.clauses.clause import Clause, Parsed
from kg.extract.clauses.frames import Frame, Sides, frames, holds, player, sides
from kg.extract.clauses.groups import Group, called, ending_by, of_place, starting
from kg.extract.clauses.joint_work import Joint
from kg.extract.clauses.policies import issued, titled
from kg.extract.clauses.sites import after_others, come, founds, is_whole, paid_for, payer, seated
from kg.extract.clauses.skeleton import ASIDE, NAME
from kg.extract.document.context import Context, once
from kg.extract.document.gazetteer import is_county
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import ETC, OF
from kg.extract.text.segment import part_start
from kg.lexicon import any_word, pattern, pattern_text, word_pattern
from kg.model import Event, Honour, Relation, Span

_END = attrgetter("end")


def relations(context: Context, report: Sequence[Parsed], joints: Sequence[Joint], found: list[Event]) -> list[Relation]:
    """Relations of a report, each once, at the first sentence that states it."""
    edges: list[Relation] = []
    owner, topic = "", None
    for parsed in report:
        read = parsed.read
        if read.sentence.heading:
            continue
        owner = _field_owner(context, parsed) or owner
        edges += _entitled(context, parsed) + titled(context, parsed)
        edges += _nested_parks(context, read) + _of_a_place(context, read) + _of_firms(context, parsed)
        edges += [*seated(context, parsed), *_of_doers(context, read), *after_others(context, read)]
        founded, spent, focused = None, None, set[str]()
        for clause in parsed.clauses:
            told = _stated(context, clause, topic, founded)
            told += [*paid_for(context, clause, spent), *come(context, clause, topic)]
            founded, spent = _founded(clause) or founded, payer(clause) or spent
            focused |= {edge.object for edge in told if edge.predicate == "focusesOn"}
            edges += told
        edges += _focus(context, read, owner, focused)
        topic = parsed.topic or topic
    edges += [Relation(a, "cooperatesWith", b, joint.event.span) for joint in joints for a, b in joint.pairs]
    edges += [*_awards(context, found), *issued(found)]
    return once(edges)


def _stated(context: Context, clause: Clause, topic: Group | None, founded: tuple[int, Group] | None) -> list[Relation]:
    """What the frames of a predicate say, the first of each property; of what the clause before founds, what that is for."""
    edges: list[Relation] = []
    said: set[str] = set()
    if _is_noun(clause):
        return edges
    for frame in edge_frames(clause.word) if clause.parts else ():
        told = _of_founded(clause, frame, founded) or sides(clause, frame, topic) if frame.says not in said else None
        if told and not _is_mixed(clause, frame):
            said.add(frame.says)
            edges += _edges(context, clause, frame.says, told)
    return edges


def _of_founded(clause: Clause, frame: Frame, founded: tuple[int, Group] | None) -> Sides | None:
    """The fields of what the stretch right before founds: `与甲院共建乙中心,聚焦…`."""
    if frame.says != "focusesOn" or founded is None or founded[0] != clause.start - 1 or not (clause.bare and founded[1].of(frame.one_is)):
        return None
    fields = player(clause, frame.other, frame.other_is) if holds(clause, frame) else None
    return Sides(founded[1], fields) if fields else None


def _is_mixed(clause: Clause, frame: Frame) -> bool:
    """Whether a row that would tell of a zone's parks holds other things, too."""
    row = clause.parts.get("object")
    return frame.says == "partOf" and frame.one_is == _PARKS and row is not None and not is_whole(row)


_PARKS = frozenset({"Park"})


def _founded(clause: Clause) -> tuple[int, Group] | None:
    """What a clause founds, and where the clause ends: `与甲院共建乙中心,聚焦…` tells what 乙 works on."""
    made = clause.parts.get("object")
    if made is None or made.span or not made.of(lexicon.classes("site")) or not founds(clause):
        return None
    closes = _closing().fullmatch(clause.read.text, made.end, clause.end) is not None
    return (clause.end, Group(made.start, made.end, made.of(lexicon.classes("site")))) if closes else None


@cache
def _closing() -> re.Pattern[str]:
    """What may close a name that a stretch ends with."""
    return re.compile(rf"{any_word('clause_words', 'project')}?”?")


def _is_noun(clause: Clause) -> bool:
    """Whether a word is part of a noun: `投资公司`, `研发团队`, but not in `支持企业甲`."""
    noun = word_pattern("clause_words", "nominal").match(clause.read.text, clause.stop)
    thing = clause.parts.get("object")
    return noun is not None and not (thing and thing.start <= noun.end())


@cache
def edge_frames(word: str) -> tuple[Frame, ...]:
    """The frames of a word that say plain edges."""
    return tuple(frame for frame in frames(word) if frame.says[0].islower() and frame.says != "title")


def _edges(context: Context, clause: Clause, predicate: str, told: Sides) -> Iterator[Relation]:
    span = _span(clause, told)
    speaker = context.header.issuer or context.header.titled
    ones = [context.name(m) for m in told.one.members] if told.one else [speaker] if speaker else []
    others = [context.name(m) for m in told.other.members]
    for one, other in product(ones, others):
        yield Relation(one, predicate, other, span)


def _span(clause: Clause, told: Sides) -> Span:
    """From the first to the last that an edge joins, its predicate included."""
    here = [row for row in (told.one, told.other) if row and row.end <= len(clause.read.text)]
    stated = next((row.span for row in here if row.span), None)
    start, end = min([clause.at, *(row.start for row in here)]), max([clause.stop, *(row.members[-1].end for row in here if not row.span)])
    span = clause.read.sentence.span_of(start, end)
    return Span(min(span.start, stated.start), max(span.end, stated.end)) if stated else span


def _field_owner(context: Context, parsed: Parsed) -> str:
    """The park that a sentence speaks of."""
    spoken = parsed.topic.of(frozenset({"Park"})) if parsed.topic else ()
    return context.name(spoken[-1]) if spoken else ""


def _focus(context: Context, read: Read, subject: str, focused: set[str]) -> list[Relation]:
    """What rows of fields say of the park or place before them, but those of which a predicate has said it."""
    edges = []
    owners = [m for m in read.mentions if m.type in ("Park", "Place")] if read.lists else []
    for row in read.lists:
        if focused.issuperset(context.name(item) for item in row.items):
            continue
        before = owners[: bisect_right(owners, row.items[0].start, key=_END)]
        begins = part_start(read.text, row.start)
        near = before[-1] if before and before[-1].start >= begins else before[0] if before else None  # `甲区…,乙园…;同时布局…`
        owner = context.name(near) if near else subject
        if row.predicate and owner and not re.search(pattern_text("touches"), read.text[max(0, row.start - _NEAR) : row.start]):
            span = read.sentence.span_of(row.start, row.end)
            edges += [Relation(owner, row.predicate, context.name(item), span) for item in row.items]
    return edges


_NEAR = 4
"""Characters before a row of fields: `16个项目涉及新材料、数字经济等产业` tells what the projects are of, not what the place is for."""


def _nested_parks(context: Context, read: Read) -> list[Relation]:
    """`甲高新区的乙产业园`, `甲开发区内乙孵化器`: a park within another."""
    parks = [m for m in read.mentions if m.type in ("Park", "Platform")]
    nested = _pairs(read.text, parks, pattern_text("within"), ("Park",))
    return [
        Relation(
            context.name(inner), _nested_how(read.text[: outer.start]), context.name(outer), read.sentence.span_of(outer.start, inner.end)
        )
        for outer, inner in nested
    ]


def _pairs(text: str, named: list[Mention], link: str, outers: tuple[str, ...]) -> list[tuple[Mention, Mention]]:
    """What stands behind a thing of some classes with a link between, and those that go on its row."""
    pairs: list[tuple[Mention, Mention]] = []
    for outer, inner in pairwise(named):
        gap = text[outer.end : inner.start]
        if outer.type in outers and re.fullmatch(link, gap):
            pairs.append((outer, inner))
        elif pairs and pairs[-1][1] is outer and outer.type == inner.type and re.fullmatch(any_word("clause_words", "joins"), gap):
            pairs.append((pairs[-1][0], inner))
    return pairs


def _of_a_place(context: Context, read: Read) -> list[Relation]:
    """`甲县的乙公司丙项目`, `甲高新区的乙项目、丙项目`: what is of a place or a zone lies there."""
    pairs = _pairs(read.text, list(read.mentions), pattern_text("of_place"), ("Place", "Park"))
    pairs = [(place, thing) for place, thing in pairs if thing.type in _SETTLED or (place.type == "Place" and thing.type in _HOUSED)]
    pairs += _right_before(read)
    return [
        Relation(context.name(thing), "locatedIn", context.name(place), read.sentence.span_of(place.start, thing.end))
        for place, thing in pairs
    ]


def _right_before(read: Read) -> list[tuple[Mention, Mention]]:
    """`甲县乙项目、丙项目`: a project right behind a county or a zone, and those that go on its row."""
    outers = [m for m in read.mentions if m.type == "Park" or (m.type == "Place" and is_county(m.name))]
    near = {m.end for m in outers}
    pairs = _pairs(read.text, list(read.mentions), "", ("Place", "Park")) if near else []
    return [(place, thing) for place, thing in pairs if place.end in near and thing.type == "Project"]


def _of_firms(context: Context, parsed: Parsed) -> list[Relation]:
    """`甲、乙等丙市企业`: firms and institutes of a row lie where it says that they are from."""
    edges = []
    for row in parsed.groups:
        firms = row.of(frozenset({"Enterprise", "ResearchInstitute"}))
        after = of_place().match(parsed.text, row.members[-1].end) if firms and row.span is None else None
        place = parsed.read.at(after.end(), "Place") if after else None
        if place and called().match(parsed.text, place.end):
            span = parsed.read.sentence.span_of(row.start, place.end)
            edges += [Relation(context.name(firm), "locatedIn", context.name(place), span) for firm in firms]
    return edges


def _of_doers(context: Context, read: Read) -> list[Relation]:
    """`甲公司的“乙项目”`: what a firm or an institute undertakes, `甲公司的乙技术`: what it develops, `甲公司子公司乙`: what is its own."""
    edges = []
    for doer, work in pairwise(read.mentions):
        if doer.type == work.type == "Enterprise" and pattern("daughter").fullmatch(read.text, doer.end, work.start):
            edges.append(Relation(context.name(work), "partOf", context.name(doer), read.sentence.span_of(doer.start, work.end)))
        says = _WORKS.get(work.type, "")
        if says and doer.type in _WORKERS and _DOES.fullmatch(read.text, doer.end, work.start):
            span = read.sentence.span_of(doer.start, work.end)
            edges.append(Relation(context.name(doer), says, context.name(work), span))
    return edges


_WORKERS, _WORKS = ("Enterprise", "ResearchInstitute"), {"Project": "undertakes", "Technology": "develops"}
_DOES = re.compile(f'{OF}[“"]?')
_SETTLED, _HOUSED = ("Enterprise", "Project"), ("Park", "Platform", "ResearchInstitute")


def _nested_how(before: str) -> str:
    """`位于甲开发区的乙科创园` tells where it lies, `甲高新区的乙产业园` what it is part of."""
    return "locatedIn" if re.search(pattern_text("lies_in"), before) else "partOf"


@cache
def _is_so() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_word('clause_words', 'filler')}|{ASIDE})*{any_word('clause_words', 'is')}(?:{pattern_text('of_those')})?{ASIDE}*"
    )


@cache
def _being_so() -> re.Pattern[str]:
    return re.compile(rf"{ASIDE}*(?:{ETC}[^{NAME},;。]{{0,6}})?[,{OF}]?{ASIDE}*")


def _entitled(context: Context, parsed: Parsed) -> list[Relation]:
    """`甲公司是…企业`, `作为…企业,甲公司`: who has a title, without when or by whom it was given."""
    edges: list[Relation] = []
    if not any(m.type in _TITLE for m in parsed.read.mentions):
        return edges
    for row in parsed.groups:
        titles = row.of(_TITLE) if row.span is None else ()
        if not titles or len(titles) < len(row.members):
            continue
        before = ending_by(parsed.groups, row.start)
        before = before if before and _is_so().fullmatch(parsed.text, before.end, row.start) else None
        after = None
        if before is None and parsed.text.endswith(lexicon.words("clause_words", "being"), 0, row.start):
            begins = _being_so().match(parsed.text, row.end)
            after = starting(parsed.groups, begins.end()) if begins else None
        holders = [m for g in (before, after) if g for m in g.of(_HOLDERS)]
        span = parsed.read.sentence.span_of(min([row.start, *(m.start for m in holders)]), max([row.end, *(m.end for m in holders)]))
        edges += [Relation(context.name(holder), "receivesAward", context.name(title), span) for holder in holders for title in titles]
    return edges


_TITLE = frozenset({"Recognition"})
_HOLDERS = frozenset({"Enterprise", "ResearchInstitute", "Platform", "Park", "Project", "Place"})


def _awards(context: Context, found: list[Event]) -> list[Relation]:
    return [
        Relation(winner, "receivesAward", event.object, event.span)
        for event in found
        if isinstance(event, Honour)
        if not event.planned or word_pattern("clause_words", "proposed").search(context.text[event.span.start : event.span.end])
        for winner in event.participants
    ]
