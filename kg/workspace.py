"""A folder that holds one graph: the store, the files as read, decisions on names, the audit log."""

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg import query, vocab
from kg.errors import KgError, NoFactsError, StoreError, UsageError
from kg.extract import extract
from kg.model import Document, Facts
from kg.read import read, readable
from kg.reason import Violation, derive, is_current, validate
from kg.resolve import Resolver, read_decisions
from kg.store import EmbeddedStore, quads_of

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
        gazetteer: bool = True,
        watch: Callable[[Ingested], None] | None = None,
    ) -> list[Ingested]:
        """Read files (and the readable files of folders), each as one transaction; then derive what follows.

        A file that cannot be read is reported and the others go on. A file that has not changed is left alone.

        Args:
            paths: files and folders.
            gazetteer: whether names known nationwide may be used beside the grammar.
            watch: called after each file.

        Raises:
            WorkspaceBusyError: another process is writing.
            UsageError: a folder without a readable file.
        """
        files = list(expand(paths))
        done: list[Ingested] = []
        with self.writing() as store:
            resolver = read_decisions(self.folder / "decisions.csv")
            known = {d.name: d for d in stored_documents(store)}
            for path in files:
                done.append(self._ingest(store, path, known, resolver, gazetteer))
                if watch:
                    watch(done[-1])
            if not is_current(store, _version()):
                derive(store, _version())
        return done

    def _ingest(self, store: EmbeddedStore, path: Path, known: dict[str, StoredDocument], resolver: Resolver, gazetteer: bool) -> Ingested:
        """Read one file; `known` are the documents stored so far, by name."""
        try:
            document = read(path)
            name, old = _place(known, document, path)
            software = f"{_version()}{'' if gazetteer else ' without gazetteer'}"
            if old and (old.sha256, old.software) == (document.sha256, software):
                return Ingested(path, "unchanged")
            facts = extract(document, gazetteer).with_document(name=name)
            require_facts(facts, path)
            graphs = store.graphs_of(old.name) if old else []
            store.replace([*graphs, vocab.graph("inferred")], quads_of(facts, resolver, software, str(path.resolve())))
        except KgError as error:
            self._log("failed", path, str(error))
            return Ingested(path, "failed", reason=str(error))
        known[name] = StoredDocument(name, document.source, document.sha256, software, str(path.resolve()))
        self._keep(path, document)
        status: Status = "replaced" if old else "added"
        self._log(status, path, f"{len(facts)} facts, sha256 {document.sha256}")
        return Ingested(path, status, len(facts), remarks=facts.remarks)

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

    def _keep(self, path: Path, document: Document) -> None:
        """Keep the file as read, under its checksum."""
        sources = self.folder / "sources"
        sources.mkdir(exist_ok=True)
        kept = sources / f"{document.sha256}{path.suffix.lower()}"
        if not kept.exists():
            shutil.copyfile(path, kept)

    def _log(self, what: str, path: Path, note: str) -> None:
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        line = json.dumps({"when": when, "what": what, "file": str(path), "note": note}, ensure_ascii=False)
        with (self.folder / "audit.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")


def _place(known: dict[str, StoredDocument], document: Document, path: Path) -> tuple[str, StoredDocument | None]:
    """The name under which a file is stored, and what it replaces: two files of one name in two folders are two."""
    place = str(path.resolve())
    same = next((d for d in known.values() if d.location == place), None)
    same = same or next((d for d in known.values() if d.sha256 == document.sha256), None)
    if same:
        return same.name, same
    name, number = document.name, 2
    while name in known:
        name, number = f"{document.name}-{number}", number + 1
    return name, None


@cache
def _version() -> str:
    """Version of this software, kept with what it makes."""
    return version("innovation-kg")


def require_facts(facts: Facts, path: Path) -> None:
    """Refuse a document that states nothing.

    Raises:
        NoFactsError: no entity, figure, relation or event in it.
    """
    if not len(facts):
        raise NoFactsError(f"{path} states no fact that the grammar knows. Nothing was stored; check that it is a report.")


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
