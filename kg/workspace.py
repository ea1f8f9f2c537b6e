"""A folder that holds one graph: the store, the files as read, decisions on names, the audit log."""

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg import query, vocab
from kg.errors import KgError, StoreError, UsageError
from kg.prepare import Job, Options, Prepared, checksum, prepare_all
from kg.read import read_bytes, readable
from kg.read.clean import local_name
from kg.reason import Violation, derive, is_current, validate
from kg.resolve import Resolver, read_decisions
from kg.store import EmbeddedStore, imported_quads

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file: its status, the number of its facts, the reason where it failed, what was left out."""

    path: Path
    status: Status
    facts: int = 0
    reason: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the graph: its name, file, checksum, version of the software that read it, place, passages."""

    name: str
    source: str
    sha256: str
    software: str
    location: str


class Workspace:
    """One graph on disk. Reading opens a snapshot; writing holds the store's lock for as long as it takes."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    @property
    def _store_path(self) -> Path:
        return self.folder / "store"

    @contextmanager
    def reading(self) -> Iterator[EmbeddedStore]:
        """A read-only view of the graph.

        Raises:
            StoreError: there is no graph here yet.
        """
        if not self._store_path.is_dir():
            raise StoreError(f"{self.folder} holds no graph. Run `kg ingest FILE --workspace {self.folder}` first.")
        store = EmbeddedStore(self._store_path, read_only=True)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def writing(self) -> Iterator[EmbeddedStore]:
        """The graph for writing; one process at a time.

        Raises:
            WorkspaceBusyError: another process is writing.
        """
        if self.folder.exists() and not self.folder.is_dir():
            raise UsageError(f"{self.folder} is a file, not a workspace folder. Choose another --workspace.")
        store = EmbeddedStore(self._store_path)
        try:
            self._load_ontology(store)
            yield store
        finally:
            store.close()

    def _load_ontology(self, store: EmbeddedStore) -> None:
        """Keep `graph/ontology` at the version that this software brings."""
        graph = vocab.graph("ontology")
        wanted = vocab.ontology_statements()
        held = {tuple(row) for row in store.rows("SELECT ?s ?p ?o { GRAPH graph:ontology { ?s ?p ?o } }")}
        if held != wanted:
            store.replace([graph], [(s, p, o, graph) for s, p, o in wanted])

    def ingest(
        self,
        paths: Iterable[str | Path],
        options: Options | None = None,
        jobs: int = 1,
        watch: Callable[[Ingested], None] | None = None,
    ) -> list[Ingested]:
        """Read files (and the readable files of folders), each as one transaction; then derive what follows.

        A file that cannot be read is reported and the others go on. A file that has not changed is left alone.

        Args:
            paths: files and folders.
            options: how files are read; by the rules with the gazetteer where it is left out.
            jobs: how many processes read files; one writes.
            watch: called after each file.

        Raises:
            WorkspaceBusyError: another process is writing.
            UsageError: a folder without a readable file, or a proposer that is not set up.
        """
        files = list(expand(paths))
        done: list[Ingested] = []

        def note(one: Ingested) -> None:
            done.append(one)
            if watch:
                watch(one)

        with self.writing() as store:
            batch = _Batch(read_decisions(self.folder / "decisions.csv"), options or Options(), _Stored.of(stored_documents(store)))
            for plan, prepared in batch.run(files, jobs):
                note(self._ingest(store, plan, prepared))
            if not is_current(store, _version()):
                derive(store, _version())
        return done

    def _ingest(self, store: EmbeddedStore, plan: "_Plan", prepared: Prepared | KgError | None) -> Ingested:
        """Store one file as one transaction."""
        path = plan.path
        if prepared is None:
            return Ingested(path, "unchanged")
        try:
            if isinstance(prepared, KgError):
                raise prepared
            graphs = store.graphs_of(plan.old.name) if plan.old else []
            store.apply([*graphs, vocab.graph("inferred")], prepared.insertion)
        except KgError as error:
            self._log("failed", path, str(error))
            return Ingested(path, "failed", reason=str(error))
        self._keep(path, prepared.sha256)
        status: Status = "replaced" if plan.old else "added"
        self._log(status, path, f"{prepared.facts} facts, sha256 {prepared.sha256}")
        return Ingested(path, status, prepared.facts, remarks=prepared.remarks)

    def add_rdf(self, path: str | Path, rdf_format: str | None = None) -> Ingested:
        """Bring RDF of another tool in: a graph of its own, its source recorded; the same file again replaces it.

        Args:
            path: a file in Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, N3 or TriX.
            rdf_format: ending that stands for the format, where the file's own is another.

        Raises:
            ReadError: the file cannot be read as RDF; the graph is as before.
            UsageError: an unknown format.
            WorkspaceBusyError: another process is writing.
        """
        path = Path(path)
        data = read_bytes(path)
        with self.writing() as store:
            stored = _Stored.of(stored_documents(store))
            name, old = stored.place(path, hashlib.sha256(data).hexdigest())
            quads = imported_quads(path, data, name, _version(), rdf_format)
            store.replace([*(store.graphs_of(old.name) if old else []), vocab.graph("inferred")], quads)
            derive(store, _version())
        self._keep(path, hashlib.sha256(data).hexdigest())
        done = Ingested(path, "replaced" if old else "added", len(quads))
        self._log(done.status, path, f"{len(quads)} statements imported")
        return done

    def remove(self, name: str) -> None:
        """Take a document out of the graph, with what no other document states.

        Raises:
            UsageError: there is no such document.
        """
        with self.writing() as store:
            if name not in {d.name for d in stored_documents(store)}:
                raise UsageError(f"{self.folder} holds no document '{name}'. `kg documents` lists them.")
            store.replace([*store.graphs_of(name), vocab.graph("inferred")], [])
            derive(store, _version())
        self._log("removed", Path(name), "")

    def documents(self) -> list[StoredDocument]:
        """The documents in the graph, by name."""
        with self.reading() as store:
            return stored_documents(store)

    def validate(self) -> list[Violation]:
        """Check the graph against the shapes."""
        with self.reading() as store:
            return validate(store)

    def query(self, sparql: str) -> "pd.DataFrame":
        """Evaluate SPARQL 1.1 and give a table; the prefixes of the ontology are known.

        Raises:
            QueryError: the query cannot be parsed or evaluated.
        """
        with self.reading() as store:
            return query.select(store, sparql)

    def ask(self, name: str, parameters: Mapping[str, str] | None = None) -> "pd.DataFrame":
        """Answer a named question (`kg questions` lists them)."""
        with self.reading() as store:
            return query.ask(store, name, parameters)

    def _keep(self, path: Path, sha256: str) -> None:
        """Keep the file as read, under its checksum."""
        sources = self.folder / "sources"
        sources.mkdir(exist_ok=True)
        kept = sources / f"{sha256}{path.suffix.lower()}"
        if not kept.exists():
            shutil.copyfile(path, kept)

    def _log(self, what: str, path: Path, note: str) -> None:
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        line = json.dumps({"when": when, "what": what, "file": str(path), "note": note}, ensure_ascii=False)
        with (self.folder / "audit.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done with a file: the job that reads it (None where it is unchanged or cannot be read), what it replaces."""

    path: Path
    job: Job | None = None
    old: StoredDocument | None = None
    error: KgError | None = None


