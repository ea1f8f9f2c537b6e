"""The store of a workspace: Oxigraph on disk (or in memory), open to rdflib as a `Dataset`."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset, URIRef
from rdflib.term import Node

from kg import vocab
from kg.confine.limits import give_way
from kg.errors import QueryError, StoreError
from kg.store.base import Answer, Bindings, Store
from kg.store.calls import Asked, refuse_calls
from kg.store.conformance import conforming
from kg.store.depth import refuse_depth
from kg.store.failures import MEND, failure, one_line
from kg.store.load import load_insertion
from kg.store.lock import WriterLock, busy
from kg.store.rename import rename_many
from kg.store.replace import NOTHING, TOGETHER, Insertion, insert_data, renaming, replace_request
from kg.store.snapshots import SNAPSHOTS, Publisher, Snapshot, Snapshots
from kg.store.sparql import operations_start, prologue
from kg.store.terms import to_oxigraph

LARGE = 10_000
"""Statements from which on an insertion is loaded in bulk: below, a transaction is faster and leaves no small files."""
MUCH = 1_000_000
"""Statements loaded in bulk from which on a store, of which they are half, is put in order."""
PATIENCE = 5.0
"""Seconds for which a reader waits for the first snapshot of a store that is being written."""


class EmbeddedStore(Store):
    """An RDF dataset of Oxigraph's; in memory where none is given, else one of the ways below opens it."""

    def __init__(
        self,
        oxigraph: ox.Store | None = None,
        path: Path | None = None,
        writer: WriterLock | None = None,
        publisher: Publisher | None = None,
        snapshot: Snapshot | None = None,
        services: Sequence[str] = (),
    ) -> None:
        self.oxigraph = ox.Store() if oxigraph is None else oxigraph
        self.path, self._writer, self._publisher, self._snapshot = path, writer, publisher, snapshot
        self.services = services
        self._loaded = 0

    @classmethod
    def writing(cls, path: Path, services: Sequence[str] = ()) -> "EmbeddedStore":
        """A store that this process may write, and no other until it is closed.

        Args:
            path: its folder.
            services: IRIs of endpoints that `SERVICE` may call.

        Raises:
            StoreError: the store is damaged, or there is no room.
            WorkspaceBusyError: another process is writing.
        """
        writer = WriterLock(path.parent)
        try:
            oxigraph = _open(path)
        except StoreError:
            writer.release()
            raise
        return cls(oxigraph, path, writer, Publisher(snapshots_of(path), oxigraph), services=services)

    @classmethod
    def reading(cls, path: Path, services: Sequence[str] = ()) -> "EmbeddedStore":
        """The newest snapshot of a store: it does not change, whatever a writer does. `services` as of `writing`.

        Raises:
            StoreError: the store is damaged.
            WorkspaceBusyError: another process is making the first one.
        """
        snapshot = newest_snapshot(path)
        return cls(snapshot.store, path, snapshot=snapshot, services=services)

    @classmethod
    def lying(cls, path: Path) -> "EmbeddedStore":
        """A store that nobody writes, read as it lies there; it is not changed."""
        return cls(ox.Store.read_only(str(path)), path)

    @classmethod
    def standalone(cls, path: Path) -> "EmbeddedStore":
        """A store that is no workspace's, opened as it lies there, such as a backup.

        Raises:
            StoreError: it is damaged.
        """
        return cls(_open(path), path)

    @cached_property
    def dataset(self) -> Dataset:
        """The same statements as rdflib sees them, for reading: each in the default graph once, and in the graph of each passage.

        Of a snapshot it cannot be changed. It stands until the store is closed.
        """
        from oxrdflib import OxigraphStore  # noqa: PLC0415  # brings rdflib's own engine of SPARQL, which a command seldom needs

        dataset = Dataset(store=OxigraphStore(store=self.oxigraph), default_union=False)
        for prefix, namespace in vocab.PREFIXES.items():
            dataset.bind(prefix, namespace, override=True)
        return dataset

    def answer(self, sparql: str, bindings: Bindings | None = None) -> Answer:
        """Evaluate SPARQL 1.1."""
        try:
            bound = {ox.Variable(name): to_oxigraph(node) for name, node in (bindings or {}).items()}
            return evaluate(self.oxigraph, sparql, self.services, substitutions=bound)
        except SyntaxError as error:
            raise QueryError(f"SPARQL: {explained(str(error), sparql)}") from error
        except (OSError, RuntimeError, ValueError) as error:  # CONSTRUCT and ASK are evaluated here too
            raise failure(error, bool(self.services)) from error

    def apply(self, old: Iterable[URIRef], inserted: Insertion, gone: Insertion = NOTHING) -> None:
        """Take graphs out and put statements in, as one SPARQL Update request, which Oxigraph makes one transaction.

        Many statements that only come are loaded in bulk: all or none of them too, in time that grows as they do, and without
        the gigabytes that a transaction of a million statements keeps.
        """
        old = list(old)
        if not old and not gone.graphs and inserted.size > LARGE:
            with self._explaining(), self.changing():
                load_insertion(self.oxigraph, inserted)
            self._loaded += inserted.size
            return
        request = replace_request(old, inserted, gone=gone)
        try:
            if request:
                self.change(request)
        except QueryError as error:
            raise StoreError(f"{error} The store refused the change. It is as before.") from error

    def rename(self, pairs: Sequence[tuple[URIRef, URIRef]], inserted: Insertion) -> None:
        """Give things other IRIs in every graph, and put statements in: few as one SPARQL Update request, many with the bulk loader."""
        if len(pairs) <= TOGETHER:
            self.change(" ;\n".join([renaming(pairs), *insert_data(inserted)]))
            return
        self.apply([], inserted)
        with self._explaining("Things found to be one are apart, or stated twice, until the next ingestion"), self.changing():
            rename_many(self.oxigraph, pairs, lambda request: self.oxigraph.update(request, prefixes=vocab.PREFIXES))

    def carry_out(self, worded: Callable[[URIRef | None], str]) -> None:
        """Carry out an update of ours."""
        self.change(worded(None))

    def update(self, request: str, base_iri: str | None = None, first: str = "", load: bool = False) -> None:
        """Carry out somebody's SPARQL Update: all of its operations or none.

        Args:
            request: the update.
            base_iri: what relative IRIs in it stand under.
            first: an operation of ours that belongs to the same transaction.
            load: whether `LOAD` may fetch documents.

        Raises:
            QueryError: it cannot be parsed, or calls a server that is not allowed.
            StoreError: the store refused it; it is as before.
        """
        refuse_depth(request)
        start = operations_start(request)
        own = f"{first} ; " if first and request[start:] else ""
        try:
            self._change_allowed(f"{request[:start]}{own}{request[start:]}", base_iri, load)
        except QueryError:
            self._change_allowed(request, base_iri, load)  # without ours, so that the error is at a place of the user's text

    def _change_allowed(self, request: str, base_iri: str | None, load: bool) -> None:
        refuse_calls(Asked(request, update=True, base=base_iri), self.services, load)
        self.change(request, base_iri)

    def change(self, request: str, base_iri: str | None = None) -> None:
        """Carry out an update that this software has worded.

        Raises:
            QueryError: it cannot be parsed.
            StoreError: the store refused it; it is as before.
        """
        try:
            with self._explaining(), self.changing():
                self.oxigraph.update(request, base_iri=base_iri, prefixes=vocab.PREFIXES)
        except SyntaxError as error:
            raise QueryError(f"SPARQL: {explained(str(error), request)}") from error

    @contextmanager
    def _explaining(self, left: str = "It is as before") -> Iterator[None]:
        """Around a change: what the store says against it as an error of ours, with what is `left` then."""
        try:
            yield
        except (OSError, RuntimeError, ValueError) as error:
            where = f" {self.path}" if self.path else ""
            raise StoreError(f"The store{where} refused the change ({one_line(error)}). {left}.") from error

    def holding(self) -> AbstractContextManager[None]:
        """Around several changes that readers are to see together."""
        return self._publisher.holding() if self._publisher else nullcontext()

    def hurry(self) -> None:
        """Somebody waits for what is done next: compactions, which RocksDB goes on with after a large load, give way to it."""
        give_way("rocksdb:low")

    def put_in_order(self) -> None:
        """Do at once what RocksDB does by and by: else each command to come begins it, and ends before it is done."""
        with suppress(OSError, RuntimeError):  # without room it stays as it is; of damage the snapshot tells
            if self._loaded >= MUCH and self._loaded * 4 > len(self.oxigraph):  # which has each statement in the default graph too
                with self.changing():
                    self.oxigraph.optimize()
            self._loaded = 0

    def changing(self) -> AbstractContextManager[None]:
        """Around any change of `oxigraph` itself, so that readers see it."""
        return self._publisher.change() if self._publisher else nullcontext()

    def holds(self, triples: Iterable[tuple[Node, Node, Node]]) -> set[tuple[Node, Node, Node]]:
        """Those of the triples that the default graph holds."""

        def held(triple: tuple[Node, Node, Node]) -> bool:
            terms: list[Any] = [to_oxigraph(node) for node in triple]
            return ox.Quad(*terms) in self.oxigraph

        return set(filter(held, triples))

    def close(self) -> None:
        """Publish what changed, and release the store's lock.

        Raises:
            StoreError: the store is damaged; what changed is stored, and readers have what was before.
        """
        try:
            damaged = self._publisher.close() if self._publisher else None
        finally:
            self._release()
        if damaged:
            raise failure(damaged)

    def _release(self) -> None:
        if self._snapshot:
            self._snapshot.close()
        self.__dict__.pop("dataset", None)
        del self.oxigraph  # the lock goes with the last reference
        if self._writer:
            self._writer.release()
        self._publisher = self._snapshot = self._writer = None


