"""Where nodes are drawn: computed once, the same each time."""

import math
import random

import igraph
import networkx as nx

_SPACING = 110.0
"""Pixels between neighbours at zoom 1."""


def positions(graph: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Coordinates in pixels: Fruchterman and Reingold (1991) from a fixed start, nodes without ties in a row below."""
    tied = [node for node in graph if any(other != node for other in nx.all_neighbors(graph, node))]
    index = {node: i for i, node in enumerate(tied)}
    edges = sorted({tuple(sorted((index[a], index[b]))) for a, b in graph.edges() if a != b})
    drawn = igraph.Graph(n=len(tied), edges=edges)
    igraph.set_random_number_generator(random.Random(2023))  # noqa: S311  # a drawing, not a secret
    layout = drawn.layout_fruchterman_reingold(niter=1000, start_temp=math.sqrt(len(tied) or 1)) if tied else []
    scale = _SPACING * 0.9
    placed = {node: (round(x * scale, 1), round(y * scale, 1)) for node, (x, y) in zip(tied, layout, strict=True)}
    return placed | _row([node for node in graph if node not in index], placed)


def _row(alone: list[str], placed: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Nodes without ties, in rows under the drawing."""
    left = min((x for x, _ in placed.values()), default=0.0)
    right = max((x for x, _ in placed.values()), default=8 * _SPACING)
    bottom = max((y for _, y in placed.values()), default=0.0) + 1.5 * _SPACING
    width = max(1, int((right - left) / (1.6 * _SPACING)) + 1)
    return {
        node: (round(left + (i % width) * 1.6 * _SPACING, 1), round(bottom + (i // width) * _SPACING, 1)) for i, node in enumerate(alone)
    }
