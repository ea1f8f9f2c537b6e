"""Files of one `kg ingest`: what is to be done with each, and what was made of it, in their order."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.errors import KgError, ReadError, UsageError
from kg.extract.document.belonging import said
from kg.files import as_text
from kg.read import documents_in, is_archive, readable
from kg.resolve import Resolver
from kg.workspace.catalogue import Catalogue, StoredDocument
from kg.workspace.ingest.places import Places, unchanged
from kg.workspace.ingest.prepare import Job, Options, Prepared, checksum

Reading = Callable[[Iterable[Job]], Iterator[Prepared | KgError | None]]
MAX_FILES = 100_000
"""Files in a folder and those below that are looked at."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with a file: the job that reads it (None where it is unchanged or cannot be read), what it replaces."""

    path: Path
    job: Job | None = None
    old: StoredDocument | None = None
    error: KgError | None = None


@dataclass(slots=True)
class Batch:
    """Files of one call: names are given as the files are planned, results come in their order."""

    resolver: Resolver
    options: Options
    stored: Catalogue
    places: Places = field(default_factory=Places)

    def run(self, files: "Iterable[Path | Plan]", read: Reading) -> Iterator[tuple[Plan, Prepared | KgError | None] | None]:
        """Each file with what was made of it, in order; None where nothing has come for a while.

        Args:
            files: to be read, and plans of what cannot be.
            read: reads files, and gives what was made of them in their order; None where nothing has come for a while.
        """
        plans: list[Plan] = []

        def wanted() -> Iterator[Job]:
            for file in files:
                plans.append(file if isinstance(file, Plan) else self._plan(file))
                if plans[-1].job:
                    yield plans[-1].job

        for prepared in read(wanted()):
            if prepared is None:
                yield None
                continue
            while plans[0].job is None:
                yield plans[0], plans.pop(0).error
            yield plans.pop(0), prepared
        yield from ((plan, plan.error) for plan in plans)

    def _plan(self, path: Path) -> Plan:
        try:
            sha256 = checksum(path)
        except KgError as error:
            return Plan(path, error=error)
        software = self.options.software(software_version())
        name, old = self.stored.place(path, sha256)
        given = self.places.given(path, old)
        if old and (old.sha256, old.software) == (sha256, software) and unchanged(given, old):
            return Plan(path)
        told = said(given) if given else ""
        self.stored.add(StoredDocument(name, as_text(path.name), sha256, software, as_text(path.resolve()), told))
        return Plan(path, Job(path, name, software, self.options, self.resolver, home=self.places.of(path, old)), old)


@cache
def software_version() -> str:
    """Version of this software, kept with what it makes."""
    return version("innovation-kg")


def expand(paths: Iterable[str | Path]) -> Iterator[Path | Plan]:
    """Files as they are, folders as the files in them that can be read (hidden ones left out), archives as the files in them.

    What stands in a folder under the name of a report and is no file is given too, to be refused by its reader; a folder that cannot
    be looked into is given as a plan that says so.

    Raises:
        UsageError: a folder without a readable file, or with too many.
    """
    for path in map(Path, paths):
        if not os.path.isdir(path):  # Path.is_dir raises where a folder on the way is closed
            yield from _unpacked(path)
            continue
        closed: list[Plan] = []
        inside = [file for file in _files_in(path, closed) if readable(file) or is_archive(file)]
        if not inside and not closed:
            raise UsageError(f"{path} holds no file that can be read. Name a report, or another folder.")
        yield from closed
        for file in sorted(inside):
            yield from _unpacked(file)


def _unpacked(path: Path) -> list[Path]:
    """A file as it is, an archive as the files in it; one that cannot be opened as it is, to be refused when it is read."""
    try:
        return documents_in(path) if is_archive(path) else [path]
    except KgError:
        return [path]


def _files_in(folder: Path, closed: list[Plan]) -> Iterator[Path]:
    """All in a folder and those below that is no folder; links to folders are followed, each folder is read once.

    Args:
        folder: where to begin.
        closed: where a folder is noted that cannot be looked into, with the reason.
    """
    known: set[tuple[int, int]] = set()

    def unread(error: OSError) -> None:
        closed.append(_closed(Path(error.filename), error))

    def fresh(inner: Path) -> bool:
        try:
            found = inner.stat()
        except OSError as error:
            unread(error)
            return False
        before = len(known)
        known.add((found.st_dev, found.st_ino))
        return len(known) > before

    fresh(folder)
    count = 0
    for place, folders, names in os.walk(folder, onerror=unread, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".") and fresh(Path(place, name))]
        count += len(names)
        if count > MAX_FILES:
            raise UsageError(f"{folder} holds more than {MAX_FILES:,} files. Name the folders in it that hold reports.")
        yield from (Path(place, name) for name in names if not name.startswith((".", "~$")))


def _closed(folder: Path, error: OSError) -> Plan:
    said = f"{folder} is a folder that cannot be looked into: {error.strerror}. Check its permissions; nothing in it was read."
    return Plan(folder, error=ReadError(said))
