"""Commands that evaluate a user's query: in a process of its own, without network, whose end is told in one line."""

import signal
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from kg.errors import QueryError


def in_own_process(command: Callable[..., None]) -> Callable[..., None]:
    """A command as the console runs it. With `--store` a remote engine evaluates, and all stays in one process, with network."""

    @wraps(command)
    def divided(**given: Any) -> None:
        if given["store"] is None:
            _divide(network=bool(given.get("allow_service") or given.get("allow_context")))
        command(**given)

    return divided


def _divide(network: bool) -> None:
    """Go on in a new process.

    Raises:
        QueryError: in the old one, where the new one was ended amid the query.
        Exit: in the old one, with the status of the new one.
    """
    from kg.confine.apart import CRASHES, apart
    from kg.confine.network import without_network

    status = apart()
    if status is None:
        if not network:
            without_network()
        return
    ended = signal.Signals(-status).name if status < 0 else ""
    if ended in CRASHES:
        raise QueryError(
            f"The query ended the process that evaluated it ({ended}): it nests too deeply, or sorts numbers, days and text together. "
            "Ask in smaller parts, or sort by STR()."
        )
    if ended == "SIGKILL":
        raise QueryError("The system ended the process that evaluated the query, most likely for want of memory. Ask for less.")
    raise typer.Exit(status if status >= 0 else 128 - status)
