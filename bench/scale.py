"""A thousand reports in one workspace: ingested, resolved, checked, then one more; what each stage takes, and the most memory.

`python -m bench.scale [REPORTS]` (1000 where left out). What runs in the processes that read is measured on a sample of the reports, in
this process; the rest where it runs. Stages that this version does not have are told as absent.
"""

import importlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from compileall import compile_dir
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import kg
from bench.reports import reports, write
from kg.extract import extract
from kg.read import read
from kg.resolve import Resolver
from kg.store import insertion, quads_of
from kg.workspace.workspace import Workspace
from tests.servers import BIN, megabytes

REPORTS, JOBS, SAMPLE, MORE = 1_000, 2, 50, 3
BARS = {"all": 180.0, "one more": 2.0, "memory": 4096.0}
"""Seconds of everything for a thousand reports, of one more, and megabytes of all processes (PSS)."""
INSIDE = {
    "write": ("kg.store.embedded", "EmbeddedStore", "apply"),
    "derive": ("kg.reason", "Following", "finish"),
    "resolve": ("kg.workspace.workspace", "Workspace", "_link"),
}
"""Where the stages of the writing process are measured: module, class and method."""
AFTER = {"check": ["check"]}
"""Commands that follow, by stage."""


def main(count: int = REPORTS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        size = write(place / "reports", count)
        names, seconds = sampled(place / "reports", count)
        print(f"\n{count:,} reports, {size:,} characters, about {names:,.0f} names before merging; {JOBS} processes read")
        with watched() as most:
            seconds |= ingested(place)
            seconds |= {stage: commanded(arguments, place / "workspace") for stage, arguments in AFTER.items()}
            whole = seconds.pop("ingest") + sum(seconds[stage] or 0.0 for stage in AFTER)
        told(seconds)
        shown("all", whole, f"{whole:.1f} s", count / REPORTS)
        shown("memory", most[0], f"{most[0]:,.0f} MB at most")
        one_more(place, count)


def sampled(folder: Path, count: int) -> tuple[float, dict[str, float | None]]:
    """Names of so many reports, and seconds that reading them, extracting and wording takes, both from a sample."""
    files = sorted(folder.iterdir())
    some = files[:: max(1, len(files) // SAMPLE)]
    extract(read(some[0]))
    share, seconds = count / len(some), {}
    seconds["read"], texts = timed(lambda: [read(path) for path in some])
    seconds["extract"], facts = timed(lambda: [extract(text) for text in texts])
    seconds["quads"], _ = timed(lambda: [insertion(quads_of(one, Resolver(), "1")) for one in facts])
    return share * sum(len(one.entities) for one in facts), {stage: share * taken for stage, taken in seconds.items()}


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of this process, which others on the machine do not lengthen, and what came of them."""
    start = time.process_time()
    made = what()
    return time.process_time() - start, made


def ingested(place: Path) -> dict[str, float | None]:
    """Seconds of the whole ingest, and of its stages in the process that writes; None where a stage is absent."""
    seconds: dict[str, float | None] = {stage: _measured(stage, *where) for stage, where in INSIDE.items()}
    _taken.clear()
    start = time.perf_counter()
    done = Workspace(place / "workspace").ingest([place / "reports"], jobs=JOBS)
    seconds["ingest"] = time.perf_counter() - start
    if failed := [one.reason for one in done if one.status != "added"]:
        raise SystemExit(f"{len(failed)} reports were not added: {failed[0]}")
    for stage in INSIDE:
        if seconds[stage] is not None:
            seconds[stage] = _taken.get(stage, 0.0)
    inner = seconds["derive"] or 0.0
    seconds["write"] = max(0.0, (seconds["write"] or 0.0) - _taken.get("write in derive", 0.0))
    seconds["derive"] = inner
    return seconds


_taken: dict[str, float] = {}
_open: list[str] = []


def _measured(stage: str, module: str, owner: str, method: str) -> float | None:
    """Have a method note how long it takes; None where there is no such method."""
    try:
        kind = getattr(importlib.import_module(module), owner)
        plain = getattr(kind, method)
    except (ImportError, AttributeError):
        return None

    def noting(*arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        _open.append(stage)
        try:
            return plain(*arguments, **named)
        finally:
            _open.pop()
            key = f"{stage} in {_open[-1]}" if _open else stage
            _taken[key] = _taken.get(key, 0.0) + time.process_time() - start

    setattr(kind, method, noting)
    return 0.0


def commanded(arguments: list[str], workspace: Path) -> float | None:
    """Seconds of a command on a workspace; None where there is no such command."""
    if subprocess.run([BIN / "kg", *arguments, "--help"], capture_output=True, check=False).returncode:
        return None
    start = time.perf_counter()
    subprocess.run([BIN / "kg", *arguments, "-w", workspace], stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


@contextmanager
def watched() -> Iterator[list[float]]:
    """The most megabytes of this process and all under it while the block lasts."""
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(1.0):
            with suppress(OSError):
                most[0] = max(most[0], megabytes(os.getpid()))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def told(seconds: dict[str, float | None]) -> None:
    """The seconds of each stage and its share of the work."""
    work = sum(taken or 0.0 for taken in seconds.values())
    for stage, taken in seconds.items():
        print(f"  {stage:<10}" + ("absent" if taken is None else f"{taken:>8.1f} s  {taken / work:>4.0%} of the work"))


def one_more(place: Path, count: int) -> None:
    """Seconds of the command that adds a report to all of them, of three that come one by one: the middle one, and all.

    Modules are compiled as pip leaves them, whatever the environment says of that.
    """
    compile_dir(Path(kg.__file__).parent, quiet=2)
    taken = []
    for name, text in list(reports(count + MORE))[-MORE:]:
        path = place / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        start, before = time.perf_counter(), os.times()
        subprocess.run([BIN / "kg", "ingest", path, "-w", place / "workspace"], check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        work = after.children_user + after.children_system - before.children_user - before.children_system
        taken.append((time.perf_counter() - start, work))
    told = ", ".join(f"{seconds:.2f} s ({work:.2f} of processors)" for seconds, work in taken)
    shown("one more", sorted(taken)[MORE // 2][0], told)


def shown(name: str, value: float, note: str, share: float = 1.0) -> None:
    """A value beside its bar, which holds for a thousand reports."""
    bar = BARS[name] * share
    print(f"{name:<10} {note} (bar {bar:g}): {'met' if value <= bar else 'MISSED'}", flush=True)


if __name__ == "__main__":
    main(*(int(size) for size in sys.argv[1:]))
