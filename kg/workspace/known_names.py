"""What is known of the names of a graph, kept beside it from run to run: by blocking key, with what is to be asked.

An SQLite file that is made anew from the graph wherever it does not fit it, so it is in no backup. What a new document brings is looked
up there, so that it costs as much as the document is long, and not as the graph.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.resolve.features import CROWD, Named, blocking_keys
from kg.resolve.linkage import can_score
from kg.resolve.links import Link
from kg.workspace.file_names import KNOWN_NAMES

VERSION = 2
MANY = 20
"""Documents from which on it is faster to read the names of all."""
_TABLES = """
CREATE TABLE documents (name TEXT PRIMARY KEY, state TEXT) WITHOUT ROWID;
CREATE TABLE merged (things INTEGER);
CREATE TABLE names (id INTEGER PRIMARY KEY, thing TEXT, name TEXT, kind TEXT, code TEXT, UNIQUE (thing, name, kind));
CREATE INDEX names_by_name ON names (name);
CREATE TABLE keys (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE INDEX keys_by_id ON keys (id);
CREATE TABLE given (name TEXT, thing TEXT, PRIMARY KEY (name, thing)) WITHOUT ROWID;
CREATE INDEX given_by_thing ON given (thing);
CREATE TABLE ask (one TEXT, other TEXT, told TEXT);
"""
_EMPTYING = ("DELETE FROM documents", "DELETE FROM names", "DELETE FROM keys", "DELETE FROM given")
_RENAMING = ("UPDATE OR IGNORE names SET thing = ? WHERE thing = ?", "UPDATE OR IGNORE given SET thing = ? WHERE thing = ?")
_FORGETTING = (
    "DELETE FROM keys WHERE id IN (SELECT id FROM names WHERE thing = ?)",
    "DELETE FROM names WHERE thing = ?",
    "DELETE FROM given WHERE thing = ?",
)
_SOME = "CREATE TEMP TABLE some (word TEXT PRIMARY KEY) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of the documents that were linked, and the links that a person is to be asked about."""

    tables: sqlite3.Connection

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> "Iterator[KnownNames]":
        """What is known in a workspace; kept when the block is left.

        Raises:
            StoreError: it cannot be written.
        """
        file = folder / KNOWN_NAMES
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with closing(_opened(file)) as tables:
                yield cls(tables)
                tables.commit()
        except (sqlite3.Error, OSError) as error:
            with suppress(OSError):
                file.unlink()  # what is half written fits no graph
            raise StoreError(f"{file} cannot be written ({error}). The graph is stored; make room, and run again.") from error

    def unread(self, documents: Mapping[str, str], merged: int) -> list[str] | None:
        """The documents that came since the last run; None where one has changed or gone, or they are many: all are to be read anew then.

        Args:
            documents: what the graph has, with what changes as they do.
            merged: how many things were found to be others; a graph brought back from a backup may have merged fewer.
        """
        known = dict(self.tables.execute("SELECT name, state FROM documents"))
        before = [things for (things,) in self.tables.execute("SELECT things FROM merged")]
        if any(documents.get(name) != state for name, state in known.items()) or (known and before != [merged]):
            return None
        new = sorted(documents.keys() - known.keys())
        return new if len(new) <= MANY else None

    def take(self, names: Iterable[Named], given: Iterable[tuple[str, str]], documents: Mapping[str, str], anew: bool) -> frozenset[str]:
        """Note names, of all documents (`anew`) or of those that came.

        Args:
            names: of things, with their classes and credit codes.
            given: names that documents give to things beside their own, and the things.
            documents: that the graph has now.
            anew: whether all that was known before goes.

        Returns:
            IRIs of things of which a name, its class or its code is new.
        """
        names = list(names)
        with self._some(one.thing for one in names):
            held = self.tables.execute("SELECT thing, name, kind, code FROM names WHERE thing IN some").fetchall()
        known = {(thing, name, kind): code for thing, name, kind, code in held}
        if anew:
            for emptying in _EMPTYING:
                self.tables.execute(emptying)
        fresh = set()
        for one in names:
            before = known.get((one.thing, one.name, one.kind))
            if before is None or (one.code and before != one.code):
                fresh.add(one.thing)
            if anew or one.thing in fresh:
                self._put(one)
        self.tables.executemany("INSERT OR IGNORE INTO given VALUES (?, ?)", given)
        self.tables.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?)", documents.items())
        return frozenset(fresh)

    def _put(self, one: Named) -> None:
        [(place,)] = self.tables.execute(
            "INSERT INTO names (thing, name, kind, code) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET code = max(code, excluded.code) RETURNING id",
            (one.thing, one.name, one.kind, one.code),
        ).fetchall()
        self.tables.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", ((key, place) for key in blocking_keys(one)))

    def beside(self, fresh: Iterable[str]) -> set[str]:
        """Things that a document gives the name of another, where one of the two is fresh."""
        with self._some(fresh):
            found = self.tables.execute(
                "SELECT DISTINCT thing FROM given WHERE name IN (SELECT names.name FROM names JOIN given USING (name) "
                "WHERE names.thing IN some OR given.thing IN some)"
            )
            return {thing for (thing,) in found}

    def concerned(self, touched: Iterable[str]) -> list[Named]:
        """The names of these things, and those that share a block with one of them, in the order of their IRIs."""
        with self._some(touched):
            found = self.tables.execute(
                "WITH own AS (SELECT DISTINCT key FROM keys JOIN names USING (id) WHERE thing IN some), "
                "wanted AS (SELECT key FROM own WHERE key LIKE '%:=%' OR (SELECT count(*) FROM keys WHERE key = own.key) <= ?) "
                "SELECT DISTINCT names.thing, names.name, names.kind, names.code FROM names WHERE thing IN some "
                "OR id IN (SELECT id FROM keys JOIN wanted USING (key)) ORDER BY 1, 2, 3",
                (CROWD,),
            )
            return [Named(*row) for row in found]

    def given(self, names: Iterable[Named]) -> Mapping[str, frozenset[str]]:
        """Those of these names that documents give to things beside their own → the IRIs of the things."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        with self._some(one.name for one in names):
            for name, thing in self.tables.execute("SELECT name, thing FROM given WHERE name IN some"):
                found[name].add(thing)
        return {name: frozenset(things) for name, things in found.items()}

    def keep(self, renamed: Mapping[str, str], ask: Iterable[Link], touched: Iterable[str], merged: int) -> None:
        """Note the IRIs that things have now, what is to be asked of those that were looked at, and how many the graph has merged by it."""
        self.tables.execute("DELETE FROM merged")
        self.tables.execute("INSERT INTO merged VALUES (?)", (merged,))
        pairs = [(new, old) for old, new in renamed.items()]
        for renaming in _RENAMING:
            self.tables.executemany(renaming, pairs)
        for forgetting in _FORGETTING:
            self.tables.executemany(forgetting, [(old,) for old in renamed])
        with self._some([*touched, *renamed]):
            self.tables.execute("DELETE FROM ask WHERE one IN some OR other IN some")
        rows = ((*link.pair, json.dumps(_told(link), ensure_ascii=False)) for link in ask if not {*link.pair} & renamed.keys())
        self.tables.executemany("INSERT INTO ask VALUES (?, ?, ?)", rows)

    @property
    def links(self) -> list[Link]:
        """What is to be asked of things that the graph has, the surest first."""
        found = self.tables.execute("SELECT told FROM ask WHERE one IN (SELECT thing FROM names) AND other IN (SELECT thing FROM names)")
        rows = [json.loads(told) for (told,) in found]
        made = [Link(Named(*one["one"]), Named(*one["other"]), one["by"], one["score"], one["weights"], one["instead"]) for one in rows]
        return sorted(made, key=lambda of: (-of.score, of.pair))

    @contextmanager
    def _some(self, words: Iterable[str]) -> Iterator[None]:
        """A table of words for the queries of the block."""
        self.tables.execute(_SOME)
        try:
            self.tables.executemany("INSERT OR IGNORE INTO some VALUES (?)", ((word,) for word in words))
            yield
        finally:
            self.tables.execute("DROP TABLE some")


def to_ask(folder: Path) -> list[Link]:
    """What is to be asked in a workspace, the surest first; nothing where no run has noted it."""
    file = folder / KNOWN_NAMES
    if not file.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as tables:
            return KnownNames(tables).links if _version(tables) == _wanted() else []
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        return []


def _opened(file: Path) -> sqlite3.Connection:
    """The tables of a file, empty where it is of another version, or none."""
    for _ in range(2):
        tables = sqlite3.connect(file)
        try:
            tables.execute("PRAGMA synchronous = OFF")  # lost with the machine's current, it is made anew
            tables.execute("PRAGMA journal_mode = MEMORY")
            if _version(tables) == _wanted():
                return tables
            if not tables.execute("SELECT 1 FROM sqlite_master").fetchone():
                tables.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_wanted()}; COMMIT;")
                return tables
        except sqlite3.DatabaseError:
            pass
        tables.close()
        file.unlink()
    raise sqlite3.DatabaseError("no SQLite file can be made there")


def _version(tables: sqlite3.Connection) -> int:
    return int(tables.execute("PRAGMA user_version").fetchone()[0])


def _wanted() -> int:
    """Version of the tables; with the scores other things were compared than without."""
    return 2 * VERSION + can_score()


def _told(link: Link) -> dict[str, Any]:
    one, other = ((side.thing, side.name, side.kind) for side in (link.one, link.other))
    return {"one": one, "other": other, "by": link.by, "score": link.score, "weights": dict(link.weights), "instead": link.instead}
