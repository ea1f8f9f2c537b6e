"""Things that are one get one IRI in a graph: after each ingest for its new names, and where people decide; undone, all is as before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path

from rdflib import Literal, URIRef

from kg import vocab
from kg.reason.records import documents_of
from kg.reason.rules import rules
from kg.resolve.decisions import Decision
from kg.resolve.features import Named, blocking_keys
from kg.resolve.identity import Outcome, Said, canonical, clusters, resolve
from kg.resolve.links import Link
from kg.resolve.organisation import LINKED, known_names, parts
from kg.store import Store, insertion
from kg.store.replace import Quad
from kg.workspace.known_names import KnownNames

BATCH = 500
"""Pairs of things that are asked about in one query."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What things were found to be one, and the IRIs that were given to such as had another before.

    `known` are those of the documents that were new here which were found to be another before, with its IRI, which they have now;
    `unread` are the names of these documents, None where all were read anew.
    """

    outcome: Outcome
    renamed: tuple[URIRef, ...] = ()
    known: Mapping[URIRef, URIRef] = field(default_factory=dict)
    unread: Sequence[str] | None = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a graph before its names are linked: name of each document that counts → what changes as it does; how many
    things were found to be others; `again` is whether documents were put in again that were linked before."""

    documents: Mapping[str, str]
    merged: int
    again: bool = False


def known(store: Store, names: Sequence[str] | None = None, before: Known | None = None) -> Known:
    """What a store holds.

    Args:
        store: the graph.
        names: of documents that came; all are read where it is None.
        before: what was known before they came.
    """
    found = _documents(store, names)
    return Known({**before.documents, **found}, before.merged) if before else Known(found, _merged(store))


def link(
    store: Store,
    folder: Path,
    decisions: Sequence[Decision],
    looked_at: Iterable[str] = (),
    before: Callable[[], None] = lambda: None,
    held: Known | None = None,
) -> Linked:
    """Give one IRI to the things that the names new in a graph show to be one; what is to be asked is noted for `kg review`.

    Args:
        store: open for writing.
        folder: of the workspace, where what is known of names is kept from one run to the next.
        decisions: of people.
        looked_at: names that are looked at though they are not new.
        before: called before the first thing gets another IRI.
        held: what the graph holds, where that is known already.
    """
    said, held = said_of(decisions), held or known(store)
    with KnownNames.of(folder) as names:
        unread = None if held.again else names.unread(held.documents, held.merged)
        again = _merge_again(store, unread, before)
        fresh = names.take(names_of(store, unread), given_names(store, unread), held.documents, unread is None)
        decided = (one for pair in (*said.same, *said.apart) for one in pair)
        touched = {*fresh, *decided, *(str(vocab.thing(name)) for name in looked_at)}
        touched |= names.beside(fresh)
        concerned = names.concerned(touched)
        outcome = resolve(with_neighbours(store, concerned), names.given(concerned), said, touched)
        outcome = _without_named_together(store, outcome)
        chosen = {str(vocab.thing(one.other)) for one in decisions if one.decision == "same"}
        merges = _merges(outcome, concerned, frozenset(one.thing for one in concerned) - fresh, chosen)
        if merges:
            before()
            with store.holding():
                _apply(store, merges)
        names.keep({old: new for old, new, _ in merges}, outcome.ask, touched, _merged(store))
    return Linked(outcome, tuple(sorted({URIRef(new) for _, new, _ in merges})), again, unread)


def ready() -> None:
    """Load what names are compared by and what follows from what, which is begun while the first document is read."""
    rules()
    names = [Named(str(vocab.thing(name)), name, kind) for name in islice(known_names(), 2) for kind in LINKED]
    for name in names:
        blocking_keys(name)
    resolve(names)


def _without_named_together(store: Store, outcome: Outcome) -> Outcome:
    """What is left where a sentence that names both tells two things apart, however alike they are called."""
    scored = sorted({one.pair for one in (*outcome.same, *outcome.ask) if _by_likeness(one)})
    together: set[tuple[str, ...]] = set()
    for at in range(0, len(scored), BATCH):
        pairs = " ".join(f"({URIRef(one).n3()} {URIRef(other).n3()})" for one, other in scored[at : at + BATCH])
        [rows] = store.texts(
            f"SELECT DISTINCT ?one ?other {{ VALUES (?one ?other) {{ {pairs} }} GRAPH ?g {{ ?one rdfs:label ?a . ?other rdfs:label ?b }} }}"
        )
        together |= {tuple(row) for row in rows}

    def kept(links: Iterable[Link]) -> tuple[Link, ...]:
        return tuple(one for one in links if not _by_likeness(one) or one.pair not in together)

    return Outcome(kept(outcome.same), kept(outcome.ask))


