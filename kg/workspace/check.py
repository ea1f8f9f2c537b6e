"""A workspace or a backup read through: whether its store, its source files and what lies beside them are what was written.

Nothing is changed, and a writer may go on beside it. What is read is the newest snapshot, which readers use, and where nobody is writing
the store itself, which the next writer opens.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg import vocab
from kg.errors import KgError, StoreError, WorkspaceBusyError
from kg.files import contents, opened
from kg.resolve import read_decisions
from kg.store import EmbeddedStore, StoreSize, WriterLock, read_through, snapshots_of
from kg.workspace.backup import EXPORTS, look_through
from kg.workspace.catalogue import StoredDocument, stored_documents
from kg.workspace.copying import seen
from kg.workspace.file_names import AUDIT, DECISIONS, MANIFEST, SOURCES, STORE
from kg.workspace.swap import recover

_NAMED_BY_SUM = re.compile(r"([0-9a-f]{64})(\..*)?", re.DOTALL)
_WRITING = "Another process is writing: what it has not published yet was not read."
_BEHIND = "A writer was cut off, or is at work: the next that opens the workspace publishes what it had stored."
_MEND = "Restore a backup, or ingest the files kept in sources/ again."


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    Attributes:
        graph: what the store holds, None where it cannot be read.
        documents: how many the graph describes.
        sources: how many source files are kept.
        faults: what is damaged, a line each.
        notes: what is no damage and may surprise, a line each.
    """

    graph: StoreSize | None
    documents: int
    sources: int
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def told(self) -> str:
        """The last line of the command."""
        count = f"{self.graph}; {self.documents:,} documents, {self.sources:,} source files." if self.graph else "The graph cannot be read."
        return f"{count} {f'{len(self.faults):,} faults. {_MEND}' if self.faults else 'All of it can be read.'}"


class _Found:
    """What is being found."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.notes: list[str] = []

    def checked(self, graph: StoreSize | None, documents: int = 0, sources: int = 0) -> Checked:
        """All of it."""
        return Checked(graph, documents, sources, tuple(self.faults), tuple(self.notes))


def check(folder: Path) -> Checked:
    """Read a workspace, or a backup, through.

    Raises:
        StoreError: there is no graph.
    """
    found = _Found()
    if (folder / MANIFEST).is_file():
        graph, found.faults, found.notes = look_through(folder)
        return found.checked(graph, sources=sum(1 for _ in _kept(folder)))
    recover(folder)
    if not (folder / STORE).is_dir():
        raise StoreError(f"{folder} holds no graph. There is nothing to check.")
    graph, documents = _snapshot(folder, found)
    graph = _live(folder, graph, found) or graph
    kept = set(_sources(folder, found))
    _documents(folder, documents, kept, found)
    _beside(folder, found)
    return found.checked(graph, len(documents), len(kept))


def _snapshot(folder: Path, found: _Found) -> tuple[StoreSize | None, list[StoredDocument]]:
    """Read the newest snapshot, and what its graph says of documents."""
    held = snapshots_of(folder / STORE).held()
    if held is None:
        found.notes.append("There is no snapshot yet: the next that opens the workspace makes one.")
        return None, []
    place, lease = held
    with lease:
        try:
            graph = read_through(place)
        except StoreError as error:
            found.faults.append(f"{place}: the newest snapshot cannot be read ({error})")
            return None, []
        store = EmbeddedStore.lying(place)  # it was read: no query meets damage
        try:
            documents = stored_documents(store)
            _catalogue(store, documents, found)
            _default_graph(store, found)
        finally:
            store.close()
    return graph, documents


def _live(folder: Path, snapshot: StoreSize | None, found: _Found) -> StoreSize | None:
    """Read the store that the next writer opens; its tables may be those of the snapshot, its log is its own."""
    store = folder / STORE
    try:
        lock = WriterLock(folder)
    except WorkspaceBusyError:
        found.notes.append(_WRITING)
        return None
    except OSError:
        lock = None  # the folder may not be written, so nobody of this user writes it
    try:
        graph = read_through(store, every_index=not (snapshot and _same_tables(store)))
    except StoreError as error:
        found.faults.append(f"{store}: the store cannot be read ({error})")
        return None
    finally:
        if lock:
            lock.release()
    if snapshots_of(store).behind.exists():
        found.notes.append(_BEHIND)
    elif snapshot and graph != snapshot:
        found.faults.append(f"{store}: {graph}, but the newest snapshot of it holds {snapshot}")
    return snapshot or graph


def _same_tables(store: Path) -> bool:
    """Whether each table of the store is one of the newest snapshot's too, which is a link to the same file."""
    snapshots = snapshots_of(store)
    return _tables(store) <= _tables(snapshots.folder / str(snapshots.newest()))


