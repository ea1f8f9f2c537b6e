"""From RDF to a network: named things and cooperations are nodes, what joins two of them is an edge.

Projection `whole`: every property of the ontology between two things is an edge; an event with a participant and
something it concerns joins the two; a cooperation is a node of its own, joined with its participants and fields.
Each node and edge keeps the sentences that state it.
"""

from collections import defaultdict

import networkx as nx

from kg import query, vocab
from kg.store import Store

_NODES = """
SELECT DISTINCT ?node ?type ?label ?sentence {
  VALUES ?type { %s ino:Cooperation }
  ?node a ?type ; rdfs:label ?label .
  GRAPH ?passage { ?node a ?type }
  ?passage nif:anchorOf ?sentence .
} ORDER BY ?node ?passage
"""
_EDGES = """
SELECT DISTINCT ?start ?end ?kind ?sentence {
  VALUES ?kind { %s }
  GRAPH ?passage { ?start ?kind ?end }
  ?passage nif:anchorOf ?sentence .
} ORDER BY ?start ?end ?kind ?passage
"""
_EVENTS = """
SELECT DISTINCT ?start ?end ?kind ?sentence {
  VALUES ?kind { ino:PolicyAction ino:FundingGrant ino:Commitment ino:AwardGrant ino:RecognitionGrant }
  GRAPH ?passage { ?event a ?kind ; ino:participant ?start ; ino:concerns ?end }
  ?passage nif:anchorOf ?sentence .
} ORDER BY ?start ?end ?kind ?passage
"""
_BETWEEN_THINGS = (
    "cooperatesWith", "develops", "issues", "appliesTo", "focusesOn", "endorsedBy", "locatedIn", "partOf", "operatedBy",
    "participatesIn", "supports", "receivesAward", "recommends", "undertakes", "invests", "grantedBy", "participant", "field",
)  # fmt: skip


def project(store: Store) -> "nx.MultiDiGraph[str]":
    """The projection `whole`.

    Returns:
        Nodes with `name`, `type` (class name), `sentences`; edges keyed by `type` (property or event class name) with
        `sentences`; a symmetric property is one edge.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    classes = " ".join(f"ino:{name}" for name in vocab.THINGS)
    for node, kind, label, sentence in query.rows(store, _NODES % classes):
        if node not in graph:
            graph.add_node(node, name=label, type=kind.removeprefix("ino:"), sentences=[])
        if sentence not in graph.nodes[node]["sentences"]:
            graph.nodes[node]["sentences"].append(sentence)
    properties = " ".join(f"ino:{name}" for name in _BETWEEN_THINGS)
    for (start, end, kind), sentences in _edges(store, properties).items():
        if start in graph and end in graph and start != end:
            graph.add_edge(start, end, key=kind, type=kind, sentences=sentences)
    return graph


def _edges(store: Store, properties: str) -> dict[tuple[str, str, str], list[str]]:
    """Edges with their sentences; of a symmetric property the one from the lesser IRI."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for sparql in (_EDGES % properties, _EVENTS):
        for start, end, curie, sentence in query.rows(store, sparql):
            kind = curie.removeprefix("ino:")
            ends = (end, start) if vocab.symmetric(kind) and end < start else (start, end)
            sentences = found[*ends, kind]
            if sentence not in sentences:
                sentences.append(sentence)
    return found
