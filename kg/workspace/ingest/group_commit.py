"""Documents that come soon after each other go into the store as one transaction: each whole, and cheaper than one by one."""

import time
from collections.abc import Iterable, Iterator

from kg.errors import KgError
from kg.store import Insertion
from kg.workspace.ingest.batch import Plan
from kg.workspace.ingest.prepare import Prepared

Read = tuple[Plan, Prepared | KgError | None]
SECONDS = 2.0
"""For which a document that is ready waits for others at most; the first one does not wait."""
MOST = 100_000
"""Statements of one transaction, beyond which another document opens the next."""


def together(made: Iterable[Read | None]) -> Iterator[list[Read]]:
    """Files in their order, in groups; one that replaces a document stands alone.

    Args:
        made: files with what was made of them; None where nothing has come for a while.
    """
    group: list[Read] = []
    size, since = 0, float("-inf")
    for one in made:
        alone = one is not None and one[0].old is not None
        if one:
            if group and alone:
                yield group
                group, size = [], 0
            group.append(one)
            size += one[1].insertion.size if isinstance(one[1], Prepared) else 0
        if group and (alone or size >= MOST or time.monotonic() - since >= SECONDS):
            yield group
            group, size, since = [], 0, time.monotonic()
    if group:
        yield group


def additions(group: Iterable[Read]) -> list[tuple[Plan, Prepared]]:
    """Those of a group that only add."""
    return [(plan, found) for plan, found in group if isinstance(found, Prepared) and not plan.old]


def joined(new: Iterable[tuple[Plan, Prepared]]) -> Insertion:
    """What documents put in, as one."""
    return Insertion(tuple(graph for _, found in new for graph in found.insertion.graphs))
