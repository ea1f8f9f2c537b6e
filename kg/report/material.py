"""What the sections of a report share: the graph, its network, the words; each made once, when a section asks."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from kg import lexicon, query, vocab
from kg.analyse import Communities, Network, Stability, communities, cut_off, project, scores, stability
from kg.analyse.centrality import Scores
from kg.cells import number
from kg.reason.promises import Kept, last_day, promises
from kg.reason.series import Series
from kg.reason.series import series as all_series
from kg.report.content import Cell, Content, Row
from kg.report.whose import Whose
from kg.show.wording import figure_text
from kg.store import in_total_order

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store


class Material:
    """The store, and what is computed from it for more than one section."""

    def __init__(self, store: "Store", lang: str, words: Mapping[str, str]) -> None:
        self.store = store
        self.lang = lang
        self.words = words
        self._scores: dict[str, Scores] = {}
        self._stability: dict[str, Stability] = {}
        self._rows: dict[str, list[Any]] = {}
        self._left_out: list[str] = []
        self._told: dict[Callable[[Material], Content | None], Content | None] = {}

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The projection `whole` without what is no actor: places, whose reports these are, words for a place or park as a whole.

        Everything in a district lies in it, and an office is joined with all that its own report tells: both would hide who joins whom.
        """
        graph = project(self.store)
        own = [node for node, data in graph.nodes(data=True) if node in self.speakers or data["name"] in _wholes()]
        self._left_out = [str(graph.nodes[node]["name"]) for node in own if graph.nodes[node]["type"] != "Place"]
        graph.remove_nodes_from([*own, *(node for node, data in graph.nodes(data=True) if data["type"] == "Place")])
        return graph

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The offices that issue the reports, and the places and parks whose reports they are."""
        told = self.whose.reports.values()
        return frozenset(vocab.compact(iri) for report in told for iri in (report.home, report.issuer) if iri)

    @property
    def left_out(self) -> list[str]:
        """Names of what the network leaves out beside places: offices and parks whose reports these are, words for a whole."""
        _ = self.graph
        return sorted(set(self._left_out))

    @cached_property
    def whose(self) -> Whose:
        """Whose each figure and each event is, and of when."""
        return Whose(self.store, self.lang)

    @cached_property
    def series(self) -> list[Series]:
        """All series of figures."""
        return all_series(self.store)

    @cached_property
    def computed(self) -> dict[str, float]:
        """By figure the growth from the one of the year before, the middle of what the printed digits leave open."""
        found = {}
        for line in self.series:
            for point in line.points if len(line.points) > 1 else ():
                before = [] if point.figure.planned or not point.size else line.year_before(point)
                grown = next((base.size.grown_to(point.size) for base in before if base.size and point.size), None)
                if grown and grown.low is not None and grown.high is not None:
                    found[vocab.compact(point.figure.iri)] = float(grown.low + grown.high) / 2
        return found

    @cached_property
    def until(self) -> Any:
        """The last day that any report tells of, None where none names one."""
        return last_day(self.store)

    @cached_property
    def kept(self) -> list[Kept]:
        """Promises by what came of them by that day."""
        return promises(self.store, self.until) if self.until else []

    @cached_property
    def network(self) -> Network:
        """Its network."""
        return Network.of(self.graph)

    @cached_property
    def clusters(self) -> Communities:
        """Its communities."""
        return communities(self.network)

    @cached_property
    def cut_off(self) -> Any:
        """How many nodes each node cuts off when it goes."""
        return cut_off(self.network)

    def scores(self, by: str) -> Scores:
        """A centrality of each node."""
        if by not in self._scores:
            self._scores[by] = scores(self.network, by)
        return self._scores[by]

    @cached_property
    def actors(self) -> Any:
        """Positions of those that can act or be acted with: organisations, parks, platforms, programmes, projects."""
        acting = vocab.playing("actor")
        return np.array([i for i, node in enumerate(self.network.nodes) if self.graph.nodes[node]["type"] in acting], dtype=np.int64)

    def stability(self, by: str) -> Stability:
        """How firm the ranks of a centrality are among the actors."""
        if by not in self._stability:
            self._stability[by] = stability(self.network, by, among=self.actors)
        return self._stability[by]

    def rows(self, name: str) -> list[Any]:
        """Answer of a query of `kg/report/queries`, else of a named question."""
        if name not in self._rows:
            own = resources.files("kg.report") / "queries" / f"{name}.rq"
            sparql = own.read_text(encoding="utf-8") if own.is_file() else query.question(name).sparql
            self._rows[name] = query.rows(self.store, in_total_order(sparql))
        return self._rows[name]

    def told(self, section: "Callable[[Material], Content | None]") -> Content | None:
        """What a section has to say, asked once."""
        if section not in self._told:
            self._told[section] = section(self)
        return self._told[section]

    def name(self, node: str) -> str:
        """Name of a node."""
        return str(self.graph.nodes[node]["name"])

    def kind(self, node: str) -> str:
        """Class of a node, in the report's language."""
        return vocab.label(self.graph.nodes[node]["type"], self.lang)

    def said(self, node: str) -> tuple[str, ...]:
        """Sentences that name a node."""
        return tuple(self.graph.nodes[node]["sentences"])

    def ties_said(self, node: str, others: set[str] | None = None) -> tuple[str, ...]:
        """Sentences that state the ties of a node (with some others, where they are given)."""
        edges = [*self.graph.out_edges(node, data=True), *self.graph.in_edges(node, data=True)]
        found = (s for a, b, data in edges if others is None or (b if a == node else a) in others for s in data["sentences"])
        return tuple(dict.fromkeys(found)) or self.said(node)

    def concept(self, iri: Any) -> str:
        """Label of a concept, in the report's language."""
        return vocab.concept_text(str(iri), self.lang)


def _wholes() -> frozenset[str]:
    """Words for all of a place or park, and words that take up one named before: names of none."""
    return frozenset((*lexicon.words("wholes"), *lexicon.words("pro_forms")))


def measured(cell: Any) -> Cell:
    """A number as such; what RDF of others has in the place of one as it stands there."""
    value = number(cell)
    return value if value is not None else None if cell is None else str(cell)


def grouped(answer: Iterable[Any], cells: Callable[[Any], dict[str, Cell]], withheld: Callable[[Any], bool] | None = None) -> list[Row]:
    """Rows of an answer: those that say the same become one with all their sentences."""
    found: dict[tuple[Cell, ...], tuple[dict[str, Cell], dict[str, None], bool]] = {}
    for row in answer:
        made = cells(row)
        _, sentences, _ = found.setdefault(tuple(made.values()), (made, {}, bool(withheld and withheld(row))))
        if getattr(row, "sentence", None):
            sentences.setdefault(row.sentence)
    return [Row(made, tuple(sentences), mark) for made, sentences, mark in found.values()]


def figure_of(row: Any, words: Mapping[str, str]) -> str:
    """The figure of a row of `figures.rq` or `effects.rq` as people read it."""
    return figure_text(str(row.disclosure), str(row.printed or "") or None, (row.lower, row.upper), str(row.unit or ""), words)
