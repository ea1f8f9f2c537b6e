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
def words(name: str, folder: str = "lexicon", **where: str) -> tuple[str, ...]:
    """The first column of the rows whose columns equal `where`, longest first."""
    found = _grouped(name, folder, tuple(where)).get(tuple(where.values()), ())
    return tuple(sorted(dict.fromkeys(found), key=lambda word: (-len(word), word)))


@cache
def _grouped(name: str, folder: str, columns: tuple[str, ...]) -> Mapping[tuple[str, ...], list[str]]:
    """What some columns hold → the first column of the rows in which they do."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in table(name, folder):
        found.setdefault(tuple(row[column] for column in columns), []).append(next(iter(row.values())))
    return MappingProxyType(found)


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
def clause_word(role: str) -> re.Pattern[str]:
    """Any word of a role of `data/lexicon/clause_words.csv`."""
    return re.compile(any_of(words("clause_words", role=role)))


@cache
def clause_pattern(name: str) -> re.Pattern[str]:
    """A pattern of `data/lexicon/clause_patterns.csv`."""
    return pattern("clause_patterns", name)


@cache
def report_pattern(name: str) -> re.Pattern[str]:
    """A pattern of `data/lexicon/report_patterns.csv`."""
    return pattern("report_patterns", name)


@cache
def report_words(*roles: str) -> tuple[str, ...]:
    """The words of some roles of `data/lexicon/report_words.csv`."""
    return tuple(word for role in roles for word in words("report_words", role=role))


@cache
def word(name: str, **where: str) -> str:
    """The one word of a table whose columns equal `where`."""
    (found,) = words(name, **where)
    return found


@cache
def name_pattern(name: str) -> re.Pattern[str]:
    """A pattern of `data/lexicon/name_patterns.csv`."""
    return pattern("name_patterns", name)


@cache
def name_words(role: str) -> tuple[str, ...]:
    """The words of a role of `data/lexicon/name_words.csv`, the longest first."""
    return words("name_words", role=role)


@cache
def any_word(table_name: str, role: str) -> str:
    """A regular expression for any word of a role of a table, the longest first."""
    return any_of(words(table_name, role=role))


@cache
def pattern(table_name: str, name: str) -> re.Pattern[str]:
    """A pattern of a table of patterns, by its name."""
    return re.compile(mapping(table_name, "pattern")[name])
