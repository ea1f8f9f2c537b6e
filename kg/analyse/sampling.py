"""Shortest paths drawn at random: betweenness where all pairs of nodes are too many.

The pairs of a batch are searched from both ends at once, in arrays in which a pair's copy of a node is one place (pair * n + node).
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.analyse.network import Floats, Integers, Network

_PLACES = 8_000_000
"""Copies of nodes that are held at once: some 100 MB."""
_DEARER = 3
"""How often a step of ours takes the time of a step of the exact measure, at least."""
_UNIVERSAL = 0.5
"""The constant of the bound, as its source takes it."""


def sampled_betweenness(network: Network, error: float, confidence: float, seed: int) -> Floats | None:
    """Share of the pairs of nodes, their ends among them, whose shortest path, drawn among equal ones, runs through each node; shape (n,).

    With the confidence, no value is further off than the error. The same seed gives the same answer.
    Source: Riondato and Kornaropoulos, Fast approximation of betweenness centrality through sampling, Data Mining and Knowledge
    Discovery 30 (2016); from both ends as by Borassi and Natale, KADABRA, ACM Journal of Experimental Algorithmics 24 (2019).

    Returns:
        None where ways are so long that to look at all pairs takes less time.
    """
    wanted, chance, hits = pairs_needed(network, error, confidence), np.random.default_rng(seed), np.zeros(network.n, dtype=np.int64)
    at_once = min(wanted, max(1, _PLACES // network.n))
    search = _Search(network, at_once)
    for done in range(0, wanted, at_once):
        size = min(at_once, wanted - done)
        first = chance.integers(network.n, size=size)
        other = (first + chance.integers(1, network.n, size=size)) % network.n
        joined = network.parts[first] == network.parts[other]  # what is not has no path, and counts as a pair
        if joined.any():
            hits += search.between(first[joined], other[joined], chance)
        if not done and search.steps / size * wanted * _DEARER > float(network.n) * network.m:
            return None
    return hits / wanted


def pairs_needed(network: Network, error: float, confidence: float) -> int:
    """How many pairs to draw, from the most nodes that a shortest path can have.

    It cannot be longer than twice the way from the node with the most ties of a part to the one furthest away.
    """
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  # a tenth of a second

    by_degree = np.argsort(-network.degrees, kind="stable")
    centres = by_degree[np.unique(network.parts[by_degree], return_index=True)[1]]
    furthest = dijkstra(network.matrix, directed=False, indices=centres, unweighted=True, min_only=True).max()
    dimension = math.floor(math.log2(max(1, 2 * int(furthest) - 1))) + 1
    return math.ceil(_UNIVERSAL / error**2 * (dimension - math.log(1 - confidence)))


class _Search:
    """Searches of shortest paths between the pairs of a batch.

    Attributes:
        level: of each place, one more than its steps from the pair's first node; below 0 where it is reached from the other one.
        paths: of each place, how many shortest paths lead to it from the end that it is reached from, as a share of the most that lead
            to one that is as far from there.
        steps: ties that were looked at so far.
    """

    def __init__(self, network: Network, at_once: int) -> None:
        self.n, self.steps = network.n, 0
        self._next, self._from = network.matrix.indices.astype(np.int64), network.matrix.indptr.astype(np.int64)
        self._degrees = network.degrees
        self.level, self.paths = np.zeros(at_once * self.n, dtype=np.int32), np.zeros(at_once * self.n)

    def between(self, first: Integers, other: Integers, chance: np.random.Generator) -> Integers:
        """How many of the pairs' paths, one drawn for each, each node lies within, shape (n,)."""
        base = np.arange(len(first)) * self.n
        reached = [base + first, base + other]
        for ends, level in zip(reached, (1, -1), strict=True):
            self.level[ends], self.paths[ends] = level, 1.0
        near, far = self._meetings(reached)
        drawn = _one_of_each(near // self.n, self.paths[near] * self.paths[far], chance)
        within = self._walk_back(np.concatenate((near[drawn], far[drawn])), chance)
        for places in reached:
            self.level[places], self.paths[places] = 0, 0.0
        return within

    def _meetings(self, reached: list[Integers]) -> tuple[Integers, Integers]:
        """The ties by which the two sides of each pair meet, as the places on the side that grew last and those on the other one.

        Step by step that side of a pair grows that has fewer ties to look at. Places on the way are added to `reached`.
        """
        front, searched, meetings = np.concatenate(reached), np.ones(len(reached[0]), dtype=bool), []
        while len(front):
            near, waiting = self._with_fewer_ties(front, len(searched))
            by, far = self._neighbours(near)
            own, there = self.level[near], self.level[far]
            met = np.flatnonzero(there * own[by] < 0)
            meetings.append((near[by[met]], far[met]))
            searched[meetings[-1][0] // self.n] = False
            new = np.flatnonzero((there == 0) & searched[near // self.n][by])
            self.level[far[new]] = (own + np.sign(own))[by[new]]
            np.add.at(self.paths, far[new], self.paths[near][by[new]])
            reached.append(np.unique(far[new]))
            self._scale(reached[-1], len(searched))
            front = np.concatenate((waiting, reached[-1]))
            front = front[searched[front // self.n]]
        near, far = (np.concatenate(places) for places in zip(*meetings, strict=True))
        return near, far

    def _scale(self, places: Integers, pairs: int) -> None:
        """Have the most paths to a place of each pair be 1: those as far are compared alone, and floats cannot hold them all."""
        pair, most = places // self.n, np.zeros(pairs)
        np.maximum.at(most, pair, self.paths[places])
        self.paths[places] /= most[pair]

    def _with_fewer_ties(self, front: Integers, pairs: int) -> tuple[Integers, Integers]:
        """Of the outermost places of both sides of each pair, those of the side with fewer ties, and those of the other one."""
        pair, node = np.divmod(front, self.n)
        left = self.level[front] > 0
        ties = np.bincount(2 * pair + left, weights=self._degrees[node], minlength=2 * pairs).reshape(-1, 2)
        grows = left == (ties[:, 1] <= ties[:, 0])[pair]
        return front[grows], front[~grows]

    def _neighbours(self, places: Integers) -> tuple[npt.NDArray[np.integer[Any]], Integers]:
        """The neighbours of places, and which of these each is a neighbour of."""
        pair, node = np.divmod(places, self.n)
        count = self._degrees[node]
        by = np.repeat(np.arange(len(places), dtype=np.int32), count)
        self.steps += len(by)
        at = np.arange(len(by)) + np.repeat(self._from[node] - np.cumsum(count) + count, count)
        return by, self._next[at] + np.repeat(pair * self.n, count)

    def _walk_back(self, places: Integers, chance: np.random.Generator) -> Integers:
        """How often each node is met on ways back to the ends, which are not counted; each way of equal length is as likely."""
        within = np.zeros(self.n, dtype=np.int64)
        while len(places := places[np.abs(self.level[places]) > 1]):
            within += np.bincount(places % self.n, minlength=self.n)
            places = places[np.abs(self.level[places]) > 2]  # what comes before the others are ends
            by, before = self._neighbours(places)
            level = self.level[places]
            nearer = np.flatnonzero(self.level[before] == (level - np.sign(level))[by])
            drawn = _one_of_each(by[nearer], self.paths[before[nearer]], chance)
            places = before[nearer[drawn]]
        return within


def _one_of_each(group: npt.NDArray[np.integer[Any]], weight: Floats, chance: np.random.Generator) -> Integers:
    """Positions of one member of each group, drawn by weight: of exponential waiting times the shortest wins."""
    with np.errstate(divide="ignore"):  # a share too small for floats is not drawn
        order = np.lexsort((chance.exponential(size=len(group)) / weight, group))
    return order[np.flatnonzero(np.diff(group[order], prepend=-1))]
