"""A network as arrays, and as the engines that compute on it want it."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.analyse.engine import networkit
from kg.analyse.sampling import DrawnPaths, draw_paths

if TYPE_CHECKING:
    import rustworkx as rx

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_AT_ONCE = 4_000_000
"""Pairs of steps that are looked at in one go."""


@dataclass(frozen=True)
class Network:
    """A simple undirected network: a tie is there or not; direction, parallel edges and loops of its source are gone.

    Attributes:
        nodes: in the order of the graph it came from.
        ends: the two nodes of each tie as positions in `nodes`, shape (ties, 2), the lesser first, sorted, each once.
        weights: of each tie, shape (ties,): the sum of the `weight` of the edges that it stands for, 1 where they have none.
        thinned_from: the network that it came from by leaving ties out, None else; paths that were drawn of it are used again.
    """

    nodes: tuple[Any, ...]
    ends: Integers
    weights: Floats
    thinned_from: "Network | None" = None

    @classmethod
    def of(cls, graph: "nx.Graph[Any] | Network") -> "Network":
        """The network of any networkx graph; made once, all centralities can be taken of it."""
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
    def sides(self) -> Integers:
        """The lesser nodes of all ties, then the other ones, shape (2 ties,): both halves lie together."""
        return np.ascontiguousarray(self.ends.T).ravel()

    @cached_property
    def degrees(self) -> Integers:
        """How many neighbours each node has, shape (n,)."""
        return np.bincount(self.ends.ravel(), minlength=self.n).astype(np.int64)

    @cached_property
    def rustworkx(self) -> "rx.PyGraph[None, None]":
        """As rustworkx has it."""
        import rustworkx  # noqa: PLC0415

        graph: rx.PyGraph[None, None] = rustworkx.PyGraph()  # each tie stands here once, so that it need not look for another one
        graph.add_nodes_from([None] * self.n)
        graph.add_edges_from_no_data(list(zip(*self.ends.T.tolist(), strict=True)))
        return graph

    @cached_property
    def networkit(self) -> Any:
        """As NetworKit has it."""
        low, high = (np.ascontiguousarray(self.ends[:, side], dtype=np.uint64) for side in (0, 1))
        return networkit().GraphFromCoo((np.ones(self.m), (low, high)), n=self.n, weighted=False, directed=False)

    @cached_property
    def matrix(self) -> Any:
        """Adjacency matrix, scipy CSR, symmetric, shape (n, n), ones."""
        from scipy.sparse import csr_array  # noqa: PLC0415  # a tenth of a second

        rows, columns = np.concatenate((self.ends, self.ends[:, ::-1])).T if self.m else (np.empty(0, int), np.empty(0, int))
        return csr_array((np.ones(2 * self.m), (rows, columns)), shape=(self.n, self.n))

    @cached_property
    def loops(self) -> tuple[Any, npt.NDArray[np.bool_]]:
        """The adjacency matrix with each node joined to itself too, scipy CSR, and which of its entries lie on the diagonal."""
        from scipy.sparse import eye_array  # noqa: PLC0415

        closed = (self.matrix + eye_array(self.n, format="csr")).tocsr()
        return closed, closed.indices == np.repeat(np.arange(self.n), self.degrees + 1)

    @cached_property
    def parts(self) -> Integers:
        """Number of the connected component of each node, shape (n,)."""
        import rustworkx  # noqa: PLC0415

        number = np.empty(self.n, dtype=np.int64)
        for i, part in enumerate(sorted(map(sorted, rustworkx.connected_components(self.rustworkx)))):
            number[part] = i
        return number

    @cached_property
    def part_sizes(self) -> Integers:
        """Size of each node's component, shape (n,)."""
        return np.bincount(self.parts)[self.parts] if self.n else np.zeros(0, dtype=np.int64)

    @cached_property
    def triangles(self) -> tuple[Integers, Integers]:
        """The three nodes of each triangle, and the tie that lies opposite each of them, both of shape (triangles, 3).

        Each tie is led from its end with fewer neighbours to the other: two steps on, and a tie that closes them.
        """
        node = np.argsort(self.degrees, kind="stable")
        rank = np.empty(self.n, dtype=np.int64)
        rank[node] = np.arange(self.n)
        ranked = rank[self.ends]
        keys = ranked.min(axis=1, initial=self.n) * self.n + ranked.max(axis=1, initial=0)
        order = np.argsort(keys)
        keys = keys[order]
        start, end = np.divmod(keys, max(1, self.n))
        first = np.searchsorted(start, np.arange(self.n + 1))
        steps = np.diff(first)[end]
        corners, ties = [np.zeros((0, 3), dtype=np.int64)], [np.zeros((0, 3), dtype=np.int64)]
        for some in np.array_split(np.arange(self.m), max(1, int(steps.sum()) // _AT_ONCE)):
            many = steps[some]
            one = np.repeat(some, many)
            two = np.repeat(first[end[some]] - np.cumsum(many) + many, many) + np.arange(len(one))
            key = start[one] * self.n + end[two]
            closing = np.minimum(np.searchsorted(keys, key), self.m - 1)
            closed = keys[closing] == key
            one, two, closing = one[closed], two[closed], closing[closed]
            corners.append(node[np.column_stack((start[one], end[one], end[two]))])
            ties.append(order[np.column_stack((two, closing, one))])
        return np.concatenate(corners), np.concatenate(ties)

    @cached_property
    def drawn_paths(self) -> DrawnPaths | None:
        """Shortest paths between nodes drawn at random, by which betweenness is estimated; None where all pairs take less time."""
        if self.thinned_from is None:
            return draw_paths(self)
        known = self.thinned_from.drawn_paths
        return None if known is None else draw_paths(self, known=known)

    def distances(self, place: int) -> Floats:
        """Steps from a node to each, infinite where there is no way, shape (n,)."""
        run = networkit().distance.BFS(self.networkit, place, storePaths=False)
        run.run()
        found = np.asarray(run.getDistances(True))
        return np.where(self.parts == self.parts[place], found, np.inf)

    def thinned(self, kept: Integers) -> "Network":
        """The same nodes with those ties alone that stand at ascending positions of `ends`."""
        return Network(self.nodes, self.ends[kept], self.weights[kept], self.thinned_from or self)

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


def modularity(network: Network, member_of: Integers) -> float:
    """Of a partition, -0.5 to 1; 0 without ties. Newman and Girvan (2004)."""
    if not network.m:
        return 0.0
    within = member_of[network.ends[:, 0]] == member_of[network.ends[:, 1]]
    shares = np.bincount(member_of, weights=network.degrees) / (2 * network.m)
    return float(within.mean() - (shares**2).sum())
