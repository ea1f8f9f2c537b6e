"""Backup and restore of a workspace: the newest snapshot of its store, its source files, decisions and audit log.

A restore takes nothing away before all that comes is there, was held against its checksums, and was read; `swap` then puts it in place.
"""

import datetime as dt
import io
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg import files
from kg.errors import StoreError, UsageError
from kg.store import LOCK, SNAPSHOTS, StoreSize, WriterLock, load_apart, newest_snapshot, read_through, snapshots_of
from kg.workspace.copying import CopiedFile, copy_file, keep, remove, seen, write_from
from kg.workspace.file_names import FOLDERS, INCOMING, MANIFEST, SINGLE, SOURCES, STORE
from kg.workspace.ingest.batch import software_version
from kg.workspace.manifest import Earlier, Manifest, damaged, manifest_of, worded
from kg.workspace.swap import put_in_place, recover

EXPORTS = ("nq", "trig", "jsonld")
_NO_SUMS = "{} was made by an earlier version and has no checksums. Its store was read through; make a new backup."


def backup(folder: Path, target: Path) -> None:
    """Copy a workspace to a new folder, as of its last finished change; a writer may go on beside it.

    Raises:
        UsageError: the target exists, or lies in what is copied.
        StoreError: there is no graph, it is damaged, or there is no room.
        WorkspaceBusyError: another process is making this backup.
    """
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} exists. Name a new folder, so that no backup is overwritten.")
    _require_outside(target, folder)
    store = folder / STORE
    recover(folder)
    if not store.is_dir():
        raise StoreError(f"{folder} holds no graph. There is nothing to back up.")
    part = target.with_name(f".{target.name}.part")
    try:
        lock = WriterLock(part)
        try:
            _clear(part)
            manifest = _copied(folder, part)
            write_from(io.BytesIO(worded(manifest).encode("ascii")), part / MANIFEST)
            lock.release()
            (part / LOCK).unlink()
            keep(part)
            part.rename(target)
        finally:
            lock.release()
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({_said(error)}). Nothing was kept of it; make room, and try again.") from error


def _copied(folder: Path, part: Path) -> Manifest:
    """Copy a workspace, and read the copy of its store."""
    store = folder / STORE
    snapshot = newest_snapshot(store)
    with snapshot:
        kept = _copy(snapshots_of(store).folder / str(snapshot.number), part, STORE)
    kept |= _copy(folder / SOURCES, part, SOURCES)
    for name in SINGLE:
        if (folder / name).is_file():
            kept[name] = copy_file(folder / name, part / name)
    try:
        graph = read_through(part / STORE)
    except StoreError as error:
        raise StoreError(
            f"{store} is damaged ({error}), so no backup was made. `kg check-store` tells more; restore an earlier backup."
        ) from error
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Manifest(when, software_version(), kept, graph)


def _copy(source: Path, target: Path, name: str) -> dict[str, CopiedFile]:
    """Copy the files of a folder."""
    (target / name).mkdir(parents=True)
    found = sorted(source.iterdir()) if source.is_dir() else []
    kept = {f"{name}/{one.name}": copy_file(one, target / name / one.name) for one in found if one.suffix != ".part" and one.is_file()}
    return kept


def restore(source: Path, folder: Path, replace: bool = False) -> list[str]:
    """Make a workspace what a backup holds.

    Args:
        source: a folder that `backup` made, or a file that `kg export` wrote as N-Quads, TriG or JSON-LD.
        folder: the workspace.
        replace: whether a graph that is there may go.

    Returns:
        What else is to be told, a line each.

    Raises:
        UsageError: no backup, or there is a graph already.
        StoreError: the backup is damaged, or there is no room; the workspace is as before.
        ReadError: the file is not of its format; the workspace is as before.
        WorkspaceBusyError: another process is writing.
    """
    ending = source.suffix.lstrip(".").lower()
    is_export = source.is_file() and ending in EXPORTS
    if not is_export and not (source / MANIFEST).exists():
        raise UsageError(f"{source} is no backup. Name a folder that `kg backup` made, or an export (.{', .'.join(EXPORTS)}).")
    _require_outside(source, folder)
    recover(folder)
    if (folder / STORE).is_dir() and not replace:
        raise UsageError(f"{folder} holds a graph. Choose another --workspace, or pass --replace to put the backup in its place.")
    try:
        lock = WriterLock(folder)
        incoming = folder / INCOMING
        try:
            remove(incoming)
            remarks, graph = ([], load_apart(incoming / STORE, source, ending)) if is_export else _taken(source, incoming)
            put_in_place(folder, incoming, graph)
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
            lock.release()
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({_said(error)}). The graph is as before; make room, and try again.") from error
    return remarks


