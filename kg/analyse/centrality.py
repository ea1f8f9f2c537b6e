"""Centralities: how a node is placed in a network, with the definitions of networkx (which tests check against).

rustworkx computes, NetworKit where it is faster on large networks, scipy where one is linear algebra. Those that need the
distances between all pairs are estimated above a size, and then say how far off they may be.
"""

import math
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import networkx as nx
import numpy as np

from kg import resources
from kg.analyse.engine import networkit
from kg.analyse.network import Floats, Network
from kg.analyse.sampling import CONFIDENCE, ERROR
from kg.errors import UsageError

EXACT_WORK = 4e8
"""Nodes times ties up to which all pairs are looked at: some ten seconds."""
_PIVOTS = 400
_LARGE = 20_000
"""Ties above which it pays to load NetworKit, which takes a second; where it is loaded already it pays from `_SMALL` on. From so many on
ARPACK is faster than powers of the matrix, too."""
_SMALL = 1_000
_SQUARE = 3_000
"""Nodes up to which the distances between all pairs are held at once: 72 MB."""
_SEED = 2023
_ROUNDS = 10_000
_DIGITS, _ORDER = 9, 5e-14
"""Significant digits of exact betweenness, and how far off the order of a sum may put it, as a fraction: ten times what was seen."""
_OFF = 1e-12
"""How far off an entry of an eigenvector may be; what is below it is nothing."""


@dataclass(frozen=True, slots=True)
class Scores:
    """A centrality of each node.

    Attributes:
        values: in the order of the network's nodes, shape (n,).
        error: how far a value may be off, in the centrality's unit; None where values are exact.
        confidence: with which probability no value is further off than that (betweenness), or a value is not (the others).
    """

    values: Floats
    error: float | None = None
    confidence: float | None = None


def degree(network: Network) -> Scores:
    """Share of all other nodes that a node is joined with. Freeman (1978)."""
    return Scores(network.degrees / max(1, network.n - 1))


def weighted_degree(network: Network) -> Scores:
    """Sum of the weights of a node's ties, here of the sentences that state them. Barrat et al. (2004), strength."""
    both = np.repeat(network.weights, 2)
    return Scores(np.bincount(network.ends.ravel(), weights=both, minlength=network.n).astype(np.float64))


def betweenness(network: Network) -> Scores:
    """Share of shortest paths between other nodes that run through a node, 0 to 1.

    Exact: Freeman (1977), Brandes (2001). Estimated: Riondato and Kornaropoulos (2016), an additive error that all values together
    keep with the stated probability.
    """
    n = network.n
    if n < 3:
        return Scores(np.zeros(n))
    paths = None if _exact(network) else network.drawn_paths
    return Scores(_exact_betweenness(network)) if paths is None else Scores(paths.betweenness(n), ERROR, CONFIDENCE)


def _exact_betweenness(network: Network) -> Floats:
    """Exact to `_DIGITS` digits. Several threads add up in an order that changes from run to run, which shows in the last digits: they
    are rounded off, and where a sum lies so close to the edge between two roundings that its order could matter, one thread adds."""

    def found(threads_from: int) -> Floats:
        return _in_order(_rustworkx().betweenness_centrality(network.rustworkx, parallel_threshold=threads_from))

    values = found(0)
    kept = _rounded(values * (1 - _ORDER))
    return kept if np.array_equal(kept, _rounded(values * (1 + _ORDER))) else _rounded(found(network.n + 1))


def _rounded(values: Floats) -> Floats:
    """To `_DIGITS` significant digits."""
    scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(np.where(values > 0, values, 1.0))))
    return np.asarray(np.round(values * scale) / scale, dtype=np.float64)


def closeness(network: Network) -> Scores:
    """Inverse mean distance to the nodes within reach, times their share. Wasserman and Faust (1994), formula 5.22."""
    n, reached = network.n, network.part_sizes - 1
    if _exact(network):
        raw = _exact_closeness(network)
        return Scores(np.where(reached > 0, np.nan_to_num(raw) * reached / max(1, n - 1), 0.0))
    mean, spread, count = _from_pivots(network, lambda distance: distance)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(mean > 0, reached / max(1, n - 1) / mean, 0.0)
        off = np.where(mean > 0, values * _half_width(spread, count) / mean, 0.0)  # to first order in the error of the mean
    return Scores(values, float(np.nanmax(off, initial=0.0)), CONFIDENCE)


def _exact_closeness(network: Network) -> Floats:
    if not _by_networkit(network):
        return _in_order(_rustworkx().closeness_centrality(network.rustworkx, wf_improved=False))
    engine = networkit().centrality  # whose several threads are twice as fast here, and the sums are whole numbers
    run = engine.Closeness(network.networkit, True, engine.ClosenessVariant.GENERALIZED)
    run.run()
    share = (network.part_sizes - 1) / max(1, network.n - 1)
    return np.array(run.scores()) / np.where(share > 0, share, 1.0)


