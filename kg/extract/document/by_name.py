"""What a name says by holding another: a site is its enterprise's, an institute its university's, a policy is for its park."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from kg import lexicon
from kg.extract.document.context import Context
from kg.extract.document.gazetteer import is_county, place_at, short_of
from kg.extract.document.home import Home, behind_firm, is_described
from kg.extract.names.boundaries import Mention, is_generic
from kg.extract.names.mentions import Read
from kg.extract.names.proposals import known_field
from kg.extract.text.particles import AND, WITH
from kg.lexicon import pattern
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
    pairs = [pair for outer in read.mentions if inside for pair in _pairs(read.text, outer, _held(inside, outer))]
    pairs += [pair for outer in read.mentions if outer.type in _BUILT and (pair := _of_county(outer))]
    return pairs + [pair for outer in read.mentions if outer.type == "Policy" for pair in _fields(read.text, outer)]


def _fields(text: str, policy: Mention) -> list[Within]:
    """The industries that a policy is to further, as its title says: `甲市促进乙产业高质量发展的若干措施`."""
    told = pattern("titled_field").search(text, policy.start, policy.end)
    at = told.start("fields") if told else 0
    fields = [(at + m.start(), at + m.end()) for m in _FIELD.finditer(told["fields"])] if told else []
    named = [
        Mention(start, end, known_field(text[start:end]), "Industry", "known") for start, end in fields if not is_generic(text[start:end])
    ]
    return [Within(policy, field, "focusesOn") for field in named if len(named) == len(fields)]


_FIELD = re.compile(f"[^、{WITH}{AND}]+")


_BUILT = ("Project", "Park")


def _of_county(outer: Mention) -> Within | None:
    """The county or district with whose whole name that of a site begins: `乌兰县光伏项目`."""
    known = place_at(outer.name)
    name = known if is_county(known) else match[0] if not known and (match := pattern("county").match(outer.name)) else ""
    if not name or is_generic(name) or is_generic(outer.name[len(name) :]) or len(outer.name) - len(name) < _REST:
        return None
    if outer.name.startswith((*lexicon.words("zone_words"), *lexicon.words("ranges")), len(name)) or outer.end - outer.start != len(
        outer.name
    ):
        return None  # 嘉禾县开发区 is the county's own, 嘉禾县至宁远县高速公路 lies in neither
    return Within(outer, Mention(outer.start, outer.start + len(name), name, "Place", "known"), "locatedIn")


_REST = 4
"""Characters of a site's name behind its county's, at least."""


def _held(inside: list[Mention], outer: Mention) -> list[Mention]:
    """Those of some names that lie within another, none of them its end."""
    between = inside[bisect_left(inside, outer.start, key=_START) : bisect_left(inside, outer.end, key=_START)]
    return [one for one in between if one.end < outer.end]


def _pairs(text: str, outer: Mention, held: list[Mention]) -> list[Within]:
    """The edge of each kind to the one that it is about: the longest at the start of the name, or the last of all."""
    found = []
    begins = outer.start + (text[outer.start] in _OPENING)
    for kind in _kinds().get(outer.type, ()):
        fit = [one for one in held if kind.fits(text, outer, one, begins)]
        if fit:
            found.append(Within(outer, max(fit, key=lambda one: (one.end, one.end - one.start)), kind.predicate))
    return found


_OPENING = ("《", "“")


class _Kind(NamedTuple):
    inner: frozenset[str]
    predicate: str
    where: str
    endings: tuple[str, ...]
    not_ending: tuple[str, ...]
    inner_ending: str

    def fits(self, text: str, outer: Mention, held: Mention, begins: int) -> bool:
        if held.type not in self.inner or not held.name.endswith(self.inner_ending):
            return False
        if (self.not_ending and held.name.endswith(self.not_ending)) or _is_no_site(outer, held):
            return False
        if self.where == "bracket":  # 甲试验区(乙)建设方案
            return text[held.start - 1] == "(" and text[held.end] == ")"
        return (self.where == "last" or held.start == begins) and outer.name.endswith(self.endings)


def _is_no_site(outer: Mention, held: Mention) -> bool:
    """Whether what follows a firm in a name is the end of a word, or makes a zone of it: `天津港保税区` is nobody's site."""
    rest = outer.name[outer.name.find(held.name) + len(held.name) :]
    return held.type == "Enterprise" and (len(rest) < _SHORTEST or rest.startswith(lexicon.words("zone_words")))


