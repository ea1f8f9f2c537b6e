"""Link prediction: published indices of how likely two things are to be joined, and a learned combination of them."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from kg.analyse.network import Floats, Integers, Network
from kg.extras import need

LEAST = 20
"""Ties of the kind in question below which all ties are looked at instead, and no back-test is made."""
LEARNABLE = 100
"""Ties below which nothing is learned: a fifth of them must bear seven coefficients."""
INDICES = MappingProxyType(
    {
        "common-neighbours": "Liben-Nowell and Kleinberg (2007)",
        "jaccard": "Jaccard (1901), Liben-Nowell and Kleinberg (2007)",
        "adamic-adar": "Adamic and Adar (2003)",
        "resource-allocation": "Zhou, Lü and Zhang (2009)",
        "preferential-attachment": "Barabási and Albert (1999), Newman (2001)",
        "paths-of-three": "Kovács et al. (2019), L3",
        "katz": "Katz (1953), paths up to five steps",
    }
)
"""Name of each index and its source, in the order of the columns."""
_DAMPING = 0.05
_STEPS = 5
_SEED = 2023
_CELLS = 1_000_000
"""Cells of a table of sources and nodes that is computed at once."""
MOST = 1_000
"""Ties that are looked at of those that are hidden; more would not tell more."""


def indices(network: Network, source: int) -> Floats:
    """The indices of one node with all others.

    Args:
        network: the ties that are known.
        source: position of the node.

    Returns:
        Shape (n, 7), columns as in `INDICES`.
    """
    return np.column_stack([column[:, 0] for column in _indices(network, np.array([source]))])


def _indices(network: Network, sources: Integers) -> tuple[Floats, ...]:
    """Each index of some nodes with all others, in the order of `INDICES`, shape (n, sources)."""
    matrix, degrees = network.matrix, np.maximum(network.degrees.astype(np.float64), 1.0)[:, None]
    mine = matrix[sources, :].toarray().T
    own = network.degrees[sources].astype(np.float64)
    common = matrix @ mine
    union = own + network.degrees[:, None] - common
    root = np.sqrt(degrees)
    paths, walk = np.zeros_like(common), mine
    for step in range(2, _STEPS + 1):
        walk = matrix @ walk if step > 2 else common
        paths += _DAMPING ** (step - 1) * walk
    return (
        common,
        np.divide(common, union, out=np.zeros_like(common), where=union > 0),
        matrix @ (mine / np.log(np.maximum(degrees, 2.0))),
        matrix @ (mine / degrees),
        own * network.degrees[:, None],
        matrix @ ((matrix @ (mine / root)) / root),
        paths,
    )


def pair_indices(network: Network, pairs: Integers) -> Floats:
    """The indices of pairs of nodes, shape (pairs, 7)."""
    values = np.zeros((len(pairs), len(INDICES)))
    sources, place = np.unique(pairs[:, 0], return_inverse=True) if len(pairs) else (np.empty(0, int), np.empty(0, int))
    block = max(1, _CELLS // max(1, network.n))
    for start in range(0, len(sources), block):
        rows = np.flatnonzero((place >= start) & (place < start + block))
        found = _indices(network, sources[start : start + block])
        values[rows] = np.column_stack([column[pairs[rows, 1], place[rows] - start] for column in found])
    return values


class Kinds:
    """Which pairs are in question: those of a class of `first` with a class of `second`, either way round."""

    def __init__(self, types: Sequence[str], first: frozenset[str], second: frozenset[str]) -> None:
        """Note the classes of all nodes, in their order."""
        self.types, self.first, self.second = types, first, second
        self.one = np.array([kind in first for kind in types], dtype=bool)
        self.other = np.array([kind in second for kind in types], dtype=bool)

    def match(self, pairs: Integers) -> Any:
        """Whether each pair is in question, shape (pairs,)."""
        a, b = pairs[:, 0], pairs[:, 1]
        return (self.one[a] & self.other[b]) | (self.one[b] & self.other[a])

    def candidates(self, network: Network, source: int) -> Integers:
        """Positions of the things that a thing could be joined with and is not."""
        wanted = np.zeros(network.n, dtype=bool)
        if self.one[source]:
            wanted |= self.other
        if self.other[source]:
            wanted |= self.one
        wanted[source] = False
        wanted[network.matrix[[source], :].indices] = False
        return np.flatnonzero(wanted)

    def absent(self, network: Network, count: int, seed: int = _SEED) -> Integers:
        """Pairs in question that are not joined, drawn at random, each once; fewer where there are fewer. Shape (pairs, 2)."""
        one, other = np.flatnonzero(self.one), np.flatnonzero(self.other)
        if not len(one) or not len(other):
            return np.empty((0, 2), dtype=np.int64)
        chance = np.random.default_rng(seed)
        drawn = np.sort(np.column_stack((chance.choice(one, 40 * count), chance.choice(other, 40 * count))), axis=1)
        key, known = drawn[:, 0] * network.n + drawn[:, 1], network.ends[:, 0] * network.n + network.ends[:, 1]
        _, first = np.unique(key, return_index=True)
        fresh = np.sort(first)
        fresh = fresh[(drawn[fresh, 0] != drawn[fresh, 1]) & ~np.isin(key[fresh], known)]
        return np.asarray(drawn[fresh[:count]], dtype=np.int64)


class Combination:
    """A learned combination: logistic regression on the logarithms of the indices, standardised.

    Trained by hiding a fifth of the ties in question, those that are latest: the indices of what is left must tell the hidden
    ties from pairs that are not joined.
    """

    def __init__(self, network: Network, order: Integers, kinds: Kinds) -> None:
        """Learn.

        Args:
            network: the ties that are known.
            order: positions of the ties in question in `network.ends`, oldest first.
            kinds: which pairs are in question.

        Raises:
            ExtraMissingError: the extra `[recommend]` is not installed.
        """
        needed = ("sklearn.linear_model", "sklearn.pipeline", "sklearn.preprocessing")
        linear, pipeline, preprocessing = (need(one, "recommend", "Learning from so many ties") for one in needed)

        hidden = order[-max(1, len(order) // 5) :]
        left = hide(network, hidden)
        positive = network.ends[hidden[-MOST:]]
        negative = kinds.absent(network, min(MOST, 5 * len(positive)))
        values = np.vstack((pair_indices(left, positive), pair_indices(left, negative)))
        told = np.concatenate((np.ones(len(positive)), np.zeros(len(negative))))
        self._model = pipeline.make_pipeline(preprocessing.StandardScaler(), linear.LogisticRegression(class_weight="balanced", C=0.5))
        self._model.fit(np.log1p(values), told)

    def score(self, values: Floats) -> Floats:
        """Probability of a tie by the indices, 0 to 1 (as if half of all pairs were joined), shape (pairs,)."""
        return np.asarray(self._model.predict_proba(np.log1p(values))[:, 1], dtype=np.float64)


def hide(network: Network, ties: Integers) -> Network:
    """The network without some ties, given as positions in its `ends`."""
    kept = np.ones(network.m, dtype=bool)
    kept[ties] = False
    return Network(network.nodes, network.ends[kept], network.weights[kept])


def mean_rank(values: Floats) -> Floats:
    """Where nothing can be learned, the mean over the indices of a pair's share of pairs that it is not below (Borda), 0 to 1."""
    if not len(values):
        return np.zeros(0)
    below = [np.searchsorted(np.sort(column), column, side="right") / len(column) for column in values.T]
    return np.asarray(np.mean(below, axis=0), dtype=np.float64)