def _tables(store: Path) -> set[tuple[int, int]]:
    return {(found.st_dev, found.st_ino) for found in (table.stat() for table in store.glob("*.sst"))}


def _catalogue(store: EmbeddedStore, documents: list[StoredDocument], found: _Found) -> None:
    for name, count in Counter(one.name for one in documents).items():
        if count > 1:
            found.faults.append(f"The graph describes the document '{name}' {count} times")
    known = {str(vocab.document(one.name)) for one in documents}
    for (document,) in store.rows("SELECT DISTINCT ?doc { ?g prov:wasDerivedFrom ?doc }"):
        if str(document).startswith(vocab.PREFIXES["doc"]) and str(document) not in known:
            found.faults.append(f"Passages are of the document {document}, which the graph does not describe")


def _default_graph(store: EmbeddedStore, found: _Found) -> None:
    """Hold the default graph against the set of what the graphs state; an update by SPARQL may leave them different."""
    estimated = vocab.graph("estimated").n3()
    not_there = f"GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != {estimated}) FILTER NOT EXISTS {{ ?s ?p ?o }} "
    not_there += "FILTER NOT EXISTS { ?g prov:wasDerivedFrom/dct:isReplacedBy ?final }"  # a draft's statements do not count
    ours = (vocab.PREFIXES["doc"], vocab.PREFIXES["graph"])
    lacking = Counter(row[0].value.startswith(ours) for row in store.solutions(f"SELECT ?g {{ {not_there} }}"))
    if lacking[True]:
        found.faults.append(f"{lacking[True]:,} statements of documents are not in the default graph, where each must be")
    if lacking[False]:
        found.notes.append(f"{lacking[False]:,} statements of graphs that are no document's are not in the default graph")
    in_none = f"?s ?p ?o FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != {estimated}) }}"
    alone = sum(1 for _ in store.solutions(f"SELECT ?s {{ {in_none} }}"))
    if alone:
        found.notes.append(f"{alone:,} statements of the default graph are in no graph: somebody put them there by an update")


def _kept(folder: Path) -> Iterator[tuple[Path, str]]:
    """The source files, and the checksum that the name of each has."""
    with suppress(FileNotFoundError):
        for file in sorted((folder / SOURCES).iterdir()):
            if (named := _NAMED_BY_SUM.fullmatch(file.name)) and file.suffix != ".part":
                yield file, named[1]


def _sources(folder: Path, found: _Found) -> Iterator[str]:
    """The checksums of the source files that are what they are named by."""
    for file, named in _kept(folder):
        try:
            with opened(file, 1 << 63, StoreError) as data:
                right = seen(data).sha256 == named
        except (StoreError, OSError) as error:
            found.faults.append(str(error).rstrip("."))
            continue
        if right:
            yield named
        else:
            found.faults.append(f"{file} is not what was ingested: its checksum differs")


def _documents(folder: Path, documents: list[StoredDocument], kept: set[str], found: _Found) -> None:
    """Each document's source file is kept, unless the graph came from an export, which has none."""
    lacking = [one for one in documents if one.sha256 not in kept]
    if lacking and _from_export(folder):
        found.notes.append(f"{len(lacking):,} documents have no source file here: the graph was restored from an export")
        return
    for one in lacking:
        found.faults.append(f"The document '{one.name}' ({one.source}) has no whole source file in {folder / 'sources'}")


def _from_export(folder: Path) -> bool:
    return any(line.get("what") == "restored" and str(line.get("file", "")).endswith(EXPORTS) for _, line in _audit(folder) if line)


def _beside(folder: Path, found: _Found) -> None:
    """What people have decided, and what was done."""
    try:
        read_decisions(folder / DECISIONS)
        broken = [number for number, line in _audit(folder) if line is None]
    except (KgError, OSError) as error:
        found.faults.append(str(error).rstrip("."))
        return
    if broken:
        found.notes.append(f"{folder / AUDIT}: line {broken[0]} is no line of an audit log ({len(broken):,} such lines)")


def _audit(folder: Path) -> Iterator[tuple[int, dict[str, object] | None]]:
    """The lines of the audit log, None for one that is none."""
    if not (folder / AUDIT).exists():
        return
    for number, line in enumerate(contents(folder / AUDIT, 1 << 30, StoreError).split(b"\n")[:-1], 1):
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        yield number, said if isinstance(said, dict) else None
