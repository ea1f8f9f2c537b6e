"""Which ranks are noise: the same ranking on networks from which a tenth of the ties is left out at random."""

from dataclasses import dataclass

import numpy as np

from kg.analyse.centrality import ranks, scores
from kg.analyse.network import Integers, Network
from kg.errors import UsageError

LEFT_OUT = 0.1
_RUNS = 200
_BUDGET = 2e9
"""Nodes times ties, over all runs: some fifty seconds of the slowest centrality."""
_SEED = 2023


@dataclass(frozen=True, slots=True)
class Stability:
    """Ranks over the resampled networks.

    Attributes:
        low, high: the ranks between which a node stands in nine of ten networks, shape (n,).
        runs: how many networks there were.
        agreement: mean Kendall rank correlation of the resampled values with the full network's, -1 to 1; NaN where all
            values are equal.
    """

    low: Integers
    high: Integers
    runs: int
    agreement: float


def stability(network: Network, by: str, runs: int | None = None, among: Integers | None = None) -> Stability:
    """How firm the ranks of a centrality are when ties are missing.

    Args:
        network: as it is.
        by: one of `centralities`.
        runs: how many resampled networks; by size where it is left out, 200 at most.
        among: positions of the nodes that are ranked, all where it is left out; the others get rank 0.

    Raises:
        UsageError: no such centrality, or fewer than 2 runs.

    Source: Costenbader and Valente, The stability of centrality measures when networks are sampled, Social Networks 25 (2003).
    """
    if runs is not None and runs < 2:
        raise UsageError(f"--resample must be at least 2, not {runs}.")
    from scipy.stats import kendalltau  # noqa: PLC0415  # a second that other centralities need not pay

    count = runs or int(np.clip(_BUDGET / (float(max(1, network.n)) * max(1, network.m)), 20, _RUNS))
    chance, full = np.random.default_rng(_SEED), scores(network, by).values
    ranked = np.arange(network.n) if among is None else among
    found, agreement = [], []
    for _ in range(count):
        kept = np.sort(chance.permutation(network.m)[: network.m - round(LEFT_OUT * network.m)])
        values = scores(network.thinned(kept), by).values
        found.append(ranks(values[ranked], by))
        if len(ranked) > 1:
            agreement.append(kendalltau(np.nan_to_num(full[ranked]), np.nan_to_num(values[ranked])).statistic)
    table = np.array(found).reshape(count, len(ranked))
    low, high = np.zeros(network.n), np.zeros(network.n)
    if len(ranked):
        low[ranked] = np.quantile(table, 0.05, axis=0, method="lower")
        high[ranked] = np.quantile(table, 0.95, axis=0, method="higher")
    told = [one for one in agreement if not np.isnan(one)]
    return Stability(low.astype(np.int64), high.astype(np.int64), count, float(np.mean(told)) if told else float("nan"))
