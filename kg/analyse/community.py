"""Communities by the Leiden algorithm, how firm they are over seeds, and what binds each of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np

from kg import vocab
from kg.analyse.engine import reproducible
from kg.analyse.network import Floats, Integers, Network, modularity

_HUGE = 200_000
"""Ties above which three seeds must do."""
_SEEDS, _FEW_SEEDS = 10, 3
_SURE = 0.05
_LEAST_SHARE = 0.2
"""Of the members that a thing must be joined with, to bind them."""


@dataclass(frozen=True, slots=True)
class Communities:
    """A partition of a network.

    Attributes:
        member_of: number of each node's community, 0 the largest, shape (n,).
        modularity: of the partition, -0.5 to 1. Newman and Girvan (2004).
        firmness: for each node, in which share of the runs with other seeds it stands with most of its community, shape (n,).
        agreement: mean adjusted Rand index between the runs, 1 where they all agree. Hubert and Arabie (1985).
        runs: how many seeds were tried.
    """

    member_of: Integers
    modularity: float
    firmness: Floats
    agreement: float
    runs: int


def communities(network: Network) -> Communities:
    """The best of several runs by modularity, and how far the others agree with it.

    NetworKit's Leiden, with one thread so that the answer is the same each time.

    Source: Traag, Waltman and van Eck, From Louvain to Leiden, Scientific Reports 9 (2019).
    """
    count = _SEEDS if network.m < _HUGE else _FEW_SEEDS
    runs = [leiden(network, seed) for seed in range(count)]
    quality = [modularity(network, run) for run in runs]
    best = _by_size(runs[int(np.argmax(quality))])
    told = [agreement(a, b) for a, b in combinations(runs, 2)]
    return Communities(best, max(quality), _firmness(best, runs), float(np.mean(told)) if told else 1.0, count)


def leiden(network: Network, seed: int) -> Integers:
    """One run of the Leiden algorithm on modularity; numbers of communities, shape (n,)."""
    if not network.m:
        return np.arange(network.n)
    with reproducible(seed) as engine:
        run = engine.community.ParallelLeiden(network.networkit, randomize=True, iterations=3)
        run.run()
        return np.array(run.getPartition().getVector(), dtype=np.int64)


def agreement(a: Integers, b: Integers) -> float:
    """Adjusted Rand index of two partitions, 1 where they are the same. Hubert and Arabie (1985)."""
    together = np.unique(a * (int(b.max(initial=0)) + 1) + b, return_counts=True)[1]
    both, one, other, every = (
        float((sizes * (sizes - 1) // 2).sum()) for sizes in (together, np.bincount(a), np.bincount(b), np.array([len(a)]))
    )
    chance, most = one * other / max(1.0, every), (one + other) / 2
    return (both - chance) / (most - chance) if most != chance else 1.0


def _by_size(membership: Integers) -> Integers:
    """The same with the largest community as 0; of equals the one whose first node comes first."""
    labels, first, place, size = np.unique(membership, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -size))
    number = np.empty(len(labels), dtype=np.int64)
    number[order] = np.arange(len(labels))
    return np.asarray(number[place.ravel()], dtype=np.int64)


def _firmness(best: Integers, runs: list[Integers]) -> Floats:
    """In which share of the runs a node stands in the community where most of its own community stands."""
    agreeing = np.zeros(len(best))
    for run in runs:
        together = Counter(zip(best.tolist(), run.tolist(), strict=True))
        most: dict[int, tuple[int, int]] = {}
        for (mine, theirs), count in together.items():
            most[mine] = max(most.get(mine, (0, 0)), (count, -theirs))
        agreeing += np.array([-most[mine][1] == theirs for mine, theirs in zip(best.tolist(), run.tolist(), strict=True)])
    return np.asarray(agreeing / max(1, len(runs)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Tie:
    """A thing that binds a community: how many of its members are joined with it, how many others are, how unlikely that is.

    Attributes:
        node: the thing; `chance` the probability of so many among the members or more if they were drawn at random
            (hypergeometric), times the number of things looked at (Bonferroni), at most 1.
    """

    node: Any
    inside: int
    outside: int
    chance: float


@dataclass(frozen=True, slots=True)
class Portrait:
    """A community: its members (best joined within first, cooperations last), how firm it is, and what binds it (least likely first)."""

    number: int
    members: tuple[Any, ...]
    firmness: float
    binds: tuple[Tie, ...]


def portraits(graph: "nx.Graph[Any]", found: Communities, least: int = 3) -> list[Portrait]:
    """What binds each community of at least `least` members: industry, technology, park, programme, policy, place.

    Args:
        graph: a projection, of whose `Network` the communities are.
        found: its communities.
        least: members that a community must have.
    """
    network = Network.of(graph)
    kinds = [graph.nodes[node].get("type") for node in network.nodes]
    neighbours: list[list[int]] = [[] for _ in range(network.n)]
    for a, b in network.ends.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    bonds = vocab.playing("bond")
    binding = [i for i, kind in enumerate(kinds) if kind in bonds and len(neighbours[i]) > 1]
    members: dict[int, list[int]] = {}
    for i, number in enumerate(found.member_of.tolist()):
        members.setdefault(number, []).append(i)
    joined: dict[int, Counter[int]] = {}
    for thing in binding:
        joined[thing] = Counter(found.member_of[neighbours[thing]].tolist())
    made = []
    for number in sorted(members):
        inside = members[number]
        if len(inside) < least:
            continue
        within = {i: sum(found.member_of[j] == number for j in neighbours[i]) for i in inside}
        ranked = sorted(inside, key=lambda i: (kinds[i] == "Cooperation", -within[i], str(network.nodes[i])))
        ties = _ties(network, {thing: joined[thing][number] for thing in binding}, neighbours, len(inside))
        firm = float(found.firmness[inside].mean())
        made.append(Portrait(number, tuple(network.nodes[i] for i in ranked), firm, tuple(ties)))
    return made


def _ties(network: Network, counts: dict[int, int], neighbours: list[list[int]], size: int) -> Iterable[Tie]:
    """What binds a community of `size` members: joined with two of them and a fifth at least, and unlikely by chance or nothing outside."""
    from scipy.stats import hypergeom  # noqa: PLC0415  # a second that other commands need not pay

    looked_at = [thing for thing, inside in counts.items() if inside >= max(2, _LEAST_SHARE * size)]
    found = []
    for thing in looked_at:
        inside, all_of_it = counts[thing], len(neighbours[thing])
        chance = min(1.0, float(hypergeom.sf(inside - 1, max(1, network.n - 1), all_of_it, size)) * len(looked_at))
        if chance <= _SURE or inside == all_of_it:
            found.append(Tie(network.nodes[thing], inside, all_of_it - inside, chance))
    return sorted(found, key=lambda tie: (tie.chance, -tie.inside, str(tie.node)))
