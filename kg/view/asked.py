"""The things that an answer tells of: those whose IRI or name stands in one of its cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.errors import QueryError

_BETWEEN = "; "
"""What stands between several names in one cell of an answer."""


def told_of(cells: Iterable[object], names: Mapping[str, Sequence[str]]) -> list[str]:
    """The things of an answer, in the order in which it first tells of them.

    A name that several things have stands for all of them: an answer does not say which.

    Args:
        cells: what stands in the answer's cells: compact IRIs, text, and what is no text.
        names: the name and other names of each thing by its compact IRI.

    Raises:
        QueryError: it tells of none.
    """
    called: dict[str, list[str]] = defaultdict(list)
    for thing, its in names.items():
        for name in its:
            called[name].append(thing)
    found: dict[str, None] = {}
    for cell in cells:
        for one in (cell, *cell.split(_BETWEEN)) if isinstance(cell, str) else ():
            found |= dict.fromkeys([one] if one in names else called.get(one, []))
    if not found:
        raise QueryError("The answer tells of no thing of the graph. Ask for things (?thing) or for their names (rdfs:label).")
    return list(found)