def harmonic(network: Network) -> Scores:
    """Sum of the inverse distances to all other nodes; without reach counts zero. Marchiori and Latora (2000), Rochat (2009)."""
    if not network.m:
        return Scores(np.zeros(network.n))
    if _exact(network):
        return Scores(_exact_harmonic(network))
    mean, spread, count = _from_pivots(network, _inverse)
    share = (network.part_sizes - 1).astype(np.float64)
    return Scores(mean * share, float(np.max(_half_width(spread, count) * share, initial=0.0)), CONFIDENCE)


def _exact_harmonic(network: Network) -> Floats:
    if network.n > _SQUARE:
        return np.array([_inverse(network.distances(place)).sum() for place in range(network.n)])
    return np.asarray(_inverse(_rustworkx().distance_matrix(network.rustworkx)).sum(axis=1))


def _inverse(distance: Floats) -> Floats:
    """One over each distance; 0 for a node itself."""
    return np.divide(1.0, distance, out=np.zeros_like(distance), where=distance > 0)


def eigenvector(network: Network) -> Scores:
    """Entries of the principal eigenvector of the adjacency matrix, of length 1. Bonacich (1972).

    Parts of the graph that hang together less than the densest one get (nearly) zero.
    """
    if not network.m:
        return Scores(np.zeros(network.n))
    raw = _by_arnoldi(network) if network.m >= _LARGE else _by_powers(network)
    raw = np.where(raw > _OFF, raw, 0.0)
    return Scores(raw / np.linalg.norm(raw))


def _by_powers(network: Network) -> Floats:
    rustworkx = _rustworkx()
    try:
        return _in_order(rustworkx.eigenvector_centrality(network.rustworkx, max_iter=_ROUNDS, tol=_OFF / 100))
    except rustworkx.FailedToConverge:  # the two largest eigenvalues are all but the same
        return _by_arnoldi(network)


def _by_arnoldi(network: Network) -> Floats:
    """By ARPACK, which needs fewer products than powers do where the network is large."""
    from scipy.sparse.linalg import eigsh  # noqa: PLC0415

    return np.asarray(np.abs(eigsh(network.matrix, k=1, which="LA", v0=np.ones(network.n))[1][:, 0]))


def pagerank(network: Network) -> Scores:
    """Share of time that a random surfer spends at a node, damping 0.85, each tie both ways. Brin and Page (1998)."""
    if not network.n:
        return Scores(np.zeros(0))
    share = 1 / np.sqrt(np.maximum(network.degrees, 1))  # by which the system becomes symmetric
    passed_on = 0.85 * (np.repeat(share, network.degrees + 1) * share[network.loops[0].indices])
    raw = _solved(network, passed_on, share) / share
    return Scores(raw / raw.sum())


def katz(network: Network) -> Scores:
    """Walks of all lengths that end at a node, longer ones damped by `katz_damping`, of length 1. Katz (1953)."""
    if not network.n:
        return Scores(np.zeros(0))
    raw = _solved(network, np.full(2 * network.m + network.n, katz_damping(network)), np.ones(network.n))
    return Scores(raw / np.linalg.norm(raw))


