"""Snapshots for readers: after a change the store is checkpointed beside itself, and readers open the newest checkpoint.

A checkpoint of RocksDB is made of hard links, so it costs milliseconds and little space, never changes, and is safe to
open beside a writer (Oxigraph calls a read-only view of a store that is being written undefined). A reader holds a
shared lock on a lease file; a checkpoint that nobody holds any more is removed by the next writer.
"""

import contextlib
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

import portalocker
import pyoxigraph as ox

INTERVAL = 0.4
"""Seconds between two snapshots at least: readers see a commit within a second."""
LONGEST, TIMES = 3.0, 5
"""Seconds between two snapshots at most, and how many times longer than making one: a writer of much is not kept from it."""


class Snapshot:
    """A checkpoint that is open for reading; it stays whole until it is closed."""

    def __init__(self, folder: Path, lease: IO[str]) -> None:
        self.number = int(folder.name)
        self._lease = lease
        try:
            self.store = ox.Store.read_only(str(folder))
        except (OSError, RuntimeError):
            lease.close()
            raise

    def close(self) -> None:
        """Let go of it."""
        self._lease.close()

    def __enter__(self) -> ox.Store:
        return self.store

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


SNAPSHOTS = "snapshots"
"""The folder of a workspace in which they are."""


class Snapshots:
    """The folder of a workspace's checkpoints: `snapshots/12/`, its lease `12.lease`, and `behind` while a change is not in one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def behind(self) -> Path:
        """A file that is there while the store may hold a change that no snapshot has."""
        return self.folder / "behind"

    def newest(self) -> int:
        """Number of the newest snapshot, 0 where there is none."""
        return max(self._numbers(), default=0)

    def _numbers(self) -> Iterator[int]:
        with contextlib.suppress(FileNotFoundError):
            yield from (int(path.name) for path in self.folder.iterdir() if path.name.isdecimal())

    def open(self) -> Snapshot | None:
        """The newest snapshot, None where there is none."""
        held = self.held()
        return Snapshot(*held) if held else None

    def held(self) -> tuple[Path, IO[str]] | None:
        """Where the newest snapshot lies, and its lease: until that is closed it stays. None where there is none."""
        while number := self.newest():
            folder = self.folder / str(number)
            try:
                lease = self._lease(number).open()
            except FileNotFoundError:
                continue  # removed in between: there is a newer one
            portalocker.lock(lease, portalocker.LockFlags.SHARED)
            if folder.is_dir():
                return folder, lease
            lease.close()
        return None

    def publish(self, store: ox.Store) -> None:
        """Make a snapshot of a store, and remove those that nobody reads any more.

        Raises:
            OSError: there is no room.
            RuntimeError: the store is damaged.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        number = self.newest() + 1
        made = self.folder / f"making-{number}"
        shutil.rmtree(made, ignore_errors=True)
        try:
            store.backup(str(made))
            self._lease(number).touch()
            made.rename(self.folder / str(number))
        except (OSError, RuntimeError):
            shutil.rmtree(made, ignore_errors=True)
            raise
        self._prune(number)

    def _prune(self, newest: int) -> None:
        for rest in self.folder.glob("old-*"):
            shutil.rmtree(rest, ignore_errors=True)
        for number in sorted(self._numbers()):
            if number < newest:
                self._remove(number)

    def _remove(self, number: int) -> None:
        lease, gone = self._lease(number), self.folder / f"old-{number}"
        try:
            with lease.open("a") as held:
                portalocker.lock(held, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
                (self.folder / str(number)).rename(gone)
                lease.unlink()
        except (OSError, portalocker.LockException):
            return  # somebody reads it; the next writer tries again
        shutil.rmtree(gone, ignore_errors=True)

    def _lease(self, number: int) -> Path:
        return self.folder / f"{number}.lease"


class Publisher:
    """Publishes a store's changes as they come, at most one snapshot an interval; `close` publishes the last."""

    def __init__(self, snapshots: Snapshots, store: ox.Store) -> None:
        self._snapshots, self._store = snapshots, store
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None
        self._last, self._wait = 0.0, INTERVAL
        self._damage: RuntimeError | None = None
        self._started = self._finished = self._held = 0
        self._pending = snapshots.behind.exists() or not snapshots.newest()

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """Around a transaction: marks the snapshots as behind, and plans a new one after it.

        Raises:
            OSError: there is no room for the mark.
        """
        with self._lock:
            self._snapshots.folder.mkdir(parents=True, exist_ok=True)
            self._snapshots.behind.touch()
            self._started += 1
        try:
            yield
        finally:
            with self._lock:
                self._finished += 1
                self._pending = True
                self._plan()

    @contextlib.contextmanager
    def holding(self) -> Iterator[None]:
        """Around several transactions that readers are to see together."""
        self._held += 1
        try:
            yield
        finally:
            with self._lock:
                self._held -= 1
                if self._pending:
                    self._plan()

    def _plan(self) -> None:
        if self._held:
            return
        wait = self._last + self._wait - time.monotonic()
        if wait <= 0:
            self.publish()
        elif self._timer is None:
            self._timer = threading.Timer(wait, self._when_due)
            self._timer.daemon = True
            self._timer.start()

    def _when_due(self) -> None:
        with self._lock:
            self._timer = None
            if not self._held:
                self.publish()

    def publish(self) -> None:
        """Publish what is not published yet. Where there is no room, or the store is damaged, readers go on with the snapshot they have."""
        with self._lock:
            if not self._pending:
                return
            before, begun = (self._started, self._finished), time.monotonic()
            try:
                self._snapshots.publish(self._store)
                self._pending = before[0] != before[1]
                if not self._pending:
                    self._snapshots.behind.unlink(missing_ok=True)
            except OSError:
                self._damage = None  # no room
            except RuntimeError as error:
                self._damage = error.with_traceback(None)  # its frames would hold the store, and with it the lock
            self._last = time.monotonic()
            self._wait = min(LONGEST, max(INTERVAL, TIMES * (self._last - begun)))

    def close(self) -> RuntimeError | None:
        """Publish the last change and stop; the error of a damaged store, of which no snapshot can be made, is given back."""
        self._cancel()
        self.publish()
        return self._damage

    def _cancel(self) -> None:
        with self._lock:
            timer, self._timer = self._timer, None
        if timer:
            timer.cancel()
            timer.join()  # its thread would keep the store open
