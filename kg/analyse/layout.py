"""Where nodes are drawn: computed once, the same each time."""

from collections import deque

import networkx as nx
import numpy as np

from kg.analyse.community import leiden
from kg.analyse.network import Floats, Integers, Network

_SPACING = 110.0
"""Pixels between neighbours at zoom 1, and between parts."""
_MANY = 1_500
"""Nodes of a part above which each of its communities is laid out by itself: the forces between all pairs would take minutes."""
_WORK = 1e8
"""Pairs times rounds that one layout looks at, a second."""
_SEED = 2023
_SHAPE = 1.6
"""Width of a drawing by its height, about a screen's."""


def positions(graph: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Coordinates in pixels, y downwards; nodes without ties in rows below.

    Each connected part is laid out by itself, and the parts are packed around the largest.
    """
    whole = Network.of(graph)
    tied = whole.among(np.flatnonzero(whole.degrees))
    members = [np.flatnonzero(tied.parts == number) for number in range(int(tied.parts.max(initial=-1)) + 1)]
    members.sort(key=len, reverse=True)
    laid = [_lying(_laid_out(_evenly(tied.among(one)))) for one in members]
    placed: dict[str, tuple[float, float]] = {}
    for one, corner, inner in zip(members, _packed([np.ptp(inner, axis=0) for inner in laid]), laid, strict=True):
        at = np.round(corner + inner - inner.min(axis=0), 1).tolist()
        placed |= {tied.nodes[node]: (x, y) for node, (x, y) in zip(one.tolist(), at, strict=True)}
    return placed | _row([node for node in graph if node not in placed], placed)


def _laid_out(network: Network) -> Floats:
    """A connected network around its middle; coordinates of shape (n, 2)."""
    if network.n > _MANY:
        member_of = np.unique(leiden(network, _SEED), return_inverse=True)[1].astype(np.int64)
        if member_of.any():
            return _by_community(network, member_of)
    return _by_force(network)


def _by_force(network: Network) -> Floats:
    """Fruchterman and Reingold (1991) by rustworkx; the median node has its nearest at the distance of neighbours."""
    import rustworkx  # noqa: PLC0415
    from scipy.spatial import KDTree  # noqa: PLC0415  # a tenth of a second

    if network.n == 1:
        return np.zeros((1, 2))
    graph: rustworkx.PyGraph[None, float] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * network.n)
    graph.add_edges_from([(a, b, w) for (a, b), w in zip(network.ends.tolist(), network.weights.tolist(), strict=True)])
    rounds = int(min(500, max(20, _WORK / network.n**2)))
    found = rustworkx.spring_layout(graph, num_iter=rounds, adaptive_cooling=False, weight_fn=float, seed=_SEED)
    place = np.array([found[node] for node in range(network.n)], dtype=np.float64)
    nearest = np.asarray(KDTree(place).query(place, k=2)[0])[:, 1]
    return np.asarray((place - place.mean(axis=0)) * (_SPACING / np.median(nearest)), dtype=np.float64)


def _by_community(network: Network, member_of: Integers) -> Floats:
    """Each community a disc, the discs by the same method on the ties between them, pushed apart where they overlap."""
    count = int(member_of.max()) + 1
    place, radii = np.zeros((network.n, 2)), np.zeros(count)
    for number in range(count):
        members = np.flatnonzero(member_of == number)
        place[members] = inner = _laid_out(network.among(members))
        radii[number] = np.hypot(*inner.T).max() + _SPACING / 2
    between = Network.from_arrays(tuple(range(count)), member_of[network.ends])
    centres = _by_force(Network(between.nodes, between.ends, np.log1p(between.weights)))
    return np.asarray(place + _apart(centres * (np.median(radii) / _SPACING), radii)[member_of], dtype=np.float64)


def _evenly(network: Network) -> Network:
    """The same with each tie counted once."""
    return Network(network.nodes, network.ends, np.ones(network.m))


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


def _lying(place: Floats) -> Floats:
    """A drawing that is wider than high."""
    return place[:, ::-1] if np.ptp(place[:, 1]) > np.ptp(place[:, 0]) else place


def _packed(sizes: list[Floats]) -> list[Floats]:
    """Corners of boxes, the largest first: shelves to the left and right of it, below and above it in turn."""
    if not sizes:
        return []
    boxes = np.array(sizes) + 1.5 * _SPACING
    width = max(boxes[0, 0], np.sqrt(_SHAPE * boxes.prod(axis=1).sum()))
    shelves: deque[deque[int]] = deque()
    current: deque[int] = deque()
    room = 0.0
    for number, (wide, _) in enumerate(boxes.tolist()):
        if wide > room:
            current, room = deque(), width
            (shelves.append if len(shelves) % 2 else shelves.appendleft)(current)
        (current.append if len(current) % 2 else current.appendleft)(number)
        room -= wide
    corners, top = np.zeros_like(boxes), 0.0
    for shelf in shelves:
        here = list(shelf)
        high, left = boxes[here, 1].max(), -boxes[here, 0].sum() / 2
        for number in here:
            corners[number] = left, top + (high - boxes[number, 1]) / 2
            left += boxes[number, 0]
        top += high
    return list(corners)


def _row(alone: list[str], placed: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Nodes without ties, in rows under the drawing."""
    left = min((x for x, _ in placed.values()), default=0.0)
    right = max((x for x, _ in placed.values()), default=8 * _SPACING)
    bottom = max((y for _, y in placed.values()), default=0.0) + 1.5 * _SPACING
    width = max(1, int((right - left) / (1.6 * _SPACING)) + 1)
    return {
        node: (round(left + (i % width) * 1.6 * _SPACING, 1), round(bottom + (i // width) * _SPACING, 1)) for i, node in enumerate(alone)
    }
