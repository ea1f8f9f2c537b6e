"""Commands whose engine may end its process: each in one of its own, without network, with a limit of memory, its end told in a line."""

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import IO, Any

import typer

from kg.errors import KgError, QueryError
from kg.workspace.file_names import STORE

_LEAST = 4 << 30
"""Bytes of memory that a command may have at least, on however small a machine."""


def in_own_process(command: Callable[..., None]) -> Callable[..., None]:
    """A command as the console runs it. With `--store` a remote engine evaluates, and all stays in one process, with network."""

    @wraps(command)
    def divided(**given: Any) -> None:
        if given["store"] is None:
            _divide(given["workspace"], network=bool(given.get("allow_service") or given.get("allow_context")))
        command(**given)

    return divided


def _divide(workspace: Path, network: bool) -> None:
    """Go on in a new process.

    Raises:
        KgError: in the old one, where the new one was ended amid its work.
        Exit: in the old one, with the status of the new one.
    """
    from kg.confine.forked import CRASHES, apart
    from kg.confine.limits import limit_memory, machine_memory
    from kg.confine.offline import without_network

    aside = _aside()
    status = apart()
    if status is None:
        if aside:
            os.dup2(aside.fileno(), 2)
        limit_memory(max(_LEAST, machine_memory() // 2))
        if not network:
            without_network()
        return
    ended = signal.Signals(-status).name if status < 0 else ""
    if ended in CRASHES or ended == "SIGKILL":
        raise _why(workspace, ended)
    if aside:
        aside.seek(0)
        sys.stderr.write(aside.read().decode("utf-8", "replace"))
    raise typer.Exit(status if status >= 0 else 128 - status)


def _aside() -> IO[bytes] | None:
    """Where what the new process says on standard error waits: the last words of an engine that ends it are not passed on (Linux)."""
    if not hasattr(os, "memfd_create"):
        return None
    return os.fdopen(os.memfd_create("kg", os.MFD_CLOEXEC), "w+b")


def _why(workspace: Path, ended: str) -> KgError:
    """Why a process was ended. Over a damaged store Oxigraph collects errors without end, until there is no memory left."""
    from kg.store import damage

    if told := damage(workspace / STORE):
        return told
    if ended == "SIGKILL":
        return QueryError("The system ended the process that evaluated the query, most likely for want of memory. Ask for less.")
    return QueryError(
        f"The query ended the process that evaluated it ({ended}): it nests too deeply, needs too much memory, or sorts numbers, days and "
        "text together. Ask in smaller parts, or sort by STR()."
    )
