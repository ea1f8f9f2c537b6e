"""Changes over HTTP: SPARQL Update and the Graph Store Protocol, each as one transaction on the workspace's store."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pyoxigraph as ox

from kg import vocab
from kg.errors import QueryError, StoreError, UsageError
from kg.serve.formats import GRAPHS
from kg.serve.settings import Settings
from kg.serve.tasks import Reply, Update, WriteGraph
from kg.store import EmbeddedStore, explained, one_line, operations_start, refuse_calls, with_using
from kg.workspace import Workspace


def update(task: Update, settings: Settings) -> Reply:
    """Carry out SPARQL Update: all of its operations or none.

    Raises:
        QueryError: it cannot be parsed, or calls a server that is not allowed.
        UsageError: it names a dataset beside `using-graph-uri`.
        WorkspaceBusyError: another process is writing.
    """
    refuse_calls(task.text, settings.services, settings.load)
    request = with_using(task.text, task.using, task.using_named)
    with _writing(settings) as store:
        _carry_out(store, request, task.base)
    Workspace(settings.workspace).log("update", "/sparql", " ".join(task.text.split())[:1000], task.who)
    return Reply(204)


def write_graph(task: WriteGraph, settings: Settings) -> Reply:
    """Replace, add to or delete a graph (SPARQL 1.1 Graph Store HTTP Protocol, 5.3-5.5).

    Raises:
        UsageError: content that is not of its media type.
        WorkspaceBusyError: another process is writing.
    """
    triples = [triple for media_type, data in task.parts for triple in _parsed(media_type, data, task.graph)]
    with _writing(settings) as store:
        existed = task.graph is None or store.oxigraph.contains_named_graph(ox.NamedNode(task.graph))
        if task.change == "delete" and not existed:
            return Reply(404, body=f"There is no graph {task.graph}.\n".encode())
        _carry_out(store, " ;\n".join(_operations(task, triples)))
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
    store = Workspace(settings.workspace).writing_embedded()
    try:
        yield store
    finally:
        store.close()


def _carry_out(store: EmbeddedStore, request: str, base: str | None = None) -> None:
    """One transaction; what the rules gave is marked as out of date in it, so that the next `kg ingest` derives anew."""
    start = operations_start(request)
    marked = f"{request[:start]}{_OUT_OF_DATE} ; {request[start:]}" if request[start:] else request
    try:
        with store.changing():
            store.oxigraph.update(marked, base_iri=base, prefixes=vocab.PREFIXES)
    except SyntaxError as error:
        raise QueryError(f"SPARQL: {_place(request, base) or one_line(error)}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"The store refused the change ({one_line(error)}). It is as before.") from error


def _place(request: str, base: str | None) -> str:
    """Where the parser stops in the user's own text."""
    try:
        ox.Store().update(request, base_iri=base, prefixes=vocab.PREFIXES)
    except SyntaxError as error:
        return explained(str(error), request)
    except (OSError, RuntimeError, ValueError):
        return ""
    return ""


_INFERRED = vocab.graph("inferred").n3()
_OUT_OF_DATE = f"DELETE WHERE {{ GRAPH {_INFERRED} {{ {_INFERRED} {vocab.term('dct:hasVersion').n3()} ?version }} }}"


def _parsed(media_type: str, data: bytes, graph: str | None) -> Iterable[str]:
    try:
        yield from (
            f"{quad.subject} {quad.predicate} {quad.object}"
            for quad in ox.parse(data, GRAPHS[media_type], base_iri=graph, without_named_graphs=True, rename_blank_nodes=True)
        )
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"The body is no {media_type} ({one_line(error)}). Nothing was stored; correct it.") from error
