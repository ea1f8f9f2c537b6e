"""A network in the formats of other tools: GraphML, GEXF, tables of nodes and edges; laid out, measured and clustered."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.analyse.centrality import scores
from kg.analyse.community import communities
from kg.analyse.layout import positions
from kg.analyse.network import Network
from kg.printed import xml_text
from kg.show.palette import look_of

if TYPE_CHECKING:
    import pandas as pd

_SMALLEST, _LARGEST = 8.0, 40.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a node is drawn and measured: place and size in pixels, colour (`#rrggbb`), degree, betweenness (0 to 1), cluster (from 1)."""

    x: float
    y: float
    size: float
    colour: str
    degree: int
    betweenness: float
    cluster: int


def drawn(graph: "nx.MultiDiGraph[str]") -> dict[str, Drawn]:
    """Place, size (by betweenness), centralities and cluster of each node."""
    network, places = Network.of(graph), positions(graph)
    between = scores(network, "betweenness").values
    member_of = communities(network).member_of
    highest = float(between.max(initial=0.0)) or 1.0
    return {
        node: Drawn(
            *places[node], round(_SMALLEST + (_LARGEST - _SMALLEST) * float(between[i] / highest) ** 0.5, 1),
            look_of(graph.nodes[node]["type"])["light"], int(network.degrees[i]), round(float(between[i]), 9), int(member_of[i]) + 1,
        )
        for i, node in enumerate(network.nodes)
    }  # fmt: skip


def as_graphml(graph: "nx.MultiDiGraph[str]") -> bytes:
    """A projection as GraphML 1.0, as networkx writes it; the sentences of a node or edge are one text, a line each."""
    out, looks = io.BytesIO(), drawn(graph)
    flat = _flat(graph, looks)
    for node, look in looks.items():
        flat.nodes[xml_text(node)].update(x=look.x, y=look.y, size=look.size, color=look.colour)
    nx.write_graphml(flat, out, encoding="utf-8", named_key_ids=True)
    return out.getvalue()


def as_gexf(graph: "nx.MultiDiGraph[str]") -> bytes:
    """A projection as GEXF 1.2 for Gephi, as networkx writes it, with positions, colours and sizes (its module `viz`)."""
    out, looks = io.BytesIO(), drawn(graph)
    flat = _flat(graph, looks)
    for node, look in looks.items():
        red, green, blue = (int(look.colour[i : i + 2], 16) for i in (1, 3, 5))
        flat.nodes[xml_text(node)]["viz"] = {
            "position": {"x": look.x, "y": -look.y, "z": 0.0},  # its axis points up
            "size": look.size,
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
        }
    nx.write_gexf(flat, out, encoding="utf-8", version="1.2draft")
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue())  # the same network twice gives the same bytes


def tables_of(graph: "nx.MultiDiGraph[str]") -> "dict[str, pd.DataFrame]":
    """The tables `nodes` (id, label, class, degree, betweenness, cluster, x, y, sentences) and `edges` (source, target, relation,
    weight, since, context, sentences).
    """
    import pandas as pd  # noqa: PLC0415  # half a second that other commands need not pay

    looks = drawn(graph)
    nodes = [
        (node, data["name"], data["type"], look.degree, look.betweenness, look.cluster, look.x, look.y, "\n".join(data["sentences"]))
        for node, data in graph.nodes(data=True)
        for look in (looks[node],)
    ]
    edges = [
        (start, end, data["type"], float(data["weight"]), data["since"], data.get("context", False), "\n".join(data["sentences"]))
        for start, end, data in graph.edges(data=True)
    ]
    return {
        "nodes": pd.DataFrame(nodes, columns=["id", "label", "class", "degree", "betweenness", "cluster", "x", "y", "sentences"]),
        "edges": pd.DataFrame(edges, columns=["source", "target", "relation", "weight", "since", "context", "sentences"]),
    }


def _flat(graph: "nx.MultiDiGraph[str]", looks: Mapping[str, Drawn]) -> "nx.MultiDiGraph[str]":
    """The same with plain text and numbers for attributes, which is all that these formats take."""
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        said, look = xml_text("\n".join(data["sentences"])), looks[node]
        measured: dict[str, Any] = {"degree": look.degree, "betweenness": look.betweenness, "cluster": look.cluster}
        flat.add_node(xml_text(node), **{"label": xml_text(data["name"]), "class": data["type"], "sentences": said}, **measured)
    for start, end, key, data in graph.edges(keys=True, data=True):
        since = {"since": data["since"].isoformat()} if data["since"] else {}
        said = xml_text("\n".join(data["sentences"]))
        flat.add_edge(
            xml_text(start),
            xml_text(end),
            key=key,
            label=data["type"],
            relation=data["type"],
            weight=float(data["weight"]),
            context=bool(data.get("context", False)),
            sentences=said,
            **since,
        )
    return flat
