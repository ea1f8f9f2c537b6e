"""A graph takes the place of another: all of it, or the one that was, whenever the process ends or the disk is full.

What has come lies in `restore.ready`, and is whole. From then on a swap that was cut off is finished by the next who opens the
workspace (`recover`). The graph that was lies in `store.replaced` until the new one has been read where it stands.
"""

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError, UsageError, WorkspaceBusyError
from kg.store import EmbeddedStore, StoreSize, WriterLock, read_through, snapshots_of
from kg.workspace.copying import keep, keep_names, remove
from kg.workspace.file_names import AUDIT, MANIFEST, SINGLE, SOURCES, STORE

PATIENCE = 10.0
"""Seconds for which a reader waits for a restore that is amid its renames."""


def put_in_place(folder: Path, incoming: Path, graph: StoreSize) -> None:
    """Let what has come take the place of what is there, which is kept aside until the new graph has been read where it stands.

    Raises:
        StoreError: it cannot be read there; the graph that was is back.
    """
    ready = _ready(folder)
    remove(ready)
    keep(incoming)
    _move_sources(incoming, folder)
    incoming.rename(ready)  # from here on a restore that is cut off is finished by `recover`
    keep_names(folder)
    try:
        _swap(folder)
        _require_same(_publish(folder / STORE), graph)
    except (OSError, StoreError):
        _swap_back(folder)
        raise
    _finish(folder)


def _require_same(snapshot: Path, graph: StoreSize) -> None:
    try:
        found: object = read_through(snapshot, every_index=False)
    except StoreError as error:
        found = error
    if found != graph:
        raise StoreError(f"{snapshot} was written, and cannot be read ({found}). The graph that was is back; check the disk.")


def _move_sources(incoming: Path, folder: Path) -> None:
    """Source files are named by their checksums, so those of both may stand together."""
    if (incoming / SOURCES).is_dir():
        (folder / SOURCES).mkdir(exist_ok=True)
        for file in (incoming / SOURCES).iterdir():
            file.replace(folder / SOURCES / file.name)


def _swap(folder: Path) -> None:
    """Put the store that is ready in its place, the one that was there aside; may be called again where it was cut off."""
    store, comes = folder / STORE, _ready(folder) / STORE
    _mark_behind(store)
    if comes.is_dir():
        if store.is_dir():
            remove(_replaced(folder))
            store.rename(_replaced(folder))
        comes.rename(store)
    keep_names(folder)


def _swap_back(folder: Path) -> None:
    """Take back the store that was; where there was none, there is none again."""
    store, was = folder / STORE, _replaced(folder)
    if not (_ready(folder) / STORE).is_dir() and store.is_dir():
        store.rename(_ready(folder) / STORE)
    if was.is_dir() and not store.exists():
        was.rename(store)
        with suppress(OSError):
            _publish(store)
    remove(_ready(folder))


def _finish(folder: Path) -> None:
    """Once the store stands in its place, the files beside it follow, and what was goes; an audit log that is there stays."""
    for name in SINGLE:
        file = _ready(folder) / name
        if file.is_file() and not (name == AUDIT and (folder / name).exists()):
            file.replace(folder / name)
    remove(_ready(folder))
    shutil.rmtree(_replaced(folder), ignore_errors=True)


def _publish(store: Path) -> Path:
    """Let readers see a store that has come into its place.

    Raises:
        OSError: there is no room.
    """
    snapshots = snapshots_of(store)
    held = EmbeddedStore.standalone(store)
    try:
        snapshots.publish(held.oxigraph)
    finally:
        held.close()
    snapshots.behind.unlink(missing_ok=True)
    return snapshots.folder / str(snapshots.newest())


def recover(folder: Path) -> None:
    """Where a restore was cut off, finish it if all of it was there; else take the earlier graph back.

    Raises:
        UsageError: the folder is a backup.
    """
    if (folder / MANIFEST).is_file():
        raise UsageError(f"{folder} is a backup, and stays as it is. Run `kg restore {folder} --workspace FOLDER`, and use that folder.")
    if not _cut_off(folder):
        return
    try:
        lock = WriterLock(folder)
    except WorkspaceBusyError:
        _wait_until(lambda: not _cut_off(folder) or (folder / STORE).is_dir())
        return
    except OSError:
        return  # it may not be written: what can be read is read
    try:
        if _ready(folder).is_dir():
            _swap(folder)
            _finish(folder)
        elif _cut_off(folder):
            _replaced(folder).rename(folder / STORE)
    finally:
        lock.release()


def _cut_off(folder: Path) -> bool:
    return _ready(folder).is_dir() or (_replaced(folder).is_dir() and not (folder / STORE).exists())


def _wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < until:
        time.sleep(0.02)


def _ready(folder: Path) -> Path:
    return folder / "restore.ready"


def _replaced(folder: Path) -> Path:
    return folder / "store.replaced"


def _mark_behind(store: Path) -> None:
    snapshots = snapshots_of(store)
    snapshots.folder.mkdir(parents=True, exist_ok=True)
    snapshots.behind.touch()