def _taken(source: Path, incoming: Path) -> tuple[list[str], StoreSize]:
    """Copy what a backup lists (of an earlier one all that belongs to it), hold it against what the backup says, and read the store.

    Raises:
        StoreError: it is damaged.
    """
    manifest = manifest_of(source)
    listed = manifest.files if isinstance(manifest, Manifest) else None
    names = list(_found(source)) if listed is None else list(listed)
    for name in FOLDERS:
        (incoming / name).mkdir(parents=True)
    _require_room(source, incoming, names)
    for name in names:
        if why := _fault(source, name, listed, incoming / name):
            raise damaged(source, why)
    graph = _read(incoming / STORE, manifest)
    if isinstance(graph, str):
        raise damaged(source, graph)
    return [_NO_SUMS.format(source)] if listed is None else [], graph


def _read(store: Path, manifest: Manifest | Earlier) -> StoreSize | str:
    """Read the store of a backup; what it holds, or why that is not what the backup says."""
    try:
        graph = read_through(store, every_index=isinstance(manifest, Earlier))
    except StoreError as error:
        return str(error)
    if isinstance(manifest, Manifest):
        return graph if graph == manifest.graph else f"{graph} instead of {manifest.graph}"
    found = graph.statements + graph.in_graphs
    return graph if found == manifest.statements else f"{found:,} statements instead of {manifest.statements:,}"


def look_through(source: Path) -> tuple[StoreSize | None, list[str], list[str]]:
    """Read a backup as it lies there.

    Returns:
        What its graph holds, if that can be read; what is wrong, a line each; what else is to be told.

    Raises:
        StoreError: its `backup.json` is none.
    """
    manifest = manifest_of(source)
    listed = manifest.files if isinstance(manifest, Manifest) else None
    found = (_fault(source, name, listed, None) for name in listed or _found(source))
    faults, graph = [why for why in found if why], _read(source / STORE, manifest)
    if isinstance(graph, str):
        return None, [*faults, graph], []
    return graph, faults, [_NO_SUMS.format(source)] if listed is None else []


def _found(source: Path) -> Iterator[str]:
    """The names of the files of a backup that does not list them."""
    for folder in FOLDERS:
        if (source / folder).is_dir():
            yield from (f"{folder}/{one.name}" for one in sorted((source / folder).iterdir()))
    yield from (name for name in SINGLE if (source / name).exists())


def _fault(source: Path, name: str, listed: Mapping[str, CopiedFile] | None, target: Path | None) -> str:
    """Copy one file of a backup, or only read it, and hold it against its checksum; what is wrong with it, "" where nothing is."""
    file = source / name
    if file.is_symlink() or (file.parent != source and file.parent.is_symlink()):
        return f"{name} is a link; a backup holds files alone"
    if not file.is_file():
        return f"{name} is missing, or no file"
    if listed and file.stat().st_size != listed[name].size:
        return f"{name} has {file.stat().st_size:,} bytes instead of {listed[name].size:,}"
    try:
        opened = files.opened(file, 1 << 63, StoreError)
    except StoreError as error:
        return str(error).rstrip(".")
    with opened:
        kept = write_from(opened, target) if target else seen(opened)
    return f"{name} is not what was written: its checksum differs" if listed and kept != listed[name] else ""


def _require_room(source: Path, incoming: Path, names: list[str]) -> None:
    size = sum((source / name).lstat().st_size for name in names if (source / name).is_file())
    free = shutil.disk_usage(incoming).free
    if size > free:
        raise StoreError(f"{source} needs {size:,} bytes, and {free:,} are free. The workspace is as before; make room, and try again.")


def _require_outside(place: Path, folder: Path) -> None:
    """Raise a UsageError where a backup lies in what is copied or replaced, or the other way round."""
    inner, outer = place.resolve(), folder.resolve()
    taken = [outer / name for name in (*FOLDERS, SNAPSHOTS)]
    within_backup = (place / MANIFEST).exists() and inner in outer.parents
    if inner == outer or within_backup or any(one in (inner, *inner.parents) for one in taken):
        raise UsageError(f"{place} and the workspace {folder} lie in each other. Name a folder beside the workspace.")


def _clear(folder: Path) -> None:
    for one in folder.iterdir():
        if one.name != LOCK:
            remove(one)


def _said(error: OSError) -> str:
    where = f" at {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}"
