"""Where nodes are drawn: computed once, the same each time."""

import math
import random
from collections.abc import Sequence

import igraph
import networkx as nx
import numpy as np

from kg.analyse.network import Floats, seeded

_SPACING = 110.0
"""Pixels between neighbours at zoom 1."""
_UNIT = 0.9 * _SPACING
"""Pixels of one unit of Fruchterman and Reingold, which is about the distance between neighbours."""
_MANY = 1_500
"""Tied nodes above which each community is laid out by itself: the forces between all pairs would take minutes."""
_WORK = 5e8
"""Pairs times rounds that one layout looks at, about a second."""


def positions(graph: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Coordinates in pixels, y downwards; nodes without ties in rows below.

    Up to 1,500 tied nodes: Fruchterman and Reingold (1991) from a fixed start. Above that the communities (Leiden) are laid out
    so one by one, each as a disc, and the discs by the same method on the ties between them, pushed apart where they overlap.
    """
    tied = [node for node in graph if any(other != node for other in nx.all_neighbors(graph, node))]
    index = {node: i for i, node in enumerate(tied)}
    edges = sorted({tuple(sorted((index[a], index[b]))) for a, b in graph.edges() if a != b})
    drawn = igraph.Graph(n=len(tied), edges=edges)
    layout = _by_force(drawn) if len(tied) <= _MANY else _by_community(drawn)
    placed = {node: (round(x * _UNIT, 1), round(y * _UNIT, 1)) for node, (x, y) in zip(tied, layout.tolist(), strict=True)}
    return placed | _row([node for node in graph if node not in index], placed)


def _by_force(drawn: igraph.Graph, weights: Sequence[float] | None = None) -> Floats:
    """Fruchterman and Reingold with the forces between all pairs; coordinates of shape (n, 2), in units."""
    n = drawn.vcount()
    if not n:
        return np.zeros((0, 2))
    igraph.set_random_number_generator(random.Random(2023))  # noqa: S311  # a drawing, not a secret
    rounds = int(min(1000, max(50, _WORK / n**2)))
    layout = drawn.layout_fruchterman_reingold(niter=rounds, start_temp=math.sqrt(n), grid=False, weights=weights)
    return np.array(layout.coords)


def _by_community(drawn: igraph.Graph) -> Floats:
    """Communities as discs; coordinates of shape (n, 2), in units."""
    with seeded(2023):
        found = drawn.community_leiden("modularity", n_iterations=2)
    place = np.zeros((drawn.vcount(), 2))
    radii = np.zeros(len(found))
    for number, members in enumerate(found):
        inner = _by_force(drawn.induced_subgraph(members))
        inner -= inner.mean(axis=0)
        away = np.hypot(*inner.T)
        radii[number] = max(1.0, np.quantile(away, 0.98)) + 1
        inner *= np.minimum(1.0, radii[number] / np.maximum(away, 1e-9))[:, None]  # a few stragglers come back to the rim
        place[members] = inner
    between = found.cluster_graph(combine_vertices=False, combine_edges=False)
    between.es["weight"] = 1.0
    between.simplify(combine_edges={"weight": "sum"})
    centres = _by_force(between, weights=np.log1p(between.es["weight"]).tolist())
    centres = _apart(centres * np.median(radii) / 2, radii)
    return np.asarray(place + centres[np.array(found.membership)], dtype=np.float64)


def _apart(centres: Floats, radii: Floats) -> Floats:
    """Discs pushed apart until none overlaps, or 300 rounds are over; shape (k, 2)."""
    centres = centres.copy()
    least = radii[:, None] + radii[None, :]
    for _ in range(300):
        difference = centres[:, None, :] - centres[None, :, :]
        distance = np.maximum(np.hypot(difference[..., 0], difference[..., 1]), 1e-6)
        overlap = np.maximum(0.0, least - distance)
        np.fill_diagonal(overlap, 0.0)
        if not overlap.any():
            break
        centres += (difference / distance[..., None] * overlap[..., None]).sum(axis=1) * 0.3
    return centres


def _row(alone: list[str], placed: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Nodes without ties, in rows under the drawing."""
    left = min((x for x, _ in placed.values()), default=0.0)
    right = max((x for x, _ in placed.values()), default=8 * _SPACING)
    bottom = max((y for _, y in placed.values()), default=0.0) + 1.5 * _SPACING
    width = max(1, int((right - left) / (1.6 * _SPACING)) + 1)
    return {
        node: (round(left + (i % width) * 1.6 * _SPACING, 1), round(bottom + (i // width) * _SPACING, 1)) for i, node in enumerate(alone)
    }
