"""What reports tell over time, as plain rows: who reported, which figures, which stages and promises, each with its sentences."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from rdflib import URIRef

from kg import cells, vocab
from kg.model import Disclosure, Period
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Report:
    """A document of the graph: its name, title, whose it is (IRI and name of a place or park), of what time, when published.

    `replaced_by` is the name of the document that counts in its place, "" where it counts itself.
    """

    name: str
    title: str
    home: str = ""
    home_name: str = ""
    issuer: str = ""
    period: Period | None = None
    issued: dt.date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Where something is told: the IRI of a passage, its words, the document's name."""

    passage: str
    sentence: str
    document: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the graph holds it: sizes in the base unit, growth as a fraction, 0.123 for 12.3 %.

    `subject` is the IRI of the thing that it is of, "" where it is of none; `about` says in the text's words of what,
    `words` what is measured.
    """

    iri: str
    subject: str
    name: str
    about: str
    indicator: str
    disclosure: Disclosure
    planned: bool
    period: Period | None = None
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    printed: str = ""
    growth: Decimal | None = None
    rank: int | None = None
    rank_scope: str = ""
    told: tuple[Told, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of building (`Milestone`), a promise (`Commitment`) or a deed (`PolicyAction`) of a thing or a part of it, done or planned.

    `stage` is the concept's name, "" where the words name none; `order` its notation, by which stages follow each other;
    `due` is the day until which it was promised.
    """

    iri: str
    kind: str
    thing: str
    name: str
    part: str
    words: str
    stage: str
    order: str
    planned: bool
    due: dt.date | None = None
    told: tuple[Told, ...] = ()


_DISCLOSURES = MappingProxyType({f"{vocab.PREFIXES['inc']}{one}": one for one in Disclosure})


def documents_of(names: Iterable[str] | None) -> str:
    """A pattern that binds `?doc` to documents by their names; nothing for None."""
    return "" if names is None else f"VALUES ?doc {{ {' '.join(vocab.document(name).n3() for name in names)} }}"


def reports(store: Store, names: Sequence[str] | None = None) -> dict[str, Report]:
    """The documents of a store by name, or some of them."""
    doc = f"{documents_of(names)} ?doc a ino:Document ;"
    [rows] = store.texts(  # each OPTIONAL says that it is of documents: Oxigraph evaluates it by itself, and figures have periods too
        f"SELECT ?id ?title ?home ?homeName ?issuer ?start ?end ?issued ?newer {{ {doc} dct:identifier ?id ; rdfs:label ?title "
        f"OPTIONAL {{ {doc} ino:speaksFor ?home OPTIONAL {{ ?home rdfs:label ?homeName }} }} "
        f"OPTIONAL {{ {doc} dct:publisher ?issuer }} "
        f"OPTIONAL {{ {doc} ino:periodStart ?start ; ino:periodEnd ?end }} "
        f"OPTIONAL {{ {doc} dct:issued ?issued }} "
        f"OPTIONAL {{ {doc} dct:isReplacedBy/dct:identifier ?newer }} }} ORDER BY ?id ?title ?home ?homeName"
    )
    found: dict[str, Report] = {}
    for name, title, home, home_name, issuer, start, end, issued, newer in rows:
        found.setdefault(name, Report(name, title, home, home_name, issuer, _period(start, end), cells.day(issued), newer))
    return found


def figures(store: Store, subject: str = "") -> list[Figure]:
    """The figures of a store, or those of a subject (its IRI), each with the passages that tell it, in the order of their IRIs."""
    whose = f"?node ino:about {URIRef(subject).n3()} ." if subject else ""
    rows, places = store.texts(
        "SELECT ?f ?of ?about ?indicator ?disclosure ?planned ?start ?end ?value ?lower ?upper ?unit ?printed ?growth ?rank ?scope ?text { "
        f"{whose.replace('?node', '?f')}"
        "?f a ino:Observation ; ino:indicator/skos:prefLabel ?indicator ; ino:disclosure ?disclosure ; ino:planned ?planned "
        "OPTIONAL { ?f ino:about ?of } OPTIONAL { ?f ino:aboutText ?about } "
        "OPTIONAL { ?f ino:periodStart ?start ; ino:periodEnd ?end } OPTIONAL { ?f ino:value ?value } OPTIONAL { ?f ino:lower ?lower } "
        "OPTIONAL { ?f ino:upper ?upper } OPTIONAL { ?f ino:unit/skos:prefLabel ?unit } OPTIONAL { ?f ino:valuePrinted ?printed } "
        "OPTIONAL { ?f ino:growth ?growth } OPTIONAL { ?f ino:rank ?rank } OPTIONAL { ?f ino:rankScope ?scope } "
        "OPTIONAL { ?f ino:indicatorText ?text } }",
        _passages(f"{whose} ?node a ino:Observation"),
    )
    names, told = names_of(store, subject), _told(places)
    found: dict[str, Figure] = {}
    for iri, of, about, indicator, disclosure, planned, start, end, value, low, high, unit, printed, growth, rank, scope, text in sorted(
        rows
    ):
        if disclosure not in _DISCLOSURES:
            continue
        found.setdefault(
            iri,
            Figure(
                iri, of, names.get(of, ""), about, indicator, _DISCLOSURES[disclosure], planned == "true",
                _period(start, end), _number(value), _number(low), _number(high), unit, printed, _number(growth),
                _rank(rank), scope, told.get(iri, ()), text,
            ),
        )  # fmt: skip
    return list(found.values())


