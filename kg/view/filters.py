"""What a reader's filters leave of a scene, as `web/src/graph/filters.js` has it for a page that holds all of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
BASES = ("stated", "context", "inferred")
"""What a tie is drawn from, by the number that stands in the scene."""


def open_ties(columns: Mapping[str, Any], filters: Mapping[str, str]) -> Bools:
    """Which ties can be walked: those that are shown, between things that are shown; shape (ties,).

    Args:
        columns: a scene (`kg-scene/1`).
        filters: as the address of the page tells them. `hide`, `without` and `nor` name classes, relations and bases of ties that are
            hidden, with commas between; `kind`, `relation`, `place` and `document` (title|day) name the only one; `since` and `until`
            are days (ISO 8601).
    """
    nodes, edges = columns["nodes"], columns["edges"]
    if not filters:
        return np.ones(len(edges["start"]), dtype=bool)
    things = _passing(_names(columns["kinds"]), filters.get("kind"), filters.get("hide", ""))[nodes["kind"]]
    ties = _passing(_names(columns["relations"]), filters.get("relation"), filters.get("without", ""))[edges["relation"]]
    things &= _told(columns, nodes["sentences"], filters)
    ties &= _told(columns, edges["sentences"], filters) & _passing(BASES, None, filters.get("nor", ""))[edges["context"]]
    return np.asarray(ties & things[edges["start"]] & things[edges["end"]], dtype=bool)


def _names(rows: Iterable[Mapping[str, str]]) -> list[str]:
    return [row["name"] for row in rows]


def _passing(names: Sequence[str], only: str | None, hidden: str) -> Bools:
    """Of each name whether it is shown: the only one, where there is one, or any that is not hidden."""
    return np.array([name not in hidden.split(",") if only is None else name == only for name in names], dtype=bool)


def _told(columns: Mapping[str, Any], rows: Sequence[Sequence[int]], filters: Mapping[str, str]) -> Bools:
    """Of each row of sentences whether a document states it that the filters leave; what no dated one states is of every period."""
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    document = np.array(columns["sentences"]["document"], dtype=np.int64)[[one for row in rows for one in row]]

    def some(flags: Iterable[bool]) -> Bools:
        found = np.zeros(len(rows), dtype=bool)
        found[owner[np.array([*flags, False])[document]]] = True  # the last is for a sentence whose document is not known: -1
        return found

    days = [one["day"] for one in columns["documents"]]
    since, until = filters.get("since", ""), filters.get("until", "~")  # which is behind all days
    timely = some(bool(day) and since <= day <= until for day in days) | ~some(bool(day) for day in days)
    if not filters.keys() & {"place", "document"}:
        return timely
    place, document_only = filters.get("place"), filters.get("document")
    return timely & some(place in (None, one["place"]) and document_only in (None, _key(one)) for one in columns["documents"])


def _key(document: Mapping[str, str]) -> str:
    return f"{document['title']}|{document['day']}" if document["day"] else document["title"]
