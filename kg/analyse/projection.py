"""From RDF to a network: which things become nodes and which statements edges is a named choice, or a CONSTRUCT query.

The named ones are defined in `ontology/projections.toml`. Every node and edge keeps the sentences that state it.
"""

import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

import networkx as nx

from kg import query, resources, vocab
from kg.cells import day
from kg.confine.uncollected import uncollected
from kg.errors import UsageError
from kg.store import Store

WHOLE = "whole"
_SENTENCES = "SELECT ?passage ?sentence { ?passage nif:anchorOf ?sentence }"
_DAYS = """
SELECT ?document (COALESCE(MIN(?end), MIN(?issued)) AS ?day) {
  ?document a ino:Document .
  OPTIONAL { ?document dct:issued ?issued } OPTIONAL { ?document ino:periodEnd ?end }
} GROUP BY ?document
"""
_READINGS = "SELECT ?reading ?given { ?reading ino:readFrom ?given }"
_LABELS = "SELECT ?node ?label { ?node rdfs:label ?label }"
_NODES = "SELECT ?node ?passage { GRAPH ?passage { ?node a ino:%s } }"
_EDGES = "SELECT ?start ?end ?passage { GRAPH ?passage { ?start ino:%s ?end } }"
_EVENTS = "SELECT ?start ?end ?passage { GRAPH ?passage { ?event a ino:%s ; ino:participant ?start ; ino:concerns ?end } }"
_MENTIONS = "SELECT DISTINCT ?node ?passage { VALUES ?node { %s } GRAPH ?passage { ?node ?property ?value } }"
_STATED = "SELECT ?start ?end ?passage { GRAPH ?passage { ?start %s ?end } }"
_NAMES = "SELECT ?node ?label ?type { VALUES ?node { %s } OPTIONAL { ?node rdfs:label ?label } OPTIONAL { ?node a ?type } }"


@dataclass(frozen=True, slots=True)
class Projection:
    """A named choice: classes of nodes, properties that are edges, events that join a participant with what they concern."""

    name: str
    zh: str
    en: str
    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    events: tuple[str, ...]


@cache
def projections() -> dict[str, Projection]:
    """The named projections, as `ontology/projections.toml` defines them.

    One that names no classes takes all that are drawn, one that names no properties all that join two things, with the sides of a
    cooperation.

    Raises:
        OntologyError: one names a term that the ontology does not define.
    """
    table = tomllib.loads((resources.ontology() / "projections.toml").read_text(encoding="utf-8"))
    every = {"nodes": tuple(vocab.colours()), "edges": (*vocab.edges(), "participant", "field")}
    found = {}
    for name, one in table.items():
        taken = {key: tuple(one.get(key, every.get(key, ()))) for key in ("nodes", "edges", "events")}
        found[name] = Projection(name, one["zh"], one["en"], **taken)
    for one in found.values():
        for term in (*one.nodes, *one.edges, *one.events):
            vocab.ino(term)
    return found


def project(store: Store, projection: str = WHOLE) -> "nx.MultiDiGraph[str]":
    """The graph as a network.

    Args:
        store: the graph.
        projection: a name of `projections()`, or a CONSTRUCT query whose triples become the edges.

    Returns:
        Nodes with `name`, `type` (class name), `sentences`, `passages` (IRIs of the passages that state it, in reading order);
        edges keyed by `type` (property or event class name) with `sentences`, `passages`, `weight` (how many sentences, at
        least 1), `context` (no sentence states it: its sentences give the context from which it is read) and `since` (end of the
        period of the earliest document that states it, or its date, or None). A symmetric property is one edge, from the lesser
        IRI.

    Raises:
        UsageError: no such projection.
        QueryError: the query cannot be evaluated.
    """
    if projection in projections():
        with uncollected():  # millions of small lists: a fifth of the time
            return _named(store, projections()[projection])
    if "CONSTRUCT" in projection.upper():
        return _constructed(store, projection)
    raise UsageError(f"There is no projection '{projection}'. Choose from {', '.join(projections())}, or give a CONSTRUCT query.")


