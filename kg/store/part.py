"""A part of a store: what some documents state, as a store in memory of its own, its default graph made anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rdflib import URIRef

from kg import vocab
from kg.model import Scope
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore

_MANY = 200
"""Graphs that a remote engine is asked for in one request."""


@dataclass(frozen=True, slots=True)
class Scoped:
    """Of what a store holds a part: how many documents of how many, and how many of those kept tell no time though one was asked for."""

    scope: Scope
    kept: int
    known: int
    undated: int = 0


class PartStore(EmbeddedStore):
    """A part of another store, in memory; a change of it changes nothing else.

    Attributes:
        scoped: what it holds and what was left out.
    """

    scoped: Scoped | None = None


def scoped_store(store: Store, documents: Sequence[str], graphs: Iterable[URIRef], told: Scoped, services: Sequence[str] = ()) -> PartStore:
    """What documents state and are described by, with further graphs, and the estimates that rest on nothing else.

    Args:
        store: the whole.
        documents: their names.
        graphs: graphs of no document that come along.
        told: what the part is of.
        services: IRIs of endpoints that `SERVICE` may call.
    """
    part = PartStore(services=services)
    part.scoped = told
    own = [graph for name in documents for graph in store.graphs_of(name)]
    quads = list(_quads(store, [*own, *graphs]))
    default = {quad.triple for quad in quads}
    part.oxigraph.bulk_extend([*quads, *(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in default)])
    part.oxigraph.bulk_extend(_estimates(store, set(map(str, own))))
    return part


def _quads(store: Store, graphs: Sequence[URIRef]) -> Iterator[ox.Quad]:
    """The quads of some graphs."""
    if isinstance(store, EmbeddedStore):
        for graph in graphs:
            yield from store.oxigraph.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return
    for at in range(0, len(graphs), _MANY):
        some = " ".join(graph.n3() for graph in graphs[at : at + _MANY])
        for row in store.solutions(f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {some} }} GRAPH ?g {{ ?s ?p ?o }} }}"):  # graph names are ours
            terms: list[Any] = list(row)
            yield ox.Quad(*terms)


def _estimates(store: Store, passages: set[str]) -> Iterator[ox.Quad]:
    """Statements of `graph/estimated` on nodes that rest on these passages alone."""
    rests = ox.NamedNode(vocab.term("prov:wasDerivedFrom"))
    held = list(_quads(store, [vocab.graph("estimated")]))
    on = {quad.subject for quad in held if quad.predicate == rests}
    on -= {quad.subject for quad in held if quad.predicate == rests and getattr(quad.object, "value", "") not in passages}
    yield from (quad for quad in held if quad.subject in on)
