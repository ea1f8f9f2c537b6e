"""Link prediction: published indices of how likely two things are to be joined, and a learned combination of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from kg.analyse.network import Floats, Integers, Network

LEAST = 20
"""Ties of the kind in question below which nothing is learned from them."""
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


def indices(network: Network, source: int) -> Floats:
    """The indices of one node with all others.

    Args:
        network: the ties that are known.
        source: position of the node.

    Returns:
        Shape (n, 7), columns as in `INDICES`.
    """
    matrix, degrees = network.matrix, np.maximum(network.degrees.astype(np.float64), 1.0)
    mine = matrix[[source], :].toarray().ravel()
    common = matrix @ mine
    union = network.degrees[source] + network.degrees - common
    root = np.sqrt(degrees)
    paths, walk = np.zeros(network.n), mine
    for step in range(2, _STEPS + 1):
        walk = matrix @ walk
        paths += _DAMPING ** (step - 1) * walk
    return np.column_stack(
        (
            common,
            np.divide(common, union, out=np.zeros(network.n), where=union > 0),
            matrix @ (mine / np.log(np.maximum(degrees, 2.0))),
            matrix @ (mine / degrees),
            float(network.degrees[source]) * network.degrees,
            matrix @ ((matrix @ (mine / root)) / root),
            paths,
        )
    )


def pair_indices(network: Network, pairs: Integers) -> Floats:
    """The indices of pairs of nodes, shape (pairs, 7)."""
    values = np.zeros((len(pairs), len(INDICES)))
    for source in np.unique(pairs[:, 0]) if len(pairs) else ():
        rows = np.flatnonzero(pairs[:, 0] == source)
        values[rows] = indices(network, int(source))[pairs[rows, 1]]
    return values


@dataclass(frozen=True)
class Kinds:
    """Which pairs are in question: those of a class of `first` with a class of `second`, either way round."""

    types: Sequence[str]
    first: frozenset[str]
    second: frozenset[str]

    def match(self, pairs: Integers) -> Any:
        """Whether each pair is in question, shape (pairs,)."""
        one = np.array([kind in self.first for kind in self.types], dtype=bool)
        other = np.array([kind in self.second for kind in self.types], dtype=bool)
        a, b = pairs[:, 0], pairs[:, 1]
        return (one[a] & other[b]) | (one[b] & other[a])

    def sides(self) -> tuple[Integers, Integers]:
        """Positions of the nodes of either side."""
        one = [i for i, kind in enumerate(self.types) if kind in self.first]
        other = [i for i, kind in enumerate(self.types) if kind in self.second]
        return np.array(one, dtype=np.int64), np.array(other, dtype=np.int64)

    def absent(self, network: Network, count: int, seed: int = _SEED) -> Integers:
        """Pairs in question that are not joined, drawn at random, each once; fewer where there are fewer."""
        one, other = self.sides()
        chance, known = np.random.default_rng(seed), {(int(a), int(b)) for a, b in network.ends}
        found: dict[tuple[int, int], None] = {}
        for _ in range(40 * count if len(one) and len(other) else 0):
            a, b = int(chance.choice(one)), int(chance.choice(other))
            pair = (min(a, b), max(a, b))
            if a != b and pair not in known:
                found.setdefault(pair)
            if len(found) == count:
                break
        return np.array(list(found), dtype=np.int64).reshape(-1, 2)


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
        """
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # a second that other commands need not pay
        from sklearn.pipeline import make_pipeline  # noqa: PLC0415
        from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

        hidden = order[-max(1, len(order) // 5) :]
        left = hide(network, hidden)
        positive, negative = network.ends[hidden], kinds.absent(network, 5 * len(hidden))
        values = np.vstack((pair_indices(left, positive), pair_indices(left, negative)))
        told = np.concatenate((np.ones(len(positive)), np.zeros(len(negative))))
        self._model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced", C=0.5))
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
    """Where nothing can be learned: the mean over the indices of a pair's share of pairs that it is not below (Borda), 0 to 1."""
    if not len(values):
        return np.zeros(0)
    below = [np.searchsorted(np.sort(column), column, side="right") / len(column) for column in values.T]
    return np.asarray(np.mean(below, axis=0), dtype=np.float64)