def _solved(network: Network, passed_on: Floats, alone: Floats) -> Floats:
    """What each node has where it has so much alone, and what its neighbours pass on of theirs: x = alone + S x.

    Args:
        passed_on: S at the entries of the matrix with loops, whose own are not asked; symmetric, its eigenvalues below 1.
        alone: shape (n,).

    By conjugate gradients.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.linalg import cg  # noqa: PLC0415

    closed, own = network.loops
    system = csr_array((np.where(own, 1.0, -passed_on), closed.indices, closed.indptr), shape=closed.shape)
    return np.asarray(cg(system, alone, rtol=1e-13, atol=0.0)[0])


def katz_damping(network: Network) -> float:
    """0.85 over an upper bound of the largest eigenvalue: the root of the greatest sum of neighbours' degrees.

    Source: Favaron, Mahéo and Saclé, Some eigenvalue properties in graphs, Discrete Mathematics 111 (1993).
    """
    bound = math.sqrt(max(float(np.max(network.matrix @ network.degrees, initial=0.0)), 1.0))
    return 0.85 / bound


def core(network: Network) -> Scores:
    """The largest k such that a node belongs to a part in which each has k neighbours. Seidman (1983), k-core."""
    if not _by_networkit(network):
        return Scores(_in_order(_rustworkx().core_number(network.rustworkx)))
    # one thread: several wait for each other longer than they work
    run = networkit().centrality.CoreDecomposition(network.networkit, enforceBucketQueueAlgorithm=True)
    run.run()
    return Scores(np.array(run.scores()))


def constraint(network: Network) -> Scores:
    """How much a node's ties lead back to each other: low where it spans structural holes. Burt (1992).

    NaN for a node without ties, which has no contacts to be constrained by.
    """
    share = 1 / np.maximum(network.degrees, 1)  # of a node's time that each of its contacts gets
    corners, opposite = network.triangles
    by_way = np.bincount(opposite.ravel(), weights=share[corners.ravel()], minlength=network.m)
    lead_back = (share[network.ends] * (1 + by_way)[:, None]) ** 2
    values = np.bincount(network.ends.ravel(), weights=lead_back.ravel(), minlength=network.n)
    return Scores(np.where(network.degrees > 0, values, np.nan))


def effective_size(network: Network) -> Scores:
    """A node's contacts less the mean number of ties that each has with the others. Burt (1992), Borgatti (1997).

    NaN for a node without ties.
    """
    degrees = network.degrees.astype(np.float64)
    closed = np.bincount(network.triangles[0].ravel(), minlength=network.n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Scores(np.where(degrees > 0, degrees - 2 * closed / degrees, np.nan))


def centralities() -> tuple[str, ...]:
    """Names of all centralities: each is an entry of `ontology/centralities.toml` and the function here that is called as it is."""
    return tuple(_entries())


def known_centrality(by: str) -> str:
    """The name of a centrality.

    Raises:
        UsageError: there is none of that name.
    """
    if by not in _entries():
        raise UsageError(f"There is no centrality '{by}'. Choose from {', '.join(centralities())}.")
    return by


def explained(by: str, lang: str) -> tuple[str, str]:
    """What a centrality is called and what it tells, in plain words, in `zh` or `en`; from `ontology/centralities.toml`."""
    told = _entries()[by]
    return told[lang], told[f"tells_{lang}"]


def is_quick(by: str) -> bool:
    """Whether a centrality takes one pass over the ties."""
    return bool(_entries()[by].get("quick"))


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return tomllib.loads((resources.ontology() / "centralities.toml").read_text(encoding="utf-8"))


def scores(graph: "nx.Graph[Any] | Network", by: str) -> Scores:
    """A centrality of each node, with its error where it is an estimate.

    Args:
        graph: any networkx graph, of which direction, parallel edges and loops are ignored; or its `Network`, made once.
        by: one of `centralities`.

    Raises:
        UsageError: no such centrality.
    """
    found: Scores = getattr(sys.modules[__name__], known_centrality(by).replace("-", "_"))(Network.of(graph))
    return found


def centrality(graph: "nx.Graph[Any] | Network", by: str) -> dict[Any, float]:
    """A centrality of each node by node; as `scores`.

    Raises:
        UsageError: no such centrality.
    """
    network = Network.of(graph)
    return dict(zip(network.nodes, scores(network, by).values.tolist(), strict=True))


def ranks(values: Floats, by: str) -> Floats:
    """Rank of each node, 1 the best; equal values share the best of their ranks, NaN comes last. Shape (n,)."""
    height = np.where(np.isnan(values), -np.inf, -values if _entries()[by].get("best") == "low" else values)
    _, place, count = np.unique(-np.round(height, 12), return_inverse=True, return_counts=True)
    return np.asarray(1 + np.concatenate(([0], np.cumsum(count)[:-1]))[place.ravel()], dtype=np.float64)


def _rustworkx() -> Any:
    import rustworkx  # noqa: PLC0415

    return rustworkx


def _in_order(found: Mapping[int, float]) -> Floats:
    """Values by place as rustworkx gives them, in the order of the places."""
    return np.fromiter(found.values(), dtype=np.float64, count=len(found))


def _by_networkit(network: Network) -> bool:
    """Whether NetworKit does what both engines do to the last digit."""
    return network.m >= _LARGE or (network.m >= _SMALL and "networkit" in sys.modules)


def _exact(network: Network) -> bool:
    """Whether all pairs are looked at. A network that has lost ties is taken as the whole one is, so that the two can be compared."""
    whole = network.thinned_from or network
    return float(whole.n) * max(1, whole.m) <= EXACT_WORK


def _half_width(spread: Floats, count: Floats) -> Floats:
    """Half of the confidence interval of a mean over pivots, by the normal approximation."""
    return 1.96 * spread / np.sqrt(np.maximum(count, 1))


def _from_pivots(network: Network, term: Callable[[Floats], Floats]) -> tuple[Floats, Floats, Floats]:
    """Mean and spread of a term of the distance to the other nodes of a node's part, over random pivots; how many there were.

    Source: Eppstein and Wang, Fast approximation of centrality, J. Graph Algorithms Appl. 8 (2004).
    """
    pivots = np.random.default_rng(_SEED).choice(network.n, size=min(_PIVOTS, network.n), replace=False)
    total, square, count = np.zeros(network.n), np.zeros(network.n), np.zeros(network.n)
    for pivot in pivots:
        distance = network.distances(int(pivot))
        seen = np.isfinite(distance)
        seen[pivot] = False
        part = term(np.where(seen, distance, 0.0))
        total += np.where(seen, part, 0.0)
        square += np.where(seen, part * part, 0.0)
        count += seen
    mean = total / np.maximum(count, 1)
    return mean, np.sqrt(np.maximum(square / np.maximum(count, 1) - mean**2, 0.0)), count
