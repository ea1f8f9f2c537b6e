"""Whether a store can be read at all, asked when a process that evaluated ended.

On a damaged store Oxigraph may collect errors without end while it groups or counts, until the process has no memory left.
Reading every statement once tells that from a query that needs much. It reads the statements, not every index of theirs.
"""

import asyncio

from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.tasks import Check, Reply
from kg.store import snapshots_of
from kg.workspace.file_names import STORE


class Soundness:
    """What is known of the newest snapshot; it is read once, however many queries end."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings
        self._reading = asyncio.Lock()
        self._known: tuple[int, Reply] | None = None

    async def reason(self, reply: Reply) -> Reply:
        """The reply to a query whose process ended: that the store is damaged, where it is, else the one that was given."""
        newest = snapshots_of(self._settings.workspace / STORE).newest()
        async with self._reading:
            if self._known is None or self._known[0] != newest:
                self._known = newest, await self._pool.run(Check(), self._settings.write_limit)
        found = self._known[1]
        return found if found.status == 500 else reply