def evaluate(
    store: ox.Store,
    sparql: str,
    services: Sequence[str] = (),
    base_iri: str | None = None,
    substitutions: dict[ox.Variable, Any] | None = None,
    **dataset: Any,
) -> Answer:
    """Evaluate a query as SPARQL 1.1 has it, with the prefixes of the ontology known.

    Args:
        store: Oxigraph's.
        sparql: the query.
        services: IRIs of endpoints that `SERVICE` may call.
        base_iri: what relative IRIs in it stand under.
        substitutions: what stands in place of variables that are selected.
        dataset: the graphs that are asked, as `pyoxigraph.Store.query` takes them.

    Raises:
        QueryError: it calls a server that is not allowed, or nests too deeply.
        SyntaxError: it cannot be parsed.
    """

    def allowed(text: str, **options: Any) -> Answer:  # each text is looked at as it is evaluated, whatever was worded into it
        refuse_calls(Asked(text, base=base_iri), services)
        escaped = "\\u" in text
        named = {name: iri for name, iri in vocab.PREFIXES.items() if escaped or f"{name}:" in text}  # each costs 2 microseconds
        return store.query(text, base_iri=base_iri, prefixes=named, **dataset, **options)

    refuse_depth(sparql)
    asked = conforming(sparql, lambda term: _in_default_graph(sparql, term, allowed))
    try:
        return allowed(asked, substitutions=substitutions)
    except SyntaxError:
        return allowed(sparql, substitutions=substitutions)  # so that the error is at a place of the user's text


