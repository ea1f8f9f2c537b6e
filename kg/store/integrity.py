"""A store read through: every statement, by every index, in a process of its own with limits.

Oxigraph keeps a statement in three indexes (in six where it stands in a graph) and its words apart from them. RocksDB has a checksum for
each block and looks at it when the block is read, so a damaged block shows only to who reads it: a query by another index counts on.
On a damaged store an engine may also use up all memory, or end its process: that ends the one process here, and is one line.
"""

import io
import json
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.confine.crew import Crew, EndedError
from kg.confine.limits import MEGABYTE, Limits
from kg.errors import KgError, ReadError, StoreError
from kg.store.embedded import snapshots_of
from kg.store.failures import MEND, one_line
from kg.store.load import load_dataset

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_EACH_GRAPH = "{ SELECT DISTINCT ?g { GRAPH ?g {} } }"
_INDEXES = (
    "{ SELECT DISTINCT ?p { ?s ?p ?o } } LATERAL { ?a ?p ?b }",
    "{ SELECT DISTINCT ?o { ?s ?p ?o } } LATERAL { ?a ?b ?o }",
    "{ SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } } } LATERAL { GRAPH ?h { ?s ?a ?b } }",
    "{ SELECT DISTINCT ?p { GRAPH ?g { ?s ?p ?o } } } LATERAL { GRAPH ?h { ?a ?p ?b } }",
    "{ SELECT DISTINCT ?o { GRAPH ?g { ?s ?p ?o } } } LATERAL { GRAPH ?h { ?a ?b ?o } }",
    f"{_EACH_GRAPH} LATERAL {{ {{ SELECT DISTINCT ?g ?p {{ GRAPH ?g {{ ?s ?p ?o }} }} }} LATERAL {{ GRAPH ?g {{ ?a ?p ?b }} }} }}",
    f"{_EACH_GRAPH} LATERAL {{ {{ SELECT DISTINCT ?g ?o {{ GRAPH ?g {{ ?s ?p ?o }} }} }} LATERAL {{ GRAPH ?g {{ ?a ?b ?o }} }} }}",
)
"""For each index that a dump does not read, a pattern that does; the first two are of the default graph. `LATERAL` keeps the order."""
_OF_DEFAULT = 2


@dataclass(frozen=True, slots=True)
class StoreSize:
    """What a store holds: statements of its default graph, of its graphs, and how many graphs there are."""

    statements: int
    in_graphs: int
    graphs: int

    def __str__(self) -> str:
        return f"{self.statements:,} statements, {self.in_graphs:,} in {self.graphs:,} graphs"


@dataclass(frozen=True, slots=True)
class Task:
    """What is done in the process apart: read the store at a path, after it was filled from a file where one is named."""

    path: Path
    every_index: bool
    file: Path | None = None
    ending: str = ""


def read_through(path: Path, every_index: bool = True) -> StoreSize:
    """Read a store as it lies there; it is not changed.

    Args:
        path: a store that nobody writes, such as a snapshot.
        every_index: whether by every index; else each statement once, with its words.

    Raises:
        StoreError: it is damaged; what it says can stand in brackets.
    """
    return _apart(Task(path, every_index), _size(path))


def damage(store: Path) -> StoreError | None:
    """The error of a store whose newest snapshot cannot be read through, None where it can."""
    held = snapshots_of(store).held()
    if held is None:
        return None
    place, lease = held
    with lease:
        try:
            read_through(place)
        except StoreError as error:
            return StoreError(f"{place} is damaged ({error}). {MEND}")
    return None


def load_apart(path: Path, file: Path, ending: str) -> StoreSize:
    """Fill a new store with what a file holds, and read it.

    Raises:
        ReadError: the file is not of its format, or states nothing, as one does that was cut to nothing.
        StoreError: what was made cannot be read.
    """
    found = _apart(Task(path, every_index=False, file=file, ending=ending), 4 * file.stat().st_size)
    if not found.statements and not found.in_graphs:
        raise ReadError(f"{file} states nothing. Nothing was stored; export it anew.")
    return found


def _apart(task: Task, size: int) -> StoreSize:
    limits = Limits(4096 * MEGABYTE + 4 * size, 600 + size / 100_000)
    try:
        with Crew("kg.store.integrity", 1, limits, fork=task.file is None) as process:  # RocksDB writes by threads of its own
            found = json.loads(process.do(task))
            if "figures" in found:
                return StoreSize(*map(int, found["figures"]))
    except EndedError as ended:
        raise _ended(task, str(ended), limits) from ended
    if found["error"] == "MemoryError":
        raise _ended(task, "memory", limits)
    raise (ReadError if found["error"] == "ReadError" else StoreError)(str(found["message"]))


def _ended(task: Task, how: str, limits: Limits) -> KgError:
    told = {"time": f"it took more than {limits.seconds:.0f} seconds", "memory": f"it took more than {limits.memory // MEGABYTE} MB"}
    reason = told.get(how, f"it ended the process that read it, {how}")
    if task.file:
        return ReadError(f"{task.file} cannot be loaded ({reason}). Nothing was stored; export it anew.")
    return StoreError(reason)


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.glob("*") if file.is_file())


def work(task: Task) -> bytes:
    """Do a task: figures, or an error, as JSON."""
    try:
        if task.file:
            _fill(task.path, task.file, task.ending)
        return json.dumps({"figures": astuple(_read(task.path, task.every_index))}).encode()
    except MemoryError:
        return json.dumps({"error": "MemoryError", "message": ""}).encode()
    except (KgError, OSError, RuntimeError, ValueError) as error:
        said = one_line(str(error).replace(f"{task.path}/", ""))
        return json.dumps({"error": type(error).__name__, "message": str(error) if isinstance(error, ReadError) else said}).encode()


def _fill(path: Path, file: Path, ending: str) -> None:
    path.mkdir(parents=True)
    store = ox.Store(str(path))
    load_dataset(store, file, ending)
    store.optimize()  # all that reads it, as what follows does twice, takes a third less
    store.flush()


def _read(path: Path, every_index: bool) -> StoreSize:
    store = ox.Store.read_only(str(path))
    lines = _Lines()
    store.dump(lines, ox.RdfFormat.N_QUADS)
    statements = _rows(store, "{ ?s ?p ?o }")
    found = StoreSize(statements, lines.count - statements, sum(1 for _ in store.named_graphs()))
    wanted = [found.statements] * _OF_DEFAULT + [found.in_graphs] * (len(_INDEXES) - _OF_DEFAULT)
    for pattern, count in zip(_INDEXES, wanted, strict=True) if every_index else ():
        held = _rows(store, pattern)
        if held != count:
            raise StoreError(f"an index holds {held:,} statements instead of {count:,}")
    return found


def _rows(store: ox.Store, pattern: str) -> int:
    """How many rows a pattern has. Not by `COUNT`: over a damaged block Oxigraph would collect errors without end."""
    lines = _Lines()
    found: Any = store.query(f"SELECT ?one {{ {pattern} BIND (1 AS ?one) }}")
    found.serialize(lines, format=ox.QueryResultsFormat.TSV)
    return lines.count - 1


class _Lines(io.BytesIO):
    """Takes bytes, and counts their lines."""

    count = 0

    def write(self, data: "Buffer") -> int:
        written = bytes(data)
        self.count += written.count(b"\n")
        return len(written)
