"""Places of new nodes in a drawing whose other nodes stay where they are."""

from collections import defaultdict
from typing import Any

import numpy as np

from kg.analyse.network import Floats, Network

_TURNS = 12
"""Directions that are tried around the neighbours of a node."""


def beside(network: Network, known: Floats, step: float) -> Floats:
    """All places, shape (n, 2): each new node stands around the middle of its neighbours, where the most room is.

    Args:
        network: the nodes and their ties; each new node is tied, by others or at once, to one that is known.
        known: where nodes are, NaN for new ones, shape (n, 2).
        step: how far from that middle.
    """
    from scipy.spatial import KDTree  # noqa: PLC0415  # a tenth of a second

    place = known.copy()
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in network.ends.tolist():
        near[a].append(b)
        near[b].append(a)
    waiting, new = np.flatnonzero(np.isnan(place[:, 0])).tolist(), np.zeros((0, 2))
    old = KDTree(place[~np.isnan(place[:, 0])])
    while waiting:
        there = ~np.isnan(place[:, 0])
        reached = [node for node in waiting if there[near[node]].any()]
        for node in reached:
            others = [other for other in near[node] if there[other]]
            place[node] = _roomiest(place[others].mean(axis=0), old, new, step)
            new = np.vstack((new, place[node]))
        waiting = [node for node in waiting if np.isnan(place[node, 0])]
    return place


def _roomiest(middle: Floats, old: Any, new: Floats, step: float) -> Floats:
    """The place around a middle whose nearest neighbour is farthest; the first of equals."""
    turns = 2 * np.pi * np.arange(_TURNS) / _TURNS
    around = np.concatenate([middle + far * step * np.column_stack((np.cos(turns), np.sin(turns))) for far in (0.6, 1.0, 1.6)])
    distances = np.hypot(*(around[:, None] - new[None]).transpose(2, 0, 1)).min(axis=1, initial=np.inf)
    distances = np.minimum(distances, old.query(around)[0])
    return np.asarray(around[int(np.round(distances, 6).argmax())], dtype=np.float64)
