"""Partners worth introducing: candidates that a thing is not joined with yet, each with the paths that speak for it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np

from kg import vocab
from kg.analyse.backtest import Backtest, backtest
from kg.analyse.network import Integers, Network
from kg.analyse.prediction import LEARNABLE, LEAST, Combination, Kinds, indices, mean_rank
from kg.analyse.projection import among
from kg.errors import UsageError

_LEFT_OUT = ("Cooperation", "Place")
_PATHS = 3
_LOOKED_AT = 50
"""Neighbours, those with the fewest ties, through which ways of three steps are sought."""
_SEED = 2023


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path: from a node to the next; `forward` where the relation runs that way; the sentences that state it."""

    start: str
    relation: str
    end: str
    forward: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing worth an introduction.

    Attributes:
        node: the thing; `score` 0 to 1; `indices` in the order of `kg.analyse.prediction.INDICES`.
        paths: up to three short ways there, those through rarer things first.
    """

    node: str
    score: float
    indices: tuple[float, ...]
    paths: tuple[tuple[Step, ...], ...]


class Partners:
    """A projection made ready for prediction.

    Cooperations are left out, which would give away what is to be predicted, and places, which all things of a district share.
    """

    def __init__(self, graph: "nx.MultiDiGraph[str]", first: frozenset[str] = frozenset(), second: frozenset[str] = frozenset()) -> None:
        """Make ready.

        Args:
            graph: a projection.
            first: classes of the things that look for a partner; those of partners where there are none.
            second: classes of what they look for, likewise. Ties between the two are learned from; all ties where they are below 20.
        """
        self.graph = among(graph, {node for node, data in graph.nodes(data=True) if data["type"] not in _LEFT_OUT})
        self.network = Network.of(self.graph)
        types = [self.graph.nodes[node]["type"] for node in self.network.nodes]
        partners = vocab.playing("partner")
        self.kinds = Kinds(types, first or partners, second or partners)
        self.of_these = int(self.kinds.match(self.network.ends).sum()) >= LEAST if self.network.m else False
        self.learned_on = self.kinds if self.of_these else Kinds(types, frozenset(types), frozenset(types))
        self.place = {node: i for i, node in enumerate(self.network.nodes)}
        self.order, self.by_date = self._oldest_first()
        self._around: dict[str, set[str]] = {}

    def _oldest_first(self) -> tuple[Integers, bool]:
        """The ties to learn from by their earliest known day (none first, equal ones at random), and whether days differ at all."""
        if not self.network.m:
            return np.empty(0, dtype=np.int64), False
        days: dict[tuple[int, int], int] = {}
        for a, b, data in self.graph.edges(data=True):
            if since := data.get("since"):
                low, high = sorted((self.place[a], self.place[b]))
                days[low, high] = min(days.get((low, high), since.toordinal()), since.toordinal())
        asked = np.flatnonzero(self.learned_on.match(self.network.ends))
        day = np.array([days.get((int(a), int(b)), 0) for a, b in self.network.ends[asked]])
        chance = np.random.default_rng(_SEED).random(len(asked))
        return asked[np.lexsort((chance, day))], len(set(day[day > 0].tolist())) > 1

    def backtest(self) -> Backtest | None:
        """How well the latest ties can be told from the earlier ones; None where there are too few."""
        return backtest(self.network, self.order, self.learned_on, self.by_date)

    def learn(self) -> Combination | None:
        """The learned combination, or None where there are too few ties."""
        return Combination(self.network, self.order, self.learned_on) if len(self.order) >= LEARNABLE else None

    def candidates(self, node: str, top: int = 10, model: Combination | None = None) -> list[Candidate]:
        """The best candidates for a thing, those without any way there of up to three steps left out.

        Args:
            node: of the projection.
            top: how many.
            model: of `learn`; the mean rank of the indices scores where there is none.

        Raises:
            UsageError: `top` below 1, or the thing is a cooperation or a place.
        """
        if top < 1:
            raise UsageError(f"--top must be at least 1, not {top}.")
        if node not in self.graph:
            raise UsageError(f"'{node}' is a cooperation or a place. Name an organisation, a park or another thing.")
        source = self.place[node]
        values = indices(self.network, source)
        free = self.kinds.other & (values[:, -1] > 0)  # some way there
        free[source] = False
        free[self.network.matrix[[source], :].indices] = False
        wanted = np.flatnonzero(free).tolist()
        if not wanted:
            return []
        scored = model.score(values[wanted]) if model else mean_rank(values[wanted])
        order = sorted(
            range(len(wanted)), key=lambda k: (-round(float(scored[k]), 9), self.graph.nodes[self.network.nodes[wanted[k]]]["name"])
        )
        found = []
        for k in order:
            other = self.network.nodes[wanted[k]]
            if paths := self.paths(node, other):
                found.append(Candidate(other, float(scored[k]), tuple(values[wanted[k]].tolist()), paths))
            if len(found) == top:
                break
        return found

    def paths(self, start: str, end: str) -> tuple[tuple[Step, ...], ...]:
        """Short ways between two things, of two or three steps, through the things with the fewest ties."""
        around, beyond = self._neighbours(start), self._neighbours(end)
        ways: list[tuple[str, ...]] = [(start, one, end) for one in around & beyond]
        if not ways:
            near = sorted(around, key=lambda node: (len(self._neighbours(node)), node))[:_LOOKED_AT]
            ways = [(start, one, two, end) for one in near for two in self._neighbours(one) & beyond if two not in (start, one, end)]

        def rarity(way: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
            return sum(float(np.log(len(self._neighbours(node)))) for node in way[1:-1]), way

        return tuple(tuple(self._step(a, b) for a, b in pairwise(way)) for way in sorted(ways, key=rarity)[:_PATHS])

    def _neighbours(self, node: str) -> set[str]:
        if node not in self._around:
            self._around[node] = set(nx.all_neighbors(self.graph, node)) - {node}
        return self._around[node]

    def _step(self, a: str, b: str) -> Step:
        """The edge between two neighbours: the one that the most sentences state."""
        there: dict[Any, Any] = self.graph.get_edge_data(a, b, default={})
        back: dict[Any, Any] = self.graph.get_edge_data(b, a, default={})
        edges: list[tuple[dict[str, Any], bool]] = [*((one, True) for one in there.values()), *((one, False) for one in back.values())]

        def stated(one: tuple[dict[str, Any], bool]) -> tuple[int, str]:
            return -len(one[0]["sentences"]), one[0]["type"]

        data, forward = min(edges, key=stated)
        return Step(a, data["type"], b, forward, tuple(data["sentences"]))
