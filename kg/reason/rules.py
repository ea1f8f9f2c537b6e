"""CONSTRUCT rules of `ontology/rules`, applied until nothing new follows."""

from rdflib import Literal
from rdflib.term import Node

from kg import resources, vocab
from kg.store import Store

Triple = tuple[Node, Node, Node]
MAX_ROUNDS = 20
"""A chain of parks or parts longer than this is taken to be a fault of the data."""


def is_current(store: Store, version: str) -> bool:
    """Whether what the rules give is there, from the present documents and this version's rules.

    Each change of a document takes `graph/inferred` out in its own transaction, so that nothing stands there that no
    longer follows; a run that was cut off in between shows by the missing mark.
    """
    marks = store.rows("SELECT ?version { GRAPH graph:inferred { graph:inferred dct:hasVersion ?version } }")
    return [str(row[0]) for row in marks] == [version]


def derive(store: Store, version: str = "") -> int:
    """Replace `graph/inferred` by what the rules give.

    Args:
        store: the graph.
        version: of the software, kept as the mark that the work was finished.

    Returns:
        How many statements follow that no passage states.
    """
    inferred = vocab.graph("inferred")
    store.replace([inferred], [])
    rules = [path.read_text(encoding="utf-8") for path in sorted((resources.ontology() / "rules").glob("*.rq"))]
    known: set[Triple] = set()
    for _ in range(MAX_ROUNDS):
        new = {triple for rule in rules for triple in _missing(store, rule)} - known
        if not new:
            break
        store.replace([], [(*triple, inferred) for triple in sorted(new)])
        known |= new
    store.replace([], [(inferred, vocab.term("dct:hasVersion"), Literal(version), inferred)])
    return len(known)


def _missing(store: Store, rule: str) -> list[Triple]:
    """What a rule gives that the default graph does not hold yet."""
    given = set(store.triples(rule))
    return list(given - store.holds(given))
