"""A whole dataset from a file into an empty store, at the speed of Oxigraph's bulk loader."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from kg import vocab
from kg.errors import ReadError
from kg.store.base import FORMATS
from kg.store.embedded import one_line


def load_dataset(store: ox.Store, path: Path, ending: str) -> None:
    """Fill an empty store with what a file holds; not a transaction, so into a store that nobody reads yet.

    A file with statements in the default graph brings its own. Of one that has none, such as passages alone, the default
    graph becomes the set of what the graphs state, estimates left out; that is done beside the loading, in a thread.

    Args:
        store: where to.
        path: the file.
        ending: `nq`, `trig` or `jsonld`.

    Raises:
        ReadError: the file is not of its format; the store is of no use then.
    """
    try:
        with ThreadPoolExecutor(1) as beside:
            default = beside.submit(_fill_default, store, path, ending)
            store.bulk_load(path=str(path), format=FORMATS[ending])
            default.result()
    except (SyntaxError, ValueError, OSError) as error:
        raise ReadError(f"{path} is no {ending} ({one_line(error)}). Nothing was stored.") from error


def _fill_default(store: ox.Store, path: Path, ending: str) -> None:
    if not _brings_default(path, ending):
        store.bulk_extend(_stated(path, ending))


def _brings_default(path: Path, ending: str) -> bool:
    """Whether a file states something in the default graph; an export has that first."""
    default = ox.DefaultGraph()
    return any(quad.graph_name == default for _, quad in zip(range(10_000), ox.parse(path=str(path), format=FORMATS[ending]), strict=False))


def _stated(path: Path, ending: str) -> Iterator[ox.Quad]:
    estimated = ox.NamedNode(str(vocab.graph("estimated")))
    for quad in ox.parse(path=str(path), format=FORMATS[ending]):
        if quad.graph_name != estimated:
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
