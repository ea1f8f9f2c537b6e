"""The description of a document and its passages: words, offsets, run, confidence (PROV-O, NIF, RFC 5147/7111)."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from kg import vocab
from kg.extract.document.belonging import said
from kg.model import Basis, Facts, Span
from kg.store.replace import Quad
from kg.vocab import concept, ino, term

VERBATIM, REPAIRED = Decimal("1.0"), Decimal("0.9")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document's statements come from: its name, file, format and checksum, the software, where the file lay."""

    name: str
    source: str
    media_type: str
    sha256: str
    version: str
    location: str = ""

    @property
    def run(self) -> URIRef:
        """The run of the software that read it."""
        return URIRef(f"{vocab.document(self.name)}#run")


def origin_quads(origin: Origin, label: str) -> Iterator[Quad]:
    """What is recorded of every document, and of the run that read it (PROV-O, Dublin Core)."""
    me, home = vocab.document(origin.name), vocab.metadata_graph(origin.name)
    yield me, RDF.type, ino("Document"), home
    yield me, RDFS.label, Literal(label, lang="zh"), home
    yield me, term("dct:identifier"), Literal(origin.name), home
    yield me, term("dct:source"), Literal(origin.source), home
    yield me, term("dct:format"), Literal(origin.media_type), home
    yield me, ino("sha256"), Literal(origin.sha256), home
    if origin.location:
        yield me, term("prov:atLocation"), Literal(origin.location), home
    yield from run_quads(origin, origin.run, origin.version)


def run_quads(origin: Origin, run: URIRef, version: str) -> Iterator[Quad]:
    """A run over a document: of this software, or of a model beside it."""
    home = vocab.metadata_graph(origin.name)
    yield run, RDF.type, ino("ExtractionRun"), home
    yield run, term("prov:used"), vocab.document(origin.name), home
    yield run, term("dct:hasVersion"), Literal(version), home
    yield run, term("prov:endedAtTime"), Literal(dt.datetime.now(dt.UTC).replace(microsecond=0)), home


@dataclass(frozen=True, slots=True)
class Home:
    """Whose report a document is, as things: the place or park with its label, the places around it; and the office that issues it."""

    own: URIRef | None
    label: str
    around: tuple[URIRef, ...]
    issuer: URIRef


def _home_quads(facts: Facts, me: URIRef, graph_of: Callable[[Span], URIRef], told: Home) -> Iterator[Quad]:
    """Whose report it is, and what tells it."""
    home, graph = facts.document.home, vocab.metadata_graph(facts.document.name)
    if told.own:
        yield me, ino("speaksFor"), told.own, graph
        yield told.own, RDFS.label, Literal(told.label, lang="zh"), graph
        yield me, ino("homeText"), Literal(said(home)), graph
    for place in told.around:
        yield me, ino("speaksWithin"), place, graph
    if home.basis:
        yield me, ino("homeBasis"), concept(f"home-by-{home.basis}"), graph
    for passage in dict.fromkeys(map(graph_of, home.spans)):
        yield me, ino("homeFrom"), passage, graph
    if home.basis == "given":
        yield me, ino("placeGiven"), Literal(said(home)), graph
    for one in home.between:
        yield me, ino("placeBetween"), Literal(one), graph


def document_quads(facts: Facts, origin: Origin, graph_of: Callable[[Span], URIRef], told: Home) -> Iterator[Quad]:
    """Quads of the document's metadata graph."""
    document, home = facts.document, vocab.metadata_graph(origin.name)
    me = vocab.document(origin.name)
    yield from origin_quads(origin, document.title or document.source)
    yield from _home_quads(facts, me, graph_of, told)
    if document.date:
        yield me, term("dct:issued"), Literal(document.date), home
    if document.issuer:
        yield me, term("dct:publisher"), told.issuer, home
    if document.period:
        yield me, ino("periodStart"), Literal(document.period.start), home
        yield me, ino("periodEnd"), Literal(document.period.end), home
    for place in facts.passages:
        yield from _passage(facts, place, graph_of(place), origin.run, home)


def proposal_quads(facts: Facts, origin: Origin, run: URIRef, graphs: Mapping[URIRef, Span]) -> Iterator[Quad]:
    """What is recorded of a model's proposals: a run of its own, and for each sentence a graph with the model's confidence."""
    home = vocab.metadata_graph(origin.name)
    yield from run_quads(origin, run, facts.by)
    for graph, place in graphs.items():
        for quad in _passage(facts, place, graph, run, home):
            sure = quad[1] == ino("confidence")
            yield (graph, quad[1], Literal(Decimal(str(facts.confidence))), home) if sure else quad


CONTEXT: Mapping[Basis, Decimal] = {"name": Decimal("0.9"), "report": Decimal("0.7")}
"""How sure what is read from the context is at most: what a name says is surer than what follows from whose report it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The graph of what is read at a passage from the context: on which basis, and from which passages."""

    graph: URIRef
    place: Span
    basis: Basis
    given: tuple[URIRef, ...]


def context_quads(facts: Facts, origin: Origin, readings: Iterable[Reading]) -> Iterator[Quad]:
    """What is recorded of the graphs of what no sentence states: their words, less sure, their basis, and what gives it."""
    home = vocab.metadata_graph(origin.name)
    for one in readings:
        yield one.graph, RDF.type, ino("ContextReading"), home
        yield one.graph, ino("basis"), concept(f"by-{one.basis}"), home
        for passage in one.given:
            yield one.graph, ino("readFrom"), passage, home
        yield from _passage(facts, one.place, one.graph, origin.run, home, CONTEXT[one.basis])


def _passage(facts: Facts, place: Span, graph: URIRef, run: URIRef, home: URIRef, most: Decimal = VERBATIM) -> Iterator[Quad]:
    document = facts.document
    first = bisect_left(facts.repairs, place.start, key=lambda one: one.span.start)
    last = bisect_left(facts.repairs, place.end, key=lambda one: one.span.start)
    mended = facts.repairs[first:last]
    raw = document.offsets.span_to_raw(place)
    verbatim = not mended and (raw.end - raw.start == place.end - place.start or bool(document.regions))
    yield graph, RDF.type, ino("Passage"), home
    yield graph, term("nif:anchorOf"), Literal(document.quote(place)), home
    for key, value in (("nif:beginIndex", place.start), ("nif:endIndex", place.end)):
        yield graph, term(key), Literal(value, datatype=XSD.nonNegativeInteger), home
    for key, value in (("sourceBegin", raw.start), ("sourceEnd", raw.end)):
        yield graph, ino(key), Literal(value, datatype=XSD.nonNegativeInteger), home
    on = document.regions_of(raw)
    sure = min((Decimal(str(region.confidence)) for region in on), default=VERBATIM)
    yield graph, ino("confidence"), Literal(min(sure, most, VERBATIM if verbatim else REPAIRED)), home
    for one in mended:
        yield graph, ino("repair"), Literal(f"{one.printed} → {one.read}"), home
    if on:
        yield graph, ino("page"), Literal(on[0].page, datatype=XSD.positiveInteger), home
    for region in on:
        if region.box:
            yield graph, ino("pageBox"), Literal(",".join(f"{side:g}" for side in region.box)), home
    yield graph, term("prov:wasDerivedFrom"), vocab.document(document.name), home
    yield graph, term("prov:wasGeneratedBy"), run, home
