"""What a graph holds of its documents, read while the file that comes to them is: then only what that one brings is left to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from kg.store import Store
from kg.workspace import drafts, identity


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of documents: for `kg.workspace.drafts`, and for `kg.workspace.identity`."""

    drafts: drafts.Known
    names: identity.Known


class Ahead:
    """What a store holds of its documents, read once: by the first thread that asks for it, while others wait."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._known: Known | None = None

    def read(self) -> Known:
        """What was held when this was first asked for.

        Raises:
            StoreError: the store is damaged.
        """
        with self._lock:
            self._known = self._known or Known(drafts.known(self._store), identity.known(self._store))
            return self._known

    def now(self, came: Iterable[str]) -> Known:
        """What is held now that documents have come, where none of those before has changed or gone.

        Args:
            came: names of these documents.

        Raises:
            StoreError: the store is damaged.
        """
        before, names = self.read(), sorted(came)
        return Known(drafts.known(self._store, names, before.drafts), identity.known(self._store, names, before.names))