def _by_likeness(link: Link) -> bool:
    """Whether nothing but likeness joins two names: a score, or all but the legal form of two registered firms."""
    if link.by != "name":
        return link.by == "score"
    one, other = (parts(side.name, side.kind) for side in (link.one, link.other))
    return one.registered and other.registered and one.legal != other.legal


def said_of(decisions: Iterable[Decision]) -> Said:
    """Decisions on two names as pairs of IRIs."""
    pairs = defaultdict[str, set[tuple[str, str]]](set)
    for one in decisions:
        if one.other not in vocab.things():
            first, second = sorted((str(vocab.thing(one.name)), str(vocab.thing(one.other))))
            pairs[one.decision].add((first, second))
    return Said(frozenset(pairs["same"]), frozenset(pairs["apart"]))


def _documents(store: Store, names: Sequence[str] | None) -> dict[str, str]:
    """Name of each document that counts, or of some of them → what changes as it does."""
    [rows] = store.texts(
        f"SELECT ?name ?sha ?run ?when {{ {documents_of(names)} ?doc a ino:Document ; dct:identifier ?name ; ino:sha256 ?sha . "
        "?run prov:used ?doc ; prov:endedAtTime ?when FILTER NOT EXISTS { ?doc dct:isReplacedBy ?newer } }"
    )
    return {name: " ".join(rest) for name, *rest in sorted(rows)}


def _merged(store: Store) -> int:
    """How many things were found to be others."""
    [[[count]]] = store.texts("SELECT (COUNT(*) AS ?count) { GRAPH graph:identity { ?old dct:isReplacedBy ?now } }")
    return int(count)


def _in(documents: Sequence[str] | None, pattern: str) -> str:
    """A pattern as it stands in the graph, or in the graphs of some documents."""
    if documents is None:
        return pattern
    own = " ".join(vocab.document(name).n3() for name in documents)
    described = " ".join(vocab.metadata_graph(name).n3() for name in documents)
    stated = f"GRAPH ?g {{ {pattern} }}"
    return f"{{ VALUES ?doc {{ {own} }} ?g prov:wasDerivedFrom ?doc {stated} }} UNION {{ VALUES ?g {{ {described} }} {stated} }}"


def _with_class(store: Store, rows: Iterable[list[str]]) -> Iterator[tuple[str, str, str]]:
    """Things of a class that can have several names, and a name → both and the class, in order."""
    pairs = sorted((thing, name) for thing, name in rows)
    kinds = {f"{vocab.PREFIXES['ino']}{kind}": kind for kind in LINKED}
    kind_of: dict[str, str] = {}
    for thing, kind in _about(store, [thing for thing, _ in pairs], "?thing a ?other"):
        if kind in kinds:
            kind_of[thing] = min(kind_of.get(thing, kinds[kind]), kinds[kind])
    return ((thing, name, kind_of[thing]) for thing, name in pairs if thing in kind_of)


def _about(store: Store, things: Iterable[str], *patterns: str) -> Iterator[list[str]]:
    """What patterns tell of things, as `?thing` and `?other`."""
    asked = list(dict.fromkeys(things))
    for at in range(0, len(asked), 1000):
        values = f"VALUES ?thing {{ {' '.join(URIRef(thing).n3() for thing in asked[at : at + 1000])} }}"
        for rows in store.texts(*(f"SELECT ?thing ?other {{ {values} {pattern} }}" for pattern in patterns)):
            yield from rows


def names_of(store: Store, documents: Sequence[str] | None = None) -> list[Named]:
    """The names of things whose class can have several, with their credit codes, in the order of their IRIs.

    Args:
        store: the graph.
        documents: whose names; all of the graph where it is None.
    """
    if documents == []:
        return []
    rows, codes = store.texts(
        *(f"SELECT DISTINCT ?thing ?it {{ {_in(documents, f'?thing {what} ?it')} }}" for what in ("rdfs:label", "ino:creditCode"))
    )
    code = dict(sorted(codes))
    return [Named(thing, name, kind, code.get(thing, "")) for thing, name, kind in _with_class(store, rows)]


