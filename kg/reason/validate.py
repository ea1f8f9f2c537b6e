"""Whether the graph keeps to the shapes of `ontology/shapes.ttl` (SHACL)."""

from dataclasses import dataclass
from decimal import localcontext
from functools import cache

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg import resources, vocab
from kg.store import Store
from kg.vocab import term


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a shape: what is wrong, and the sentences that state it."""

    node: str
    path: str
    value: str
    message: str
    passages: tuple[str, ...]
    sentences: tuple[str, ...]


@cache
def _shapes() -> Graph:
    return Graph().parse(resources.ontology() / "shapes.ttl")


def validate(store: Store) -> list[Violation]:
    """Check the default graph against the shapes.

    Returns:
        Violations in a fixed order, each with the passages that state something of its node; none if all conforms.
    """
    import pyshacl  # noqa: PLC0415  # a third of a second that other commands need not pay

    with localcontext() as context:  # NaN is less than nothing and no more than anything: comparing it is no error
        context.clear_traps()
        conforms, report, _ = pyshacl.validate(
            _comparable(store.default_graph()), shacl_graph=_shapes(), ont_graph=None, inference="none", advanced=False
        )
    if conforms or not isinstance(report, Graph):
        return []
    found = [_violation(store, report, node) for node in report.subjects(RDF.type, term("sh:ValidationResult"))]
    return sorted(found, key=lambda v: (v.node, v.path, v.message, v.value))


def _comparable(graph: Graph) -> Graph:
    """The graph with literals that are not of their type as plain text, which still breaks a shape that asks for the type.

    ("2023-13-45"^^xsd:date has no value: pyshacl cannot tell whether it comes before another day, and breaks off.)
    """
    for s, p, o in list(graph):
        if isinstance(o, Literal) and o.ill_typed:
            graph.remove((s, p, o))
            graph.add((s, p, Literal(str(o), datatype=XSD.string)))
    return graph


def _violation(store: Store, report: Graph, result: Node) -> Violation:
    def one(name: str) -> str:
        return str(report.value(result, term(name)) or "")

    focus = report.value(result, term("sh:focusNode"))
    places = _places(store, focus) if isinstance(focus, URIRef) else []
    return Violation(
        vocab.compact(str(focus)),
        vocab.compact(one("sh:resultPath")),
        vocab.compact(one("sh:value")),
        one("sh:resultMessage"),
        tuple(passage for passage, _ in places),
        tuple(sentence for _, sentence in places),
    )


def _places(store: Store, node: URIRef) -> list[tuple[str, str]]:
    """Passages that state something of a node (the node itself where it is one), with their sentences."""
    stated = store.rows(
        "SELECT DISTINCT ?passage ?sentence ?node { GRAPH ?passage { ?node ?p ?o } ?passage nif:anchorOf ?sentence } "
        "ORDER BY ?passage LIMIT 5",
        {"node": node},
    )
    itself = [] if stated else store.rows("SELECT ?node ?sentence { ?node nif:anchorOf ?sentence }", {"node": node})
    return [(str(row[0]), str(row[1])) for row in (*stated, *itself)]
