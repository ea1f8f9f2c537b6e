"""What a draft states leaves the default graph for as long as a later report counts in its place; its graphs stay.

Worded as SPARQL Update: whether a document counts stands in the graph that describes it (`dct:isReplacedBy`).
"""

from rdflib import URIRef

from kg import vocab

_NO_DOCUMENT = ("scratch", "estimated", "inferred")
"""Graphs that state nothing of their own."""


def _everywhere(default: URIRef | None) -> str:
    return "?s ?p ?o" if default is None else f"GRAPH {default.n3()} {{ ?s ?p ?o }}"


def withdrawal(default: URIRef | None = None) -> str:
    """The request that takes out of the default graph what drafts alone state; done twice it does nothing more."""
    apart = [vocab.graph(name) for name in _NO_DOCUMENT] + ([default] if default is not None else [])
    counts = " && ".join(f"?other != {graph.n3()}" for graph in apart)
    return (  # graph names are ours
        f"DELETE {{ {_everywhere(default)} }} WHERE {{ ?draft dct:isReplacedBy/dct:identifier ?newer . ?g prov:wasDerivedFrom ?draft . "
        f"GRAPH ?g {{ ?s ?p ?o }} FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER ({counts}) "
        "FILTER NOT EXISTS { ?other prov:wasDerivedFrom/dct:isReplacedBy ?final } } }"
    )


def replaced(draft: str, final: str, default: URIRef | None = None) -> str:
    """The request that says that a document counts in a draft's place; both by name."""
    said = f"{vocab.document(draft).n3()} dct:isReplacedBy {vocab.document(final).n3()}"
    whole = said if default is None else f"GRAPH {default.n3()} {{ {said} }}"
    return f"INSERT DATA {{ {whole} . GRAPH {vocab.metadata_graph(draft).n3()} {{ {said} }} }}"


def restored(draft: str, default: URIRef | None = None) -> str:
    """The request that has a document count again."""
    me, home = vocab.document(draft).n3(), vocab.metadata_graph(draft).n3()
    pattern = f"{me} dct:isReplacedBy ?final"
    whole = pattern if default is None else f"GRAPH {default.n3()} {{ {pattern} }}"
    return (  # graph names are ours
        f"DELETE {{ {whole} . GRAPH {home} {{ {pattern} }} }} WHERE {{ GRAPH {home} {{ {pattern} }} }} ;\n"
        f"INSERT {{ {_everywhere(default)} }} WHERE {{ ?g prov:wasDerivedFrom {me} . GRAPH ?g {{ ?s ?p ?o }} }}"
    )
