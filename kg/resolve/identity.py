"""Names and what is known of them to things: which are one, which are not, which a person is to be asked about. No store, no files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import combinations
from types import MappingProxyType
from typing import Literal

from kg.extract.report.places import short_of
from kg.extract.tables.credit_code import is_credit_code
from kg.lexicon import pattern
from kg.resolve.features import NEW, Named, exact_key, rows
from kg.resolve.linkage import can_score, score_rows, uncrowded, weights
from kg.resolve.organisation import GROUPS, clean, is_contextual, known_names, parts

By = Literal["decision", "code", "document", "known", "name", "score"]
"""Why two things are one: a person says so, one credit code, a document gives both names, the gazetteer does, the names are alike."""
MARGIN = 1.5
"""Bits by which a name must fit one thing better than another that is not the same, to be taken for it without asking."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Two things (IRIs in order) and the names by which they were compared: why they may be one, how sure that is (0 to 1).

    `weights` are bits by comparison where they were scored; `instead` is another thing that fits as well, where one does.
    """

    one: Named
    other: Named
    by: By
    score: float
    weights: Mapping[str, float] = field(default_factory=dict)
    instead: str = ""

    @property
    def pair(self) -> Pair:
        """The IRIs in order."""
        return _pair(self.one.thing, self.other.thing)


@dataclass(frozen=True, slots=True)
class Said:
    """What people decided: pairs of IRIs that are one thing, and such that are not."""

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`same` are the links by which things are one, `ask` those that a person is to look at; all else is different."""

    same: tuple[Link, ...] = ()
    ask: tuple[Link, ...] = ()


def resolve(
    names: Sequence[Named],
    given: Mapping[str, frozenset[str]] = MappingProxyType({}),
    said: Said | None = None,
    looked_at: Set[str] | None = None,
) -> Outcome:
    """Say which things are one.

    Args:
        names: of things, each with its class; a thing may have several.
        given: names that documents give to things beside their own (`以下简称`) → the IRIs of these.
        said: what people decided.
        looked_at: IRIs of things of which a name is new or decided on, where the others were compared with each other before.
    """
    said = said or Said()
    sure = [*_decided(names, said), *_same_code(names), *_given(names, given), *_known(names), *_alike(names)]
    scored = _scored(names, looked_at) if can_score() else []
    groups = Groups(names, said.apart)
    same = [link for link in sure if link.instead == "" and groups.join(link.pair, link.by == "decision")]
    ask = [link for link in sure if link.instead]
    chosen, doubtful = _unique([link for link in scored if groups.may_fit(link.pair)], groups)
    same += [link for link in chosen if groups.may_fit(link.pair) and groups.join(link.pair)]
    ask += [link for link in doubtful if groups.may_fit(link.pair) and not _surely_two(link)]
    return Outcome(tuple(same), tuple(_best_first(_once(ask, groups))))


def judge(pairs: Sequence[tuple[Named, Named]]) -> list[tuple[Literal["same", "different", "ask"], Link | None]]:
    """What each pair is by itself, whatever other names there are: the outcome, and the link that says why."""
    found: list[tuple[Literal["same", "different", "ask"], Link | None]] = []
    scored = _scored_alone(pairs) if can_score() else {}
    for at, (one, other) in enumerate(pairs):
        both = [replace(one, thing="1"), replace(other, thing="2")]
        sure = next((link for link in (*_same_code(both), *_known(both), *_alike(both)) if Groups(both, ()).may_join(link.pair)), None)
        link = sure or scored.get(at)
        least = float(weights()["same"])
        asked = link is not None and not (link.by == "score" and _surely_two(link))
        found.append(("same" if link and link.score >= least else "ask" if asked else "different", link))
    return found


def _scored_alone(pairs: Sequence[tuple[Named, Named]]) -> dict[int, Link]:
    apart = [{**one, "keys": [f"{at}:{key}" for key in one["keys"]], "at": str(at)} for at, pair in enumerate(pairs) for one in rows(pair)]
    told = score_rows(apart, float(weights()["ask"]))
    links = ((int(str(apart[one.one]["at"])), one) for one in told)
    return {at: Link(*pairs[at], "score", one.score, one.weights) for at, one in links}