def _in_default_graph(sparql: str, term: str, ask: Callable[[str], Answer]) -> bool:
    """Whether a term is a subject or object of the default graph; the query's own prologue says what its prefixes mean."""
    asked = f"{prologue(sparql)}\nASK {{ {{ {term} ?p ?o }} UNION {{ ?s ?p {term} }} }}"
    try:
        return bool(ask(asked))
    except (QueryError, SyntaxError):
        return True  # the query itself will be refused, with its reason


def snapshots_of(path: Path) -> Snapshots:
    """The snapshots of a store, in the folder beside it."""
    return Snapshots(path.parent / SNAPSHOTS)


def newest_snapshot(path: Path) -> Snapshot:
    """Open the newest snapshot; where a writer died before it made one of its last change, make it now.

    Raises:
        StoreError: the store is damaged.
        WorkspaceBusyError: another process is making the first one.
    """
    snapshots, patience = snapshots_of(path), time.monotonic() + PATIENCE
    if not (path / "CURRENT").exists():
        raise StoreError(f"{path} cannot be opened (it holds no store). Restore a backup, or choose another workspace.")
    while True:
        try:
            if snapshots.behind.exists() or not snapshots.newest():
                EmbeddedStore.writing(path).close()
        except StoreError:
            # a writer is alive and will publish, or there is no room: then the snapshot that is there is what can be read
            if not snapshots.newest() and time.monotonic() > patience:
                raise
        try:
            if found := snapshots.open():
                return found
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{snapshots.folder} is damaged ({one_line(error)}). {MEND}") from error
        if time.monotonic() > patience:
            raise busy(path.parent)
        time.sleep(0.05)


def _open(path: Path) -> ox.Store:
    try:
        path.mkdir(parents=True, exist_ok=True)
        return ox.Store(str(path))
    except OSError as error:
        text = one_line(error)
        if "lock" in text.lower():
            raise busy(path.parent) from error
        if "no space" in text.lower():
            raise StoreError(f"{path}: No space left on the disk. The graph is as before; make room, and run again.") from error
        raise StoreError(f"{path} cannot be opened ({text}). Restore it, or choose another workspace.") from error
    except RuntimeError as error:
        raise StoreError(f"{path} is damaged ({one_line(error)}). {MEND}") from error


def explained(error: str, sparql: str) -> str:
    """Where the parser stopped and what stands there; its list of all that it would have taken helps nobody."""
    place = re.search(r"error at (\d+):(\d+)", error)
    if place is None:
        return f"{one_line(error)}. Check the query."
    line, column = int(place[1]), int(place[2])
    text = sparql.split("\n")[line - 1] if line <= len(sparql.split("\n")) else ""
    rest = text[max(0, column - 1) :].strip()[:40]
    what = "a prefix that is not declared" if "Prefix not found" in error else "something the grammar does not take"
    near = f"at '{rest}'" if rest else "at the end"
    return f"line {line}, column {column}, {near}: {what}. Correct the query there."
