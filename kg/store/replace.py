"""One SPARQL Update request that replaces what a document (or a rule run) states.

The default graph holds each statement once, whatever number of graphs state it. So a statement leaves the default
graph with the last graph that states it, and that is decided inside the same request.
"""

from collections import defaultdict
from collections.abc import Iterable

from rdflib import URIRef
from rdflib.term import Node

from kg import vocab

Quad = tuple[Node, Node, Node, URIRef]


def replace_request(old: Iterable[URIRef], inserted: str) -> str:
    """SPARQL 1.1 Update that takes the graphs `old` out and puts statements in.

    Args:
        old: graphs that go, with those of their statements that no other graph states.
        inserted: an operation as `insertion` words it, or "".

    Returns:
        The text of one request, to be sent as one transaction; "" where there is nothing to do.
    """
    return " ;\n".join([*_removal(sorted(set(old))), *([inserted] if inserted else [])])


def insertion(new: Iterable[Quad]) -> str:
    """The operation that puts quads in, each statement into the default graph too, once; "" where there are none."""
    by_graph: dict[URIRef, dict[str, None]] = defaultdict(dict)
    for subject, predicate, thing, graph in new:
        by_graph[graph][f"{subject.n3()} {predicate.n3()} {thing.n3()} ."] = None
    if not by_graph:
        return ""
    everything = dict.fromkeys(line for lines in by_graph.values() for line in lines)
    blocks = [f"GRAPH {graph.n3()} {{\n{_lines(lines)}\n}}" for graph, lines in by_graph.items()]
    return f"INSERT DATA {{\n{_lines(everything)}\n" + "\n".join(blocks) + "\n}"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _removal(old: list[URIRef]) -> list[str]:
    if not old:
        return []
    scratch, estimated = vocab.graph("scratch").n3(), vocab.graph("estimated").n3()
    graphs = " ".join(g.n3() for g in old)
    return [  # graph names are ours, made by kg.vocab
        f"INSERT {{ GRAPH {scratch} {{ ?s ?p ?o }} }} WHERE {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} }}",  # noqa: S608
        *(f"DROP SILENT GRAPH {g.n3()}" for g in old),
        f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {scratch} {{ ?s ?p ?o }} FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} "
        f"FILTER (?other != {scratch} && ?other != {estimated}) }} }}",
        f"DROP SILENT GRAPH {scratch}",
    ]
