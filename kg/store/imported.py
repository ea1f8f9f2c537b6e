"""RDF of others into a graph of its own: any format that rdflib reads, its source recorded, blank nodes given names."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from rdflib import BNode, Dataset, URIRef
from rdflib.term import Node
from rdflib.util import guess_format

from kg import vocab
from kg.errors import ReadError, UsageError
from kg.files import as_text
from kg.store.evidence import Origin, origin_quads
from kg.store.replace import Quad
from kg.vocab import term

FORMATS = {
    "nt": "nt", "nq": "nquads", "ttl": "turtle", "trig": "trig", "n3": "n3", "rdf": "xml", "owl": "xml", "xml": "xml",
    "jsonld": "json-ld", "json": "json-ld", "trix": "trix",
}  # fmt: skip
"""Ending of a file → the format's name in rdflib."""
_NOT_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
"""Characters that an IRI cannot hold (RFC 3987) and that other tools write into one; they are kept percent-encoded."""


def imported_quads(path: Path, data: bytes, name: str, version: str, rdf_format: str | None = None) -> list[Quad]:
    """What a file of RDF states, in one graph of its own, and the description of the file.

    Args:
        path: the file; its ending tells the format where `rdf_format` does not.
        data: its bytes.
        name: under which it is stored.
        version: of the software, kept with the run.
        rdf_format: ending that stands for a format, such as `ttl`.

    Returns:
        Quads in the graph `doc:name#import`; graphs that the file names itself are merged into it.

    Raises:
        UsageError: an unknown format.
        ReadError: the file is not of its format, or states nothing.
    """
    kind = FORMATS.get((rdf_format or path.suffix.lstrip(".")).lower()) or (None if rdf_format else guess_format(path.name))
    if kind is None:
        raise UsageError(f"{path}: which RDF format is it? Pass --format with one of {', '.join(sorted(FORMATS))}.")
    parsed = Dataset(default_union=True)
    try:
        parsed.parse(data=data, format=kind, publicID=str(vocab.document(name)) + "/")
    except Exception as error:  # parsers of rdflib let errors of expat, json and their own through
        said = " ".join(str(error).split())[:160] or type(error).__name__
        raise ReadError(f"{path} is no {kind} ({said}). Nothing was stored; pass --format, or mend it.") from error
    graph = URIRef(f"{vocab.document(name)}#import")
    statements = {(s, p, o) for s, p, o, _ in parsed.quads((None, None, None, None))}
    if not statements:
        raise ReadError(f"{path} states nothing. Nothing was stored.")
    origin = Origin(name, as_text(path.name), kind, hashlib.sha256(data).hexdigest(), version, as_text(path.resolve()))
    quads: list[Quad] = [(*named, graph) for named in _named(statements, name)]
    quads += origin_quads(origin, as_text(path.name))
    quads.append((graph, term("prov:wasDerivedFrom"), vocab.document(name), vocab.metadata_graph(name)))
    quads.append((graph, term("prov:wasGeneratedBy"), origin.run, vocab.metadata_graph(name)))
    return quads


def _named(statements: set[tuple[Node, Node, Node]], name: str) -> Iterator[tuple[Node, Node, Node]]:
    """Statements in which blank nodes have names (RDF 1.1, 3.5 Skolemization), the same for the same file, and IRIs are whole."""
    order = sorted({str(node) for statement in statements for node in (statement[0], statement[2]) if isinstance(node, BNode)})
    names = {label: URIRef(f"{vocab.document(name)}/.well-known/genid/{number}") for number, label in enumerate(order, 1)}

    def named(node: Node) -> Node:
        if isinstance(node, URIRef):
            return URIRef(_NOT_IRI.sub(lambda found: quote(found[0], safe=""), node))
        return names[str(node)] if isinstance(node, BNode) else node

    return ((named(s), p, named(o)) for s, p, o in statements)
