"""A part of a memory: the reports of a place (and those in it) or of a park, of a time, as a store in memory with all that they state."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from kg import vocab
from kg.errors import UsageError
from kg.extract.document.belonging import home_said
from kg.extract.document.divisions import key_of
from kg.model import Period, Scope
from kg.reason import derive
from kg.reason.periods import overlap
from kg.reason.records import Report, reports
from kg.store import EmbeddedStore, PartStore, Scoped, Store, scoped_store
from kg.workspace.catalogue import stored_documents
from kg.workspace.file_names import STORE

_OF_ALL = ("ontology", "identity", "curated")
"""Graphs that are no document's and go with every part."""


def in_scope(store: Store, scope: Scope, services: Sequence[str] = ()) -> PartStore:
    """The documents in scope with all that they state, what follows from them, and what is said of names, as a store in memory.

    A document is of the place or park whose report it is and of those in which that lies; one that says nothing of it is of what
    the reports in its folder are of, where these are of one. It is of the time that it reports of, else of the day when it was
    published; one without either is of all times. What a later report replaces is left out.

    Raises:
        UsageError: no report is of such a place.
    """
    known = reports(store)
    counted = {name: report for name, report in known.items() if not report.replaced_by}
    of_place = _of_place(store, scope.place) if scope.place else set(counted)
    kept = {name for name, report in counted.items() if name in of_place and _of_time(report, scope.period)}
    undated = sum(counted[name].period is None and counted[name].issued is None for name in kept) if scope.period else 0
    told = Scoped(scope, len(kept), len(known), undated)
    part = scoped_store(store, sorted(kept), [vocab.graph(name) for name in _OF_ALL], told, services)
    derive(part)
    return part


def _of_time(report: Report, period: Period | None) -> bool:
    if period is None:
        return True
    of = report.period or (Period(report.issued, report.issued) if report.issued else None)
    return of is None or overlap(of, period)


def _of_place(store: Store, given: str) -> set[str]:
    """The documents of a place or park, by name.

    Raises:
        UsageError: none is, or the name is that of several places.
    """
    homes = _homes(store)
    wanted = _wanted(given, {key for keys in homes.values() for key in keys})
    found = {name for name, keys in homes.items() if wanted & keys}
    if not found:
        own = sorted({document.home for document in stored_documents(store) if document.home})
        here = f" Reports here are of {', '.join(own[:8])}{' …' if len(own) > 8 else ''}." if own else " No report here says whose it is."
        raise UsageError(f"No report here is of '{given}'.{here}")
    return found


def _wanted(given: str, known: set[str]) -> set[str]:
    """IRIs of the place or park that a name stands for: one of those that reports are of, else what the gazetteer knows."""
    if (direct := str(vocab.thing(given))) in known:
        return {direct}
    home = home_said(given)
    names = [home.park] if home.park else [key_of(home.code)]
    return {str(vocab.thing(name)) for name in names}


def _homes(store: Store) -> dict[str, set[str]]:
    """Document → IRIs of the place or park that it is of, and of what that lies in."""
    [rows] = store.texts(
        "SELECT ?name ?home ?at { ?doc a ino:Document ; dct:identifier ?name "
        "OPTIONAL { ?doc ino:speaksFor|ino:speaksWithin ?home } OPTIONAL { ?doc prov:atLocation ?at } }"
    )
    homes: defaultdict[str, set[str]] = defaultdict(set)
    folders: dict[str, str] = {}
    for name, home, at in rows:
        homes[name].update({home} - {""})
        folders[name] = str(Path(at).parent) if at else ""
    beside = _beside(homes, folders)
    return {name: keys or beside.get(folders[name], set()) for name, keys in homes.items()}


def _beside(homes: dict[str, set[str]], folders: dict[str, str]) -> dict[str, set[str]]:
    """Folder → what all of its documents that say whose they are are of, where that is one."""
    told: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for name, keys in homes.items():
        if keys and folders[name]:
            told[folders[name]].add(frozenset(keys))
    return {folder: set(next(iter(found))) for folder, found in told.items() if len(found) == 1}


def write_part(part: Store, folder: Path) -> None:
    """Keep a part as the graph of a new workspace.

    Raises:
        StoreError: there is no room.
    """
    with closing(EmbeddedStore.writing(folder / STORE)) as store, store.changing():
        store.oxigraph.bulk_extend(part.oxigraph if isinstance(part, EmbeddedStore) else ())
