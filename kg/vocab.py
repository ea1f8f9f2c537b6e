"""Terms of the ontology: the only place where an IRI is spelt.

A name that `ontology/*.ttl` does not define is an error, not a new term.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import OWL
from rdflib.term import Node

from kg import resources
from kg.errors import OntologyError

BASE = "https://w3id.org/innovation-kg/"
PREFIXES = {
    "ino": f"{BASE}ontology#",
    "inc": f"{BASE}concept/",
    "id": f"{BASE}id/",
    "doc": f"{BASE}doc/",
    "graph": f"{BASE}graph/",
    "ind": f"{BASE}indicator/",
    "unit": f"{BASE}unit/",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": str(SKOS),
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "qb": "http://purl.org/linked-data/cube#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "sh": "http://www.w3.org/ns/shacl#",
}


@cache
def ontology() -> Graph:
    """The OWL and SKOS files as one graph, read by Oxigraph in milliseconds; a plain string has no type in it, as rdflib has it."""
    graph = Graph()
    for one in _statements():
        graph.add((_node(one.subject), _node(one.predicate), _node(one.object)))
    return graph


def ontology_lines() -> list[str]:
    """The statements of the ontology as N-Triples and SPARQL write them."""
    return [f"{one} ." for one in _statements()]


@cache
def _statements() -> tuple[ox.Triple, ...]:
    files = (resources.ontology() / f"{name}.ttl" for name in ("innovation", "concepts"))
    return tuple(quad.triple for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))


def _node(term: Any) -> Node:
    if not isinstance(term, ox.Literal):
        return URIRef(term.value)
    if term.language or term.datatype.value == str(XSD.string):
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value))


@cache
def ino(name: str) -> URIRef:
    """IRI of a class or property.

    Raises:
        OntologyError: the ontology does not define it.
    """
    return _defined("ino", name, RDFS.label, "innovation.ttl")


@cache
def concept(name: str) -> URIRef:
    """IRI of a concept.

    Raises:
        OntologyError: the ontology does not define it.
    """
    return _defined("inc", name, SKOS.prefLabel, "concepts.ttl")


def _defined(prefix: str, name: str, naming: URIRef, file: str) -> URIRef:
    iri = URIRef(PREFIXES[prefix] + name)
    if (iri.n3(), str(naming)) not in _named():
        raise OntologyError(f"{prefix}:{name} is not in ontology/{file}. Define it there first.")
    return iri


@cache
def _named() -> frozenset[tuple[str, str]]:
    """What the ontology names, as SPARQL writes it, and by which property: there sooner than its graph."""
    naming = {str(RDFS.label), str(SKOS.prefLabel)}
    return frozenset((str(one.subject), one.predicate.value) for one in _statements() if one.predicate.value in naming)


@lru_cache(4096)
def is_defined(name: str) -> bool:
    """Whether the ontology defines a class or property of that name."""
    return (f"<{PREFIXES['ino']}{name}>", str(RDFS.label)) in _named()


@cache
def term(curie: str) -> URIRef:
    """IRI of `prefix:name` in a vocabulary that is not ours: `prov:wasDerivedFrom`."""
    prefix, name = curie.split(":", 1)
    return URIRef(PREFIXES[prefix] + name)


@cache
def label(name: str, lang: str) -> str:
    """Label of a class or property in `zh` or `en`."""
    return _text(ino(name), RDFS.label, lang)


def label_or_name(name: str, lang: str) -> str:
    """Label of a class or property; the name itself where the ontology defines none of it, as RDF of others may have."""
    return label(name, lang) if is_defined(name) else name


def concept_text(name: str, lang: str) -> str:
    """Label of a concept by its compact IRI; the name itself where it is none of the ontology's."""
    iri = URIRef(expand(name))
    return _text(iri, SKOS.prefLabel, lang) if name.startswith("inc:") and (iri, SKOS.prefLabel, None) in ontology() else name


def _text(subject: URIRef, predicate: URIRef, lang: str) -> str:
    text = _texts().get((subject.n3(), str(predicate), lang))
    if text is not None:
        return text
    raise OntologyError(f"{subject} has no {predicate.split('#')[-1]} in '{lang}'. Add it to ontology/.")


@cache
def _texts() -> Mapping[tuple[str, str, str], str]:
    """What the ontology calls its terms, by term as SPARQL writes it, property and language: there sooner than its graph."""
    found: dict[tuple[str, str, str], str] = {}
    for one in _statements():
        if isinstance(one.object, ox.Literal) and one.object.language:
            found.setdefault((str(one.subject), one.predicate.value, one.object.language), one.object.value)
    return MappingProxyType(found)


@cache
def colours() -> Mapping[str, tuple[str, str]]:
    """Names of the classes that are drawn as nodes → their colours on a light and a dark page, in the order of the ontology."""
    light, dark = ("colour", "colourOnDark")
    given: dict[str, dict[str, str]] = {light: {}, dark: {}}
    for one in _statements():
        name = one.predicate.value.removeprefix(PREFIXES["ino"])
        if name in given and isinstance(one.subject, ox.NamedNode) and isinstance(one.object, ox.Literal):
            given[name][one.subject.value.removeprefix(PREFIXES["ino"])] = one.object.value
    return MappingProxyType({kind: (colour, given[dark].get(kind, colour)) for kind, colour in given[light].items()})


@cache
def things() -> tuple[str, ...]:
    """Names of the classes of named things: those that are drawn and are no event, in the order of the ontology."""
    return tuple(name for name in colours() if name not in below("Event"))


@cache
def playing(role: str) -> frozenset[str]:
    """Names of the classes that have a role in the network: `actor`, `bond`, `partner`.

    Raises:
        OntologyError: the ontology knows no such role.
    """
    found = ontology().subjects(ino("role"), concept(role))
    return frozenset(str(one).removeprefix(PREFIXES["ino"]) for one in found)


