"""Changes over HTTP: SPARQL Update and the Graph Store Protocol, each as one transaction on the workspace's store."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pyoxigraph as ox

from kg import vocab
from kg.errors import UsageError
from kg.serve.formats import GRAPHS
from kg.serve.forms import MULTIPART, files, operation, parameters, text_of
from kg.serve.http import media_type_of
from kg.serve.settings import Settings
from kg.serve.tasks import Reply, Update, WriteGraph
from kg.store import EmbeddedStore, one_line, statements, with_using
from kg.workspace.workspace import Workspace


def update(task: Update, settings: Settings) -> Reply:
    """Carry out SPARQL Update: all of its operations or none.

    Raises:
        QueryError: it cannot be parsed, or calls a server that is not allowed.
        UsageError: it names a dataset beside `using-graph-uri`, or is none.
        WorkspaceBusyError: another process is writing.
    """
    if task.content:
        task = _unpacked(task)
    request = with_using(task.text, task.using, task.using_named)
    with _writing(settings) as store:
        store.update(request, task.base, first=_OUT_OF_DATE, load=settings.load)
    Workspace(settings.workspace).log("update", "/sparql", " ".join(task.text.split())[:1000], task.who)
    return Reply(204)


def _unpacked(task: Update) -> Update:
    """A large update, read from what the client sent."""
    sent = parameters(task.content, "form") if task.form else [("update", text_of(task.content, "body"))]
    asked = operation([*task.beside, *sent])
    if asked.kind != "update":
        raise UsageError("A query as large as this is not served. Send less, or start the service with a larger --max-request.")
    using = asked.graphs["using-graph-uri"], asked.graphs["using-named-graph-uri"]
    return Update(asked.text, *using, task.base, task.who)


def write_graph(task: WriteGraph, settings: Settings) -> Reply:
    """Replace, add to or delete a graph (SPARQL 1.1 Graph Store HTTP Protocol, 5.3-5.5).

    Raises:
        UsageError: content that is not of its media type, or a form that is not whole.
        WorkspaceBusyError: another process is writing.
    """
    kind = media_type_of(task.content_type)
    parts = files(task.content_type, task.content) if kind == MULTIPART else ((kind, task.content),) if kind else ()
    triples = [triple for media_type, data in parts for triple in _parsed(media_type, data, task.graph)]
    with _writing(settings) as store:
        existed = task.graph is None or store.oxigraph.contains_named_graph(ox.NamedNode(task.graph))
        if task.change == "delete" and not existed:
            return Reply(404, body=f"There is no graph {task.graph}.\n".encode())
        store.change(" ;\n".join([_OUT_OF_DATE, *_operations(task, triples)]))
    Workspace(settings.workspace).log(task.change, task.graph or "default graph", f"{len(triples)} statements", task.who)
    return Reply(204 if existed else 201, created=not existed)


def _operations(task: WriteGraph, triples: Sequence[str]) -> list[str]:
    where = "DEFAULT" if task.graph is None else f"GRAPH <{task.graph}>"
    operations = [] if task.change == "merge" else [f"DROP SILENT {where}"]
    if task.graph is not None and task.change != "delete":
        operations.append(f"CREATE SILENT {where}")
    if triples:
        lines = " .\n".join(triples)
        operations.append(f"INSERT DATA {{ {lines} }}" if task.graph is None else f"INSERT DATA {{ {where} {{ {lines} }} }}")
    return operations


@contextmanager
def _writing(settings: Settings) -> Iterator[EmbeddedStore]:
    store = Workspace(settings.workspace).writing_embedded(settings.services)
    try:
        yield store
    finally:
        store.close()


_INFERRED = vocab.graph("inferred").n3()
_OUT_OF_DATE = f"DELETE WHERE {{ GRAPH {_INFERRED} {{ {_INFERRED} {vocab.term('dct:hasVersion').n3()} ?version }} }}"
"""Marks what the rules gave as out of date, so that the next `kg ingest` derives it anew."""


def _parsed(media_type: str, data: bytes, graph: str | None) -> Iterable[str]:
    try:
        yield from (
            f"{quad.subject} {quad.predicate} {quad.object}"
            for quad in statements(data, GRAPHS[media_type], base_iri=graph, without_named_graphs=True, rename_blank_nodes=True)
        )
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"The body is no {media_type} ({one_line(error)}). Nothing was stored; correct it.") from error
