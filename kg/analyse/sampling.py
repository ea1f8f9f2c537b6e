"""Shortest paths drawn at random: betweenness where all pairs of nodes are too many.

The pairs of a batch are searched from both ends at once, in arrays in which a pair's copy of a node is one place (pair * n + node).
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from kg.analyse.network import Floats, Integers, Network

ERROR, CONFIDENCE = 0.01, 0.95
_SEED = 2023
_PLACES = 8_000_000
"""Copies of nodes that are held at once: some 100 MB."""
_TIES = 4_000_000
"""Ties that the pairs of a batch are likely to look at, at most: some 250 MB."""
_DEARER = 3
"""How often a step of ours takes the time of a step of the exact measure, at least."""
_TELLING = 30
"""Pairs from which on their mean tells what the others take."""
_UNIVERSAL = 0.5
"""The constant of the bound, as its source takes it."""


@dataclass(frozen=True, slots=True)
class DrawnPaths:
    """Pairs of nodes, drawn alike, and of each a shortest path, drawn among equal ones.

    Attributes:
        ends: of each pair, shape (pairs, 2).
        pair: to whose path each tie belongs, shape (ties on all paths,); a pair that is not joined has none.
        ties: the two nodes of each, the lesser first, shape (ties on all paths, 2).
    """

    ends: "Integers"
    pair: "Integers"
    ties: "Integers"

    @property
    def joined(self) -> npt.NDArray[np.bool_]:
        """Which pairs have a path, shape (pairs,)."""
        return np.bincount(self.pair, minlength=len(self.ends)) > 0

    def betweenness(self, n: int) -> "Floats":
        """Share of the shortest paths between other nodes that run through each of n nodes, shape (n,)."""
        touched = np.bincount(self.ties.ravel(), minlength=n) - np.bincount(self.ends[self.joined].ravel(), minlength=n)
        return touched / 2 / len(self.ends) * n / (n - 2)  # a node is an end of some pairs that are drawn, not of those meant

    def left_in(self, network: "Network") -> "DrawnPaths":
        """The same pairs, and those of the paths of which no tie is missing in a network that has lost ties.

        Such a path is drawn alike among the shortest ones that are left: no new one can be shorter.
        """
        keys, sought = (low * network.n + high for low, high in (network.ends.T, self.ties.T))
        broken = np.bincount(self.pair[~np.isin(sought, keys)], minlength=len(self.ends)) > 0
        kept = ~broken[self.pair]
        return DrawnPaths(self.ends, self.pair[kept], self.ties[kept])


def draw_paths(
    network: "Network", error: float = ERROR, confidence: float = CONFIDENCE, seed: int = _SEED, known: DrawnPaths | None = None
) -> DrawnPaths | None:
    """As many paths as betweenness is to be estimated from: with the confidence, no value is further off than the error.

    The same seed gives the same answer.
    Source: Riondato and Kornaropoulos, Fast approximation of betweenness centrality through sampling, Data Mining and Knowledge
    Discovery 30 (2016); from both ends as by Borassi and Natale, KADABRA, ACM Journal of Experimental Algorithmics 24 (2019).

    Args:
        network: at least 3 nodes.
        known: paths of the network from which this one comes by leaving ties out; only pairs whose path is broken are searched again,
            and as many more drawn as longer ways ask for.

    Returns:
        None where ways are so long, or ties so many, that to look at all pairs takes less time.
    """
    start = known.left_in(network) if known else DrawnPaths(*(np.zeros(shape, dtype=np.int64) for shape in ((0, 2), 0, (0, 2))))
    wanted = pairs_needed(network, error * (network.n - 2) / network.n, confidence)
    chance = np.random.default_rng((seed, len(start.ends)))
    ends = np.concatenate((start.ends, _pairs(network.n, max(0, wanted - len(start.ends)), chance)))
    without = np.bincount(start.pair, minlength=len(ends)) == 0
    sought = np.flatnonzero(without & (network.parts[ends[:, 0]] == network.parts[ends[:, 1]]))
    most, done = max(1, _PLACES // network.n), 0
    size = min(most, 1 + _TIES // max(1, 2 * network.m))
    pair, ties, search = [start.pair], [start.ties], _Search(network, min(most, len(sought)))
    while done < len(sought):
        some = sought[done : done + size]
        of, found = search.between(ends[some], chance)
        pair.append(some[of])
        ties.append(found)
        done += len(some)
        if _takes_longer(network, search.steps, done, len(sought)):
            return None
        size = min(most, 2 * size, 1 + _TIES * done // max(1, search.steps))  # the first pairs may have been the easy ones
    return DrawnPaths(ends, np.concatenate(pair), np.concatenate(ties))


def _takes_longer(network: "Network", steps: int, done: int, wanted: int) -> bool:
    """Whether so many steps for so many of the pairs wanted tell that all pairs of nodes are looked at in less time."""
    expected = steps / done * wanted if done >= _TELLING else steps
    return expected * _DEARER > float(network.n) * network.m


def _pairs(n: int, count: int, chance: np.random.Generator) -> "Integers":
    """So many pairs of n nodes, each pair of two as likely, shape (count, 2)."""
    first = chance.integers(n, size=count)
    return np.column_stack((first, (first + chance.integers(1, n, size=count)) % n))


def pairs_needed(network: "Network", error: float, confidence: float) -> int:
    """How many pairs to draw, from the most nodes that a shortest path can have.

    It cannot be longer than twice the way from the node with the most ties of a part to the one furthest away.
    """
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  # a tenth of a second

    by_degree = np.argsort(-network.degrees, kind="stable")
    centres = by_degree[np.unique(network.parts[by_degree], return_index=True)[1]]
    furthest = dijkstra(network.matrix, directed=False, indices=centres, unweighted=True, min_only=True).max()
    dimension = math.floor(math.log2(max(1, 2 * int(furthest) - 1))) + 1
    return math.ceil(_UNIVERSAL / error**2 * (dimension - math.log(1 - confidence)))


def _anchors(network: "Network") -> "Integers":
    """Of a node with one neighbour that one, of two that have only each other the first; of all others themselves, shape (n,)."""
    anchor = np.arange(network.n)
    for near, far in (network.ends.T, network.ends.T[::-1]):
        single = network.degrees[near] == 1
        anchor[near[single]] = far[single]
    mutual = anchor[anchor] == np.arange(network.n)
    anchor[mutual] = np.minimum(anchor, np.arange(network.n))[mutual]
    return anchor


class _Search:
    """Searches of shortest paths between the pairs of a batch.

    No path leads through a node with one neighbour: such ends are left at the first step, and what is searched is the network without them.

    Attributes:
        level: of each place, one more than its steps from the pair's first node; below 0 where it is reached from the other one.
        paths: of each place, how many shortest paths lead to it from the end that it is reached from, as a share of the most that lead
            to one that is as far from there.
        steps: ties that were looked at so far.
    """

    def __init__(self, network: "Network", at_once: int) -> None:
        self.n, self.steps = network.n, 0
        self._anchor = _anchors(network)
        by, there = np.repeat(np.arange(network.n), network.degrees), network.matrix.indices.astype(np.int64)
        inner = (self._anchor[by] == by) & (self._anchor[there] == there)
        self._next, self._degrees = there[inner], np.bincount(by[inner], minlength=network.n)
        self._from = np.cumsum(self._degrees) - self._degrees
        self.level, self.paths = np.zeros(at_once * self.n, dtype=np.int32), np.zeros(at_once * self.n)

    def between(self, ends: "Integers", chance: np.random.Generator) -> tuple["Integers", "Integers"]:
        """A path drawn for each pair: of its ties which pair they belong to, and their nodes, shapes (ties,) and (ties, 2)."""
        anchors = self._anchor[ends]
        single, side = np.nonzero(anchors != ends)
        apart = np.flatnonzero(anchors[:, 0] != anchors[:, 1])
        of, ties = self._between_inner(anchors[apart], chance)
        outer = np.column_stack((ends[single, side], anchors[single, side]))
        return np.concatenate((apart[of], single)), np.sort(np.concatenate((ties, outer)), axis=1)

    def _between_inner(self, ends: "Integers", chance: np.random.Generator) -> tuple["Integers", "Integers"]:
        """The same between nodes with several neighbours, two of each pair."""
        places = np.arange(len(ends)) * self.n + ends.T
        reached = [places[0], places[1]]
        self.level[places], self.paths[places] = [[1], [-1]], 1.0
        near, far = self._meetings(reached)
        drawn = _one_of_each(near // self.n, self.paths[near] * self.paths[far], chance)
        near, far = near[drawn], far[drawn]
        ways = [(near, far), *self._walk_back(np.concatenate((near, far)), places, chance)]
        for passed in reached:
            self.level[passed], self.paths[passed] = 0, 0.0
        ties = np.column_stack([np.concatenate(side) for side in zip(*ways, strict=True)])
        return ties[:, 0] // self.n, ties % self.n

    def _meetings(self, reached: "list[Integers]") -> tuple["Integers", "Integers"]:
        """The ties by which the two sides of each pair meet, as the places on the side that grew last and those on the other one.

        Step by step that side of a pair grows that has fewer ties to look at. Places on the way are added to `reached`.
        """
        front, searched = np.concatenate(reached), np.ones(len(reached[0]), dtype=bool)
        meetings = [(front[:0], front[:0])]
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

    def _scale(self, places: "Integers", pairs: int) -> None:
        """Have the most paths to a place of each pair be 1: those as far are compared alone, and floats cannot hold them all."""
        pair, most = places // self.n, np.zeros(pairs)
        np.maximum.at(most, pair, self.paths[places])
        self.paths[places] /= np.where(most > 0, most, 1.0)[pair]  # where all are too small for floats, none leads to the other end

    def _with_fewer_ties(self, front: "Integers", pairs: int) -> tuple["Integers", "Integers"]:
        """Of the outermost places of both sides of each pair, those of the side with fewer ties, and those of the other one."""
        pair, node = np.divmod(front, self.n)
        left = self.level[front] > 0
        ties = np.bincount(2 * pair + left, weights=self._degrees[node], minlength=2 * pairs).reshape(-1, 2)
        grows = left == (ties[:, 1] <= ties[:, 0])[pair]
        return front[grows], front[~grows]

    def _neighbours(self, places: "Integers") -> tuple[npt.NDArray[np.integer[Any]], "Integers"]:
        """The neighbours of places, and which of these each is a neighbour of."""
        pair, node = np.divmod(places, self.n)
        count = self._degrees[node]
        by = np.repeat(np.arange(len(places), dtype=np.int32), count)
        self.steps += len(by)
        at = np.arange(len(by)) + np.repeat(self._from[node] - np.cumsum(count) + count, count)
        return by, self._next[at] + np.repeat(pair * self.n, count)

    def _walk_back(self, places: "Integers", ends: "Integers", chance: np.random.Generator) -> "list[tuple[Integers, Integers]]":
        """Ties on ways back from places to the ends of their pairs, by further and nearer place; ways as long are as likely."""
        ways = []
        while len(places := places[np.abs(self.level[places]) > 1]):
            level = self.level[places]
            last, places = places[np.abs(level) == 2], places[np.abs(level) > 2]
            first, other = ends[:, last // self.n]
            ways.append((last, np.where(self.level[last] > 0, first, other)))
            by, before = self._neighbours(places)
            level = self.level[places]
            nearer = np.flatnonzero(self.level[before] == (level - np.sign(level))[by])
            drawn = before[nearer[_one_of_each(by[nearer], self.paths[before[nearer]], chance)]]
            ways.append((places, drawn))
            places = drawn
        return ways


def _one_of_each(group: npt.NDArray[np.integer[Any]], weight: "Floats", chance: np.random.Generator) -> "Integers":
    """Positions of one member of each group, drawn by weight: of exponential waiting times the shortest wins."""
    with np.errstate(divide="ignore", over="ignore"):  # a share too small for floats is not drawn
        order = np.lexsort((chance.exponential(size=len(group)) / weight, group))
    return order[np.flatnonzero(np.diff(group[order], prepend=-1))]
