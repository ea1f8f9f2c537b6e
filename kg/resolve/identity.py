"""Names and what is known of them to things: which are one, which are not, which a person is to be asked about. No store, no files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Literal

from kg.extract.document.gazetteer import short_of
from kg.extract.tables.credit_code import is_credit_code
from kg.lexicon import pattern
from kg.resolve.assignment import assigned
from kg.resolve.features import NEW, Named, exact_key, rows
from kg.resolve.linkage import can_score, score_rows, uncrowded, weights
from kg.resolve.links import By, Groups, Link, Pair, bits, pair_of
from kg.resolve.organisation import GROUPS, clean, is_contextual, known_names, parts


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
    chosen, doubtful = assigned([link for link in scored if groups.may_fit(link.pair, asked=True)], groups)
    joined = [link for link in chosen if groups.may_fit(link.pair) and groups.join(link.pair)]
    one = {link.pair for link in joined}
    same, ask = [*same, *joined], [*ask, *(link for link in chosen if link.pair not in one)]
    ask += [link for link in doubtful if groups.may_fit(link.pair, asked=True) and not _surely_two(link)]
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
    national = pattern("national")
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
            pair = link.pair
            if pair not in best or scored.score > best[pair].score:
                best[pair] = link
    return [best[pair] for pair in sorted(best)]


def _once(links: Iterable[Link], groups: Groups) -> list[Link]:
    best: dict[Pair, Link] = {}
    for link in links:
        pair = pair_of(*map(groups.of, link.pair))
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