class _Evidence:
    """The sentence of each passage, the day up to which its document reports, and what gives each reading from the context."""

    def __init__(self, sentences: list[list[str]], days: list[list[str]], readings: list[list[str]]) -> None:
        self._said = dict(sentences)
        self._given: dict[str, list[str]] = defaultdict(list)
        for reading, given in readings:
            self._given[reading].append(given)
        known = ((document, day(text)) for document, text in days)
        self._days = {document: found for document, found in known if found}

    def ordered(self, passages: list[str]) -> list[str]:
        """Different passages whose words are known, in the order of documents and of their text."""
        if len(passages) == 1:
            return passages if passages[0] in self._said else []
        return [p for p in sorted(set(passages), key=reading_order) if p in self._said]

    def stating(self, passages: list[str]) -> list[str]:
        """Those of some passages that state something, and do not only read it from the context."""
        return [p for p in passages if p not in self._given] if self._given else passages

    def giving(self, readings: list[str]) -> list[str]:
        """The passages that give readings from the context."""
        return [given for one in readings for given in self._given[one]]

    def sentences(self, ordered: list[str]) -> list[str]:
        """Different sentences of passages."""
        return list(dict.fromkeys([self._said[p] for p in ordered])) if len(ordered) != 1 else [self._said[ordered[0]]]

    def since(self, passages: list[str]) -> dt.date | None:
        """The day of the earliest document."""
        return min((day for p in passages if (day := self._days.get(p.partition("#")[0]))), default=None) if self._days else None

    def of_edge(self, passages: list[str]) -> dict[str, Any]:
        """What passages tell of an edge that they state or read: `sentences`, `passages`, `weight`, `since`, `context`."""
        if len(passages) == 1 and (said := self._said.get(passages[0])) is not None and passages[0] not in self._given:
            day = self._days.get(passages[0].partition("#")[0])
            return {"sentences": [said], "passages": passages, "weight": 1, "since": day, "context": False}
        stating = self.stating(passages)
        context = not stating and bool(passages)
        ordered = self.ordered(self.giving(passages) if context else stating)
        sentences = self.sentences(ordered)
        weight = 1 if context else max(1, len(sentences))
        return {"sentences": sentences, "passages": ordered, "weight": weight, "since": self.since(passages), "context": context}


def reading_order(passage: str) -> tuple[str, int, str]:
    """Key that puts passages in the order of their documents and of their place there (`…#char=12,40`, `…#row=5`)."""
    document, _, place = passage.partition("#")
    digits = place.partition(",")[0].rpartition("=")[2]
    return document, int(digits) if digits.isdigit() else 0, place


def _named(store: Store, chosen: Projection) -> "nx.MultiDiGraph[str]":
    asked = (_SENTENCES, _DAYS, _READINGS, _LABELS, *(_NODES % kind for kind in chosen.nodes))
    answers = store.texts_in_turn(*asked, *(_EDGES % kind for kind in chosen.edges), *(_EVENTS % kind for kind in chosen.events))
    evidence, labels = _Evidence(next(answers), next(answers), next(answers)), dict(next(answers))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = _add_nodes(graph, {kind: next(answers) for kind in chosen.nodes}, labels, evidence)
    edges: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for kind, rows in zip((*chosen.edges, *chosen.events), answers, strict=True):
        symmetric = vocab.symmetric(kind)
        for first, second, passage in rows:
            start, end = names.get(first), names.get(second)
            if start and end and start != end:
                edges[(end, start, kind) if symmetric and end < start else (start, end, kind)].append(passage)
    for start, end, kind in sorted(edges):
        graph.add_edge(start, end, kind, type=kind, **evidence.of_edge(edges[start, end, kind]))
    return graph


def _add_nodes(
    graph: "nx.MultiDiGraph[str]", stated: dict[str, list[list[str]]], labels: dict[str, str], evidence: _Evidence
) -> dict[str, str]:
    """Add the things that passages state, of each class; their names in the network by IRI."""
    found: dict[str, tuple[str, list[str]]] = {}
    for kind, rows in stated.items():
        for iri, passage in rows:
            if known := found.get(iri):
                known[1].append(passage)
            elif iri in labels:
                found[iri] = (kind, [passage])
    names = {}
    for iri in sorted(found):
        kind, stating = found[iri]
        if passages := evidence.ordered(stating):
            names[iri] = vocab.compact(iri)
            graph.add_node(
                names[iri], name=labels[iri].strip() or names[iri], type=kind, sentences=evidence.sentences(passages), passages=passages
            )
    return names


