"""A folder that holds one graph: the store, the files as read, decisions on names, the audit log."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg import query, vocab
from kg.confine.limits import Limits
from kg.errors import KgError, ReadError, StoreError, UsageError
from kg.files import as_text
from kg.model import Scope
from kg.read import read_bytes
from kg.reason import Following, Violation, derive, validate
from kg.resolve import Decision, read_decisions
from kg.resolve.linkage import load
from kg.store import EmbeddedStore, Insertion, Scoped, Store, open_remote
from kg.workspace import identity
from kg.workspace.catalogue import Catalogue, StoredDocument, stored_documents
from kg.workspace.drafts import settle
from kg.workspace.file_names import AUDIT, DECISIONS, SOURCES, STORE
from kg.workspace.ingest.batch import Batch, Plan, expand, software_version
from kg.workspace.ingest.group_commit import SECONDS, Read, additions, joined, together
from kg.workspace.ingest.places import Places, tables_last
from kg.workspace.ingest.prepare import Job, Options, Prepared, RdfJob, checksum
from kg.workspace.ingest.processes import crew, meanwhile, processors, read_all, read_apart
from kg.workspace.prefetch import Ahead
from kg.workspace.scope import in_scope
from kg.workspace.swap import recover

if TYPE_CHECKING:
    import pandas as pd

MANY = 10
"""Reports with whose names it takes less time to load Splink than to compare them without."""
Status = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file: its status, the number of its facts, the reason where it failed, what was left out."""

    path: Path
    status: Status
    facts: int = 0
    reason: str = ""
    remarks: tuple[str, ...] = ()


