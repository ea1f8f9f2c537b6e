"""The lock of a workspace's one writer; a process that dies lets go of it."""

from pathlib import Path

import portalocker

from kg.errors import WorkspaceBusyError

LOCK = "writer.lock"
"""Name of its file in the workspace."""


_PATIENCE, _BETWEEN = 1.0, 0.02
"""Seconds that it is waited for, since what a process that was killed has forked holds it until that ends too; and between two tries."""


class WriterLock:
    """Held from the moment it is made.

    Raises:
        WorkspaceBusyError: another process, or this one, is writing.
    """

    def __init__(self, workspace: Path) -> None:
        workspace.mkdir(parents=True, exist_ok=True)
        at_once = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
        self._lock = portalocker.Lock(workspace / LOCK, "a", timeout=_PATIENCE, check_interval=_BETWEEN, flags=at_once)
        try:
            self._lock.acquire()
        except portalocker.LockException as error:
            raise busy(workspace) from error

    def release(self) -> None:
        """Let go of it."""
        self._lock.release()


def busy(workspace: Path) -> WorkspaceBusyError:
    """The error of a second writer."""
    return WorkspaceBusyError(f"{workspace} is being written by another process. Wait until it is done, then try again.")
