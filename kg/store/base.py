"""What every store does, wherever its triples lie: answer SPARQL, and change what graphs state as one transaction."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import IO, Any, TypeVar

import pyoxigraph as ox
from rdflib import Dataset, Graph, URIRef
from rdflib.term import Node

from kg import vocab
from kg.errors import QueryError, UsageError
from kg.store.failures import failure
from kg.store.replace import NOTHING, Insertion, Quad, insertion
from kg.store.terms import plain, texts_of, to_rdflib

DUMPED = MappingProxyType(
    {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}
)
Bindings = Mapping[str, Node]
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Answered = TypeVar("Answered")


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as plain values: names of columns, rows of as many cells, None where a variable is unbound."""

    names: list[str]
    rows: list[list[Any]]


class Store(ABC):
    """An RDF dataset whose default graph holds each statement once, whatever number of graphs state it.

    Attributes:
        services: IRIs of endpoints that `SERVICE` may call; none unless they are named here.
    """

    services: Sequence[str] = ()

    @cached_property
    def dataset(self) -> Dataset:
        """The same statements as rdflib sees them.

        Raises:
            UsageError: they lie in an engine elsewhere.
        """
        raise UsageError("rdflib reads the store of a workspace. Ask an engine at a URL with SPARQL.")

    @abstractmethod
    def answer(self, sparql: str, bindings: Bindings | None = None) -> Answer:
        """Evaluate SPARQL 1.1; the prefixes of the ontology are known, `bindings` are bound as values, never pasted.

        Raises:
            QueryError: the query cannot be parsed or evaluated.
        """

    @abstractmethod
    def apply(self, old: Iterable[URIRef], inserted: Insertion, gone: Insertion = NOTHING) -> None:
        """Take graphs out and put statements in: all of it or nothing.

        Args:
            old: graphs that go.
            inserted: what comes.
            gone: statements that leave their graphs, and the default graph where no other graph states them.

        Raises:
            StoreError: the store cannot be written; it is as before.
        """

    def holding(self) -> AbstractContextManager[None]:
        """Around several changes: where readers have snapshots, they see them together."""
        return nullcontext()

    def put_in_order(self) -> None:
        """After all that was stored: put the store in order where much of it has just come; nothing where an engine sees to that."""
        return

    @abstractmethod
    def rename(self, pairs: Sequence[tuple[URIRef, URIRef]], inserted: Insertion) -> None:
        """Give things other IRIs (old, new) in every graph, and put statements in; of many, the statements come first.

        What breaks off is ended by renaming the same things again: no statement is lost, some may stand under both IRIs until then.

        Raises:
            StoreError: the store cannot be written.
        """

    @abstractmethod
    def holds(self, triples: Iterable[tuple[Node, Node, Node]]) -> set[tuple[Node, Node, Node]]:
        """Those of the triples that the default graph holds."""

    @abstractmethod
    def close(self) -> None:
        """Release the store."""

    @abstractmethod
    def carry_out(self, worded: Callable[[URIRef | None], str]) -> None:
        """Carry out an update of ours as one transaction.

        Args:
            worded: the request, by the graph that stands for the default graph; None where that is the store's own.

        Raises:
            StoreError: the store cannot be written; it is as before.
        """

    def replace(self, old: Iterable[URIRef], new: Iterable[Quad]) -> None:
        """`apply` with quads.

        Raises:
            StoreError: the store cannot be written; it is as before.
        """
        self.apply(old, insertion(new))

    def solutions(self, sparql: str, bindings: Bindings | None = None) -> ox.QuerySolutions:
        """Evaluate a SELECT; rows are evaluated as they are taken.

        Raises:
            QueryError: the query cannot be parsed, or is no SELECT.
        """
        found = self.answer(sparql, bindings)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("This query gives no rows. Use SELECT.")
        return found

    def rows(self, sparql: str, bindings: Bindings | None = None) -> list[tuple[Node | None, ...]]:
        """Evaluate a SELECT and give its rows as nodes of rdflib.

        Raises:
            QueryError: the query cannot be parsed or evaluated.
        """
        with evaluation(bool(self.services)):
            found = self.solutions(sparql, bindings)
            return [tuple(None if cell is None else to_rdflib(cell) for cell in row) for row in found]

    def triples(self, sparql: str) -> list[tuple[Node, Node, Node]]:
        """Evaluate a CONSTRUCT or DESCRIBE.

        Raises:
            QueryError: the query cannot be parsed or evaluated.
        """
        found = self.answer(sparql)
        if not isinstance(found, ox.QueryTriples):
            raise QueryError("This query gives no triples. Use CONSTRUCT or DESCRIBE.")
        with evaluation(bool(self.services)):
            return [(to_rdflib(t.subject), to_rdflib(t.predicate), to_rdflib(t.object)) for t in found]

    def lines(self, *constructs: str) -> list[str]:
        """Evaluate CONSTRUCTs, side by side, and give each triple once, as N-Triples and SPARQL write it: `<s> <p> <o> .`.

        Raises:
            QueryError: a query cannot be parsed or evaluated.
        """

        def one(construct: str) -> bytes:
            found = self.answer(construct)
            if not isinstance(found, ox.QueryTriples):
                raise QueryError("This query gives no triples. Use CONSTRUCT.")
            with evaluation(bool(self.services)):
                return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""

        return list(dict.fromkeys(filter(None, b"".join(_side_by_side(one, constructs)).decode("utf-8").split("\n"))))

    def table(self, sparql: str, bindings: Bindings | None = None) -> Table:
        """Evaluate SPARQL and give plain values: a column a variable, `answer` for ASK, three columns for triples.

        Raises:
            QueryError: the query cannot be parsed or evaluated.
        """
        found = self.answer(sparql, bindings)
        if isinstance(found, ox.QueryBoolean):
            return Table(["answer"], [[bool(found)]])
        with evaluation(bool(self.services)):
            if isinstance(found, ox.QueryTriples):
                triples = [[plain(t.subject), plain(t.predicate), plain(t.object)] for t in found]
                return Table(["subject", "predicate", "object"], sorted(triples, key=str))
            return Table([v.value for v in found.variables], [[plain(cell) for cell in row] for row in found])

    def texts(self, *queries: str) -> list[list[list[str]]]:
        """As `texts_in_turn`, all answers at once."""
        return list(self.texts_in_turn(*queries))

    def texts_in_turn(self, *queries: str) -> Iterator[list[list[str]]]:
        """Evaluate SELECTs side by side and give the text of each cell: whole IRIs, the words of literals, "" for nothing.

        Each answer can be worked on while those behind it are evaluated.

        Oxigraph writes its answer as SPARQL 1.1 TSV without holding Python's lock: for millions of cells this is the fast way.
        (In its CSV the comma of an IRI such as `…#char=3,9` is not quoted.)

        Raises:
            QueryError: a query cannot be parsed or evaluated.
        """

        def one(sparql: str) -> list[list[str]]:
            with evaluation(bool(self.services)):
                data = self.solutions(sparql).serialize(format=ox.QueryResultsFormat.TSV) or b""
            return texts_of(data.decode("utf-8"))

        return _side_by_side(one, queries)

    def dump(self, output: IO[bytes], ending: str) -> None:
        """Write the dataset as RDF.

        Args:
            output: an open binary file.
            ending: `nq`, `trig` or `jsonld` for the default graph and the named ones, `ttl` for the default graph.
        """
        ox.serialize(self._quads(everything=ending != "ttl"), output, DUMPED[ending], prefixes=vocab.PREFIXES)

    def _quads(self, everything: bool) -> Iterator[ox.Quad]:
        parts = ["SELECT ?s ?p ?o { ?s ?p ?o }"]
        if everything:
            parts.append("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
        for part in parts:
            with evaluation(bool(self.services)):  # what the place that is written to says is no fault of the store
                for row in self.solutions(part):
                    terms: list[Any] = list(row)
                    yield ox.Quad(*terms)

    def graphs_of(self, document: str) -> list[URIRef]:
        """The graphs that a document owns: its passages and its description."""
        rows = self.rows("SELECT ?g ?doc { ?g prov:wasDerivedFrom ?doc }", {"doc": vocab.document(document)})
        return [URIRef(str(row[0])) for row in rows] + [vocab.metadata_graph(document)]

    def default_graph(self) -> Graph:
        """A copy of the default graph in memory, for tools that walk it many times."""
        graph = Graph()
        for prefix, namespace in vocab.PREFIXES.items():
            graph.bind(prefix, namespace)
        for triple in self.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
            graph.add(triple)
        return graph


def _side_by_side(evaluate: Callable[[str], Answered], queries: Sequence[str]) -> Iterator[Answered]:
    """What queries give, in their order, two at a time: Oxigraph does not hold Python's lock while it writes an answer."""
    if len(queries) < 2:
        yield from map(evaluate, queries)
        return
    with ThreadPoolExecutor(max_workers=2) as threads:
        yield from threads.map(evaluate, queries)


class evaluation:  # noqa: N801  # reads as a word of the language
    """Errors while rows are read, which is when Oxigraph evaluates, as errors of the query or of the store."""

    def __init__(self, calls: bool) -> None:
        self._calls = calls

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, (OSError, RuntimeError, ValueError)):
            raise failure(error, self._calls) from error