@cache
def _kinds() -> dict[str, list[_Kind]]:
    """Class of the outer name → what it may hold."""
    kinds: dict[str, list[_Kind]] = {}
    for row in lexicon.table("names_within"):
        endings = tuple(row["outer_ending"].split("|"))
        not_ending = tuple(row["not_ending"].split("|")) if row["not_ending"] else ()
        kind = _Kind(frozenset(row["inner"].split("|")), row["predicate"], row["where"], endings, not_ending, row["inner_ending"])
        for outer in row["outer"].split("|"):
            kinds.setdefault(outer, []).append(kind)
    return kinds


def by_name(context: Context, entities: tuple[Entity, ...], home: Home) -> list[Relation]:
    """Edges that names say."""
    pairs = [(read, pair) for read in context.reads for pair in names_within(read) if not _is_described(pair.outer)]
    own = home.place if home.office else ""
    edges = [edge for edge in (_edge(context, *one) for one in pairs) if not (edge.predicate == "appliesTo" and edge.object == own)]
    edges += [edge for read in context.reads for edge in _behind_firms(context, read)]
    scoped = {edge.subject for edge in edges if edge.predicate == "appliesTo"}
    return (
        edges
        + _named_after_home(entities, home)
        + _policies_of_home([e for e in entities if e.name not in scoped], home, context.header.title)
    )


def _behind_firms(context: Context, read: Read) -> list[Relation]:
    """A project right behind its enterprise: `辰光装备公司“高速轴承项目”`."""
    edges = []
    for firm, site in pairwise(read.mentions):
        if (
            firm.type == "Enterprise"
            and site.type == "Project"
            and site.rule not in _RESEARCH
            and read.text[firm.end : site.start] in ("", "“")
        ):
            span = read.sentence.span_of(firm.start, site.end)
            named = (context.name(site), context.name(firm))
            legal = firm.name.endswith(lexicon.words("report_words", "company"))
            edges.append(Relation(named[legal], "undertakes" if legal else "operatedBy", named[not legal], span, "name"))
    return edges


"""How a legal name ends: the firm itself undertakes what stands behind it."""
_RESEARCH = ("work", "policy")
"""Rules that find works which take awards: nobody operates these."""


def _edge(context: Context, read: Read, pair: Within) -> Relation:
    span = read.sentence.span_of(pair.outer.start, pair.outer.end)
    ends = (context.name(pair.outer), context.name(pair.inner))
    subject, thing = ends[::-1] if pair.predicate.endswith("~") else ends
    return Relation(subject, pair.predicate.rstrip("~"), thing, span, "name")


def _named_after_home(entities: tuple[Entity, ...], home: Home) -> list[Relation]:
    """A site with the name of the report's own place in its own stands there; so do a firm, an institute that begin with it."""
    place = home.place
    if len(short_of(place)) < _SHORTEST:
        return []
    named = (e for e in entities if _is_named_after(e, place) and not is_described(e.name))
    return [Relation(e.name, "locatedIn", place, e.spans[0], "name") for e in named]


def _is_described(outer: Mention) -> bool:
    """Whether what holds a name is none itself; titles of policies and research are long and hold all words."""
    return outer.type not in ("Policy", "GovernmentBody") and is_described(outer.name)


def _is_named_after(thing: Entity, place: str) -> bool:
    names = [behind_firm(name) if thing.type == "Project" else name for name in (thing.name, *thing.aliases)]
    if thing.type in ("Park", "Project"):
        return any(short_of(place) in name for name in names) and not is_generic(_rest(thing.name, place))
    whole = place if place != short_of(place) else ""
    return thing.type in ("Enterprise", "ResearchInstitute", "Platform") and bool(whole) and any(name.startswith(whole) for name in names)


def _policies_of_home(things: Iterable[Entity], home: Home, title: str) -> list[Relation]:
    """A policy titled with the report's own place applies there; an office's report has its own place in every title."""
    short = short_of(home.place)
    if len(short) < _SHORTEST:
        return []
    policies = ((e, _is_title(e, title)) for e in things if e.type == "Policy" and short in e.name)
    titled = [e for e, own in policies if own or (e.name.startswith(short) and not home.office)]
    return [Relation(e.name, "appliesTo", home.place, e.spans[0], "name") for e in titled]


def _is_title(policy: Entity, title: str) -> bool:
    """Whether a report is that of a policy itself: `关于印发《甲》的通知`."""
    return policy.name in re.sub(r"[“”+\s]", "", title)


def _rest(name: str, place: str) -> str:
    """A name without the place with which it begins: `产业项目` of `祁东县产业项目`."""
    return name.removeprefix(place).removeprefix(short_of(place))


_SHORTEST = 2
"""Characters of the shortest name of a place that is looked for in others."""