@cache
def symmetric(name: str) -> bool:
    """Whether a property holds both ways."""
    stated = (ino(name).n3(), f"<{RDF.type}>", f"<{OWL.SymmetricProperty}>")
    return any((str(one.subject), str(one.predicate), str(one.object)) == stated for one in _statements())


@cache
def below(name: str) -> frozenset[str]:
    """Names of a class and of all classes below it."""
    found, wanted = {f"<{ino(name)}>"}, str(RDFS.subClassOf)
    told = [(str(one.subject), str(one.object)) for one in _statements() if one.predicate.value == wanted]
    while more := {sub for sub, above in told if above in found} - found:
        found |= more
    return frozenset(one.strip("<>").removeprefix(PREFIXES["ino"]) for one in found)


@cache
def joins_things(name: str) -> bool:
    """Whether a property is a plain edge between two named things, no side of an event or of a figure.

    Raises:
        OntologyError: the ontology does not define it.
    """
    iri, ours, graph = ino(name), PREFIXES["ino"], ontology()
    sides = {str(one).removeprefix(ours) for one in graph.objects(iri, RDFS.domain) if str(one).startswith(ours)}
    chosen = (iri, RDFS.range, SKOS.Concept) in graph  # of a list: a unit, a grade, a level
    return (iri, RDF.type, OWL.ObjectProperty) in graph and not chosen and sides <= set(things())


@cache
def edges() -> tuple[str, ...]:
    """Names of the properties that are plain edges between named things, in alphabetical order."""
    ours = (str(one) for one in ontology().subjects(RDF.type, OWL.ObjectProperty))
    names = (one.removeprefix(PREFIXES["ino"]) for one in ours if one.startswith(PREFIXES["ino"]))
    return tuple(sorted(name for name in names if joins_things(name)))


@cache
def defined_terms() -> tuple[tuple[str, str, str, str], ...]:
    """Classes, properties and concepts: `prefix:name`, kind, label in Chinese, label in English; in alphabetical order."""
    graph, found = ontology(), []
    kinds = {OWL.Class: "class", OWL.ObjectProperty: "property", OWL.DatatypeProperty: "property", SKOS.Concept: "concept"}
    for rdf_type, kind in kinds.items():
        for subject in graph.subjects(RDF.type, rdf_type):
            naming = SKOS.prefLabel if kind == "concept" else RDFS.label
            labels = {value.language: str(value) for value in graph.objects(subject, naming) if isinstance(value, Literal)}
            if labels:
                found.append((compact(str(subject)), kind, labels.get("zh", ""), labels.get("en", "")))
    return tuple(sorted(set(found)))


_MANY = 65_536
"""Names of which the IRI is kept: those of many reports."""


@lru_cache(_MANY)
def local_name(name: str) -> str:
    """A name as local name of an IRI: NFKC, quotes dropped, other punctuation and spaces to `-`.

    `东湖高新区南山园` stays as it is; `行动方案(2023-2025)` becomes `行动方案-2023-2025`.
    """
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", name))
    return _NO_WORD.sub("-", plain).strip("-_") or "unnamed"


_QUOTES, _NO_WORD = re.compile(r"[\"'“”‘’「」『』《》〈〉`]"), re.compile(r"[^\w]+")


@lru_cache(_MANY)
def thing(name: str) -> URIRef:
    """IRI of a named thing."""
    return URIRef(PREFIXES["id"] + local_name(name))


@lru_cache(_MANY)
def indicator(name: str) -> URIRef:
    """IRI of an indicator by its canonical name."""
    return URIRef(PREFIXES["ind"] + local_name(name))


@lru_cache(_MANY)
def unit(code: str) -> URIRef:
    """IRI of a base unit by its code in `data/lexicon/units.csv` (`CNY`, `家`)."""
    return URIRef(PREFIXES["unit"] + local_name(code))


@lru_cache(_MANY)
def document(name: str) -> URIRef:
    """IRI of a document; characters that an IRI cannot hold are percent-encoded."""
    return URIRef(PREFIXES["doc"] + quote(name, safe=_IRI_SAFE))


@lru_cache(_MANY)
def metadata_graph(name: str) -> URIRef:
    """IRI of the graph that describes a document and its passages."""
    return URIRef(PREFIXES["graph"] + "doc/" + quote(name, safe=_IRI_SAFE))


@lru_cache(_MANY)
def passage(doc: str, start: int, end: int) -> URIRef:
    """IRI of a stretch of text (RFC 5147, code points, end exclusive): the named graph of what it states."""
    return URIRef(f"{document(doc)}#char={start},{end}")


def row(doc: str, fragment: str) -> URIRef:
    """IRI of a table row: `row=5` (RFC 7111; the header is row 1), in a workbook `sheet=2&row=5`."""
    return URIRef(f"{document(doc)}#{fragment}")


@cache
def graph(name: str) -> URIRef:
    """IRI of a graph that no document owns: `inferred`, `estimated`, `curated`, `ontology`."""
    return URIRef(PREFIXES["graph"] + name)


_IRI_SAFE = "-._~" + "".join(chr(c) for c in range(0x4E00, 0x9FFF))


_PLAIN = re.compile(r"[\w\-.]+").fullmatch


def compact(iri: str) -> str:
    """An IRI with its prefix, where it has one and the rest is a plain name."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _PLAIN(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """The whole IRI of what `compact` gave; any other IRI stays as it is."""
    prefix, colon, rest = name.partition(":")
    return PREFIXES[prefix] + rest if colon and prefix in PREFIXES else name
