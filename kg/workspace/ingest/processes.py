"""A file read in a process of its own: what goes there, and what comes back as plain data (the program of `kg.confine.crew`)."""

import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, TypeVar

from kg import errors, resources
from kg.confine.crew import Crew, EndedError
from kg.confine.limits import MEGABYTE, Limits
from kg.confine.uncollected import uncollected
from kg.errors import KgError, ReadError, UsageError
from kg.extract import extract
from kg.extract.words.patterns import Patterns
from kg.read import read
from kg.resolve import Resolver
from kg.store import Insertion, insertion, quads_of
from kg.workspace.ingest.prepare import Job, Look, Prepared, RdfJob, prepare, prepare_rdf, told

Done = TypeVar("Done")
_AHEAD = 4
"""Files that are given out ahead for each process, so that memory does not grow with the number of files."""


def crew(count: int, limits: Limits, network: Sequence[str] = (), warm: bool = False) -> Crew:
    """Processes that read files.

    Args:
        count: how many.
        limits: of each file.
        network: what needs one, such as proposers of facts beside the rules; where nothing does they have none.
        warm: whether reports are to come, for which they load words and patterns at once.
    """
    return Crew("kg.workspace.ingest.processes", count, limits, network=bool(network), warm=warm)


def processors() -> int:
    """How many processes can work at once here, 8 at most: what one writes, more could not keep ahead of."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, 8)


def read_apart(job: Job | RdfJob, readers: Crew, limits: Limits) -> Prepared | KgError:
    """Read a file in one of the processes.

    Raises:
        UsageError: a proposer is not set up, or the format is unknown.
    """

    def prepared(found: dict[str, Any]) -> Prepared:
        graphs = tuple((graph, tuple(lines)) for graph, lines in found["graphs"])
        return Prepared(Insertion(graphs), found["sha256"], int(found["facts"]), tuple(found["remarks"]))

    return _done(job, readers, limits, prepared)


def look(job: Look, readers: Crew, limits: Limits) -> tuple[Any, tuple[str, ...]]:
    """What a file states, read in one of the processes, and what was left out.

    Raises:
        KgError: it cannot be read.
        UsageError: a proposer is not set up.
    """
    found = _done(job, readers, limits, lambda said: (said["told"], tuple(said["remarks"])))
    if isinstance(found, KgError):
        raise found
    return found


def _done(job: Job | RdfJob | Look, readers: Crew, limits: Limits, take: Callable[[dict[str, Any]], Done]) -> Done | KgError:
    try:
        found = json.loads(readers.do(job))
        if "error" in found:
            return _error(found["error"], found["message"], job.path, limits)
        return take(found)
    except EndedError as ended:
        return ReadError(_told(job.path, str(ended), limits))
    except (ValueError, KeyError, TypeError) as error:
        return ReadError(f"{job.path} made the process that read it say what is no answer ({type(error).__name__}). Save the file anew.")


def read_all(
    jobs: Iterable[Job], readers: Crew, count: int, limits: Limits, patience: float | None = None
) -> Iterator[Prepared | KgError | None]:
    """Read files, given back in their order.

    Args:
        jobs: taken one by one, a few ahead of what is given back.
        readers: the processes.
        count: how many of them there are.
        limits: of each file.
        patience: seconds after which None says that nothing has come, so that what has can be stored; it is not said where left out.
    """
    waiting: deque[Future[Prepared | KgError]] = deque()
    threads = ThreadPoolExecutor(count)
    try:
        for job in jobs:
            waiting.append(threads.submit(read_apart, job, readers, limits))
            if len(waiting) >= _AHEAD * count:
                yield from _awaited(waiting.popleft(), patience)
        while waiting:
            yield from _awaited(waiting.popleft(), patience)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def meanwhile(jobs: Iterable[Job], what: Mapping[int, Iterable[Callable[[], object]]], beside: Executor) -> Iterator[Job]:
    """The same jobs; something else is begun with the first, or a later one, by its number."""
    for number, job in enumerate(jobs):
        for one in what.get(number, ()):
            beside.submit(one)
        yield job


def _awaited(one: Future[Prepared | KgError], patience: float | None) -> Iterator[Prepared | KgError | None]:
    while not wait([one], patience).done:
        yield None
    yield one.result()


def _error(kind: str, message: str, path: Path, limits: Limits) -> KgError:
    if kind == "MemoryError":
        return ReadError(_told(path, "memory", limits))
    known = getattr(errors, kind, None)
    if not (isinstance(known, type) and issubclass(known, KgError)):
        return ReadError(f"{path} cannot be read ({kind}: {message}). Open it in its program and save it anew.")
    if issubclass(known, UsageError):
        raise known(message)
    return known(message)


def _told(path: Path, ended: str, limits: Limits) -> str:
    if ended == "time":
        return f"{path} took more than {limits.seconds:g} seconds to read. Split it, or give it more with --timeout."
    if ended == "memory":
        return f"{path} needs more than {limits.memory // MEGABYTE} MB to be read. Split it, or give it more with --max-memory."
    return f"{path} ended the process that read it ({ended}). It may be damaged; open it in its program and save it anew."


def warm() -> None:
    """Have words, patterns and weights there when the first file comes: as a report that comes with the package needs them.

    Its patterns are kept for the next processes; once files of others have been read, none are.
    """
    patterns = Patterns.here()
    if patterns:
        patterns.use()
    with uncollected():
        facts = extract(read(resources.data() / "qingpu-2023h1" / "report.txt"))
        insertion(quads_of(facts, Resolver(), ""))
    if patterns:
        patterns.end()
        if not (patterns.kept or sys.dont_write_bytecode):
            patterns.keep()


def work(job: Job | RdfJob | Look) -> bytes:
    """Read a file: what it gives, or its error, as JSON."""
    try:
        if isinstance(job, Look):
            said, remarks = told(job)
            return _as_json({"told": said, "remarks": remarks})
        done = prepare(job) if isinstance(job, Job) else prepare_rdf(job)
    except Exception as error:  # a reader's library may raise anything: it is this file's, and the next one goes on
        return _as_error(error)
    if isinstance(done, KgError):
        return _as_error(done)
    return _as_json({"graphs": done.insertion.graphs, "sha256": done.sha256, "facts": done.facts, "remarks": done.remarks})


def _as_error(error: BaseException) -> bytes:
    known = next((kind.__name__ for kind in type(error).__mro__ if hasattr(errors, kind.__name__)), type(error).__name__)
    kind = "MemoryError" if _wants_memory(error) else known
    return _as_json({"error": kind, "message": " ".join(str(error).split())[:1000]})


def _wants_memory(error: BaseException | None) -> bool:
    """Whether want of memory is behind an error, which a reader may have taken for a fault of the file."""
    seen: set[BaseException] = set()
    while error is not None and error not in seen:  # Oxigraph's errors name themselves as their cause
        if isinstance(error, MemoryError):
            return True
        seen.add(error)
        error = error.__cause__
    return False


def _as_json(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode("ascii")
