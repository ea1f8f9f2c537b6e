"""Where nodes are drawn: computed once, the same each time."""

from collections.abc import Mapping

import networkx as nx
import numpy as np

from kg.analyse.forces import by_forces
from kg.analyse.network import Floats, Network
from kg.analyse.packing import packed
from kg.analyse.placement import beside

Place = tuple[float, float]
_NOWHERE = (np.nan, np.nan)
_MOSTLY_NEW = 0.2
"""Share of new nodes above which all are laid out anew."""
_SPACING = 110.0
"""Pixels between neighbours at zoom 1, and between parts."""
_FEW = 600
"""Nodes of a part up to which the forces between all pairs are reckoned."""
_WORK = 1e8
"""Pairs times rounds of a part, at most: a second."""
_SCARCE = 60
"""Nodes of a part above which it is spread, and its nodes parted."""
_EVENLY, _STRETCH = 0.5, 1.2
"""How far a spread node goes to where its rank would put it, and how much wider or higher the drawing becomes at most."""
_APART, _PARTING = 0.5, 25
"""Least distance of parted nodes, by the one they would have if they were spread evenly, and rounds of parting."""
_SEED = 2023
SHAPE = 1.6
"""Width of a drawing by its height, about a screen's."""


def positions(graph: "nx.Graph[str] | Network", before: Mapping[str, Place] | None = None) -> dict[str, Place]:
    """Coordinates in pixels, y downwards; nodes without ties in a block below.

    Each connected part is laid out by itself, and the parts are packed around the largest.

    Args:
        graph: the network.
        before: where nodes with ties were: they stay there, and new ones come beside their neighbours, unless most are new.
    """
    whole = Network.of(graph)
    tied = whole.among(np.flatnonzero(whole.degrees))
    known = np.array([(before or {}).get(node, _NOWHERE) for node in tied.nodes], dtype=np.float64).reshape(-1, 2)
    if tied.n and np.isnan(known[:, 0]).mean() > _MOSTLY_NEW:
        known[:] = np.nan
    members = [np.flatnonzero(tied.parts == number) for number in range(int(tied.parts.max(initial=-1)) + 1)]
    members.sort(key=len, reverse=True)
    kept = [one for one in members if not np.isnan(known[one, 0]).all()]
    groups = ([np.concatenate(kept)] if kept else []) + [one for one in members if np.isnan(known[one, 0]).all()]
    drawings = [
        _laid_out(tied.among(one)) if np.isnan(known[one, 0]).all() else beside(tied.among(one), known[one], _SPACING) for one in groups
    ]
    place = np.zeros((tied.n, 2))
    for one, inner in zip(groups, packed(drawings, _SPACING / 2, SHAPE), strict=True):
        place[one] = inner
    if kept:
        place += drawings[0][0] - place[groups[0][0]]
    elif tied.n:
        place -= (place.min(axis=0) + place.max(axis=0)) / 2
    placed: dict[str, Place] = {node: (x, y) for node, (x, y) in zip(tied.nodes, np.round(place, 1).tolist(), strict=True)}
    return placed | _block([node for node in whole.nodes if node not in placed], placed)


def _laid_out(network: Network) -> Floats:
    """A connected network, wider than high; the median node has its nearest at the distance of neighbours. Shape (n, 2)."""
    from scipy.spatial import KDTree  # noqa: PLC0415  # a tenth of a second

    place = _lying(by_forces(network) if network.n > _FEW else _by_springs(network))
    if network.n > _SCARCE:
        place = _parted(_spread(place))
    nearest = np.asarray(KDTree(place).query(place, k=2)[0])[:, 1]
    return np.asarray(place * (_SPACING / np.median(nearest)), dtype=np.float64)


def _by_springs(network: Network) -> Floats:
    """Fruchterman and Reingold (1991) by rustworkx."""
    import rustworkx  # noqa: PLC0415

    rounds = int(min(500, _WORK / network.n**2))
    found = rustworkx.spring_layout(network.rustworkx, num_iter=rounds, adaptive_cooling=False, seed=_SEED)
    return np.array([found[node] for node in range(network.n)], dtype=np.float64)


def _spread(place: Floats) -> Floats:
    """A drawing that fills its box better: each coordinate half-way to where its rank would put it, the box nearer to a screen's shape."""
    even = np.argsort(np.argsort(place, axis=0, kind="stable"), axis=0) / (len(place) - 1) - 0.5
    wide, high = np.ptp(place, axis=0)
    stretched = place * ((SHAPE * high / wide) ** np.array([0.5, -0.5])).clip(1 / _STRETCH, _STRETCH)
    return np.asarray((1 - _EVENLY) * stretched + _EVENLY * even * np.ptp(stretched, axis=0), dtype=np.float64)


def _parted(place: Floats) -> Floats:
    """A drawing whose nodes lie apart from each other: half as far as if they were spread evenly, or as far as some rounds bring them."""
    from scipy.spatial import KDTree  # noqa: PLC0415

    least = _APART * float(np.sqrt(np.ptp(place, axis=0).prod() / len(place)))
    place = place + np.random.default_rng(_SEED).normal(0, least / 100, place.shape)
    for _ in range(_PARTING):
        one, other = KDTree(place).query_pairs(least, output_type="ndarray").T
        away = place[one] - place[other]
        push = away * (0.5 * (least / np.maximum(np.hypot(*away.T), 1e-9) - 1))[:, None]
        for side in (0, 1):
            place[:, side] += 0.5 * (np.bincount(one, push[:, side], len(place)) - np.bincount(other, push[:, side], len(place)))
    return place


def _lying(place: Floats) -> Floats:
    """A drawing turned so that it is widest from left to right, around its middle."""
    place = place - place.mean(axis=0)
    directions = np.linalg.eigh(place.T @ place)[1][:, ::-1]
    return np.asarray(place @ (directions * np.sign(directions[np.abs(directions).argmax(axis=0), [0, 1]])), dtype=np.float64)


def _block(alone: list[str], placed: Mapping[str, Place]) -> dict[str, Place]:
    """Nodes without ties, in rows under the drawing and as wide as it, or of a screen's shape by themselves."""
    left, right = (found(x for x, _ in placed.values()) if placed else 0.0 for found in (min, max))
    bottom = max((y for _, y in placed.values()), default=0.0) + 1.5 * _SPACING
    wide, high = 1.6 * _SPACING, 0.6 * _SPACING
    columns = max(int((right - left) / wide) + 1, int(np.ceil(np.sqrt(SHAPE * len(alone) * high / wide))))
    return {node: (round(left + (i % columns) * wide, 1), round(bottom + (i // columns) * high, 1)) for i, node in enumerate(alone)}