class Groups:
    """Things that are one so far; groups with different credit codes, or that people told apart, are never joined by a score."""

    def __init__(self, names: Iterable[Named], apart: Iterable[Pair]) -> None:
        self._of: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        self._registered: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for name in names:
            if registered := _registered(name):
                self._registered[name.thing].add(registered)
            self._of.setdefault(name.thing, name.thing)
            self._members.setdefault(name.thing, {name.thing})
            if is_credit_code(name.code):
                self._codes[name.thing].add(name.code)

    def of(self, thing: str) -> str:
        """The group of a thing."""
        return self._of.get(thing, thing)

    def may_join(self, pair: Pair) -> bool:
        """Whether two things are in two groups of which nothing says that they differ."""
        one, other = map(self.of, pair)
        return one != other and not self._differ(one, other)

    def may_fit(self, pair: Pair) -> bool:
        """Whether a score may join them: registered names are whole, so that two which differ are of two firms."""
        mine, others = (self._registered.get(self.of(thing), set()) for thing in pair)
        return self.may_join(pair) and not (mine and others and all(_other_firm(a, b) for a in mine for b in others))

    def _differ(self, one: str, other: str) -> bool:
        codes, others = self._codes.get(one), self._codes.get(other)
        apart = any(self._apart[member] & self._members[other] for member in self._members[one] if member in self._apart)
        return apart or bool(codes and others and codes.isdisjoint(others))

    def join(self, pair: Pair, decided: bool = False) -> bool:
        """Make one group of two; whether they were, or are now, one."""
        one, other = map(self.of, pair)
        if one == other:
            return True
        if not decided and self._differ(one, other):
            return False
        for member in self._members[other]:
            self._of[member] = one
        self._members[one] |= self._members.pop(other)
        self._codes[one] |= self._codes.pop(other, set())
        self._registered[one] |= self._registered.pop(other, set())
        return True


def _registered(name: Named) -> tuple[str, str]:
    """Place and plain core of a firm's registered name; nothing of a short name."""
    of = parts(name.name, name.kind)
    return (of.place, of.plain) if of.registered and of.core else ()  # type: ignore[return-value]