def steps(store: Store, *kinds: str) -> list[Step]:
    """All stages of building and all promises of a store, each with the passages that tell it, in the order of their IRIs.

    Args:
        store: the graph.
        kinds: classes of events to read in place of these two (`PolicyAction`).
    """
    kind_of = " ".join(str(vocab.ino(kind).n3()) for kind in kinds or ("Milestone", "Commitment"))
    rows, places = store.texts(
        "SELECT ?e ?kind ?thing ?part ?words ?stage ?order ?planned ?due { "
        f"VALUES ?kind {{ {kind_of} }} "
        "?e a ?kind ; ino:concerns ?thing ; ino:planned ?planned OPTIONAL { ?e ino:part/rdfs:label ?part } "
        "OPTIONAL { ?e ino:statusText ?words } OPTIONAL { ?e ino:status ?stage . ?stage skos:notation ?order } "
        "OPTIONAL { ?e ino:due ?due } }",
        _passages(f"VALUES ?kind {{ {kind_of} }} ?node a ?kind"),
    )
    names, told = names_of(store), _told(places)
    found: dict[str, Step] = {}
    for iri, kind, thing, part, words, stage, order, planned, due in sorted(rows):
        found.setdefault(
            iri,
            Step(
                iri, kind.rsplit("#", 1)[-1], thing, names.get(thing, ""), part, words, stage.rsplit("/", 1)[-1], order,
                planned == "true", cells.day(due), told.get(iri, ()),
            ),
        )  # fmt: skip
    return list(found.values())


def names_of(store: Store, one: str = "") -> dict[str, str]:
    """IRI of each named thing, or of one → a name: the one that its IRI is made of where it is printed so, else the first."""
    [rows] = store.texts(
        f"SELECT DISTINCT ?thing ?name {{ {one_of('thing', one)} ?thing rdfs:label ?name ; a ?class "
        "FILTER (STRSTARTS(STR(?thing), STR(id:))) }"
    )
    found: dict[str, str] = {}
    for thing, name in sorted(rows):
        if thing not in found or str(vocab.thing(name)) == thing:
            found[thing] = name
    return found


def one_of(variable: str, iri: str) -> str:
    """A pattern that binds a variable to an IRI of the graph; nothing for ""."""
    return f"VALUES ?{variable} {{ {URIRef(iri).n3()} }}" if iri else ""


_DOCUMENT = "prov:wasDerivedFrom ?doc . ?doc dct:identifier ?name FILTER NOT EXISTS { ?doc dct:isReplacedBy ?newer }"
"""The name of a passage's document; a draft in whose place its final counts tells nothing."""


def _passages(pattern: str) -> str:
    """Where nodes of a pattern are stated."""
    return (  # the patterns are ours
        f"SELECT DISTINCT ?node ?g ?words ?name {{ GRAPH ?g {{ {pattern} }} ?g nif:anchorOf ?words ; {_DOCUMENT} }}"
    )


def _told(rows: Iterable[list[str]]) -> Mapping[str, tuple[Told, ...]]:
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for node, passage, words, name in sorted(rows):
        found[node].append(Told(passage, words, name))
    return {node: tuple(told) for node, told in found.items()}


_MOST = 30
"""Digits before or behind the point of a number that measures anything; RDF of others may hold longer ones."""


def _number(text: str) -> Decimal | None:
    """A number, None where there is none, or one that measures nothing."""
    try:
        value = Decimal(text) if len(text) <= 2 * _MOST else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and abs(value.adjusted()) <= _MOST else None


def _rank(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST else None


def _period(start: str, end: str) -> Period | None:
    first, last = cells.day(start), cells.day(end)
    return Period(first, last) if first and last and first <= last else None
