"""Where a network hangs together, and by whom: parts, cut points, bridges, and figures of the whole."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.analyse.centrality import EXACT_WORK, core, harmonic
from kg.analyse.engine import reproducible
from kg.analyse.network import Floats, Integers, Network

_SEED = 2023
_NOTHING = 1e-12
_REFERENCES = 10
_PIVOTS = 200
_TRIANGLES = 2_000_000
"""Ties up to which random networks are made to compare with."""


def cut_off(network: Network) -> Integers:
    """How many nodes lose their way to the rest of their part when a node goes: all but the largest piece that is left.

    Articulation points have at least 1, all others 0. Linear time by the tree of blocks and cut points.

    Returns:
        Shape (n,).

    Source: Hopcroft and Tarjan, Algorithm 447, Communications of the ACM 16 (1973).
    """
    blocks, points = _blocks(network), cut_points(network)
    lost = np.zeros(network.n, dtype=np.int64)
    if not points:
        return lost
    joined: dict[int, list[int]] = {point: [] for point in points}
    for number, block in enumerate(blocks):
        for node in block:
            if node in points:
                joined[node].append(number)
    below = _below(blocks, joined)
    for point, numbers in joined.items():
        others = int(network.part_sizes[point]) - 1
        pieces = [below.get((number, point)) for number in numbers]
        known = [size for size in pieces if size is not None]
        sizes = known if len(known) == len(pieces) else [*known, others - sum(known)]
        lost[point] = others - max(sizes)
    return lost


def cut_points(network: Network) -> set[int]:
    """Places of the nodes without which a part falls apart."""
    import rustworkx  # noqa: PLC0415

    return set(rustworkx.articulation_points(network.rustworkx))


def _blocks(network: Network) -> list[list[int]]:
    """The nodes of each part that no single node's going takes apart."""
    import rustworkx  # noqa: PLC0415

    found: dict[int, set[int]] = {}
    for ends, number in rustworkx.biconnected_components(network.rustworkx).items():
        found.setdefault(number, set()).update(ends)
    return [sorted(found[number]) for number in sorted(found)]


def _below(blocks: list[list[int]], joined: dict[int, list[int]]) -> dict[tuple[int, int], int]:
    """For each block and the cut point above it: how many nodes hang there, the cut point not counted."""
    found: dict[tuple[int, int], int] = {}
    done: set[int] = set()
    for root in range(len(blocks)):
        if root in done:
            continue
        order: list[tuple[int, int | None]] = []
        waiting: list[tuple[int, int | None]] = [(root, None)]
        done.add(root)
        while waiting:
            number, above = waiting.pop()
            order.append((number, above))
            for node in blocks[number]:
                for other in joined.get(node, ()) if node != above else ():
                    if other not in done:
                        done.add(other)
                        waiting.append((other, node))
        hanging: dict[int, int] = {}
        for number, above in reversed(order):
            size = sum(1 + hanging.get(node, 0) for node in blocks[number] if node != above)
            if above is not None:
                found[number, above] = size
                hanging[above] = hanging.get(above, 0) + size
    return found


def bridges(network: Network) -> list[tuple[Any, Any]]:
    """Ties without which a part falls in two, in the order of the network. Tarjan (1974)."""
    import rustworkx  # noqa: PLC0415

    found = np.sort(np.array(list(rustworkx.bridges(network.rustworkx)), dtype=np.int64).reshape(-1, 2), axis=1)
    return [(network.nodes[a], network.nodes[b]) for a, b in found[np.lexsort((found[:, 1], found[:, 0]))].tolist()]


@dataclass(frozen=True, slots=True)
class Whole:
    """Figures of a whole network.

    Attributes:
        nodes, ties, parts: how many; `largest` of the nodes lie in the largest part.
        density: share of the pairs of nodes that are joined.
        mean_degree: ties a node.
        clustering: share of open triples that are closed, transitivity. Newman (2003), formula 3.3.
        distance: mean number of steps between two nodes of the largest part; `distance_error` is half of its 95 % confidence
            interval where it was estimated from pivots, else None.
        assortativity: correlation of the degrees at both ends of a tie, -1 to 1; None where it is undefined. Newman (2002).
        sigma: clustering over distance, each as a ratio to random networks of the same degrees; above 1: a small world.
            Humphries and Gurney (2008). None where the network is too small, too sparse or too large to compare.
        cut_points, bridges: how many nodes and ties hold parts together.
        degeneracy: the largest k of a k-core.
    """

    nodes: int
    ties: int
    parts: int
    largest: int
    density: float
    mean_degree: float
    clustering: float
    distance: float
    distance_error: float | None
    assortativity: float | None
    sigma: float | None
    cut_points: int
    bridges: int
    degeneracy: int


