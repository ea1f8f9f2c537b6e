"""RDF of others into a graph of its own: its source recorded, blank nodes given names, IRIs made whole; nothing is fetched."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox
from rdflib import URIRef

from kg import vocab
from kg.errors import ReadError, UsageError
from kg.files import as_text
from kg.store.contexts import with_contexts
from kg.store.evidence import Origin, origin_quads
from kg.store.failures import one_line
from kg.store.replace import Insertion, insertion
from kg.store.syntax import ForeignContextError, statements, whole_iri, whole_literal
from kg.store.trix import trix_statements
from kg.vocab import term

TRIX = "trix"
IMPORTED = MappingProxyType({
    "nt": "nt", "nq": "nquads", "ttl": "turtle", "trig": "trig", "n3": "n3", "rdf": "xml", "owl": "xml", "xml": "xml",
    "jsonld": "json-ld", "json": "json-ld", "trix": TRIX,
})  # fmt: skip
"""Ending of a file → the format's name, which is recorded."""
_READ_AS = MappingProxyType(
    {
        "nt": ox.RdfFormat.N_TRIPLES,
        "nquads": ox.RdfFormat.N_QUADS,
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "n3": ox.RdfFormat.N3,
        "xml": ox.RdfFormat.RDF_XML,
        "json-ld": ox.RdfFormat.JSON_LD,
    }
)


def imported(  # what a file is and what it is stored as
    path: Path, data: bytes, name: str, version: str, rdf_format: str | None = None, contexts: Sequence[str] = ()
) -> Insertion:
    """What a file of RDF states, in one graph of its own, and the description of the file.

    Args:
        path: the file; its ending tells the format where `rdf_format` does not.
        data: its bytes.
        name: under which it is stored.
        version: of the software, kept with the run.
        rdf_format: ending that stands for a format, such as `ttl`.
        contexts: IRIs of contexts of JSON-LD that may be fetched.

    Returns:
        What to put in, first the graph `doc:name#import`; graphs that the file names itself are merged into it.

    Raises:
        UsageError: an unknown format.
        ReadError: the file is not of its format, states nothing, or takes a context from elsewhere that may not be fetched.
    """
    kind = IMPORTED.get((rdf_format or path.suffix.lstrip(".")).lower())
    if kind is None:
        raise UsageError(f"{path}: which RDF format is it? Pass --format with one of {', '.join(sorted(IMPORTED))}.")
    stated = with_contexts(path, data, contexts) if kind == "json-ld" else data
    graph = f"<{vocab.document(name)}#import>"
    try:
        lines = tuple(dict.fromkeys(_lines(_stated(stated, kind, f"{vocab.document(name)}/"), name)))
    except ForeignContextError as error:
        raise ReadError(f"{path}: {error}. Nothing was stored; put it into the file, or pass --allow-context IRI.") from error
    except (SyntaxError, ValueError) as error:
        raise ReadError(f"{path} is no {kind} ({one_line(error)}). Nothing was stored; pass --format, or mend it.") from error
    if not lines:
        raise ReadError(f"{path} states nothing. Nothing was stored.")
    origin = Origin(name, as_text(path.name), kind, hashlib.sha256(data).hexdigest(), version, as_text(path.resolve()))
    return Insertion(((graph, lines), *_description(origin).graphs))


def _stated(data: bytes, kind: str, base: str) -> Iterator[ox.Quad]:
    if kind == TRIX:
        return trix_statements(data)
    return statements(data, _READ_AS[kind], base_iri=base, lenient=True)


def _lines(quads: Iterator[ox.Quad], name: str) -> Iterator[str]:
    """Statements as SPARQL has them; blank nodes have names (RDF 1.1, 3.5 Skolemization), the same for the same file."""
    number = count(1)
    names: dict[str, str] = {}

    def worded(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        if isinstance(node, ox.NamedNode):
            return str(whole_iri(node.value))
        if isinstance(node, ox.BlankNode):
            if node.value not in names:
                names[node.value] = str(whole_iri(f"{vocab.document(name)}/.well-known/genid/{next(number)}"))
            return names[node.value]
        if isinstance(node, ox.Triple):
            raise SyntaxError("a statement about a statement, as RDF 1.2 has them; only RDF 1.1 is read")
        return str(whole_literal(node))

    for quad in quads:
        yield f"{worded(quad.subject)} {worded(quad.predicate)} {worded(quad.object)} ."


def _description(origin: Origin) -> Insertion:
    """What is recorded of the file, and of the graph that it became."""
    graph, me, home = URIRef(f"{vocab.document(origin.name)}#import"), vocab.document(origin.name), vocab.metadata_graph(origin.name)
    made = ((graph, term("prov:wasDerivedFrom"), me, home), (graph, term("prov:wasGeneratedBy"), origin.run, home))
    return insertion((*origin_quads(origin, origin.source), *made))
