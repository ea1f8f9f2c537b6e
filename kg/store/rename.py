"""Many things get other IRIs at once: what is stated of them is loaded in bulk under the new ones while the old is taken out.

A transaction takes 40 microseconds to insert a statement, the loader 8. Statements come before they go, so what a run that was cut off
leaves is stated twice, never lost; renaming the same things again ends it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pyoxigraph as ox
from rdflib import URIRef

from kg.store.failures import one_line
from kg.store.replace import APART, renaming

BATCH = 1_000
"""Things whose statements are taken out in one transaction."""
_APART = frozenset(name.n3().encode() for name in APART)
_NAMELESS = (b"_:", b"<<")
"""How terms begin that hold blank nodes, or may: no text names one that is in a store."""
Rows = list[list[bytes]]
"""Statements as terms in the form that Turtle and SPARQL read: subject, predicate, object, and the graph where it is a named one."""


def rename_many(store: ox.Store, pairs: Sequence[tuple[URIRef, URIRef]], change: Callable[[str], None]) -> None:
    """Give things other IRIs in every graph; by what a thing is replaced stays said of its old one.

    Args:
        store: Oxigraph's, which nobody else writes.
        pairs: old and new IRI; no old one is another's new one.
        change: carries out a request as one transaction.

    Raises:
        OSError: there is no room; some things have both IRIs, or the old one.
        ValueError: what the store holds cannot be worded.
    """
    now = {old.n3().encode(): new.n3().encode() for old, new in pairs}
    parts = [pairs[at : at + BATCH] for at in range(0, len(pairs), BATCH)]
    left = []
    try:
        with ThreadPoolExecutor(1) as beside:
            coming = beside.submit(_loaded, store, parts[0], now)
            for place, part in enumerate(parts, start=1):
                gone, all_of_it = coming.result()
                if place < len(parts):
                    coming = beside.submit(_loaded, store, parts[place], now)
                change(f"DELETE DATA {{\n{gone.decode()}\n}}")
                left += [] if all_of_it else [part]
        for part in left:
            change(renaming(part))
    except SyntaxError as error:
        raise ValueError(one_line(error)) from error


def _loaded(store: ox.Store, pairs: Sequence[tuple[URIRef, URIRef]], now: Mapping[bytes, bytes]) -> tuple[bytes, bool]:
    """Load what is stated of some things under their new IRIs, and give what goes for it, and whether that is all."""
    of_things, with_things = (_rows(_stated(store, pairs, place)) for place in ("?s", "?o"))
    nameless = sum(any(term.startswith(_NAMELESS) for term in row) for row in (*of_things, *with_things))
    old = [row for row in of_things if row[1] not in _APART]
    old += [row for row in with_things if row[0] not in now or row[1] in _APART]
    if nameless:
        old = [row for row in old if not any(term.startswith(_NAMELESS) for term in row)]
    new = ([row[0] if row[1] in _APART else now.get(row[0], row[0]), row[1], now.get(row[2], row[2]), *row[3:]] for row in old)
    store.bulk_load(b"\n".join(_worded(new)), ox.RdfFormat.TRIG)
    return b"\n".join(_worded(old)), not nameless


def _stated(store: ox.Store, pairs: Sequence[tuple[URIRef, URIRef]], place: str) -> bytes:
    """Statements with old IRIs in a place, of all graphs, as SPARQL 1.1 TSV writes them."""
    values = f"VALUES {place} {{ {' '.join(old.n3() for old, _ in pairs)} }}"  # IRIs are ours, made by kg.vocab
    query = f"SELECT ?s ?p ?o ?g {{ {values} {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    found = cast("ox.QuerySolutions", store.query(query))
    return found.serialize(format=ox.QueryResultsFormat.TSV) or b""


def _rows(table: bytes) -> Rows:
    return [row if row[3] else row[:3] for row in (line.split(b"\t") for line in table.split(b"\n")[1:-1])]


def _worded(rows: Iterable[list[bytes]]) -> Iterator[bytes]:
    for row in rows:
        yield b"GRAPH %b { %b %b %b }" % (row[3], *row[:3]) if len(row) == 4 else b"%b %b %b ." % tuple(row)
