"""Runs a W3C test, through the Python API or over HTTP, and says why it failed."""

import csv
import io
from abc import ABC, abstractmethod
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

import httpx
import pyoxigraph as ox

from kg.errors import KgError
from kg.store import EmbeddedStore
from tests import servers
from tests.w3c.manifest import Case, path_of
from tests.w3c.results import Content, Result, expected, load, outcome, rows, same

EVERYTHING = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class FailedError(Exception):
    """A test did not come out as it should."""


class Runner(ABC):
    """A way to the store."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @abstractmethod
    def fill(self, content: Content) -> None:
        """Make these all that the store holds."""

    @abstractmethod
    def ask(self, query: str) -> Result:
        """The result of a query; an error of ours or of HTTP where it is refused."""

    @abstractmethod
    def text(self, query: str, media_type: str) -> str:
        """The result of a query as it is written out."""

    @abstractmethod
    def update(self, request: str) -> None:
        """Carry out an update."""

    def run(self, case: Case) -> None:
        """Run one test.

        Raises:
            FailedError: with what came out.
        """
        text = path_of(self.root, case.action).read_text(encoding="utf-8")
        based = f"BASE <{case.action}>\n{text}"
        match case.kind:
            case "QueryEvaluationTest":
                self.fill(load(self.root, case.data))
                self._compare(self.ask(based), expected(self.root, case.result))
            case "CSVResultFormatTest":
                self.fill(load(self.root, case.data))
                self._compare_csv(self.text(based, "text/csv"), path_of(self.root, case.result).read_text(encoding="utf-8"))
            case "UpdateEvaluationTest":
                self.fill(load(self.root, case.data))
                self.update(based)
                self._compare(self.ask(EVERYTHING), _everything(load(self.root, case.expected)))
            case "PositiveSyntaxTest11" | "PositiveUpdateSyntaxTest11":
                self.fill(Content())
                said = self._refusal(based, "Update" in case.kind)
                if said is not None and "column" in said:  # what the grammar takes may still be refused, such as LOAD
                    raise FailedError(f"should be taken, and gave: {said}")
            case "NegativeSyntaxTest11" | "NegativeUpdateSyntaxTest11":
                self.fill(Content())
                said = self._refusal(based, "Update" in case.kind)
                if said is None:
                    raise FailedError("was taken, and should be refused")
            case _:
                raise FailedError(f"no way to run a {case.kind}")

    def _refusal(self, text: str, is_update: bool) -> str | None:
        try:
            (self.update if is_update else self.ask)(text)
        except (KgError, OSError) as error:
            return str(error)
        except httpx.HTTPStatusError as error:
            return error.response.text
        return None

    def _compare(self, found: Result, wanted: Result) -> None:
        if not same(found, wanted):
            raise FailedError(f"gave {str(found)[:300]} instead of {str(wanted)[:300]}")

    def _compare_csv(self, found: str, wanted: str) -> None:
        first, second = (list(csv.DictReader(io.StringIO(text))) for text in (found, wanted))
        if _plain_rows(first) != _plain_rows(second):
            raise FailedError(f"gave {first} instead of {second}")


def _plain_rows(table: list[dict[str, str]]) -> "Counter[frozenset[tuple[str, str]]]":
    """Rows of CSV, whatever the order of their columns; numbers by value, blank nodes without their names."""

    def plain(cell: str) -> str:
        try:
            return str(Decimal(cell).normalize())
        except InvalidOperation:
            return "_:" if cell.startswith("_:") else cell

    return Counter(frozenset((name, plain(cell)) for name, cell in row.items()) for row in table)


def _everything(content: Content) -> "Counter[frozenset[tuple[str, object]]]":
    store = ox.Store()
    store.extend(content.quads)
    return rows(store.query(EVERYTHING))


class Api(Runner):
    """Through the Python API."""

    def fill(self, content: Content) -> None:
        self.store = EmbeddedStore()
        self.store.oxigraph.extend(content.quads)
        for graph in content.graphs:
            self.store.oxigraph.add_graph(ox.NamedNode(graph))

    def ask(self, query: str) -> Result:
        return outcome(self.store.answer(query))

    def text(self, query: str, media_type: str) -> str:
        return self.store.answer(query).serialize(format=ox.QueryResultsFormat.from_media_type(media_type)).decode()

    def update(self, request: str) -> None:
        self.store.update(request, load=True)  # LOAD SILENT of what is not there is part of the tests


class Http(Runner):
    """Over HTTP, at a service that takes updates."""

    def __init__(self, root: Path, url: str, token: str) -> None:
        super().__init__(root)
        self.url = url
        self.held: Content | None = None
        """What the service holds, where that is known: not filled in again."""
        self.client = servers.client(headers={"Authorization": f"Bearer {token}"})

    def fill(self, content: Content) -> None:
        if content == self.held:
            return
        lines = "\n".join(
            f"{q.subject} {q.predicate} {q.object} ."
            if isinstance(q.graph_name, ox.DefaultGraph)
            else f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}"
            for q in content.quads
        )
        graphs = "".join(f"CREATE GRAPH <{graph}> ; " for graph in content.graphs)
        self.update(f"DROP ALL ; {graphs}INSERT DATA {{\n{lines}\n}}")
        self.held = content

    def ask(self, query: str) -> Result:
        accept = "application/sparql-results+json, application/n-triples;q=0.9"
        answer = self._post(query, "application/sparql-query", accept)
        if answer.headers["content-type"].startswith("application/n-triples"):
            return set(ox.parse(answer.content, ox.RdfFormat.N_TRIPLES))
        return outcome(ox.parse_query_results(answer.content, ox.QueryResultsFormat.JSON))

    def text(self, query: str, media_type: str) -> str:
        return self._post(query, "application/sparql-query", media_type).text

    def update(self, request: str) -> None:
        self.held = None
        self._post(request, "application/sparql-update", "*/*")

    def _post(self, text: str, kind: str, accept: str) -> httpx.Response:
        answer = self.client.post(f"{self.url}/sparql", content=text.encode(), headers={"Content-Type": kind, "Accept": accept})
        answer.raise_for_status()
        return answer
