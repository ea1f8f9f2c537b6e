"""Facts to RDF and back to people: a dataset in which a passage is a named graph, here or on a remote engine."""

from kg.store.base import Store, Table
from kg.store.embedded import EmbeddedStore, evaluate, explained, newest_snapshot, snapshots_of
from kg.store.failures import failure, one_line
from kg.store.imported import imported
from kg.store.load import load_dataset
from kg.store.lock import WriterLock
from kg.store.opening import open_remote
from kg.store.quads import quads_of
from kg.store.replace import Insertion, Quad, insertion
from kg.store.snapshots import Snapshot
from kg.store.sparql import operations_start, with_using
from kg.store.syntax import statements

__all__ = [
    "EmbeddedStore",
    "Insertion",
    "Quad",
    "Snapshot",
    "Store",
    "Table",
    "WriterLock",
    "evaluate",
    "explained",
    "failure",
    "imported",
    "insertion",
    "load_dataset",
    "newest_snapshot",
    "one_line",
    "open_remote",
    "operations_start",
    "quads_of",
    "snapshots_of",
    "statements",
    "with_using",
]
