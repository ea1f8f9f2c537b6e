"""Files of one `kg ingest`: what is to be done with each, and what was made of it, in their order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.catalogue import Catalogue, StoredDocument
from kg.errors import KgError, UsageError
from kg.prepare import Job, Options, Prepared, checksum, prepare_all
from kg.read import readable
from kg.resolve import Resolver


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

    def run(self, files: Iterable[Path], jobs: int) -> Iterator[tuple[Plan, Prepared | KgError | None]]:
        """Each file with what was made of it, in order."""
        plans: list[Plan] = []

        def wanted() -> Iterator[Job]:
            for path in files:
                plans.append(self._plan(path))
                if plans[-1].job:
                    yield plans[-1].job

        for prepared in prepare_all(wanted(), jobs):
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
        if old and (old.sha256, old.software) == (sha256, software):
            return Plan(path)
        self.stored.add(StoredDocument(name, path.name, sha256, software, str(path.resolve())))
        return Plan(path, Job(path, name, software, self.options, self.resolver), old)


@cache
def software_version() -> str:
    """Version of this software, kept with what it makes."""
    return version("innovation-kg")


def expand(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Files as they are, folders as the readable files in them (hidden ones left out).

    Raises:
        UsageError: a folder without a readable file.
    """
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        inside = sorted(f for f in path.rglob("*") if f.is_file() and readable(f) and not f.name.startswith((".", "~$")))
        if not inside:
            raise UsageError(f"{path} holds no file that can be read. Name a report, or another folder.")
        yield from inside
