r"""Lookups: queries whose form alone says that they are quick, answered in the process that takes the requests, without a worker.

A lookup selects all variables of one triple pattern in the default graph, with a constant subject or object. Evaluating it gives a row
at each step, and the rows go where only so many bytes fit, so that it ends soon on however large a graph. Nothing else is evaluated
here: whatever the grammar below does not take, what does not fit, what fails, and what would have to open a store first goes to a
worker as any other query, and its answer comes from there.

The grammar is much narrower than SPARQL's (no comment, no escape, no relative IRI, no blank node, no path): a text that it takes has one
meaning only, in which neither `SERVICE` nor anything that is not a lookup can stand.
"""

import asyncio
import re
import resource
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.serve.formats import RESULTS
from kg.serve.newest import Newest
from kg.serve.responses import written
from kg.serve.settings import Settings
from kg.serve.tasks import Dataset, Query, Reply
from kg.store import Snapshot
from kg.vocab import PREFIXES
from kg.workspace.file_names import STORE

if TYPE_CHECKING:
    from kg.serve.lookup_process import LookupProcess

_LONGEST = 4096
"""Characters of a lookup."""
_ROOM = {"text/csv": 8 * 1024, "text/tab-separated-values": 8 * 1024}
_ROOM_ELSE = 32 * 1024
"""Bytes of an answer, by media type: one or two milliseconds; a row has three bytes at least in the first two, forty in the others."""
_LONG, _REST = 0.01, 100
"""Seconds from which a lookup took long (its disk is slow, or much was removed), and times as many for which workers have all of them."""
_COUNTED = getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF)
"""Whose waiting and reckoning is counted: that of the thread that evaluates; on macOS that of all threads, which may rest too often."""
_FIRST = Query("SELECT * { <urn:none> ?p ?o }", "text/csv", None)
"""A lookup of nothing."""
_BEYOND = 1000
"""Lookups that are remembered because their answers do not fit."""

_S, _B = r"[ \t\r\n]*+", r"[ \t\r\n]++"  # space that may, and that must stand
_IRI = r'<[A-Za-z][A-Za-z0-9+.-]*+:[^<>"{}|^`\\\x00-\x20]*+>'
_PREFIX, _LOCAL = r"[A-Za-z][A-Za-z0-9_-]*+", r"[A-Za-z0-9_\u3400-\u9fff-]++"
_NAME = rf"{_PREFIX}:{_LOCAL}"
_VARIABLE = r"[?$][A-Za-z0-9_\u3400-\u9fff]++"
_STRING = r'"[^"\\\r\n]*+"(?:@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)?+'
_LOOKUP = re.compile(
    rf"{_S}(?P<declared>(?:(?i:PREFIX){_B}{_PREFIX}:{_S}{_IRI}{_S})*+)"
    rf"(?i:SELECT)(?:{_B}(?P<all>\*)|(?P<columns>(?:{_B}{_VARIABLE})++)(?={_B}|\{{)){_S}(?:(?i:WHERE){_S})?+"
    rf"\{{{_S}(?P<subject>{_VARIABLE}|{_IRI}|{_NAME}){_B}(?P<predicate>{_VARIABLE}|{_IRI}|{_NAME}|a){_B}"
    rf"(?P<object>{_VARIABLE}|{_IRI}|{_NAME}|{_STRING}){_S}(?:\.{_S})?+\}}{_S}(?:(?i:LIMIT){_B}[0-9]{{1,9}}{_S})?+",
    re.ASCII,
)
_DECLARED = re.compile(rf"({_PREFIX}):{_S}<", re.ASCII)


@lru_cache(maxsize=1024)
def prefixes_of(text: str) -> dict[str, str] | None:
    """The prefixes of ours that a lookup uses without declaring them; None where a text is no lookup.

    Args:
        text: a query.
    """
    if len(text) > _LONGEST or not (found := _LOOKUP.fullmatch(text)):
        return None
    terms = found["subject"], found["predicate"], found["object"]
    variables = {term[1:] for term in terms if term[0] in "?$"}
    constant = found["subject"][0] not in "?$" or found["object"][0] not in "?$"
    different = len(variables) == sum(term[0] in "?$" for term in terms)  # a scan for equal terms may go on without a row
    shown = found["all"] or {name[1:] for name in found["columns"].split()} >= variables
    if not (constant and different and shown):
        return None
    declared = set(_DECLARED.findall(found["declared"]))
    used = {term.partition(":")[0] for term in terms if term[0] not in '?$<"'} - declared
    return {name: PREFIXES[name] for name in used if name in PREFIXES}


