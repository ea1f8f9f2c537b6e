"""What both pages show, as one value: things, ties, facts and sentences, with places, communities and centralities computed here.

`as_json` writes it in columns, the format `kg-scene/1` that `docs/explorer.md` describes.
"""

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.analyse import Network, among, centralities, communities, explained, known_centrality, positions, project, scores
from kg.analyse.centrality import is_quick
from kg.analyse.projection import WHOLE, ties_between
from kg.confine.uncollected import uncollected
from kg.show.palette import look_of, place_of
from kg.view.asked import told_of
from kg.view.facts import STATED, Fact, facts, facts_of, label
from kg.view.trends import trend_json
from kg.view.words import named

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store

FORMAT = "kg-scene/1"
_CHARACTERS = re.compile(r"char=(\d+),(\d+)")
_ROW = re.compile(r"(?:sheet=(\d+)&)?row=(\d+)")
MANY = 2_000
"""Nodes above which only centralities that take one pass over the ties come along, beside the one that was asked for."""
_DIGITS = 4
_SENTENCES = "SELECT ?passage ?sentence { ?passage nif:anchorOf ?sentence }"
_ORIGINS = "SELECT ?passage ?document { ?passage prov:wasDerivedFrom ?document }"
_OTHER_NAMES = "SELECT DISTINCT ?thing ?name { ?thing skos:altLabel ?name }"
_DOCUMENTS = """
SELECT ?document ?label ?end ?issued ?place {
  ?document a ino:Document ; rdfs:label ?label . OPTIONAL { ?document ino:homeText ?place }
  OPTIONAL { ?document dct:issued ?issued } OPTIONAL { ?document ino:periodEnd ?end }
}
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage: its words, the number of its document (-1 where none is known) and where it stands in it."""

    text: str
    document: int
    place: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A node: compact IRI, name, class, place in pixels, number of its community (0 the largest), numbers of its sentences, other names."""

    id: str
    name: str
    kind: str
    x: int
    y: int
    community: int
    sentences: tuple[int, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge: numbers of its two things, property or event class, numbers of the sentences that state it.

    `context` tells that no sentence states it: it is read from the context that its sentences give. `inferred` tells that a rule
    gives it: its sentences state what it follows from.
    """

    start: int
    end: int
    kind: str
    sentences: tuple[int, ...]
    context: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a page shows.

    Attributes:
        documents: title, day (ISO 8601, or "") and place (whose report it is, or "") of each document.
        centralities: values of each by its name, in the order of the things; NaN where it is not defined.
        size: the centrality that dots show first.
        facts: of each thing beside its ties; None where the page has to ask for them.
    """

    documents: tuple[tuple[str, str, str], ...]
    sentences: tuple[Sentence, ...]
    things: tuple[Thing, ...]
    ties: tuple[Tie, ...]
    centralities: Mapping[str, Sequence[float]]
    size: str
    facts: tuple[tuple[Fact, ...], ...] | None
    passages: Mapping[str, int]


def scene(
    store: "Store",
    projection: str = WHOLE,
    size: str = "betweenness",
    with_facts: bool = True,
    answer: Iterable[object] | None = None,
    before: Mapping[str, tuple[float, float]] | None = None,
) -> Scene:
    """The scene of a graph.

    Args:
        store: the graph.
        projection: as of `kg.analyse.project`.
        size: the centrality that dots show first.
        with_facts: whether the facts of all things come along.
        answer: cells of an answer, where only the things that it tells of are shown, with the ties among them.
        before: where things were, as of `kg.analyse.positions`.

    Raises:
        UsageError: no such projection or centrality.
        QueryError: the CONSTRUCT query cannot be evaluated, or the answer tells of no thing.
    """
    known_centrality(size)
    asked = (*([STATED] if with_facts else []), _SENTENCES, _ORIGINS, _DOCUMENTS, _OTHER_NAMES)
    with uncollected(), ThreadPoolExecutor(max_workers=1) as beside:  # which is a third of the time; the store answers meanwhile
        answers = beside.submit(store.texts, *asked)
        graph = project(store, projection)
        drawn = _Drawn.of(graph, size, before) if answer is None else None
        *stated, said, origins, documents, others = answers.result()
        also = defaultdict[str, list[str]](list)
        for thing, name in sorted(map(tuple, others)):
            also[vocab.compact(thing)].append(name)
        if answer is not None:
            named_there = told_of(answer, {node: (data["name"], *also.get(node, ())) for node, data in graph.nodes(data=True)})
            graph = among(graph, set(named_there))
        names = {node: str(data["name"]) for node, data in graph.nodes(data=True)}
        told = facts(store, names, stated[0]) if stated else None
        return _put_together(graph, drawn or _Drawn.of(graph, size, before), _Sources(said, origins, documents), told, also)


def scene_of(graph: "nx.MultiDiGraph[str]", size: str = "betweenness") -> Scene:
    """The scene of a network that is made already: no facts, and its sentences are known by their words alone.

    Raises:
        UsageError: no such centrality.
    """
    known_centrality(size)
    return _put_together(graph, _Drawn.of(graph, size), _Sources([], [], []), None, {})


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is reckoned of a network, by node or, as in a scene, in the order of the nodes."""

    size: str
    member_of: Mapping[str, int]
    places: Mapping[str, tuple[float, float]]
    centralities: Mapping[str, Sequence[float]]

    @classmethod
    def of(cls, graph: "nx.MultiDiGraph[str]", size: str, before: Mapping[str, tuple[float, float]] | None = None) -> "_Drawn":
        network = Network.of(graph)
        member_of = dict(zip(network.nodes, communities(network).member_of.tolist(), strict=True))
        wanted = [by for by in centralities() if network.n <= MANY or is_quick(by) or by == size]
        return cls(size, member_of, positions(network, before), {by: scores(network, by).values.tolist() for by in wanted})


