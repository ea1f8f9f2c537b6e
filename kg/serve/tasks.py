"""What goes between the server and the processes that evaluate: tasks one way, replies the other, each behind its length."""

import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_LENGTH = struct.Struct(">Q")
HEADER = _LENGTH.size
READY = b"+"
"""What a process that evaluates says once, before all replies: that it has started."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The dataset that a request names; both None where it is the store's own."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A query, and the media types of the answer: for rows, for yes or no, for triples; None where the client takes none."""

    text: str
    rows: str | None
    triples: str | None
    base: str | None = None
    dataset: Dataset = field(default_factory=Dataset)


@dataclass(frozen=True, slots=True)
class Update:
    """An update, with the dataset of its `using-graph-uri`.

    A large one is handed over as it came: `content`, whether that is a `form`, and the parameters `beside` it.
    """

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    base: str | None = None
    who: str = ""
    content: bytes = b""
    form: bool = False
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Decode:
    """The parameters of a large form or query string; `where` says which it is."""

    data: bytes
    where: str


@dataclass(frozen=True, slots=True)
class ReadGraph:
    """A graph of the Graph Store Protocol; `graph` None is the default graph."""

    graph: str | None
    media_type: str


@dataclass(frozen=True, slots=True)
class WriteGraph:
    """A change of a graph: `replace`, `merge` or `delete`, with its content, and the Content-Type of that."""

    change: str
    graph: str | None
    content_type: str = ""
    content: bytes = b""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """What the explorer shows: the scene of the whole graph without its facts, the facts of one thing (compact IRI), or the cells of
    the answer to a named question with what is `given` for its parameters. `before`: where things of the scene were drawn until now.
    """

    facts_of: str | None = None
    question: str | None = None
    given: tuple[tuple[str, str], ...] = ()
    before: Mapping[str, tuple[float, float]] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Check:
    """Whether every statement of the newest snapshot can be read."""


Task = Query | Update | Decode | Check | ReadGraph | WriteGraph | Draw


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: HTTP status, media type, body; for a change whether the graph is new, or the workspace busy.

    `spent` says that the process which made it holds too much to go on, `ended` that it ended before it had one.
    """

    status: int
    media_type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    created: bool = False
    busy: bool = False
    spent: bool = False
    ended: bool = False


_KINDS = (Query, Update, Decode, ReadGraph, WriteGraph, Draw, Check)
_HEAD = struct.Struct(">QHBH")
_CREATED, _BUSY, _SPENT = 1, 2, 4


def packed_task(task: Task) -> bytes:
    """A task with its length before it. It goes from the server to its worker alone, over a socket pair that nobody else has."""
    kind = _KINDS.index(type(task))
    plain = (task.text, task.rows, task.triples, task.base, task.dataset.default, task.dataset.named) if isinstance(task, Query) else task
    data = pickle.dumps((kind, plain), protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def task_of(data: "Buffer") -> Task:
    """The task of these bytes, without their length."""
    kind, plain = pickle.loads(data)  # noqa: S301  # from the server, to its worker
    if _KINDS[kind] is not Query:
        task: Task = plain
        return task
    text, rows, triples, base, default, named = plain
    return Query(text, rows, triples, base, Dataset(default, named))


def packed_reply(reply: Reply) -> bytes:
    """A reply with its length before it: nothing but numbers and bytes, since a worker has evaluated what a stranger asked."""
    kind = reply.media_type.encode()
    flags = _CREATED * reply.created | _BUSY * reply.busy | _SPENT * reply.spent
    return b"".join((_HEAD.pack(_HEAD.size - HEADER + len(kind) + len(reply.body), reply.status, flags, len(kind)), kind, reply.body))


def reply_of(data: bytes) -> Reply:
    """The reply of these bytes, with their length."""
    _, status, flags, size = _HEAD.unpack_from(data)
    body = _HEAD.size + size
    kind = data[_HEAD.size : body].decode()
    return Reply(status, kind, data[body:], bool(flags & _CREATED), bool(flags & _BUSY), bool(flags & _SPENT))


def length(data: bytes) -> int:
    """Bytes of the message behind its length."""
    size: int = _LENGTH.unpack_from(data)[0]
    return size
