"""Facts to RDF and back to people: a dataset in which a passage is a named graph, here or on a remote engine."""

from kg.store.base import Store, Table
from kg.store.embedded import EmbeddedStore, evaluate, explained, newest_snapshot, snapshots_of
from kg.store.failures import failure, one_line
from kg.store.imported import imported
from kg.store.integrity import StoreSize, damage, load_apart, read_through
from kg.store.lock import LOCK, WriterLock
from kg.store.opening import open_remote
from kg.store.part import PartStore, Scoped, scoped_store
from kg.store.quads import quads_of
from kg.store.replace import Insertion, Quad, batches, insertion
from kg.store.snapshots import SNAPSHOTS, Snapshot
from kg.store.sparql import Token, in_total_order, operations_start, tokens, with_using
from kg.store.syntax import statements
from kg.store.terms import plain

__all__ = [
    "LOCK",
    "SNAPSHOTS",
    "EmbeddedStore",
    "Insertion",
    "PartStore",
    "Quad",
    "Scoped",
    "Snapshot",
    "Store",
    "StoreSize",
    "Table",
    "Token",
    "WriterLock",
    "batches",
    "damage",
    "evaluate",
    "explained",
    "failure",
    "imported",
    "in_total_order",
    "insertion",
    "load_apart",
    "newest_snapshot",
    "one_line",
    "open_remote",
    "operations_start",
    "plain",
    "quads_of",
    "read_through",
    "scoped_store",
    "snapshots_of",
    "statements",
    "tokens",
    "with_using",
]