def _constructed(store: Store, sparql: str) -> "nx.MultiDiGraph[str]":
    """Each triple between two resources is an edge. A triple that passages state has their sentences, another one those
    of the passages that say something of both its ends."""
    triples = query.links(store, sparql)
    nodes = sorted({end for s, _, o in triples for end in (s, o)})
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    if not nodes:
        return graph
    listed, properties = " ".join(_term(node) for node in nodes), sorted({p for _, p, _ in triples})
    said, days, readings, mentioned, *stated_by = store.texts(
        _SENTENCES, _DAYS, _READINGS, _MENTIONS % listed, *(_STATED % _term(p) for p in properties)
    )
    evidence = _Evidence(said, days, readings)
    mentions: dict[str, list[str]] = defaultdict(list)
    for iri, passage in mentioned:
        mentions[vocab.compact(iri)].append(passage)
    stated: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one, rows in zip(properties, stated_by, strict=True):
        for start, end, passage in rows:
            stated[vocab.compact(start), one, vocab.compact(end)].append(passage)
    names = _names(store, listed)
    for node in nodes:
        label, kind = names.get(node, ("", "Thing"))
        passages = evidence.ordered(evidence.stating(mentions[node]))
        graph.add_node(node, name=label.strip() or node, type=kind, sentences=evidence.sentences(passages), passages=passages)
    for s, p, o in triples:
        passages = stated.get((s, p, o)) or [one for one in mentions[s] if one in set(mentions[o])]
        kind = p.removeprefix("ino:")
        graph.add_edge(s, o, kind, type=kind, **evidence.of_edge(passages))
    return graph


def _names(store: Store, listed: str) -> dict[str, tuple[str, str]]:
    """Label and class of each node; of several classes the first that the projection `whole` names."""
    order = {f"ino:{kind}": place for place, kind in enumerate(projections()[WHOLE].nodes)}
    found: dict[str, tuple[str, str]] = {}
    for node, label, kind in store.table(_NAMES % listed).rows:
        known = found.get(node, ("", "Thing"))[1]
        better = order.get(kind, len(order)) < order.get(f"ino:{known}", len(order))
        found[node] = ("" if label is None else str(label), kind.removeprefix("ino:") if better else known)
    return found


def _term(name: str) -> str:
    """A resource as SPARQL writes it: an IRI that the store has parsed, never a user's text."""
    return f"_:{name}" if ":" not in name else f"<{vocab.expand(name)}>"


def among(graph: "nx.MultiDiGraph[Any]", nodes: Collection[Any]) -> "nx.MultiDiGraph[Any]":
    """The part of a network among some of its nodes, in the network's order: a view of networkx is in that of a hash."""
    kept = graph.copy()
    kept.remove_nodes_from([node for node in graph if node not in nodes])
    return kept


def one_mode(graph: "nx.MultiDiGraph[Any]", of: str, through: str) -> "nx.MultiDiGraph[Any]":
    """Bipartite projection: things of one class, joined where they share a thing of another.

    Args:
        graph: a projection.
        of: class name of the nodes that stay.
        through: class name of what they share.

    Returns:
        As `project`; edges of `type` `shared` with the `weight` of Newman (2001): for each shared thing 1 / (k - 1), where k
        is how many of the nodes share it. The sentences are those that tie both ends to what they share.

    Raises:
        UsageError: the network has no things of one of the classes.

    Source: M. E. J. Newman, Scientific collaboration networks II, Phys. Rev. E 64, 016132 (2001).
    """
    kinds = dict(graph.nodes(data="type"))
    for kind in (of, through):
        if kind not in kinds.values():
            raise UsageError(f"The network has no {kind}. Its classes: {', '.join(sorted(set(kinds.values())))}.")
    made: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    made.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if data["type"] == of)
    joint: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node, kind in kinds.items():
        if kind == through:
            sharers = sorted({other for other in nx.all_neighbors(graph, node) if kinds[other] == of and other != node})
            for i, a in enumerate(sharers):
                for b in sharers[i + 1 :]:
                    joint[a, b].append(node)
    shared_by = {node: len({o for o in nx.all_neighbors(graph, node) if kinds[o] == of}) for nodes in joint.values() for node in nodes}
    for (a, b), nodes in sorted(joint.items()):
        ties = [data for node in nodes for end in (a, b) for data in ties_between(graph, node, end)]
        sentences, passages = (
            list(dict.fromkeys(one for data in ties for one in data.get(what, ()))) for what in ("sentences", "passages")
        )
        days = [data["since"] for data in ties if data["since"]]
        weight = sum(1 / (shared_by[node] - 1) for node in nodes)
        context = all(data.get("context", False) for data in ties)
        made.add_edge(
            a, b, key="shared", type="shared", sentences=sentences, passages=passages, weight=weight, since=min(days, default=None),
            context=context,
        )  # fmt: skip
    return made


def ties_between(graph: "nx.MultiDiGraph[Any]", a: str, b: str) -> list[dict[str, Any]]:
    """Attributes of all edges between two nodes, either way."""
    return [*graph.get_edge_data(a, b, default={}).values(), *graph.get_edge_data(b, a, default={}).values()]
