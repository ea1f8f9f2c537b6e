"""Layout of 20,000 things and 50,000 ties: seconds, stress and kept neighbours beside Fruchterman and Reingold's forces (rustworkx)."""

import tempfile
import time
from pathlib import Path

import numpy as np

from bench.pages import stored
from kg.analyse import Network, positions, project
from kg.analyse.network import Floats

SAMPLE = 2_000
PIVOTS = 100
SEED = 2023


def main() -> None:
    """Print a line for each method; a spring layout of all pairs gets the rounds that take about a minute."""
    import rustworkx
    from scipy.spatial import KDTree

    with tempfile.TemporaryDirectory() as folder, stored(Path(folder), 20_000, 50_000).reading() as store:
        whole = Network.of(project(store))
    part = whole.largest_part()

    def ours() -> Floats:
        found = positions(part)
        return np.array([found[node] for node in part.nodes])

    def springs() -> Floats:
        found = rustworkx.spring_layout(part.rustworkx, num_iter=20, adaptive_cooling=False, seed=SEED)
        return np.array([found[node] for node in range(part.n)])

    for name, method in (("forces on a grid", ours), ("springs, 20 rounds", springs)):
        start = time.process_time()
        place = method()
        seconds = time.process_time() - start
        print(f"{name}: {seconds:.1f} s, stress {stress(part, place):.3f}, neighbours kept {kept(part, place, KDTree(place)):.3f}")


def stress(network: Network, place: Floats) -> float:
    """Normalised stress from some nodes to all, at the best scale; 0 where all distances are as in the network. Gansner et al. (2004)."""
    pivots = np.random.default_rng(SEED).choice(network.n, PIVOTS, replace=False)
    wanted = np.array([network.distances(int(pivot)) for pivot in pivots])
    drawn = np.hypot(*(place[pivots, None] - place[None]).transpose(2, 0, 1))
    others = wanted > 0
    wanted, drawn = wanted[others], drawn[others]
    scale = (drawn / wanted).sum() / (drawn**2 / wanted**2).sum()
    return float(((scale * drawn - wanted) ** 2 / wanted**2).mean())


def kept(network: Network, place: Floats, tree: "object") -> float:
    """Of a sample of nodes, the mean Jaccard index of their neighbours and as many nearest nodes. Kruiger et al. (2017)."""
    near: list[set[int]] = [set() for _ in range(network.n)]
    for a, b in network.ends.tolist():
        near[a].add(b)
        near[b].add(a)
    found = []
    for node in np.random.default_rng(SEED).choice(network.n, SAMPLE, replace=False).tolist():
        nearest = set(tree.query(place[node], k=len(near[node]) + 1)[1].tolist()) - {node}  # type: ignore[attr-defined]
        found.append(len(near[node] & nearest) / len(near[node] | nearest))
    return float(np.mean(found))


if __name__ == "__main__":
    main()
