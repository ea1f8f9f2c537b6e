"""Backup and restore of a workspace: the newest snapshot of its store, its source files, decisions and audit log."""

import datetime as dt
import json
import shutil
from pathlib import Path

from kg import files
from kg.batch import software_version
from kg.errors import StoreError, UsageError
from kg.store import EmbeddedStore, WriterLock, load_dataset, newest_snapshot, snapshots_of

MANIFEST = "backup.json"
EXPORTS = ("nq", "trig", "jsonld")
AUDIT = "audit.jsonl"
_BESIDE = ("sources", "decisions.csv", AUDIT, "kg.toml")


def backup(folder: Path, target: Path) -> None:
    """Copy a workspace to a new folder, as of its last finished change; a writer may go on beside it.

    Raises:
        UsageError: the target exists.
        StoreError: there is no graph, or no room.
    """
    if target.exists():
        raise UsageError(f"{target} exists. Name a new folder, so that no backup is overwritten.")
    store = folder / "store"
    recover_swap(store)
    if not store.is_dir():
        raise StoreError(f"{folder} holds no graph. There is nothing to back up.")
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        with newest_snapshot(store) as held:
            statements = len(held)
            shutil.copytree(snapshots_of(store).folder / str(snapshots_of(store).newest()), part / "store")
        _copy_beside(folder, part)
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        manifest = {"made": when, "software": software_version(), "statements": statements}
        (part / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        part.rename(target)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise StoreError(f"{target} cannot be written ({error.strerror}). Nothing was kept of it; make room, and try again.") from error


def restore(source: Path, folder: Path, replace: bool = False) -> None:
    """Make a workspace what a backup holds.

    Args:
        source: a folder that `backup` made, or a file that `kg export` wrote as N-Quads, TriG or JSON-LD.
        folder: the workspace.
        replace: whether a graph that is there may go.

    Raises:
        UsageError: no backup, or there is a graph already.
        StoreError: the backup is damaged, or there is no room; the workspace is as before.
        WorkspaceBusyError: another process is writing.
    """
    ending = source.suffix.lstrip(".").lower()
    is_export = source.is_file() and ending in EXPORTS
    if not is_export and not (source / MANIFEST).is_file():
        raise UsageError(f"{source} is no backup. Name a folder that `kg backup` made, or an export (.{', .'.join(EXPORTS)}).")
    store = folder / "store"
    recover_swap(store)
    if store.is_dir() and not replace:
        raise UsageError(f"{folder} holds a graph. Choose another --workspace, or pass --replace to put the backup in its place.")
    incoming = folder / "store.incoming"
    lock = WriterLock(folder)
    try:
        shutil.rmtree(incoming, ignore_errors=True)
        if is_export:
            _load(incoming, source, ending)
        else:
            shutil.copytree(source / "store", incoming)
            _require_sound(incoming, source)
        _swap(store, incoming, lock)
        if not is_export:
            _copy_beside(source, folder)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error.strerror}). The graph is as before; make room, and try again.") from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
        lock.release()


def _load(incoming: Path, source: Path, ending: str) -> None:
    held = EmbeddedStore.standalone(incoming)
    try:
        load_dataset(held.oxigraph, source, ending)
    finally:
        held.close()


def _require_sound(incoming: Path, source: Path) -> None:
    try:
        manifest = json.loads(files.text(source / MANIFEST, StoreError))
        held = EmbeddedStore.standalone(incoming)
        found = len(held.oxigraph)
        held.close()
    except (StoreError, ValueError) as error:
        raise StoreError(f"{source} is damaged ({error}). The workspace is as before; use another backup.") from error
    if found != manifest["statements"]:
        raise StoreError(f"{source} is damaged: {found} statements instead of {manifest['statements']}. The workspace is as before.")


def _swap(store: Path, incoming: Path, lock: WriterLock) -> None:
    """Put a store in the place of another; `recover_swap` ends it where it was cut off."""
    snapshots = snapshots_of(store)
    snapshots.folder.mkdir(parents=True, exist_ok=True)
    snapshots.behind.touch()
    if store.is_dir():
        store.rename(_replaced(store))
    incoming.rename(store)
    EmbeddedStore(store, lock).close()  # readers see it from here on
    shutil.rmtree(_replaced(store), ignore_errors=True)


def recover_swap(store: Path) -> None:
    """Where a restore was cut off between two renames, take the earlier store back."""
    replaced = _replaced(store)
    if replaced.is_dir() and not store.exists():
        replaced.rename(store)


def _replaced(store: Path) -> Path:
    return store.with_name("store.replaced")


def _copy_beside(source: Path, target: Path) -> None:
    """Copy the files beside the store; sources are named by checksum, so those of both may stand together, an audit log is kept."""
    for name in _BESIDE:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)
        elif (source / name).is_file() and not (name == AUDIT and (target / name).exists()):
            shutil.copyfile(source / name, target / name)
