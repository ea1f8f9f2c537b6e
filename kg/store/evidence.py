"""The description of a document and its passages: words, offsets, run, confidence (PROV-O, NIF, RFC 5147/7111)."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from kg import vocab
from kg.model import Document, Facts, Span
from kg.store.replace import Quad
from kg.vocab import ino, term

VERBATIM, REPAIRED = Decimal("1.0"), Decimal("0.9")


def document_quads(facts: Facts, graph_of: Callable[[Span], URIRef], version: str, location: str) -> Iterator[Quad]:
    """Quads of the document's metadata graph."""
    document, home = facts.document, vocab.metadata_graph(facts.document.name)
    me = vocab.document(document.name)
    run = URIRef(f"{me}#run")
    yield me, RDF.type, ino("Document"), home
    yield me, RDFS.label, Literal(document.title or document.source, lang="zh"), home
    yield me, term("dct:identifier"), Literal(document.name), home
    yield me, term("dct:source"), Literal(document.source), home
    yield me, term("dct:format"), Literal(document.media_type), home
    yield me, ino("sha256"), Literal(document.sha256), home
    if location:
        yield me, term("prov:atLocation"), Literal(location), home
    if document.date:
        yield me, term("dct:issued"), Literal(document.date), home
    if document.issuer:
        yield me, term("dct:publisher"), vocab.thing(document.issuer), home
    if document.period:
        yield me, ino("periodStart"), Literal(document.period.start), home
        yield me, ino("periodEnd"), Literal(document.period.end), home
    yield run, RDF.type, ino("ExtractionRun"), home
    yield run, term("prov:used"), me, home
    yield run, term("dct:hasVersion"), Literal(version), home
    yield run, term("prov:endedAtTime"), Literal(dt.datetime.now(dt.UTC).replace(microsecond=0)), home
    for place in facts.passages:
        yield from _passage(document, place, graph_of(place), run, home)


def _passage(document: Document, place: Span, graph: URIRef, run: URIRef, home: URIRef) -> Iterator[Quad]:
    raw = document.offsets.span_to_raw(place)
    verbatim = raw.end - raw.start == place.end - place.start
    yield graph, RDF.type, ino("Passage"), home
    yield graph, term("nif:anchorOf"), Literal(document.quote(place)), home
    for key, value in (("nif:beginIndex", place.start), ("nif:endIndex", place.end)):
        yield graph, term(key), Literal(value, datatype=XSD.nonNegativeInteger), home
    for key, value in (("sourceBegin", raw.start), ("sourceEnd", raw.end)):
        yield graph, ino(key), Literal(value, datatype=XSD.nonNegativeInteger), home
    on = document.regions_of(raw)
    sure = min((Decimal(str(region.confidence)) for region in on), default=VERBATIM)
    yield graph, ino("confidence"), Literal(min(sure, VERBATIM if verbatim or document.regions else REPAIRED)), home
    if on:
        yield graph, ino("page"), Literal(on[0].page, datatype=XSD.positiveInteger), home
    for region in on:
        if region.box:
            yield graph, ino("pageBox"), Literal(",".join(f"{side:g}" for side in region.box)), home
    yield graph, term("prov:wasDerivedFrom"), vocab.document(document.name), home
    yield graph, term("prov:wasGeneratedBy"), run, home
