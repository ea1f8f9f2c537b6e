"""One file to what its transaction puts in: the work that `kg ingest` gives to processes of their own."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import KgError, NoFactsError
from kg.extract import extract
from kg.extract.document.belonging import asked
from kg.extract.models.propose import with_proposals
from kg.extract.tables.columns import Column
from kg.files import as_text
from kg.model import Facts, ReportHome
from kg.read import read, read_bytes
from kg.resolve import Resolver
from kg.store import Insertion, imported, insertion, quads_of


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read: with the gazetteer, with a mapping of columns, with proposers beside the rules."""

    gazetteer: bool = True
    mapping: Mapping[str, Column] | None = None
    proposers: tuple[str, ...] = ()

    def software(self, version: str) -> str:
        """What is kept as the software of a run: another way of reading makes a document new."""
        mapped = hashlib.sha256(repr(sorted((self.mapping or {}).items(), key=str)).encode()).hexdigest()[:8]
        return " ".join(
            [
                version,
                *(["without gazetteer"] if not self.gazetteer else []),
                *([f"with mapping {mapped}"] if self.mapping else []),
                *(f"with {name}" for name in self.proposers),
            ]
        )


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, the name under which it is stored, and how; `home` is what is known of whose report it is."""

    path: Path
    name: str
    software: str
    options: Options
    resolver: Resolver
    location: str = ""
    """Where the file lies, or lay when it was first read: "" for where it is read now."""
    home: ReportHome | None = None


@dataclass(frozen=True, slots=True)
class RdfJob:
    """A file of RDF to read, the name under which it is stored, and how; see `kg.store.imported`."""

    path: Path
    name: str
    software: str
    rdf_format: str | None = None
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """A file whose facts are to be told and not stored: `tell` makes of them what JSON can hold."""

    path: Path
    options: Options
    tell: Callable[[Facts], Any]
    media_format: str | None = None
    must_state: bool = True


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file puts in, as text of a SPARQL Update request; its checksum, the number of its facts, what was left out."""

    insertion: Insertion
    sha256: str
    facts: int
    remarks: tuple[str, ...]


def facts_of(path: Path, options: Options, media_format: str | None = None) -> Facts:
    """Facts of a file, with what proposers say beside the rules.

    Raises:
        KgError: the file cannot be read.
        UsageError: a proposer is not set up.
    """
    return with_proposals(_read(path, options, media_format), options.proposers)


def _read(path: Path, options: Options, media_format: str | None = None, home: ReportHome | None = None) -> Facts:
    document = read(path, media_format)
    return extract(replace(document, home=home) if home else document, options.gazetteer, options.mapping)


def require_facts(facts: Facts, path: Path) -> None:
    """Refuse a document that states nothing.

    Raises:
        NoFactsError: no entity, figure, relation or event in it.
    """
    if not len(facts):
        raise NoFactsError(f"{path} states no fact that the grammar knows. Nothing was stored; check that it is a report.")


def prepare(job: Job) -> Prepared | KgError:
    """Read a file and word its transaction; an error of the file is given back, one of the set-up is raised.

    Raises:
        UsageError: a proposer is not set up.
    """
    try:
        facts = _read(job.path, job.options, home=job.home)
    except KgError as error:
        return error
    facts = with_proposals(facts, job.options.proposers).with_document(name=job.name)
    try:
        require_facts(facts, job.path)
    except NoFactsError as error:
        return error
    quads = quads_of(facts, job.resolver, job.software, job.location or as_text(job.path.resolve()))
    return Prepared(insertion(quads), facts.document.sha256, len(facts), (*facts.remarks, *asked(facts.document)))


def prepare_rdf(job: RdfJob) -> Prepared:
    """Read a file of RDF and word its transaction.

    Raises:
        KgError: the file cannot be read as RDF.
        UsageError: an unknown format.
    """
    data = read_bytes(job.path)
    brought = imported(job.path, data, job.name, job.software, job.rdf_format, job.contexts)
    return Prepared(brought, hashlib.sha256(data).hexdigest(), brought.size, ())


def told(job: Look) -> tuple[Any, tuple[str, ...]]:
    """What a file states, and what was left out.

    Raises:
        KgError: the file cannot be read, or states nothing.
        UsageError: a proposer is not set up.
    """
    facts = facts_of(job.path, job.options, job.media_format)
    if job.must_state:
        require_facts(facts, job.path)
    return job.tell(facts), facts.remarks


def checksum(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        ReadError: it cannot be read, or is too large.
    """
    return hashlib.sha256(read_bytes(path)).hexdigest()
