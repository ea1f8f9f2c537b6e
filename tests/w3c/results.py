"""What a test expects and what came out, in a form that can be compared: rows and quads up to the names of blank nodes."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace
from rdflib.term import Node

from kg.store.terms import to_oxigraph
from tests.w3c.manifest import Dataset, path_of

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
XSD = "http://www.w3.org/2001/XMLSchema#"
RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
Row = frozenset[tuple[str, object]]
Result = bool | Counter[Row] | set[ox.Quad]


def by_value(term: object) -> object:
    """A term in one form for each value, so that 1.0 and 1 of one type are equal."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(XSD):
        return term
    kind = term.datatype.value.removeprefix(XSD)
    try:
        if kind in ("double", "float"):
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        if kind == "boolean":
            return ox.Literal({"0": "false", "1": "true"}.get(term.value, term.value), datatype=term.datatype)
        if kind in ("decimal", "integer"):
            return ox.Literal(str(Decimal(term.value).normalize() + 0), datatype=term.datatype)
    except (ValueError, InvalidOperation):
        return term
    return term


def rows(found: ox.QuerySolutions) -> "Counter[Row]":
    names = [v.value for v in found.variables]
    return Counter(frozenset((n, by_value(cell)) for n, cell in zip(names, row, strict=True) if cell is not None) for row in found)


def outcome(found: object) -> Result:
    """A result of Oxigraph's as a value."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QuerySolutions):
        return rows(found)
    return {ox.Quad(t.subject, t.predicate, t.object) for t in found}


def expected(root: Path, iri: str) -> Result:
    """What a result file holds."""
    file = path_of(root, iri)
    if file.suffix in RESULTS:
        return outcome(ox.parse_query_results(path=file, format=RESULTS[file.suffix]))
    graph = Graph().parse(file, publicID=iri)
    found = next(graph.subjects(RDF.type, RS.ResultSet), None)
    if found is None:
        return {ox.Quad(*map(to_oxigraph, triple)) for triple in graph}
    answer = graph.value(found, RS.boolean)
    return bool(answer.toPython()) if answer is not None else _result_set(graph, found)


def _result_set(graph: Graph, found: Node) -> "Counter[Row]":
    return Counter(
        frozenset(
            (str(graph.value(binding, RS.variable)), by_value(to_oxigraph(graph.value(binding, RS.value))))
            for binding in graph.objects(solution, RS.binding)
        )
        for solution in graph.objects(found, RS.solution)
    )


@dataclass(frozen=True)
class Content:
    """Quads, and the graphs that are there even where they are empty."""

    quads: tuple[ox.Quad, ...] = ()
    graphs: tuple[str, ...] = ()


@cache
def load(root: Path, data: Dataset) -> Content:
    """What a test's files hold."""
    quads: list[ox.Quad] = []
    for graph, iri in [*((None, iri) for iri in data.default), *data.named]:
        file = path_of(root, iri)
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        for quad in ox.parse(path=file, format=GRAPHS[file.suffix], base_iri=iri, rename_blank_nodes=True):
            quads.append(ox.Quad(quad.subject, quad.predicate, quad.object, name))
    return Content(tuple(quads), tuple(name for name, _ in data.named))


def same(found: Result, wanted: Result) -> bool:
    """Whether two results are equal up to the names of blank nodes."""
    if isinstance(found, bool) or isinstance(wanted, bool) or type(found) is not type(wanted):
        return found is wanted
    if found == wanted:
        return True
    return _canonical(_as_quads(found)) == _canonical(_as_quads(wanted))


def _as_quads(result: Result) -> list[ox.Quad]:
    if not isinstance(result, Counter):
        return list(result)
    quads = []
    for number, row in enumerate(result.elements()):
        node = ox.BlankNode(f"row{number}")
        quads.append(ox.Quad(node, ox.NamedNode("urn:is"), ox.NamedNode("urn:row")))
        quads += [ox.Quad(node, ox.NamedNode(f"urn:var:{name}"), term) for name, term in row]
    return quads


def _canonical(quads: list[ox.Quad]) -> set[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)
