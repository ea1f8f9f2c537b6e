"""The store that a URL names: entry points of the group `kg.stores` map its scheme to a class."""

from importlib.metadata import entry_points
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.store.base import Store


def open_remote(url: str) -> Store:
    """Open the store at a URL.

    Raises:
        UsageError: no store is known for its scheme.
        StoreError: no engine answers there.
    """
    known = {entry.name: entry for entry in entry_points(group="kg.stores")}
    scheme = urlsplit(url).scheme
    if scheme not in known:
        raise UsageError(f"--store takes the URL of a SPARQL endpoint ({', '.join(sorted(known))}), not '{url}'.")
    store = known[scheme].load()(url)
    if not isinstance(store, Store):
        raise UsageError(f"The entry point kg.stores '{scheme}' gives no kg.store.Store. Correct the package that brings it.")
    return store