def _other_firm(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[1] != other[1] or bool(one[0] and other[0] and one[0] != other[0])


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _decided(names: Iterable[Named], said: Said) -> Iterator[Link]:
    first: dict[str, Named] = {}
    for name in names:
        first.setdefault(name.thing, name)
    for one, other in sorted(said.same):
        if one in first and other in first:
            yield Link(first[one], first[other], "decision", 1.0)


def _same_code(names: Iterable[Named]) -> Iterator[Link]:
    return _chained(((name.code, name) for name in names if is_credit_code(name.code)), "code")


def _known(names: Iterable[Named]) -> Iterator[Link]:
    """Names of one row of the gazetteer."""
    known = known_names()
    told = ((f"{GROUPS[name.kind]}|{known[plain]}", name) for name in names if (plain := clean(name.name)) in known and name.kind in GROUPS)
    return _chained(told, "known")


def _alike(names: Iterable[Named]) -> Iterator[Link]:
    """Names that are alike but for legal form, brackets and official short forms; not two firms that do something with each other."""
    told = _chained(((key, name) for name in names if (key := exact_key(name))), "name")
    return (link for link in told if not _two_firms(link.one, link.other))


def _two_firms(one: Named, other: Named) -> bool:
    """Whether two registered names that differ in legal form stand beside each other in the graph: 甲有限公司 signs with 甲股份有限公司."""
    mine, others = parts(one.name, one.kind), parts(other.name, other.kind)
    forms = mine.registered and others.registered and mine.legal != others.legal
    return bool(forms) and (other.thing in one.near or one.thing in other.near)


def _chained(told: Iterable[tuple[str, Named]], by: By) -> Iterator[Link]:
    first: dict[str, Named] = {}
    for key, name in told:
        before = first.setdefault(key, name)
        if before.thing != name.thing:
            yield Link(before, name, by, 1.0)


def _surely_two(link: Link) -> bool:
    """Whether names that are much alike are of two things all the same: a national and a local office, awards of two kinds."""
    mine, others = parts(link.one.name, link.one.kind), parts(link.other.name, link.other.kind)
    if link.one.kind == link.other.kind == "Award":
        return mine.core != others.core
    offices = link.one.kind == link.other.kind == "GovernmentBody"
    return offices and (_is_above(link.one.name, link.other.name, others.place) or _is_above(link.other.name, link.one.name, mine.place))


def _is_above(one: str, other: str, place: str) -> bool:
    """Whether one office is the nation's, another that of a place: `国家税务总局` and `甲省税务局`, but not `国家税务总局甲省税务局`."""
    national = pattern("organisation_patterns", "national")
    local = bool(place) and not national.match(other) and short_of(place) not in one
    return local and national.match(one) is not None


def _given(names: Sequence[Named], given: Mapping[str, frozenset[str]]) -> Iterator[Link]:
    """A name that a document gives to one thing and another uses alone: one thing; where two things were given it, that is asked."""
    of = {name.thing: name for name in names}
    for name in names:
        things = [of[thing] for thing in sorted(given.get(name.name, ())) if thing in of and _near(of[thing], name)]
        if is_contextual(name.name, name.kind):
            continue
        if name.kind in GROUPS and len(things) == 1 and things[0].thing != name.thing:
            yield Link(things[0], name, "document", 1.0)
        elif len(things) > 1:
            for one, other in combinations(things, 2):
                if name.thing not in (one.thing, other.thing):
                    yield Link(one, name, "document", 0.5, instead=other.thing)
                    yield Link(other, name, "document", 0.5, instead=one.thing)


def _near(one: Named, other: Named) -> bool:
    return GROUPS.get(one.kind) == GROUPS.get(other.kind) is not None


def _scored(names: Sequence[Named], looked_at: Set[str] | None) -> list[Link]:
    """The best scored pair of names of each pair of things, from the score on from which a person is asked."""
    told = ({**one, NEW: "yes" if looked_at is None or one["thing"] in looked_at else ""} for one in rows(names))
    found = uncrowded(list(told))
    of = {(name.thing, name.name): name for name in names}
    best: dict[Pair, Link] = {}
    for scored in score_rows(found, float(weights()["ask"])):
        one, other = (of[str(found[at]["thing"]), str(found[at]["name"])] for at in (scored.one, scored.other))
        if one.thing != other.thing:
            link = Link(one, other, "score", scored.score, scored.weights)
            best[link.pair] = max(best.get(link.pair, link), link, key=lambda of: of.score)
    return [best[pair] for pair in sorted(best)]


def _unique(links: Sequence[Link], groups: Groups) -> tuple[list[Link], list[Link]]:
    """Links that join, best first, and those that are to be asked.

    A name that fits two things which are not one is asked about, unless it fits one of them better by MARGIN bits.
    """
    least = float(weights()["same"])
    best: dict[Pair, Link] = {}
    for link in links:
        pair = _pair(*map(groups.of, link.pair))
        best[pair] = max(best.get(pair, link), link, key=lambda of: of.score)
    beside: dict[str, dict[str, Link]] = defaultdict(dict)
    for (one, other), link in best.items():
        beside[one][other] = beside[other][one] = link
    chosen, doubtful = [], []
    for pair, link in best.items():
        rival = _rival(pair, link, beside, least) if link.score >= least else ""
        if link.score < least or rival:
            doubtful.append(Link(link.one, link.other, link.by, link.score, link.weights, rival))
        else:
            chosen.append(link)
    return _best_first(chosen), doubtful


def _rival(pair: Pair, link: Link, beside: Mapping[str, Mapping[str, Link]], least: float) -> str:
    """Another group that one of the two fits as well, and that is not the same as the other; "" where none is."""
    for one, other in (pair, pair[::-1]):
        for third, rival in beside[one].items():
            if third == other or rival.score < least or (_said(link) > 2 and _fit(link) >= _fit(rival) + MARGIN):
                continue
            between = beside[other].get(third)
            if between is None or between.score < least:
                return third
    return ""


def _fit(link: Link) -> float:
    """How well two names fit in bits: what they share and what speaks against; that one leaves a place or a form out says neither."""
    told = sum(min(weight, 0.0) for name, weight in link.weights.items() if name != "name")
    return told + link.weights["name"] + _said(link)


def _said(link: Link) -> int:
    """Characters that the shorter of two names says of its firm or thing."""
    return min(len(parts(name.name, name.kind).core) for name in (link.one, link.other))


def bits(link: Link) -> float:
    """What all comparisons say together, log2."""
    return sum(link.weights.values())


def _once(links: Iterable[Link], groups: Groups) -> list[Link]:
    best: dict[Pair, Link] = {}
    for link in links:
        pair = _pair(*map(groups.of, link.pair))
        if pair[0] != pair[1]:
            best[pair] = max(best.get(pair, link), link, key=lambda of: of.score)
    return list(best.values())


def _best_first(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda of: (-of.score, -bits(of), of.pair))


def clusters(outcome: Outcome) -> list[frozenset[str]]:
    """The things that are one, by the links that join them."""
    of: dict[str, set[str]] = {}
    for link in outcome.same:
        joined = of.get(link.pair[0], {link.pair[0]}) | of.get(link.pair[1], {link.pair[1]})
        of.update(dict.fromkeys(joined, joined))
    return sorted({frozenset(group) for group in of.values()}, key=min)


def canonical(group: Iterable[Named], kept: frozenset[str] = frozenset()) -> str:
    """The thing of a group whose IRI stays: one that is known (`kept`) before one that is new, then the most complete registered name."""
    known = known_names()

    def order(name: Named) -> tuple[bool, bool, bool, int, str]:
        of = parts(name.name, name.kind)
        return name.thing not in kept, known.get(clean(name.name)) != name.name, not of.registered, -len(name.name), name.name

    return min(group, key=order).thing
