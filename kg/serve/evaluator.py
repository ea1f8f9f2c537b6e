"""The process that evaluates: it answers one task after the other from the newest snapshot, and may be killed at any time."""

import io
import json
import resource
import socket
import sys
import traceback
import uuid
from contextlib import closing, suppress
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab
from kg.confine.offline import without_network
from kg.errors import ExtraMissingError, KgError, QueryError, UsageError, WorkspaceBusyError
from kg.query import asked_and_told
from kg.serve.formats import GRAPHS, TABLES, with_charset
from kg.serve.forms import MediaTypeError, packed, parameters
from kg.serve.lookup import found_by
from kg.serve.memory import Memory
from kg.serve.newest import Newest
from kg.serve.responses import Sink, TooLarge, tabled, written
from kg.serve.settings import MEGABYTE, Settings
from kg.serve.tasks import HEADER, READY, Check, Decode, Draw, Query, ReadGraph, Reply, Task, Update, length, packed_reply, task_of
from kg.serve.updates import update, write_graph
from kg.store import evaluate, explained, failure
from kg.workspace.file_names import STORE
from kg.workspace.workspace import Workspace

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


_BUFFER = 64 * 1024


def work(channel: socket.socket, settings: Settings) -> None:
    """Answer tasks until the other end closes; the body of a worker process, which has no network unless a query may use it."""
    if not (settings.services or settings.load):
        without_network()
    resource.setrlimit(resource.RLIMIT_DATA, (settings.memory_limit, settings.memory_limit))
    newest = Newest(settings.workspace / STORE)
    with suppress(KgError):
        newest.store()  # so that the first question does not wait for it
    memory = Memory(settings.keep_limit)
    with channel, closing(newest), channel.makefile("rb", buffering=_BUFFER) as coming:
        with suppress(BrokenPipeError):  # the service has just ended: nothing comes
            channel.sendall(READY)
        while len(header := coming.read(HEADER)) == HEADER:
            reply = _survived(task_of(coming.read(length(header))), newest, settings)
            channel.sendall(packed_reply(replace(reply, spent=True) if memory.is_spent(len(reply.body)) else reply))


def _survived(task: Task, newest: Newest, settings: Settings) -> Reply:
    """The reply to a task, whatever goes wrong: then it has a number, under which the log tells what it was."""
    try:
        return _reply(task, newest, settings)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException:  # a panic of the engine is no Exception
        name = uuid.uuid4().hex[:8]
        print(json.dumps({"event": "failed", "level": "error", "error_id": name, "exception": traceback.format_exc()}), file=sys.stderr)
        return replace(_said(500, f"Something went wrong here; the log has it as {name}."), spent=True)


def _reply(task: Task, newest: Newest, settings: Settings) -> Reply:
    try:
        return _done(task, newest, settings)
    except WorkspaceBusyError as error:
        return Reply(503, body=f"{error}\n".encode(), busy=True)
    except KgError as error:
        return _said(_STATUS.get(type(error), 500), str(error))
    except OSError as error:
        return _said(500, f"{error.filename or settings.workspace}: {error.strerror}.")
    except TooLarge:
        size = settings.result_limit // MEGABYTE
        return _said(503, f"The answer has more than {size} MB, which is this service's limit. Ask for less, with LIMIT or fewer columns.")
    except MemoryError:
        return _said(503, "The query needs more memory than this service gives to one. Ask for less.")


_STATUS = MappingProxyType({QueryError: 400, UsageError: 400, ExtraMissingError: 501, MediaTypeError: 415})


def _done(task: Task, newest: Newest, settings: Settings) -> Reply:
    match task:
        case Query() | ReadGraph() | Check():
            return _read(task, newest.store(), settings)
        case Update():
            return update(task, settings)
        case Decode():
            return Reply(200, "application/json", packed(parameters(task.data, task.where)))
        case Draw():
            return _drawn(task, settings)
    return write_graph(task, settings)


def _read(task: Query | ReadGraph | Check, store: ox.Store, settings: Settings) -> Reply:
    match task:
        case Query():
            return _answer(task, store, settings)
        case ReadGraph():
            return _graph(task, store, settings)
    return _checked(store)


class _Nowhere(io.BytesIO):
    """Takes bytes and forgets them."""

    def write(self, data: "Buffer") -> int:
        return len(memoryview(data))


def _checked(store: ox.Store) -> Reply:
    try:
        store.dump(_Nowhere(), ox.RdfFormat.N_QUADS)
    except (OSError, RuntimeError) as error:
        raise failure(error) from error
    return Reply(200)


def _drawn(task: Draw, settings: Settings) -> Reply:
    from kg.view import as_json, facts_json_of, scene  # noqa: PLC0415  # two seconds that other tasks need not wait for

    with Workspace(settings.workspace).reading() as store:
        if task.question is not None:
            cells = asked_and_told(store, task.question, dict(task.given))
            found = json.dumps([cell for cell in cells if isinstance(cell, str)], ensure_ascii=False)
        else:
            found = (
                as_json(scene(store, with_facts=False, before=task.before))
                if task.facts_of is None
                else facts_json_of(store, task.facts_of)
            )
    return Reply(200, "application/json", found.encode())


def _said(status: int, message: str) -> Reply:
    return Reply(status, body=f"{message}\n".encode())


def _answer(task: Query, store: ox.Store, settings: Settings) -> Reply:
    default, named = task.dataset.default, task.dataset.named
    try:
        found = found_by(task, store) or evaluate(
            store,
            task.text,
            settings.services,
            base_iri=task.base,
            default_graph=None if default is None else [ox.NamedNode(iri) for iri in default],
            named_graphs=None if named is None else [ox.NamedNode(iri) for iri in named],
        )
        media_type = task.triples if isinstance(found, ox.QueryTriples) else task.rows
        if media_type is None:
            return _said(406, "None of the media types in Accept can hold this answer.")
        if media_type in TABLES and not isinstance(found, ox.QueryTriples):
            return tabled(found, media_type, settings.result_limit)
        if isinstance(found, ox.QueryBoolean) and media_type in ("text/csv", "text/tab-separated-values"):
            return Reply(200, with_charset(media_type), b"true\n" if found else b"false\n")
        if not isinstance(found, ox.QueryTriples):
            return written(found, media_type, settings.result_limit)
        sink = Sink(settings.result_limit)
        ox.serialize(found, sink, GRAPHS[media_type], prefixes=vocab.PREFIXES)
        return Reply(200, with_charset(media_type), sink.getvalue())
    except SyntaxError as error:
        raise QueryError(f"SPARQL: {explained(str(error), task.text)}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise failure(error, bool(settings.services)) from error


def _graph(task: ReadGraph, store: ox.Store, settings: Settings) -> Reply:
    name = ox.DefaultGraph() if task.graph is None else ox.NamedNode(task.graph)
    if isinstance(name, ox.NamedNode) and not store.contains_named_graph(name):
        return _said(404, f"There is no graph {task.graph}.")
    sink = Sink(settings.result_limit)
    try:
        store.dump(sink, GRAPHS[task.media_type], from_graph=name, prefixes=vocab.PREFIXES)
    except (OSError, RuntimeError) as error:
        raise failure(error) from error
    return Reply(200, with_charset(task.media_type), sink.getvalue())
