"""A network as arrays, and as the engines that compute on it want it."""

import random
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import igraph
import networkx as nx
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """A simple undirected network: a tie is there or not; direction, parallel edges and loops of its source are gone.

    Attributes:
        nodes: in the order of the graph it came from.
        ends: the two nodes of each tie as positions in `nodes`, shape (ties, 2), the lesser first, sorted, each once.
        weights: of each tie, shape (ties,): the sum of the `weight` of the edges that it stands for, 1 where they have none.
    """

    nodes: tuple[Any, ...]
    ends: Integers
    weights: Floats

    @classmethod
    def of(cls, graph: "nx.Graph[Any] | Network") -> "Network":
        """The network of any networkx graph; made once, all measures can be taken of it."""
        if isinstance(graph, Network):
            return graph
        index: dict[Hashable, int] = {node: i for i, node in enumerate(graph)}
        edges = graph.edges(data="weight", default=1.0)
        flat = np.array([(index[a], index[b], 1.0 if w is None else w) for a, b, w in edges], dtype=np.float64).reshape(-1, 3)
        return cls.from_arrays(tuple(index), flat[:, :2].astype(np.int64), flat[:, 2])

    @classmethod
    def from_arrays(cls, nodes: tuple[Any, ...], ends: Integers, weights: Floats | None = None) -> "Network":
        """A network from the ends of edges in any order, parallel ones and loops included; weight 1 each where left out."""
        worth = np.ones(len(ends)) if weights is None else weights
        between = ends[:, 0] != ends[:, 1]
        low, high = ends[between].min(axis=1, initial=len(nodes)), ends[between].max(axis=1, initial=0)
        keys, place = np.unique(low * max(1, len(nodes)) + high, return_inverse=True)
        pairs = np.column_stack((keys // max(1, len(nodes)), keys % max(1, len(nodes)))).astype(np.int64)
        return cls(nodes, pairs, np.bincount(place.ravel(), weights=worth[between], minlength=len(keys)).astype(np.float64))

    @property
    def n(self) -> int:
        """How many nodes."""
        return len(self.nodes)

    @property
    def m(self) -> int:
        """How many ties."""
        return len(self.ends)

    @cached_property
    def degrees(self) -> Integers:
        """How many neighbours each node has, shape (n,)."""
        return np.bincount(self.ends.ravel(), minlength=self.n).astype(np.int64)

    @cached_property
    def igraph(self) -> Any:
        """As igraph has it."""
        return igraph.Graph(n=self.n, edges=self.ends)

    @cached_property
    def networkit(self) -> Any:
        """As NetworKit has it; importing that takes a second, so only large networks do."""
        import networkit  # noqa: PLC0415

        low, high = (np.ascontiguousarray(self.ends[:, side], dtype=np.uint64) for side in (0, 1))
        return networkit.GraphFromCoo((np.ones(self.m), (low, high)), n=self.n, weighted=False, directed=False)

    @cached_property
    def matrix(self) -> Any:
        """Adjacency matrix, scipy CSR, symmetric, shape (n, n), ones."""
        from scipy.sparse import csr_array  # noqa: PLC0415  # a tenth of a second

        rows, columns = np.concatenate((self.ends, self.ends[:, ::-1])).T if self.m else (np.empty(0, int), np.empty(0, int))
        return csr_array((np.ones(2 * self.m), (rows, columns)), shape=(self.n, self.n))

    @cached_property
    def parts(self) -> Integers:
        """Number of the connected component of each node, shape (n,)."""
        return np.array(self.igraph.connected_components().membership, dtype=np.int64)

    @cached_property
    def part_sizes(self) -> Integers:
        """Size of each node's component, shape (n,)."""
        return np.bincount(self.parts)[self.parts] if self.n else np.zeros(0, dtype=np.int64)

    def without(self, nodes: set[Any]) -> "Network":
        """The network that is left when nodes go, with their ties."""
        kept = np.array([node not in nodes for node in self.nodes], dtype=bool)
        return self.among(np.flatnonzero(kept))

    def among(self, places: Integers) -> "Network":
        """The network among some nodes, given as positions."""
        new = np.full(self.n, -1, dtype=np.int64)
        new[places] = np.arange(len(places))
        inside = (new[self.ends] >= 0).all(axis=1) if self.m else np.zeros(0, dtype=bool)
        return Network.from_arrays(tuple(self.nodes[i] for i in places), new[self.ends[inside]], self.weights[inside])

    def largest_part(self) -> "Network":
        """The largest connected component; of equals the one that comes first."""
        return self.among(np.flatnonzero(self.parts == np.bincount(self.parts).argmax())) if self.n else self


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """The same random choices of igraph each time; afterwards it takes Python's own again."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  # a reproducible choice, not a secret
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


@contextmanager
def reproducible(seed: int) -> Iterator[Any]:
    """NetworKit with one thread and a seed: its parallel algorithms give another answer each time."""
    import networkit  # noqa: PLC0415

    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    networkit.setSeed(seed, True)
    try:
        yield networkit
    finally:
        networkit.setNumberOfThreads(threads)
