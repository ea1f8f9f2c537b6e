"""CONSTRUCT rules of `ontology/rules`, applied until nothing new follows."""

from rdflib import Graph

from kg import resources, vocab
from kg.store import EmbeddedStore

MAX_ROUNDS = 20
"""A chain of parks or parts longer than this is taken to be a fault of the data."""


def derive(store: EmbeddedStore) -> int:
    """Replace `graph/inferred` by what the rules give.

    Returns:
        How many statements follow that no passage states.
    """
    inferred = vocab.graph("inferred")
    store.replace([inferred], [])
    rules = [path.read_text(encoding="utf-8") for path in sorted((resources.ontology() / "rules").glob("*.rq"))]
    known: set[object] = set()
    for _ in range(MAX_ROUNDS):
        new = {triple for rule in rules for triple in _missing(store, rule)} - known
        if not new:
            break
        store.replace([], [(*triple, inferred) for triple in sorted(new)])
        known |= new
    return len(known)


def _missing(store: EmbeddedStore, rule: str) -> list[tuple]:  # type: ignore[type-arg]  # RDF nodes
    """What a rule gives that the default graph does not hold yet."""
    given = store.query(rule).graph or Graph()
    return [triple for triple in given if triple not in store.dataset.default_graph]