def given_names(store: Store, documents: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """Names that documents give to things beside their own, and the IRIs of these."""
    if documents == []:
        return []
    [rows] = store.texts(f"SELECT DISTINCT ?thing ?name {{ {_in(documents, '?thing skos:altLabel ?name')} }}")
    return [(name, thing) for thing, name, _ in _with_class(store, rows)]


def with_neighbours(store: Store, names: Sequence[Named]) -> list[Named]:
    """The same names with what stands beside their things."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    own = "FILTER (STRSTARTS(STR(?other), STR(id:)))"
    for thing, other in _about(store, (one.thing for one in names), f"?thing ?p ?other {own}", f"?other ?p ?thing {own}"):
        near[thing].add(other)
    return [Named(one.thing, one.name, one.kind, one.code, tuple(sorted(near[one.thing]))) for one in names]


Merge = tuple[str, str, Link]
"""Old IRI, new IRI, the link that says why."""


def _merges(outcome: Outcome, names: Sequence[Named], kept: frozenset[str], chosen: Iterable[str]) -> list[Merge]:
    """What becomes of the things of each group: the IRI that a decision gives (`chosen`) stays, else the one of `canonical`."""
    of: defaultdict[str, list[Named]] = defaultdict(list)
    for name in names:
        of[name.thing].append(name)
    why = {thing: one for one in reversed(outcome.same) for thing in one.pair}
    found = []
    for group in clusters(outcome):
        stays = min(group & set(chosen), default="") or canonical([name for thing in sorted(group) for name in of[thing]], kept)
        found += [(thing, stays, why[thing]) for thing in sorted(group - {stays})]
    return found


def _apply(store: Store, merges: Sequence[Merge]) -> None:
    pairs = [(URIRef(old), URIRef(new)) for old, new, _ in merges]
    store.rename(pairs, insertion(quad for one in merges for quad in _recorded(*one)))


def _recorded(old: str, new: str, why: Link) -> Iterator[Quad]:
    home = vocab.graph("identity")
    yield URIRef(old), vocab.term("dct:isReplacedBy"), URIRef(new), home
    yield URIRef(old), vocab.ino("identifiedBy"), Literal(why.by), home
    yield URIRef(old), vocab.ino("identityScore"), Literal(Decimal(f"{why.score:.4f}")), home


def replaced(store: Store) -> dict[str, str]:
    """Old IRI → the IRI that things found to be one have now."""
    [rows] = store.texts("SELECT ?old ?now { GRAPH graph:identity { ?old dct:isReplacedBy ?now } }")
    return dict(sorted(rows))


def _merge_again(store: Store, documents: Sequence[str] | None, before: Callable[[], None]) -> dict[URIRef, URIRef]:
    """Documents read anew bring the names that they print: their things get the IRIs that they had, which are told, by the old ones."""
    if documents == []:
        return {}
    there = f"{{ SELECT DISTINCT ?old {{ {_in(documents, '?old a ?class')} }} }}"  # by itself, before what was found of all
    last = "?old dct:isReplacedBy+ ?now FILTER NOT EXISTS { ?now dct:isReplacedBy ?other }"  # a run that was cut off leaves chains
    [rows] = store.texts(f"SELECT DISTINCT ?old ?now {{ {there} GRAPH graph:identity {{ {last} }} }}")
    pairs = [(URIRef(old), URIRef(now)) for old, now in sorted(dict(sorted(rows)).items())]
    if pairs:
        before()
        store.rename(pairs, insertion(()))
    return dict(pairs)


def take_back(store: Store, names: Iterable[str]) -> list[str]:
    """Forget that what is called so is something else, and say which documents print it: these are to be read again.

    Args:
        store: open for writing.
        names: as they are printed, or the IRIs' own.
    """
    printed: set[str] = set()
    old = {str(vocab.thing(name)): name for name in names}
    now = replaced(store)
    for iri, name in old.items():
        found = store.rows(
            "SELECT ?name ?thing ?doc { GRAPH ?g { ?thing rdfs:label|skos:altLabel ?name } ?g prov:wasDerivedFrom/dct:identifier ?doc }",
            {"name": Literal(name, lang="zh")},
        )
        printed |= {str(doc) for _, thing, doc in found if str(thing) != iri}
        if iri in now:
            labels = store.rows(
                "SELECT ?thing ?doc ?name { GRAPH ?g { ?thing rdfs:label ?name } ?g prov:wasDerivedFrom/dct:identifier ?doc }",
                {"thing": URIRef(now[iri])},
            )
            printed |= {str(doc) for _, doc, other in labels if str(vocab.thing(str(other))) == iri}
    home = vocab.graph("identity")
    rows = store.rows("SELECT ?s ?p ?o { GRAPH graph:identity { ?s ?p ?o } }")
    kept: list[Quad] = [(s, p, o, home) for s, p, o in rows if s is not None and p is not None and o is not None and str(s) not in old]
    if len(kept) < len(rows):
        store.replace([home], kept)
    return sorted(printed)