def whole(network: Network) -> Whole:
    """Figures of the whole network; zeros for an empty one."""
    n, m = network.n, network.m
    main = network.largest_part()
    distance, error = mean_distance(main)
    return Whole(
        nodes=n, ties=m, parts=int(network.parts.max() + 1) if n else 0, largest=main.n,
        density=2 * m / (n * (n - 1)) if n > 1 else 0.0, mean_degree=2 * m / n if n else 0.0,
        clustering=transitivity(network), distance=distance, distance_error=error, assortativity=assortativity(network),
        sigma=small_world(main), cut_points=len(cut_points(network)), bridges=len(bridges(network)),
        degeneracy=int(core(network).values.max(initial=0)),
    )  # fmt: skip


def transitivity(network: Network) -> float:
    """Share of open triples that are closed; 0 where there are none. Newman (2003), formula 3.3."""
    triples = int((network.degrees * (network.degrees - 1) // 2).sum())
    return 3 * len(network.triangles[0]) / triples if triples else 0.0


def assortativity(network: Network) -> float | None:
    """Correlation of the degrees at both ends of a tie; None where all ends have the same. Newman (2002)."""
    if not network.m:
        return None
    degrees, ties = network.degrees.astype(np.float64), network.m
    mean = degrees.dot(degrees) / (2 * ties)
    spread = (degrees * degrees).dot(degrees) / (2 * ties) - mean * mean
    both = degrees.take(network.sides)
    together = both[:ties].dot(both[ties:]) / ties
    return float((together - mean * mean) / spread) if spread > _NOTHING else None


def mean_distance(network: Network) -> tuple[float, float | None]:
    """Mean distance between two nodes that reach each other; half its 95 % confidence interval where it is estimated.

    Above `EXACT_WORK`, distances from a random sample of nodes. Source: Eppstein and Wang (2004).
    """
    if network.n < 2 or not network.m:
        return 0.0, None
    if float(network.n) * network.m <= EXACT_WORK:
        import rustworkx  # noqa: PLC0415

        return float(rustworkx.graph_unweighted_average_shortest_path_length(network.rustworkx, disconnected=True)), None
    pivots = np.random.default_rng(_SEED).choice(network.n, size=min(_PIVOTS, network.n), replace=False)
    means = []
    for pivot in pivots:
        distance = network.distances(int(pivot))
        reached = distance[np.isfinite(distance)]
        means.append(reached.sum() / max(1, len(reached) - 1))
    sample = np.array(means)
    return float(sample.mean()), float(1.96 * sample.std(ddof=1) / np.sqrt(len(sample)))


def small_world(network: Network) -> float | None:
    """Small-world coefficient sigma of a connected network: (C / C_random) / (L / L_random).

    The random networks have the same degrees: ten times as many swaps of ends as there are ties, mean of ten networks.

    Source: Humphries and Gurney, Network 'small-world-ness', PLoS ONE 3 (2008); Maslov and Sneppen (2002) for the swaps.
    """
    if network.n < 10 or network.m <= network.n or network.m > _TRIANGLES:
        return None
    measured = transitivity(network), mean_distance(network)[0]
    clustering, distance = [], []
    with reproducible(_SEED) as engine:
        for _ in range(_REFERENCES if network.m < 20_000 else 2):
            run = engine.randomization.EdgeSwitching(network.networkit, 10.0)
            run.run()
            made = Network.from_arrays(network.nodes, np.array(list(run.getGraph().iterEdges()), dtype=np.int64))
            clustering.append(transitivity(made))
            distance.append(mean_distance(made)[0])
    random_c, random_l = float(np.mean(clustering)), float(np.mean(distance))
    return float((measured[0] / random_c) / (measured[1] / random_l)) if random_c and measured[1] else None


def efficiency(network: Network) -> float:
    """Global efficiency: mean over all pairs of nodes of the inverse of their distance. Latora and Marchiori (2001)."""

    pairs = network.n * (network.n - 1)
    values: Floats = harmonic(network).values
    return float(values.sum() / pairs) if pairs else 0.0
