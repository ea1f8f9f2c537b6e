"""The store of a workspace: Oxigraph on disk (or in memory) through rdflib's `Dataset`."""

import re
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, URIRef
from rdflib.query import Result, ResultRow
from rdflib.term import Identifier

from kg import vocab
from kg.errors import QueryError, StoreError, WorkspaceBusyError
from kg.store.replace import Quad, insertion, replace_request

PATIENCE = 5.0
"""Seconds for which a reader tries to open a store that a writer is changing."""


class EmbeddedStore:
    """An RDF dataset; `path` None keeps it in memory, `read_only` opens a snapshot beside a writer."""

    def __init__(self, path: Path | None = None, read_only: bool = False) -> None:
        self.path = path
        self.dataset = Dataset(store=OxigraphStore(store=_open(path, read_only)), default_union=False)
        for prefix, namespace in vocab.PREFIXES.items():
            self.dataset.bind(prefix, namespace, override=True)

    def query(self, sparql: str, bindings: Mapping[str, Identifier] | None = None) -> Result:
        """Evaluate SPARQL 1.1 over the dataset; `bindings` are bound as values, never pasted.

        Raises:
            QueryError: the query cannot be parsed or evaluated.
        """
        try:
            return self.dataset.query(sparql, initBindings=dict(bindings or {}))
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:  # CONSTRUCT and ASK are evaluated here too
            raise QueryError(f"SPARQL: {_explained(str(error), sparql)}") from error

    def rows(self, sparql: str, bindings: Mapping[str, Identifier] | None = None) -> list[ResultRow]:
        """Evaluate a SELECT and give its rows.

        Raises:
            QueryError: the query cannot be parsed or evaluated.
        """
        return [row for row in self.query(sparql, bindings) if isinstance(row, ResultRow)]

    def replace(self, old: Iterable[URIRef], new: Iterable[Quad]) -> None:
        """Take graphs out and put statements in, as one transaction: all of it or nothing.

        Raises:
            StoreError: the store cannot be written; it is as before.
        """
        self.apply(old, insertion(new))

    def apply(self, old: Iterable[URIRef], inserted: str) -> None:
        """The same with statements that `kg.store.insertion` has worded already.

        Raises:
            StoreError: the store cannot be written; it is as before.
        """
        request = replace_request(old, inserted)
        if not request:
            return
        try:
            self.dataset.update(request)
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            where = f" {self.path}" if self.path else ""
            raise StoreError(f"The store{where} refused the change ({_one_line(error)}). It is as before.") from error

    def graphs_of(self, document: str) -> list[URIRef]:
        """The graphs that a document owns: its passages and its description."""
        rows = self.rows("SELECT ?g ?doc { ?g prov:wasDerivedFrom ?doc }", {"doc": vocab.document(document)})
        return [URIRef(str(row[0])) for row in rows] + [vocab.metadata_graph(document)]

    def default_graph(self) -> Graph:
        """A copy of the default graph in memory, for tools that walk it many times."""
        graph = Graph()
        for prefix, namespace in vocab.PREFIXES.items():
            graph.bind(prefix, namespace)
        graph += self.dataset.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").graph or []
        return graph

    def close(self) -> None:
        """Release the store's lock."""
        self.dataset.close()


def _open(path: Path | None, read_only: bool) -> Any:
    if path is None:
        return pyoxigraph.Store()
    try:
        if read_only:
            return _snapshot(path)
        path.mkdir(parents=True, exist_ok=True)
        return pyoxigraph.Store(str(path))
    except OSError as error:
        text = _one_line(error)
        if "lock" in text.lower():
            raise WorkspaceBusyError(
                f"{path.parent} is being written by another process. Wait until it is done, then try again."
            ) from error
        raise StoreError(f"{path} cannot be opened ({text}). Restore it, or choose another workspace.") from error
    except RuntimeError as error:
        raise StoreError(f"{path} is damaged ({_one_line(error)}). {_MEND.format(path.parent)}") from error


_MEND = "Move it away and ingest the files kept in {}/sources again."


def _snapshot(path: Path) -> Any:
    """A read-only view. A writer that just opened the store may delete a file that the list of files still names:
    the list is new a moment later, so the view is opened again until the patience runs out."""
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            return pyoxigraph.Store.read_only(str(path))
        except RuntimeError as error:
            if "No such file" not in str(error) or time.monotonic() > patience:
                raise  # not a file that a writer has just replaced: damage
            time.sleep(0.02)


def _explained(error: str, sparql: str) -> str:
    """Where the parser stopped and what stands there; its list of all that it would have taken helps nobody."""
    place = re.search(r"error at (\d+):(\d+)", error)
    if place is None:
        return f"{' '.join(error.split())[:300].rstrip('.')}. Check the query."
    line, column = int(place[1]), int(place[2])
    text = sparql.split("\n")[line - 1] if line <= len(sparql.split("\n")) else ""
    rest = text[max(0, column - 1) :].strip()[:40]
    what = "a prefix that is not declared" if "Prefix not found" in error else "something the grammar does not take"
    near = f"at '{rest}'" if rest else "at the end"
    return f"line {line}, column {column}, {near}: {what}. Correct the query there."


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300].rstrip(".")
