"""What replaces the statements of a document (or of a rule run), worded as one SPARQL Update request.

The default graph holds each statement once, whatever number of graphs state it. So a statement leaves the default
graph with the last graph that states it, and that is decided inside the same request.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg import vocab
from kg.store.terms import to_oxigraph

Item = TypeVar("Item")
Quad = tuple[Node, Node, Node, URIRef]
APART = (vocab.term("dct:isReplacedBy"), vocab.ino("identifiedBy"), vocab.ino("identityScore"))
"""What stays said of the old IRI of a thing: by what it is replaced, and why."""
TOGETHER = 500
"""Things that get other IRIs in one request."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Statements worded for SPARQL, by graph: `<s> <p> <o> .`; plain text, so that it can go from process to process."""

    graphs: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def everything(self) -> tuple[str, ...]:
        """Each statement once, as the default graph holds them: those of `graph/estimated` are not in it."""
        estimated = vocab.graph("estimated").n3()
        return tuple(dict.fromkeys(line for graph, lines in self.graphs if graph != estimated for line in lines))

    @property
    def size(self) -> int:
        """How many statements they are, counted in each of their graphs."""
        return sum(len(lines) for _, lines in self.graphs)

    def parts(self, size: int) -> Iterator["Insertion"]:
        """The same in parts of at most `size` statements, so that an engine can take each as one request."""
        part: list[tuple[str, tuple[str, ...]]] = []
        room = size
        for graph, lines in self.graphs:
            left = lines
            while left:
                part.append((graph, left[:room]))
                left, room = left[room:], room - len(part[-1][1])
                if not room:
                    yield Insertion(tuple(part))
                    part, room = [], size
        if part:
            yield Insertion(tuple(part))


NOTHING = Insertion()


def insertion(new: Iterable[Quad]) -> Insertion:
    """Quads by graph, each statement of a graph once."""
    by_graph: dict[str, dict[str, None]] = defaultdict(dict)
    worded = _Worded()
    for subject, predicate, thing, graph in new:
        by_graph[worded[graph]][f"{worded[subject]} {worded[predicate]} {worded[thing]} ."] = None
    return Insertion(tuple((graph, tuple(lines)) for graph, lines in by_graph.items()))


class _Worded(dict[Node, str]):
    """Nodes as SPARQL writes them; of a literal that is not of its type (`"many"^^xsd:decimal`) rdflib would warn."""

    def __missing__(self, node: Node) -> str:
        text = str(to_oxigraph(node)) if isinstance(node, Literal) and node.ill_typed else node.n3()
        self[node] = text
        return text


def replace_request(old: Iterable[URIRef], inserted: Insertion, default: URIRef | None = None, gone: Insertion = NOTHING) -> str:
    """SPARQL 1.1 Update that takes the graphs `old` out and puts statements in.

    Args:
        old: graphs that go, with those of their statements that no other graph states.
        inserted: what comes.
        default: the graph that stands for the default graph, on an engine whose own joins all graphs.
        gone: statements that leave their graphs, and the default graph where no other graph states them.

    Returns:
        The text of one request, to be sent as one transaction; "" where there is nothing to do.
    """
    return " ;\n".join([*removal(sorted(set(old)), default), *withdrawal(gone, default), *insert_data(inserted, default)])


def insert_data(inserted: Insertion, default: URIRef | None = None) -> list[str]:
    """The operation that puts statements into their graphs and, each once, into the default graph."""
    if not inserted.graphs:
        return []
    everything = "\n".join(inserted.everything)
    blocks = [everything if default is None else f"GRAPH {default.n3()} {{\n{everything}\n}}", *_graphs(inserted)]
    return ["INSERT DATA {\n" + "\n".join(blocks) + "\n}"]


def as_trig(inserted: Insertion) -> Iterator[str]:
    """The same as pieces of TriG, so that a large insertion is never one text."""
    for some in batches(inserted.everything, 10_000):
        yield "\n".join(some)
    yield from _graphs(inserted)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """So many at a time, the last ones fewer."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def _graphs(inserted: Insertion) -> Iterator[str]:
    for graph, lines in inserted.graphs:
        stated = "\n".join(lines)
        yield f"GRAPH {graph} {{\n{stated}\n}}"


def removal(old: list[URIRef], default: URIRef | None = None) -> list[str]:
    """The operations that take graphs out, and out of the default graph what no other graph states."""
    if not old:
        return []
    scratch = vocab.graph("scratch").n3()
    graphs = " ".join(g.n3() for g in old)
    return [  # graph names are ours, made by kg.vocab
        f"INSERT {{ GRAPH {scratch} {{ ?s ?p ?o }} }} WHERE {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} }}",  # noqa: S608
        *(f"DROP SILENT GRAPH {g.n3()}" for g in old),
        _unstated(default),
        f"DROP SILENT GRAPH {scratch}",
    ]


def withdrawal(gone: Insertion, default: URIRef | None = None) -> list[str]:
    """The operations that take statements out of their graphs, and out of the default graph what no other graph states."""
    if not gone.graphs:
        return []
    scratch, stated = vocab.graph("scratch").n3(), "\n".join(gone.everything)
    return [
        f"INSERT DATA {{ GRAPH {scratch} {{\n{stated}\n}} }}",
        "DELETE DATA {\n" + "\n".join(_graphs(gone)) + "\n}",
        _unstated(default),
        f"DROP SILENT GRAPH {scratch}",
    ]


def _unstated(default: URIRef | None) -> str:
    """The operation that takes what `graph/scratch` holds out of the default graph, where no graph states it."""
    scratch = vocab.graph("scratch").n3()
    kept, everywhere = [scratch, vocab.graph("estimated").n3()], "?s ?p ?o"
    if default is not None:
        kept.append(default.n3())
        everywhere = f"GRAPH {default.n3()} {{ ?s ?p ?o }}"
    elsewhere = " && ".join(f"?other != {graph}" for graph in kept)
    return (
        f"DELETE {{ {everywhere} }} WHERE {{ GRAPH {scratch} {{ ?s ?p ?o }} "
        f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER ({elsewhere}) }} }}"
    )


def renaming(pairs: Iterable[tuple[URIRef, URIRef]], default: URIRef | None = None) -> str:
    """SPARQL 1.1 Update after which things have other IRIs, in every graph; by what a thing is replaced stays said of its old one.

    Args:
        pairs: old and new IRI; no old one is another's new one.
        default: the graph that stands for the default graph, on an engine whose own joins all graphs.

    Returns:
        The text of one request, to be sent as one transaction.
    """
    values = " ".join(f"({old.n3()} {new.n3()})" for old, new in pairs)
    asked = f"VALUES (?old ?new) {{ {values} }}"  # IRIs are ours, made by kg.vocab
    stays = f"FILTER (?p NOT IN ({', '.join(name.n3() for name in APART)}))"
    parts = [("?old ?p ?o", "?new ?p ?o", stays), ("?s ?p ?old", "?s ?p ?new", "")]
    return " ;\n".join(
        f"DELETE {{ {around(was)} }} INSERT {{ {around(now)} }} WHERE {{ {asked} {around(was)} {only} }}"
        for was, now, only in parts
        for around in ((_in_graph, _plain) if default is None else (_in_graph,))
    )


def _in_graph(pattern: str) -> str:
    return f"GRAPH ?g {{ {pattern} }}"


def _plain(pattern: str) -> str:
    return pattern