def _put_together(
    graph: "nx.MultiDiGraph[str]",
    drawn: _Drawn,
    sources: "_Sources",
    told: Mapping[str, Sequence[Fact]] | None,
    also: Mapping[str, Sequence[str]],
) -> Scene:
    book, places = _Book(sources), drawn.places
    number = {node: i for i, node in enumerate(graph)}
    things = tuple(
        Thing(
            node, data["name"], data["type"], round(places[node][0]), round(places[node][1]), drawn.member_of[node], book.of(data),
            tuple(also.get(node, ())),
        )
        for node, data in graph.nodes(data=True)
    )  # fmt: skip
    ties = tuple(
        Tie(
            number[a], number[b], data["type"], book.of(data) or book.of(_premises(graph, a, b)),
            context=data.get("context", False), inferred=not _said(data),
        )
        for a, b, data in graph.edges(data=True)
    )  # fmt: skip
    everything = None if told is None else tuple(tuple(told.get(thing.id, ())) for thing in things)
    for fact in (fact for of_one in everything or () for fact in of_one):
        book.numbers(fact.passages)
    return Scene(book.sources.documents, tuple(book.sentences), things, ties, drawn.centralities, drawn.size, everything, book.known)


def _said(data: Mapping[str, Any]) -> bool:
    """Whether passages state a tie or give the context of it; what none does is inferred."""
    return bool(data["sentences"] or data.get("passages"))


def _premises(graph: "nx.MultiDiGraph[str]", start: str, end: str) -> dict[str, list[str]]:
    """What a tie follows from: that its start is tied to something which is tied to its end, and the sentences of both ties."""
    beside = [{*graph.pred[node], *graph.succ[node]} for node in (start, end)]
    between = sorted(beside[0] & beside[1])
    steps = [data for middle in between for one in (start, end) for data in ties_between(graph, one, middle)]
    return {of: [said for data in steps for said in data.get(of, ())] for of in ("passages", "sentences")}


def _happens(kind: str) -> bool:
    """Whether things of a class happen: events, and that several work together."""
    return kind == "Cooperation" or kind in vocab.below("Event")


class _Sources:
    """The words, document and place of each passage."""

    def __init__(self, said: list[list[str]], origins: list[list[str]], documents: Iterable[Sequence[str]]) -> None:
        last_first = sorted(documents, key=list, reverse=True)  # so that the first of several stays
        known = {iri: (label, (end or issued)[:10], place) for iri, label, end, issued, place in last_first}
        self.documents = tuple(known[iri] for iri in sorted(known))
        self._number = {iri: i for i, iri in enumerate(sorted(known))}
        self._said, self._origin = dict(said), dict(origins)

    def sentence(self, passage: str) -> Sentence | None:
        """The sentence of a passage, where it is known."""
        if passage not in self._said or passage not in self._origin:
            return None
        return Sentence(self._said[passage], self._number.get(self._origin[passage], -1), passage.partition("#")[2])


class _Book:
    """Sentences by number, each once."""

    def __init__(self, sources: _Sources) -> None:
        self.sources = sources
        self.sentences: list[Sentence] = []
        self.known: dict[str, int] = {}

    def numbers(self, passages: Iterable[str]) -> tuple[int, ...]:
        """Numbers of passages; those without words are left out."""
        found = []
        for passage in passages:
            if passage not in self.known and (sentence := self.sources.sentence(passage)) is not None:
                self.known[passage] = len(self.sentences)
                self.sentences.append(sentence)
            if passage in self.known:
                found.append(self.known[passage])
        return tuple(found)

    def of(self, data: Mapping[str, Any]) -> tuple[int, ...]:
        """Numbers of the sentences of a node or edge."""
        if found := self.numbers(data.get("passages", ())):
            return found
        for text in data["sentences"]:
            if text not in self.known:
                self.known[text] = len(self.sentences)
                self.sentences.append(Sentence(text, -1, ""))
        return tuple(self.known[text] for text in data["sentences"])


