"""A network in the formats of other tools: GraphML, GEXF, tables of nodes and edges."""

import io
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    import pandas as pd


def as_graphml(graph: "nx.MultiDiGraph[str]") -> bytes:
    """GraphML 1.0, as networkx writes it; the sentences of a node or edge are one text, a line each."""
    out = io.BytesIO()
    nx.write_graphml(_flat(graph), out, encoding="utf-8", named_key_ids=True)
    return out.getvalue()


def as_gexf(graph: "nx.MultiDiGraph[str]") -> bytes:
    """GEXF 1.2 for Gephi, as networkx writes it."""
    out = io.BytesIO()
    nx.write_gexf(_flat(graph), out, encoding="utf-8", version="1.2draft")
    return out.getvalue()


def tables_of(graph: "nx.MultiDiGraph[str]") -> "dict[str, pd.DataFrame]":
    """The tables `nodes` (id, label, class, sentences) and `edges` (source, target, relation, sentences)."""
    import pandas as pd  # noqa: PLC0415  # half a second that other commands need not pay

    nodes = [(node, data["name"], data["type"], "\n".join(data["sentences"])) for node, data in graph.nodes(data=True)]
    edges = [(start, end, data["type"], "\n".join(data["sentences"])) for start, end, data in graph.edges(data=True)]
    return {
        "nodes": pd.DataFrame(nodes, columns=["id", "label", "class", "sentences"]),
        "edges": pd.DataFrame(edges, columns=["source", "target", "relation", "sentences"]),
    }


def _flat(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """The same with plain text for attributes, which is all that these formats take."""
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        said = _xml("\n".join(data["sentences"]))
        flat.add_node(_xml(node), **{"label": _xml(data["name"]), "class": data["type"], "sentences": said})
    for start, end, key, data in graph.edges(keys=True, data=True):
        flat.add_edge(_xml(start), _xml(end), key=key, relation=data["type"], sentences=_xml("\n".join(data["sentences"])))
    return flat


def _xml(text: str) -> str:
    """Text without the control characters that XML 1.0 cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n")
