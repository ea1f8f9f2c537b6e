"""What a name says by holding another: a site is its enterprise's, an institute its university's, a policy is for its park."""

from bisect import bisect_left
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from kg import lexicon
from kg.extract.names.mentions import Read
from kg.extract.names.names import Mention
from kg.extract.report.context import Context
from kg.model import Entity, Relation

_START = attrgetter("start")


class Within(NamedTuple):
    """A name, one that it holds, and the edge between the two (`data/lexicon/names_within.csv`)."""

    outer: Mention
    inner: Mention
    predicate: str


def names_within(read: Read) -> list[Within]:
    """Names of a sentence that hold others, of the classes that the lexicon joins."""
    inside = sorted(read.nested, key=_START)
    return [pair for outer in read.mentions if inside for pair in _pairs(outer, _held(inside, outer))]


def _held(inside: list[Mention], outer: Mention) -> list[Mention]:
    """Those of some names that lie within another, none of them its end."""
    between = inside[bisect_left(inside, outer.start, key=_START) : bisect_left(inside, outer.end, key=_START)]
    return [one for one in between if one.end < outer.end]


def _pairs(outer: Mention, held: list[Mention]) -> list[Within]:
    """The edge of each kind to the one that it is about: the longest at the start of the name, or the last of all."""
    found = []
    for kind in _kinds().get(outer.type, ()):
        fit = [one for one in held if kind.fits(one) and (kind.where == "last" or one.start == outer.start)]
        if fit:
            found.append(Within(outer, max(fit, key=lambda one: (one.end, one.end - one.start)), kind.predicate))
    return found


class _Kind(NamedTuple):
    inner: frozenset[str]
    predicate: str
    where: str
    not_ending: str

    def fits(self, held: Mention) -> bool:
        return held.type in self.inner and not (self.not_ending and held.name.endswith(self.not_ending))


@cache
def _kinds() -> dict[str, list[_Kind]]:
    """Class of the outer name → what it may hold."""
    kinds: dict[str, list[_Kind]] = {}
    for row in lexicon.table("names_within"):
        for outer in row["outer"].split("|"):
            kind = _Kind(frozenset(row["inner"].split("|")), row["predicate"], row["where"], row["not_ending"])
            kinds.setdefault(outer, []).append(kind)
    return kinds


def by_name(context: Context, entities: tuple[Entity, ...]) -> list[Relation]:
    """Edges that names say."""
    edges = [_edge(context, read, pair) for read in context.reads for pair in names_within(read)]
    return edges + _named_after_home(context, entities)


def _edge(context: Context, read: Read, pair: Within) -> Relation:
    span = read.sentence.span_of(pair.outer.start, pair.outer.end)
    return Relation(context.name(pair.outer), pair.predicate, context.name(pair.inner), span, "name")


def _named_after_home(context: Context, entities: tuple[Entity, ...]) -> list[Relation]:
    """A site with the district's name in its own stands in the district."""
    place, short = context.header.district, context.header.short_district
    if len(short) < 2 or not any(e.name == place for e in entities):
        return []
    return [
        Relation(e.name, "locatedIn", place, e.spans[0], "name")
        for e in entities
        if e.type in ("Park", "Project") and any(short in name for name in (e.name, *e.aliases))
    ]
