"""The newest snapshot as a process of the service holds it: whether it is still that, and another one in its place."""

import os
from pathlib import Path

import pyoxigraph as ox

from kg.store import Snapshot, newest_snapshot, snapshots_of


class Newest:
    """The newest snapshot of a store, opened again when there is a newer one."""

    def __init__(self, path: Path) -> None:
        """Hold none yet.

        Args:
            path: folder of the store.
        """
        self._path, self._snapshots = path, snapshots_of(path)
        self._folder = str(self._snapshots.folder)
        self._held: Snapshot | None = None
        self._seen = -1

    def store(self) -> ox.Store:
        """The store to read, opened now where that is needed.

        Raises:
            StoreError: there is none, or it is damaged.
        """
        held = self._current()
        if held is None:
            seen = self._changed()
            held = newest_snapshot(self._path)
            self._take(held, seen)
        return held.store

    def at_hand(self) -> ox.Store | None:
        """The store to read; None where it would have to be opened first."""
        held = self._current()
        return held.store if held else None

    def open_apart(self) -> tuple[Snapshot, int] | None:
        """The newest snapshot, for `take`: it may be opened in a thread, while others read what is held. None where there is none.

        Raises:
            OSError, RuntimeError: it cannot be read.
        """
        seen = self._changed()
        found = self._snapshots.open()
        return (found, seen) if found else None

    def take(self, opened: tuple[Snapshot, int]) -> None:
        """Read what was opened from now on."""
        self._take(*opened)

    def close(self) -> None:
        """Let go of what is held."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _take(self, fresh: Snapshot, seen: int) -> None:
        self.close()
        self._held, self._seen = fresh, seen

    def _current(self) -> Snapshot | None:
        """What is held, if it is the newest."""
        if self._held is None:
            return None
        changed = self._changed()
        if changed != self._seen:
            if self._snapshots.newest() != self._held.number:
                return None
            self._seen = changed
        return self._held

    def _changed(self) -> int:
        """When a snapshot was made or removed last, in nanoseconds."""
        try:
            return os.stat(self._folder).st_mtime_ns
        except FileNotFoundError:
            return 0
