"""Words that the grammar knows, read from `data/lexicon` and `data/gazetteer`.

A word is a row; its meaning stands in columns. Code asks for a table by name and for words by column.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from kg import files, resources
from kg.errors import LexiconError

Row = dict[str, str]


def rows(path: Path) -> Iterator[Row]:
    """Rows of a CSV file (UTF-8, header, `#` lines are remarks).

    Raises:
        LexiconError: the file is absent, is not UTF-8, or a row has more cells than the header.
    """
    lines = files.text(path, LexiconError).splitlines()
    reader = csv.reader(line for line in lines if line and not line.startswith("#"))
    header = next(reader, [])
    for row in filter(None, reader):
        if len(row) > len(header):
            raise LexiconError(f"{path.name}: the row of '{row[0]}' has too many cells.")
        yield dict(zip_longest(header, row, fillvalue=""))


@cache
def table(name: str, folder: str = "lexicon") -> tuple[Row, ...]:
    """All rows of `data/<folder>/<name>.csv`."""
    return tuple(rows(resources.data() / folder / f"{name}.csv"))


@cache
def words(name: str, *roles: str, folder: str = "lexicon", **where: str) -> tuple[str, ...]:
    """The first column of the rows of these roles (of all, where none is given) whose columns equal `where`, longest first."""
    asked = [{"role": role, **where} for role in roles] or [where]
    found = [word for one in asked for word in _grouped(name, folder, tuple(one)).get(tuple(one.values()), ())]
    return tuple(sorted(dict.fromkeys(found), key=lambda word: (-len(word), word)))


@cache
def _grouped(name: str, folder: str, columns: tuple[str, ...]) -> Mapping[tuple[str, ...], list[str]]:
    """What some columns hold → the first column of the rows in which they do."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in table(name, folder):
        found.setdefault(tuple(row[column] for column in columns), []).append(next(iter(row.values())))
    return MappingProxyType(found)


@cache
def classes(group: str) -> frozenset[str]:
    """The classes of the ontology that a row of `class_groups.csv` calls by one name."""
    return frozenset(mapping("class_groups", "classes")[group].split("|"))


def any_of(words: Iterable[str], behind: Mapping[str, str] = MappingProxyType({})) -> str:
    """A regular expression for any of some words, in their order, those of one first character under it.

    Grouped, the words whose first character differs are passed in one step; `behind` gives a pattern to follow a word.
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(re.escape(word[1:]) + behind.get(word, ""))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


def letters_of(words: Iterable[str]) -> list[str]:
    """Words without those that others of them make up, the longest first: `已`, `均` of `均已`, `已`, `均`.

    A repetition of any of them reads what a repetition of all reads, but in one way: a text is not tried in each of many.
    """
    kept: list[str] = []
    for word in sorted(dict.fromkeys(words), key=len):
        if not _made_of(word, frozenset(kept)):
            kept.append(word)
    return kept[::-1]


def _made_of(word: str, parts: Set[str]) -> bool:
    """Whether a word is a row of parts."""
    reached = [True]  # up to which places parts lead
    for end in range(1, len(word) + 1):
        reached.append(any(reached[start] and word[start:end] in parts for start in range(end)))
    return reached[-1]


@cache
def mapping(name: str, column: str, folder: str = "lexicon") -> Mapping[str, str]:
    """First column → `column`, for the rows that have a value there."""
    return MappingProxyType({next(iter(r.values())): r[column] for r in table(name, folder) if r[column]})


@cache
def word(name: str, *roles: str, **where: str) -> str:
    """The one word of a table of these roles, whose columns equal `where`."""
    (found,) = words(name, *roles, **where)
    return found


@cache
def any_word(name: str, *roles: str, **where: str) -> str:
    """A regular expression, in a group, for any word of a table of these roles, whose columns equal `where`, the longest first."""
    return f"(?:{any_of(words(name, *roles, **where))})"


@cache
def word_pattern(name: str, *roles: str, **where: str) -> re.Pattern[str]:
    """`any_word`, compiled."""
    return re.compile(any_word(name, *roles, **where))


@cache
def letters(name: str, *roles: str) -> str:
    """The characters of the words of a table of these roles, for a set of characters."""
    return "".join(dict.fromkeys("".join(words(name, *roles))))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of one of the tables `*_patterns.csv`, in which a name stands once."""
    return re.compile(pattern_text(name))


def pattern_text(name: str) -> str:
    """A pattern as its row has it, a piece of a larger one."""
    return _patterns()[name]


@cache
def _patterns() -> Mapping[str, str]:
    tables = sorted(path.stem for path in (resources.data() / "lexicon").glob("*_patterns.csv"))
    return MappingProxyType({row["name"]: row["pattern"] for name in tables for row in table(name)})
