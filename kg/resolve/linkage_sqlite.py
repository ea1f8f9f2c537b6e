"""Few names compared with each other: the same conditions in SQL as for many, on SQLite, which is there at once.

DuckDB and Splink take a second and a half to load and to plan, in which SQLite compares forty thousand pairs.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing

from kg.resolve.features import COLUMNS, LISTS, NEW, Row

FEW = 20_000
"""Pairs that share a key up to which SQLite is faster."""
LONG = 10_000
"""Characters of a name from which on its pattern of LIKE is longer than SQLite takes."""
_KEYS, _NEAR = LISTS
_PAIRS = (
    "WITH pairs AS (SELECT DISTINCT one.id AS id_l, other.id AS id_r FROM keys AS one JOIN keys AS other USING (key) "
    "WHERE one.id < other.id) SELECT id_l, id_r,"
)
_SIDES = "FROM pairs CROSS JOIN l USING (id_l) CROSS JOIN r USING (id_r) WHERE new_l = 'yes' OR new_r = 'yes'"
"""The pairs that are compared, as `kg.resolve.linkage.BLOCK` has them; what is asked of each stands between the two."""
_END = "\n"
"""Behind each IRI of a list, which is a text here."""


def are_few(found: Sequence[Row]) -> bool:
    """Whether rows, all with their keys, are so few that SQLite compares them faster."""
    of = Counter(key for one in found for key in one[_KEYS])
    known = Counter(key for one in found if one[NEW] != "yes" for key in one[_KEYS])
    pairs = sum(count * count - known[key] * known[key] for key, count in of.items()) // 2
    return pairs <= FEW and all(len(one["name"]) < LONG for one in found)


def compared(found: Sequence[Row], comparisons: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, ...]]:
    """The pairs of rows that share a key and of which one is looked at: both places in order, and the level of each comparison.

    Args:
        found: the rows.
        comparisons: the conditions of the levels of each comparison, of which the first that holds counts; "" for all else.
    """
    columns = ("id", *COLUMNS, NEW, _NEAR)
    levels = ", ".join(_level(conditions) for conditions in comparisons.values())
    with closing(sqlite3.connect(":memory:")) as tables:
        tables.execute("PRAGMA case_sensitive_like = ON")
        tables.create_function("array_length", 1, lambda listed: listed.count(_END), deterministic=True)
        tables.create_function("array_intersect", 2, _shared, deterministic=True)
        rows = [(at, *(_text(one[name]) for name in columns[1:])) for at, one in enumerate(found)]
        marks = ", ".join("?" for _ in columns)
        for side in "lr":
            named = ", ".join(f"{name}_{side} TEXT" for name in columns[1:])
            tables.execute(f"CREATE TABLE {side} (id_{side} INTEGER PRIMARY KEY, {named})")
            tables.executemany(" ".join(("INSERT INTO", side, "VALUES (", marks, ")")), rows)
        tables.execute("CREATE TABLE keys (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID")
        tables.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", ((key, at) for at, one in enumerate(found) for key in one[_KEYS]))
        yield from tables.execute(" ".join((_PAIRS, levels, _SIDES)))


def _level(conditions: Iterable[str]) -> str:
    """The number of the first condition that holds."""
    cases = " ".join(f"WHEN {condition} THEN {at}" if condition else f"ELSE {at}" for at, condition in enumerate(conditions))
    return f"CASE {cases} END"


def _text(cell: str | Sequence[str]) -> str:
    return cell if isinstance(cell, str) else "".join(f"{one}{_END}" for one in cell)


def _shared(one: str, other: str) -> str:
    return _text(sorted({*one.split(_END)} & {*other.split(_END)} - {""}))