@dataclass(slots=True)
class _Batch:
    """Files of one call: names are given as the files are planned, results come in their order."""

    resolver: Resolver
    options: Options
    stored: "_Stored"

    def run(self, files: Iterable[Path], jobs: int) -> Iterator[tuple[_Plan, Prepared | KgError | None]]:
        """Each file with what was made of it, in order."""
        plans: list[_Plan] = []

        def wanted() -> Iterator[Job]:
            for path in files:
                plans.append(self._plan(path))
                if plans[-1].job:
                    yield plans[-1].job

        for prepared in prepare_all(wanted(), jobs):
            while plans[0].job is None:
                yield plans[0], plans.pop(0).error
            yield plans.pop(0), prepared
        yield from ((plan, plan.error) for plan in plans)

    def _plan(self, path: Path) -> _Plan:
        try:
            sha256 = checksum(path)
        except KgError as error:
            return _Plan(path, error=error)
        software = self.options.software(_version())
        name, old = self.stored.place(path, sha256)
        if old and (old.sha256, old.software) == (sha256, software):
            return _Plan(path)
        self.stored.add(StoredDocument(name, path.name, sha256, software, str(path.resolve())))
        return _Plan(path, Job(path, name, software, self.options, self.resolver), old)


@dataclass(slots=True)
class _Stored:
    """The documents of a store, by name, by where their file lay, and by checksum."""

    names: dict[str, StoredDocument] = field(default_factory=dict)
    places: dict[str, StoredDocument] = field(default_factory=dict)
    sums: dict[str, StoredDocument] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[StoredDocument]) -> "_Stored":
        stored = cls()
        for document in documents:
            stored.add(document)
        return stored

    def add(self, document: StoredDocument) -> None:
        """Note a document, in place of the one of its name."""
        self.names[document.name] = self.places[document.location] = document
        self.sums.setdefault(document.sha256, document)

    def place(self, path: Path, sha256: str) -> tuple[str, StoredDocument | None]:
        """The name under which a file is stored, and what it replaces: two files of one name in two folders are two."""
        same = self.places.get(str(path.resolve())) or self.sums.get(sha256)
        if same:
            same = self.names[same.name]
            return same.name, same
        first = name = local_name(path)
        number = 2
        while name in self.names:
            name, number = f"{first}-{number}", number + 1
        return name, None


@cache
def _version() -> str:
    """Version of this software, kept with what it makes."""
    return version("innovation-kg")


def stored_documents(store: EmbeddedStore) -> list[StoredDocument]:
    """The documents of a store, by name."""
    rows = store.rows(
        "SELECT ?name ?source ?sha ?software ?location { ?doc a ino:Document ; dct:identifier ?name ; dct:source ?source ; "
        "ino:sha256 ?sha . ?run prov:used ?doc ; dct:hasVersion ?software "
        "OPTIONAL { ?doc prov:atLocation ?location } } ORDER BY ?name"
    )
    return [StoredDocument(*(str(cell) if cell is not None else "" for cell in row)) for row in rows]


def expand(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Files as they are, folders as the readable files in them (hidden ones left out).

    Raises:
        UsageError: a folder without a readable file.
    """
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        inside = sorted(f for f in path.rglob("*") if f.is_file() and readable(f) and not f.name.startswith((".", "~$")))
        if not inside:
            raise UsageError(f"{path} holds no file that can be read. Name a report, or another folder.")
        yield from inside
