"""What predicates say of those that play a part in their clause: `data/lexicon/frames.csv`, read once."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg import lexicon
from kg.extract.clauses.clause import Clause
from kg.extract.clauses.groups import Group
from kg.lexicon import any_of, any_word

_STAGE, _BUILT = "*", "*built"
"""The words of frames.csv that stand for each that tells how far a site has come, and for each that tells of building."""
_ELSEWHERE = ("signed", "unveiled", "preparation", "approved", "land-obtained")
"""Stages that may be reached elsewhere than where the site lies."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a word says: a property or a class of event, and who may play its two sides, part by part.

    `needs` is the role of the words of which one must stand in the rest of the clause, or "".
    """

    says: str
    needs: str
    one: tuple[str, ...]
    one_is: frozenset[str]
    other: tuple[str, ...]
    other_is: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sides:
    """Who plays the two sides of a frame in a clause; `spoken` is set where whose report it is plays the first."""

    one: Group | None
    other: Group
    spoken: bool = False


def _classes(cell: str) -> frozenset[str]:
    groups = lexicon.mapping("class_groups", "classes")
    return frozenset().union(*(lexicon.classes(one) if one in groups else {one} for one in cell.split("|")))


@cache
def _told() -> Mapping[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = defaultdict(list)
    for row in lexicon.table("frames"):
        one, other = tuple(row["one"].split("|")), tuple(row["other"].split("|"))
        found[row["word"]].append(Frame(row["says"], row["needs"], one, _classes(row["one_is"]), other, _classes(row["other_is"])))
    for word in lexicon.words("cooperation", "joint"):
        found[word].append(Frame("Cooperation", "", ("subject", "speaker"), _classes("party"), ("with",), _classes("party")))
    return MappingProxyType({word: tuple(frames) for word, frames in found.items()})


@cache
def frames(word: str) -> tuple[Frame, ...]:
    """What a word says; `共同承担` says what `承担` says, too."""
    stage = lexicon.mapping("stages", "stage").get(word)
    staged = () if stage is None else _told()[_STAGE] if stage in _ELSEWHERE else (*_told()[_STAGE], *_told()[_BUILT])
    own = (*_told().get(word, ()), *staged)
    eager = re.match(any_word("clause_words", "eager"), word)
    return (*own, *(_told().get(word[eager.end() :], ()) if eager else ()))


@cache
def predicates() -> re.Pattern[str]:
    """The words of all frames, and those that tell how far a site has come; a word that goes before another is read with it."""
    told = {*_told(), *lexicon.words("stages"), *lexicon.words("policy_actions", anchor="no")} - {_STAGE, _BUILT}
    return re.compile(any_of(sorted(told, key=lambda word: (-len(word), word))))


def holds(clause: Clause, frame: Frame) -> bool:
    """Whether the clause has the words that a frame needs, or has none of those that it must be without."""
    if not frame.needs:
        return True
    found = re.search(any_word("clause_words", frame.needs.removeprefix(_WITHOUT)), clause.read.text[clause.stop : clause.end])
    return (found is None) == frame.needs.startswith(_WITHOUT)


_WITHOUT = "!"
"""Before the role of words in frames.csv none of which may stand in the rest of the clause."""


def sides(clause: Clause, frame: Frame, topic: Group | None = None) -> Sides | None:
    """Who plays the sides of a frame; None where somebody is missing."""
    if not holds(clause, frame):
        return None
    other = player(clause, frame.other, frame.other_is, topic)
    if other is None:
        return None
    one = player(clause, frame.one, frame.one_is, topic)
    if one and not {m.name for m in one.members} & {m.name for m in other.members}:
        return Sides(one, other)
    return Sides(None, other, True) if one is None and clause.bare and not clause.relative and "speaker" in frame.one else None


def player(clause: Clause, parts: tuple[str, ...], classes: frozenset[str], topic: Group | None = None) -> Group | None:
    """The first row that plays one of some parts and holds something of the classes, without what is of others."""
    for part in parts:
        first, _, beside = part.partition("+")
        for row in (topic,) if first == "topic" else clause.rows(first):
            if row and (members := row.of(classes)):
                more = next((other.of(classes) for other in clause.rows(beside)), ()) if beside else ()
                return Group(row.start, row.end, (*members, *more), row.noun, row.count, row.span)
    return None
