"""The lock of a workspace's one writer; a process that dies lets go of it."""

from pathlib import Path

import portalocker

from kg.errors import WorkspaceBusyError

LOCK = "writer.lock"
"""Name of its file in the workspace."""


class WriterLock:
    """Held from the moment it is made.

    Raises:
        WorkspaceBusyError: another process, or this one, is writing.
    """

    def __init__(self, workspace: Path) -> None:
        workspace.mkdir(parents=True, exist_ok=True)
        self._file = (workspace / LOCK).open("a")
        try:
            portalocker.lock(self._file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.LockException as error:
            self._file.close()
            raise busy(workspace) from error

    def release(self) -> None:
        """Let go of it."""
        self._file.close()


def busy(workspace: Path) -> WorkspaceBusyError:
    """The error of a second writer."""
    return WorkspaceBusyError(f"{workspace} is being written by another process. Wait until it is done, then try again.")
