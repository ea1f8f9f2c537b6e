"""Would it have been right? The latest ties are hidden, and predicted from the earlier ones."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kg.analyse.network import Floats, Integers, Network
from kg.analyse.prediction import INDICES, LEARNABLE, LEAST, MOST, Combination, Kinds, hide, indices, mean_rank, pair_indices

_SHARE = 0.2
_TOP = 10
_SOURCES = 300
_DRAWS = 1000
_SEED = 2023
BASELINES = ("chance", "preferential-attachment", "common-neighbours")


@dataclass(frozen=True, slots=True)
class Trial:
    """How one way of scoring did.

    Attributes:
        method: `chance`, an index of `INDICES`, `mean-rank` of the indices, or `learned` where there are enough ties to learn from.
        auc: probability that a hidden tie scores above a pair that is not joined; `auc_span` its 95 % confidence interval.
        precision: share of hidden ties among the ten best of a thing, mean over the things that have one; `precision_span` its
            95 % confidence interval.
    """

    method: str
    auc: float
    auc_span: tuple[float, float]
    precision: float
    precision_span: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Backtest:
    """The trials, how many ties were hidden and known, and whether the hidden ones were the latest (else drawn at random)."""

    trials: tuple[Trial, ...]
    hidden: int
    known: int
    by_date: bool


def backtest(network: Network, order: Integers, kinds: Kinds, by_date: bool) -> Backtest | None:
    """Hide the last fifth of the ties in question and predict them.

    Args:
        network: all ties.
        order: positions of the ties in question in `network.ends`, oldest first.
        kinds: which pairs are in question.
        by_date: whether that order is one of time.

    Returns:
        None where there are fewer than twenty such ties. Of many hidden ties a thousand are looked at, of their things 300.

    Source: DeLong, DeLong and Clarke-Pearson (1988) for the interval of AUC; percentile bootstrap over things for precision.
    """
    if len(order) < LEAST:
        return None
    hidden = order[-max(1, round(_SHARE * len(order))) :]
    left = hide(network, hidden)
    place = {(int(a), int(b)): i for i, (a, b) in enumerate(left.ends)}
    earlier = np.array([place[int(a), int(b)] for a, b in network.ends[order[: len(order) - len(hidden)]]], dtype=np.int64)
    learned = Combination(left, earlier, kinds) if len(order) >= LEARNABLE else None
    methods = ("chance", *INDICES, "mean-rank", *(["learned"] if learned else []))
    looked_at = np.random.default_rng(_SEED).permutation(hidden)[:MOST]
    positive, negative = network.ends[looked_at], kinds.absent(network, min(2 * MOST, 20 * len(looked_at)))
    above, below = pair_indices(left, positive), pair_indices(left, negative)
    per_thing = _precisions(left, network.ends[hidden], kinds, learned, methods)
    trials = []
    for method in methods:
        scored = _by(method, np.vstack((above, below)), learned, 1)
        auc, auc_span = area(scored[: len(above)], scored[len(above) :])
        precision, precision_span = _mean_with_span(per_thing[method])
        trials.append(Trial(method, auc, auc_span, precision, precision_span))
    return Backtest(tuple(trials), len(hidden), left.m, by_date)


def _by(method: str, values: Floats, learned: Combination | None, salt: int) -> Floats:
    """Scores of pairs by one method, from their indices."""
    if method == "chance":
        return np.random.default_rng(_SEED + salt).random(len(values))
    if method == "mean-rank":
        return mean_rank(values)
    return learned.score(values) if learned and method == "learned" else values[:, list(INDICES).index(method)]


def area(positive: Floats, negative: Floats) -> tuple[float, tuple[float, float]]:
    """Area under the ROC curve, ties counting half, and its 95 % confidence interval after DeLong et al. (1988)."""
    if not len(positive) or not len(negative):
        return 0.5, (0.0, 1.0)
    ordered = np.sort(negative)
    over = (np.searchsorted(ordered, positive, side="left") + np.searchsorted(ordered, positive, side="right")) / 2 / len(negative)
    ascending = np.sort(positive)
    under = 1 - (np.searchsorted(ascending, negative, side="left") + np.searchsorted(ascending, negative, side="right")) / 2 / len(positive)
    mean = float(over.mean())
    variance = sum(float(part.var(ddof=1)) / len(part) for part in (over, under) if len(part) > 1)
    off = 1.96 * variance**0.5
    return mean, (max(0.0, mean - off), min(1.0, mean + off))


def _precisions(
    left: Network, hidden: Integers, kinds: Kinds, learned: Combination | None, methods: tuple[str, ...]
) -> Mapping[str, list[float]]:
    """Of each thing with a hidden tie: the share of its hidden ties among its ten best candidates, by method."""
    chance = np.random.default_rng(_SEED)
    wanted: dict[int, set[int]] = {}
    for a, b in hidden.tolist():
        wanted.setdefault(a, set()).add(b)
        wanted.setdefault(b, set()).add(a)
    sources = sorted(wanted) if len(wanted) <= _SOURCES else sorted(chance.choice(sorted(wanted), _SOURCES, replace=False).tolist())
    found: dict[str, list[float]] = {method: [] for method in methods}
    for source in sources:
        candidates = kinds.candidates(left, source)
        values, jitter = indices(left, source)[candidates], chance.random(len(candidates))
        for method, shares in found.items():
            scored = _by(method, values, learned, source)
            shares.append(len(wanted[source] & set(candidates[best(scored, jitter)].tolist())) / _TOP)
    return found


def best(scored: Floats, jitter: Floats, top: int = _TOP) -> Integers:
    """Positions of the `top` highest scores, in any order; of equal ones those with the least jitter."""
    if len(scored) <= top:
        return np.arange(len(scored))
    least = np.partition(scored, len(scored) - top)[len(scored) - top]
    above, level = np.flatnonzero(scored > least), np.flatnonzero(scored == least)
    return np.concatenate((above, level[np.argsort(jitter[level])[: top - len(above)]]))


def _mean_with_span(values: list[float]) -> tuple[float, tuple[float, float]]:
    sample, chance = np.array(values), np.random.default_rng(_SEED)
    means = sample[chance.integers(len(sample), size=(_DRAWS, len(sample)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(sample.mean()), (float(low), float(high))
