"""What it means when Oxigraph fails while it evaluates: the query is at fault, or the store is damaged."""

from kg.errors import KgError, QueryError, StoreError

_OF_QUERY = ("custom function", "service", "SERVICE", "substitut")
"""Words by which Oxigraph's errors of evaluation say that the query is at fault; all others are of the store."""
_OF_STORE = ("Corruption", "IO error")
"""How those of RocksDB begin."""

MEND = "`kg check-store` tells how much. Restore a backup with `kg restore --replace`, or ingest what sources/ keeps in a new workspace."


def failure(error: Exception, calls: bool = False) -> KgError:
    """The error that a user is told.

    Args:
        error: of Oxigraph: OSError, RuntimeError or ValueError.
        calls: whether the query may call other servers, whose failures are OSErrors and RuntimeErrors too.
    """
    said = one_line(error)
    of_store = isinstance(error, OSError | RuntimeError) and not calls and not any(word in said for word in _OF_QUERY)
    if of_store or said.startswith(_OF_STORE):
        return StoreError(f"The store is damaged, or its disk cannot be read ({said}). {MEND}")
    return QueryError(f"SPARQL: {said}. Check the query.")


def one_line(error: Exception | str) -> str:
    """What an error says, as part of a sentence."""
    return " ".join(str(error).split())[:300].rstrip(".")