def found_by(task: Query, store: ox.Store) -> ox.QuerySolutions | None:
    """The rows of a lookup, evaluated as they are taken; None where a query is none.

    Raises:
        SyntaxError, ValueError, OSError, RuntimeError: as `kg.store.evaluate` does.
    """
    if task.dataset != _OWN or (prefixes := prefixes_of(task.text)) is None:
        return None
    found = store.query(task.text, base_iri=task.base, prefixes=prefixes)
    return found if isinstance(found, ox.QuerySolutions) else None


class Lookups:
    """Answers lookups from the newest snapshot, which it holds open once a worker has answered from it."""

    def __init__(self, settings: Settings, process: "LookupProcess | None" = None) -> None:
        """Hold no snapshot yet.

        Args:
            settings: those of the service.
            process: the process that answers lookups beside this one.
        """
        self._process = process
        self._newest, self._limit = Newest(settings.workspace / STORE), settings.result_limit
        self._beyond: set[str] = set()
        self._resting = 0.0
        self._opening: asyncio.Task[None] | None = None

    def answer(self, task: Query) -> Reply | None:
        """The reply to a query, the same as a worker's; None where a worker is to give it.

        Args:
            task: any query.
        """
        if task.rows is None or task.rows not in RESULTS or prefixes_of(task.text) is None:
            return None
        began, before = perf_counter(), _spent()
        if began < self._resting or task.text in self._beyond or (store := self._newest.at_hand()) is None:
            return None
        try:
            found = found_by(task, store)
            reply = written(found, task.rows, min(_ROOM.get(task.rows, _ROOM_ELSE), self._limit)) if found else None
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:  # too large, at fault, a damaged store, a panic of the engine: the worker's reply says which
            self._pass_on(task.text)
            return None
        finally:
            taken = perf_counter() - began
            if taken > _LONG and _was_at_it(before):
                self._resting = began + _REST * taken
        return reply

    def _pass_on(self, text: str) -> None:
        """Leave a lookup to the workers as long as the snapshot is the newest."""
        if len(self._beyond) >= _BEYOND:
            self._beyond.clear()
        self._beyond.add(text)

    def answered(self, task: Query, reply: Reply) -> None:
        """A worker has answered: where it was a lookup, the snapshot can be read, and is opened here too while the loop goes on."""
        idle = self._opening is None or self._opening.done()
        if idle and reply.status == 200 and prefixes_of(task.text) is not None and self._newest.at_hand() is None:
            self._opening = asyncio.create_task(self._open())

    def close(self) -> None:
        """Let go of the snapshot."""
        self._newest.close()

    async def _open(self) -> None:
        try:
            opened = await asyncio.to_thread(self._newest.open_apart)
        except (OSError, RuntimeError):
            return  # a worker tells what it is
        if opened:
            self._take(opened)

    def open(self) -> None:
        """Hold the newest snapshot, if it is not held, opened now.

        Raises:
            OSError, RuntimeError: it cannot be read.
        """
        if self._newest.at_hand() is None and (opened := self._newest.open_apart()):
            self._take(opened)
            self.answer(_FIRST)  # it takes longer than any other
            self._resting = 0.0

    def _take(self, opened: tuple[Snapshot, int]) -> None:
        self._newest.take(opened)
        self._beyond.clear()
        if self._process:
            self._process.renew()

    @property
    def shared(self) -> bool:
        """Whether another process answers lookups too just now."""
        return self._process is not None and self._process.given > 0


_OWN = Dataset()


def _spent() -> tuple[int, float]:
    """How often this thread has waited for something, such as its disk, and the seconds that it has reckoned."""
    used = resource.getrusage(_COUNTED)
    return used.ru_nvcsw, used.ru_utime + used.ru_stime


def _was_at_it(before: tuple[int, float]) -> bool:
    """Whether time went by for the evaluation's sake since then, and not because other programs had the processor."""
    waits, reckoned = _spent()
    return waits > before[0] or reckoned - before[1] > _LONG