class Workspace:
    """One graph on disk. Reading opens a snapshot; writing holds the store's lock for as long as it takes."""

    def __init__(
        self, folder: str | Path, store_url: str | None = None, scope: Scope | None = None, told: Callable[[Scoped], None] | None = None
    ) -> None:
        self.folder = Path(folder)
        self.store_url = store_url
        self.scope = scope
        self.told = told

    @property
    def store_path(self) -> Path:
        """Where the embedded store lies."""
        return self.folder / STORE

    @contextmanager
    def reading(self, services: Sequence[str] = ()) -> Iterator[Store]:
        """A view of the graph, of the part in scope: here a snapshot that does not change, on a remote engine the present state.

        Args:
            services: IRIs of endpoints that `SERVICE` may call; a remote engine decides for itself.

        Raises:
            StoreError: there is no graph here yet, or no engine answers.
            UsageError: no report is of the place of the scope.
        """
        store = open_remote(self.store_url) if self.store_url else self._newest(services)
        try:
            yield self._part(store, self.scope, services) if self.scope else store
        finally:
            store.close()

    def _part(self, store: Store, scope: Scope, services: Sequence[str]) -> Store:
        part = in_scope(store, scope, services)
        if self.told and part.scoped:
            self.told(part.scoped)
        return part

    def _newest(self, services: Sequence[str]) -> EmbeddedStore:
        recover(self.folder)
        if not self.store_path.is_dir():
            raise StoreError(f"{self.folder} holds no graph. Run `kg ingest FILE --workspace {self.folder}` first.")
        return EmbeddedStore.reading(self.store_path, services)

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The graph for writing, with the ontology of this version in it; one process at a time.

        Raises:
            WorkspaceBusyError: another process is writing.
        """
        if self.store_url:
            store: Store = open_remote(self.store_url)
        else:
            store = self.writing_embedded()
        try:
            self._load_ontology(store)
            yield store
        finally:
            store.close()

    def writing_embedded(self, services: Sequence[str] = ()) -> EmbeddedStore:
        """The embedded store for writing, as it is; `services` as of `reading`.

        Raises:
            UsageError: the folder is a file.
            WorkspaceBusyError: another process is writing.
        """
        if self.folder.exists() and not self.folder.is_dir():
            raise UsageError(f"{self.folder} is a file, not a workspace folder. Choose another --workspace.")
        recover(self.folder)
        return EmbeddedStore.writing(self.store_path, services)

    def _load_ontology(self, store: Store) -> None:
        """Keep `graph/ontology` at the version that this software brings."""
        graph = vocab.graph("ontology")
        wanted = vocab.ontology_lines()
        held = store.lines("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH graph:ontology { ?s ?p ?o } }")
        if set(held) != set(wanted):
            store.apply([graph], Insertion(((graph.n3(), tuple(wanted)),)))

    def ingest(
        self,
        paths: Iterable[str | Path],
        options: Options | None = None,
        jobs: int | None = 1,
        watch: Callable[[Ingested], None] | None = None,
        limits: Limits | None = None,
        places: Places | None = None,
    ) -> list[Ingested]:
        """Read files (and the readable files of folders), each as one transaction; then derive what follows.

        A file that cannot be read is reported and the others go on. A file that has not changed is left alone.

        Args:
            paths: files and folders.
            options: how files are read; by the rules with the gazetteer where it is left out.
            jobs: how many processes read files, one for each core where it is None; one writes.
            watch: called after each file.
            limits: of memory and time for each file, which is read in a process of its own.
            places: whose report files are, where a person says it.

        Raises:
            WorkspaceBusyError: another process is writing.
            UsageError: a folder without a readable file, or a proposer that is not set up.
        """
        files = list(expand(paths))
        texts, tables = tables_last(files)
        done: list[Ingested] = []

        def note(one: Ingested) -> None:
            done.append(one)
            if watch:
                watch(one)

        options, limits = options or Options(), limits or Limits()
        jobs = max(1, min(jobs or processors(), len(files)))
        with (
            crew(jobs, limits, options.proposers, warm=bool(texts)) as readers,
            self.writing() as store,
            store.holding() if len(files) == 1 else nullcontext(),  # one snapshot of it, with what follows
            ThreadPoolExecutor(1) as beside,
        ):
            ahead = Ahead(store) if len(files) == 1 else None
            begun = [identity.ready, *([ahead.read] if ahead else [])]
            if ahead and isinstance(store, EmbeddedStore):
                store.hurry()

            def read(wanted: Iterable[Job]) -> Iterator[Prepared | KgError | None]:
                return read_all(meanwhile(wanted, {0: begun, MANY: [load]}, beside), readers, jobs, limits, SECONDS)

            batch = Batch(read_decisions(self.folder / DECISIONS), options, Catalogue.of(stored_documents(store)), places or Places())
            follows, before = Following(store, software_version()), frozenset(batch.stored.names)
            for some in filter(None, (texts, tables)):
                if some is tables:
                    batch.places = batch.places.with_beside(stored_documents(store))
                for group in together(batch.run(some, read)):
                    for one in self._ingest_group(store, follows, group):
                        note(one)
            if ahead:
                beside.submit(readers.end)
            came = frozenset(batch.stored.names) - before
            known = ahead.now(came) if ahead and all(one.status == "added" for one in done) else None
            if lines := settle(store, known.drafts if known else None):
                follows.outdated()
                done[-1:] = [replace(one, remarks=(*one.remarks, *lines)) for one in done[-1:]]
            self._link(store, follows, batch.resolver.decisions, came, known.names if known and not lines else None)
            follows.finish()
            store.put_in_order()
        return done

    def _link(self, store: Store, follows: Following, decisions: Sequence[Decision], came: Set[str], held: identity.Known | None) -> None:
        """Give one IRI to things that are one; `came` are the names of documents that this run has added."""
        linked = identity.link(store, self.folder, decisions, before=follows.begin, held=held)
        renamed = set(linked.renamed)
        if linked.unread is not None and came >= set(linked.unread):
            follows.known_as(linked.known)
        else:  # documents that others put in say more of these things than what was added here
            renamed |= set(linked.known.values())
        follows.renamed(sorted(renamed))

    def _ingest_group(self, store: Store, follows: Following, group: Sequence[Read]) -> Iterator[Ingested]:
        """Store files: those that only add as one transaction, each as its own where that is refused."""
        new = additions(group)
        stored = len(new) > 1 and self._put_together(store, follows, new)
        for plan, prepared in group:
            yield self._ingest(store, follows, plan, prepared, stored)

    def _put_together(self, store: Store, follows: Following, new: Sequence[tuple[Plan, Prepared]]) -> bool:
        try:
            for plan, prepared in new:
                self._keep(plan.path, read_bytes(plan.path), prepared.sha256)
            self._put(store, follows, None, joined(new))
        except (KgError, OSError):  # whose fault it is shows one by one
            return False
        return True

    def _ingest(self, store: Store, follows: Following, plan: Plan, prepared: Prepared | KgError | None, stored: bool) -> Ingested:
        """Store one file as one transaction, unless it is `stored`."""
        path = plan.path
        if prepared is None:
            return Ingested(path, "unchanged")
        try:
            if isinstance(prepared, KgError):
                raise prepared
            if not stored:
                self._keep(path, read_bytes(path), prepared.sha256)
                self._put(store, follows, plan.old, prepared.insertion)
        except KgError as error:
            return self._failed(path, str(error))
        except OSError as error:
            where = error.filename or self.folder
            return self._failed(path, f"{where}: {error.strerror}. The graph is as before; make room, and run again.")
        status: Status = "replaced" if plan.old else "added"
        self.log(status, str(path), f"{prepared.facts} facts, sha256 {prepared.sha256}")
        return Ingested(path, status, prepared.facts, remarks=prepared.remarks)

    @staticmethod
    def _put(store: Store, follows: Following, old: StoredDocument | None, inserted: Insertion) -> None:
        """Store a document in place of another: what was derived goes with it, and is derived again in the end. A new one only adds."""
        if old:
            follows.outdated()
            store.apply([*store.graphs_of(old.name), vocab.graph("inferred"), vocab.graph("estimated")], inserted)
        else:
            follows.begin()
            store.apply([vocab.graph("estimated")], Insertion())
            store.apply([], inserted)
            follows.added(inserted)

    def _failed(self, path: Path, reason: str) -> Ingested:
        with suppress(OSError):  # no room for the line either
            self.log("failed", str(path), reason)
        return Ingested(path, "failed", reason=reason)

    def add_rdf(
        self, path: str | Path, rdf_format: str | None = None, contexts: Sequence[str] = (), limits: Limits | None = None
    ) -> Ingested:
        """Bring RDF of another tool in: a graph of its own, its source recorded; the same file again replaces it.

        Args:
            path: a file in Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, N3 or TriX.
            rdf_format: ending that stands for the format, where the file's own is another.
            contexts: IRIs of contexts of JSON-LD that may be fetched.
            limits: of memory and time for the file, which is read in a process of its own.

        Raises:
            ReadError: the file cannot be read as RDF; the graph is as before.
            UsageError: an unknown format.
            WorkspaceBusyError: another process is writing.
        """
        path = Path(path)
        sha256, limits = checksum(path), limits or Limits()
        with crew(1, limits, tuple(contexts)) as readers, self.writing() as store:
            name, old = Catalogue.of(stored_documents(store)).place(path, sha256)
            brought = read_apart(RdfJob(path, name, software_version(), rdf_format, tuple(contexts)), readers, limits)
            if isinstance(brought, KgError):
                raise brought
            self._keep(path, read_bytes(path), brought.sha256)
            follows = Following(store, software_version())
            self._put(store, follows, old, brought.insertion)
            follows.finish()
        done = Ingested(path, "replaced" if old else "added", brought.facts)
        self.log(done.status, str(path), f"{done.facts} statements imported")
        return done

    def remove(self, name: str) -> None:
        """Take a document out of the graph, with what no other document states.

        Raises:
            UsageError: there is no such document.
        """
        with self.writing() as store:
            if name not in {d.name for d in stored_documents(store)}:
                raise UsageError(f"{self.folder} holds no document '{name}'. `kg documents` lists them.")
            store.replace([*store.graphs_of(name), vocab.graph("inferred"), vocab.graph("estimated")], [])
            settle(store)
            derive(store, software_version())
        self.log("removed", name, "")

    def documents(self) -> list[StoredDocument]:
        """The documents in the graph, by name."""
        with self.reading() as store:
            return stored_documents(store)

    def validate(self) -> list[Violation]:
        """Check the graph against the shapes."""
        with self.reading() as store:
            return validate(store)

    def query(self, sparql: str, services: Sequence[str] = ()) -> "pd.DataFrame":
        """Evaluate SPARQL 1.1 and give a table; the prefixes of the ontology are known.

        Args:
            sparql: the query.
            services: as of `reading`.

        Raises:
            QueryError: the query cannot be parsed or evaluated, or calls a server that is not allowed.
        """
        with self.reading(services) as store:
            return query.select(store, sparql)

    def ask(self, name: str, parameters: Mapping[str, str] | None = None) -> "pd.DataFrame":
        """Answer a named question (`kg questions` lists them)."""
        with self.reading() as store:
            return query.ask(store, name, parameters)

    def _keep(self, path: Path, data: bytes, sha256: str) -> None:
        """Keep the file as read, under its checksum.

        Raises:
            ReadError: it has changed since it was read.
        """
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ReadError(f"{path} changed while it was read. Nothing was stored; read it again.")
        sources = self.folder / SOURCES
        sources.mkdir(parents=True, exist_ok=True)
        kept = sources / f"{sha256}{path.suffix.lower()}"
        if not kept.exists():
            part = kept.with_suffix(".part")  # a run cut off leaves no half file under the checksum's name
            part.write_bytes(data)
            part.replace(kept)

    def log(self, what: str, on: str, note: str, who: str = "kg") -> None:
        """Add a line to the audit log."""
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        line = json.dumps({"when": when, "who": who, "what": what, "file": as_text(on), "note": as_text(note)}, ensure_ascii=False)
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / AUDIT).open("a", encoding="utf-8") as log:
            log.write(line + "\n")