def facts_json_of(store: "Store", node: str) -> str:
    """The facts of one node with their sentences and documents, as JSON; for a scene that came without facts."""
    told = facts_of(store, node)
    passages = list(dict.fromkeys(passage for fact in told for passage in fact.passages))
    listed = " ".join(f"<{passage}>" for passage in passages)
    said, origins = (one.replace("{", f"{{ VALUES ?passage {{ {listed} }}", 1) for one in (_SENTENCES, _ORIGINS))
    book = _Book(_Sources(*store.texts(said, origins, _DOCUMENTS)))
    book.numbers(passages)
    table = {
        "facts": facts_json(told, book.known),
        "documents": _documents(book.sources.documents),
        "sentences": _sentences(book.sentences),
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def as_json(shown: Scene) -> str:
    """A scene as JSON in columns (`kg-scene/1`), which is small when compressed and quick to parse."""
    kinds = sorted({thing.kind for thing in shown.things}, key=place_of)
    relations = list(dict.fromkeys(tie.kind for tie in shown.ties))
    table = {
        "format": FORMAT,
        "size": shown.size,
        "documents": _documents(shown.documents),
        "kinds": [{"name": kind, **named(label(kind)), **look_of(kind), "event": _happens(kind)} for kind in kinds],
        "relations": [{"name": kind, **named(label(kind)), "symmetric": symmetric(kind)} for kind in relations],
        "centralities": [_centrality(by, values) for by, values in shown.centralities.items()],
        "sentences": _sentences(shown.sentences),
        "nodes": {
            "id": [thing.id for thing in shown.things],
            "name": [thing.name for thing in shown.things],
            "also": [thing.also for thing in shown.things],
            "kind": _places(kinds, (thing.kind for thing in shown.things)),
            "x": [thing.x for thing in shown.things],
            "y": [thing.y for thing in shown.things],
            "community": [thing.community for thing in shown.things],
            "sentences": [thing.sentences for thing in shown.things],
        },
        "edges": {
            "start": [tie.start for tie in shown.ties],
            "end": [tie.end for tie in shown.ties],
            "relation": _places(relations, (tie.kind for tie in shown.ties)),
            "sentences": [tie.sentences for tie in shown.ties],
            "context": [2 if tie.inferred else int(tie.context) for tie in shown.ties],
        },
        "facts": None if shown.facts is None else [facts_json(one, shown.passages) for one in shown.facts],
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _documents(known: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    return [dict(zip(("title", "day", "place"), one, strict=True)) for one in known]


def _sentences(said: Sequence[Sentence]) -> dict[str, Any]:
    return {"text": [one.text for one in said], "document": [one.document for one in said], **_placed([one.place for one in said])}


def _placed(places: Sequence[str]) -> dict[str, Any]:
    """Places in numbers, which pack well: `start` less the start before, and `length` in characters (RFC 5147), or less the number
    of the sheet for a row (RFC 7111; 0 where there is one sheet only). Other places stand in `other` as they are, by number.
    """
    start, length, other, before = [], [], {}, 0
    for number, place in enumerate(places):
        first, long = 0, 0
        if found := _CHARACTERS.fullmatch(place):
            first, long = int(found[1]), int(found[2]) - int(found[1])
        elif found := _ROW.fullmatch(place):
            first, long = int(found[2]), -int(found[1] or 0)
        else:
            other[number] = place
        start.append(first - before)
        length.append(long)
        before = first
    return {"start": start, "length": length, "other": other}


def facts_json(told: Iterable[Fact], numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """The facts of one thing, with the numbers of their sentences."""
    return [
        {
            "name": fact.name, "label": named(fact.label), "text": named(fact.text), "nodes": fact.others,
            "sentences": [numbers[p] for p in fact.passages if p in numbers],
            **({"trend": trend_json(fact.trend, numbers)} if fact.trend else {}),
        }
        for fact in told
    ]  # fmt: skip


def _places(order: Sequence[str], values: Iterable[str]) -> list[int]:
    place = {name: i for i, name in enumerate(order)}
    return [place[value] for value in values]


def symmetric(name: str) -> bool:
    """Whether a tie is drawn without direction."""
    return not vocab.is_defined(name) or vocab.symmetric(name)


def _centrality(by: str, values: Sequence[float]) -> dict[str, Any]:
    (zh, tells_zh), (en, tells_en) = explained(by, "zh"), explained(by, "en")
    rounded = [None if math.isnan(value) else float(f"{value:.{_DIGITS}g}") for value in values]
    whole = [int(value) if value is not None and value == int(value) else value for value in rounded]
    return {"name": by, "zh": zh, "en": en, "tells": {"zh": tells_zh, "en": tells_en}, "values": whole}
