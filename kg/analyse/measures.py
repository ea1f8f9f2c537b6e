"""Centrality of a network, computed by igraph, with the definitions of networkx (which tests check against)."""

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx

from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


def _simple(graph: "nx.Graph[str]") -> Any:
    """Undirected, without loops and parallel edges: a tie is there or not."""
    index = {node: i for i, node in enumerate(graph)}
    edges = {(min(index[a], index[b]), max(index[a], index[b])) for a, b in graph.edges() if a != b}
    return igraph.Graph(n=len(index), edges=sorted(edges))


def degree(graph: Any) -> list[float]:
    """Share of all other nodes that a node is joined with. Freeman (1978)."""
    others = max(1, graph.vcount() - 1)
    return [d / others for d in graph.degree()]


def betweenness(graph: Any) -> list[float]:
    """Share of shortest paths between other nodes that run through a node, 0 to 1. Freeman (1977), Brandes (2001)."""
    n = graph.vcount()
    pairs = (n - 1) * (n - 2) / 2
    return [b / pairs if pairs else 0.0 for b in graph.betweenness(directed=False)]


def closeness(graph: Any) -> list[float]:
    """Inverse mean distance to the nodes within reach, times their share. Wasserman and Faust (1994), formula 5.22."""
    n = graph.vcount()
    sizes = {v: len(part) for part in graph.connected_components() for v in part}
    raw = graph.closeness(normalized=True)
    return [0.0 if sizes[v] < 2 else value * (sizes[v] - 1) / (n - 1) for v, value in enumerate(raw)]


def eigenvector(graph: Any) -> list[float]:
    """Entries of the principal eigenvector of the adjacency matrix, of length 1. Bonacich (1972).

    Parts of the graph that hang together less than the densest one get (nearly) zero.
    """
    if not graph.ecount():
        return [0.0] * graph.vcount()
    with warnings.catch_warnings():  # igraph warns that parts beside the largest get zero, as the docstring says
        warnings.simplefilter("ignore", RuntimeWarning)
        raw = graph.eigenvector_centrality(scale=True)
    norm = sum(value * value for value in raw) ** 0.5
    return [value / norm for value in raw]


def pagerank(graph: Any) -> list[float]:
    """Share of time that a random surfer spends at a node, damping 0.85, each tie both ways. Brin and Page (1998)."""
    return list(graph.pagerank(directed=False, damping=0.85)) if graph.vcount() else []


MEASURES: dict[str, Callable[[Any], list[float]]] = {
    "degree": degree,
    "betweenness": betweenness,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
}


def centrality(graph: "nx.Graph[str]", by: str) -> dict[str, float]:
    """Centrality of each node.

    Args:
        graph: any networkx graph; direction, parallel edges and loops are ignored.
        by: a name of `MEASURES`.

    Raises:
        UsageError: no such measure.
    """
    if by not in MEASURES:
        raise UsageError(f"There is no measure '{by}'. Choose from {', '.join(MEASURES)}.")
    return dict(zip(graph, MEASURES[by](_simple(graph)), strict=True))


def rank(graph: "nx.Graph[str]", by: str, top: int = 20) -> "pd.DataFrame":
    """The nodes that are highest by a measure.

    Returns:
        Columns `rank` (equal values share one), `name`, `class`, `value`, `ties` (neighbours), best first.

    Raises:
        UsageError: no such measure, or `top` below 1.
    """
    import pandas as pd  # noqa: PLC0415  # half a second that the rest of the module need not pay

    if top < 1:
        raise UsageError(f"--top must be at least 1, not {top}.")
    scores = centrality(graph, by)
    order = sorted(scores, key=lambda node: (-round(scores[node], 12), graph.nodes[node]["name"]))
    ranks: dict[float, int] = {}
    rows = []
    for place, node in enumerate(order, start=1):
        value = round(scores[node], 12)
        ties = len((set(nx.all_neighbors(graph, node)) if graph.is_directed() else set(graph.neighbors(node))) - {node})
        rows.append(
            (
                ranks.setdefault(value, place),
                graph.nodes[node]["name"],
                graph.nodes[node]["type"],
                value,
                ties,
            )
        )
    return pd.DataFrame(rows[:top], columns=["rank", "name", "class", "value", "ties"])
