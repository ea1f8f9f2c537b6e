"""Facts to RDF and back to people: a dataset in which a passage is a named graph, here or on a remote engine."""

from kg.store.base import Store, Table
from kg.store.embedded import EmbeddedStore, newest_snapshot, snapshots_of
from kg.store.imported import imported_quads
from kg.store.lock import WriterLock
from kg.store.opening import open_remote
from kg.store.quads import quads_of
from kg.store.replace import Insertion, Quad, insertion

__all__ = [
    "EmbeddedStore",
    "Insertion",
    "Quad",
    "Store",
    "Table",
    "WriterLock",
    "imported_quads",
    "insertion",
    "newest_snapshot",
    "open_remote",
    "quads_of",
    "snapshots_of",
]
