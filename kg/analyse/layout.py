"""Where nodes are drawn: computed once, the same each time."""

import math
import random

import networkx as nx
import numpy as np

from kg.analyse.community import leiden
from kg.analyse.network import Floats, Integers, Network

_SPACING = 110.0
"""Pixels between neighbours at zoom 1."""
_UNIT = 0.9 * _SPACING
"""Pixels of one unit of Fruchterman and Reingold, which is about the distance between neighbours."""
_MANY = 1_500
"""Tied nodes above which each community is laid out by itself: the forces between all pairs would take minutes."""
_WORK = 5e8
"""Pairs times rounds that one layout looks at, some seconds."""
_NUDGE = 1e-9
"""Units by which chance moves a node each round, so that no two stay in one place."""
_AT_ONCE = 64
"""Nodes whose distances to all others are looked at in one go: they stay in the processor's cache."""


def positions(graph: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Coordinates in pixels, y downwards; nodes without ties in rows below.

    Up to 1,500 tied nodes: Fruchterman and Reingold (1991) from a fixed start. Above that the communities (Leiden) are laid out
    so one by one, each as a disc, and the discs by the same method on the ties between them, pushed apart where they overlap.
    """
    whole = Network.of(graph)
    tied = whole.among(np.flatnonzero(whole.degrees))
    layout = _by_force(tied, np.ones(tied.m)) if tied.n <= _MANY else _by_community(tied)
    placed = {node: (round(x * _UNIT, 1), round(y * _UNIT, 1)) for node, (x, y) in zip(tied.nodes, layout.tolist(), strict=True)}
    return placed | _row([node for node in graph if node not in placed], placed)


def _by_force(network: Network, weights: Floats) -> Floats:
    """Fruchterman and Reingold with the forces between all pairs, cooling evenly; coordinates of shape (n, 2), in units.

    Each node is pushed from each other by one over their distance, and drawn along a tie by its square. Where the network has
    several parts, the push fades with the distance so that they do not drift apart.
    """
    n = network.n
    chance = random.Random(2023)  # noqa: S311  # a drawing, not a secret
    side = math.sqrt(n)
    place = _drawn(chance, n) * side - side / 2
    rounds = int(min(1000, max(50, _WORK / max(1, n) ** 2)))
    fading = n * side if n and network.parts.max() else math.inf
    heat, cooling = side, side / rounds
    for _ in range(rounds):
        force = _pushed(place, fading)
        apart = place[network.ends[:, 0]] - place[network.ends[:, 1]]
        pull = apart * (np.sqrt((apart**2).sum(axis=1)) * weights)[:, None]
        np.add.at(force, network.ends.ravel(), np.stack((-pull, pull), axis=1).reshape(-1, 2))
        force += _drawn(chance, n) * (2 * _NUDGE) - _NUDGE
        length = np.sqrt((force**2).sum(axis=1))
        place += force * np.where(length > heat, heat / np.maximum(length, _NUDGE), 1.0)[:, None]
        heat -= cooling
    return _turned(place, network.ends)


def _drawn(chance: random.Random, n: int) -> Floats:
    return np.array([chance.random() for _ in range(2 * n)]).reshape(n, 2)


def _pushed(place: Floats, fading: float) -> Floats:
    """The push of all others on each node, shape (n, 2)."""
    force = np.empty_like(place)
    for start in range(0, len(place), _AT_ONCE):
        x, y = (place[start : start + _AT_ONCE, side] - place[:, side, None] for side in (0, 1))
        square = x * x + y * y
        square[square == 0] = 1.0
        if math.isfinite(fading):
            near, far = fading - square * np.sqrt(square), square * fading
            x, y = x * near, y * near
        else:
            far = square
        force[start : start + _AT_ONCE, 0] = (x / far).sum(axis=0)
        force[start : start + _AT_ONCE, 1] = (y / far).sum(axis=0)
    return force


def _turned(place: Floats, ends: Integers) -> Floats:
    """A drawing around its middle, its ties along the axes as far as they go, wider than high, most nodes right of it."""
    middle = place.mean(axis=0) if len(place) else 0.0
    if not len(ends):
        return place - middle
    along = place[ends[:, 0]] - place[ends[:, 1]]
    for axis in np.linalg.eigh(along.T @ along)[1].T:
        x, y = -abs(axis[0]), math.copysign(1.0, -axis[0]) * axis[1]
        turned = (place - middle) @ np.array([[-y, x], [x, y]])
        if np.ptp(turned[:, 0]) >= np.ptp(turned[:, 1]):
            break
    return np.asarray(turned * (1.0 if np.median(turned[:, 0]) >= 0 else -1.0, 1.0), dtype=np.float64)


def _by_community(network: Network) -> Floats:
    """Communities as discs; coordinates of shape (n, 2), in units."""
    member_of = np.unique(leiden(network, 2023), return_inverse=True)[1].astype(np.int64)
    count = int(member_of.max()) + 1
    place = np.zeros((network.n, 2))
    radii = np.zeros(count)
    for number in range(count):
        members = np.flatnonzero(member_of == number)
        inside = network.among(members)
        inner = _by_force(inside, np.ones(inside.m))
        inner -= inner.mean(axis=0)
        away = np.hypot(*inner.T)
        radii[number] = max(1.0, np.quantile(away, 0.98)) + 1
        inner *= np.minimum(1.0, radii[number] / np.maximum(away, 1e-9))[:, None]  # a few stragglers come back to the rim
        place[members] = inner
    between = Network.from_arrays(tuple(range(count)), member_of[network.ends])
    centres = _by_force(between, np.log1p(between.weights))
    centres = _apart(centres * np.median(radii) / 2, radii)
    return np.asarray(place + centres[member_of], dtype=np.float64)


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
