"""Short names that a text gives to things itself: `湖东大学科技园(以下简称“湖大园”)`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from kg.extract.names.boundaries import Mention, is_generic
from kg.extract.names.mentions import Read, clean_name
from kg.extract.text.particles import AND, AS, OR
from kg.lexicon import any_word

_LONG = 4
"""Characters from which on a short name that ends a longer stretch is itself the name: `标志着湖大科技园`."""


@cache
def _given() -> re.Pattern[str]:
    words = any_word("alias_words")
    return re.compile(rf"\((?:{words})[{AS}:,]?(?P<short>[“”\"]?[^()“”\",;。]{{2,16}}[“”\"]?)(?:[、{AND}{OR}][^()]{{1,20}})?\)")


def given_names(reads: list[Read]) -> dict[str, Mention]:
    """Short name → the thing that the text calls so, as it stands before the bracket."""
    found: dict[str, Mention] = {}
    for read in reads:
        for match in _given().finditer(read.text):
            full = next((m for m in read.mentions if m.end <= match.start() <= m.end + 1), None)
            short = clean_name(match["short"])
            if full and short and short != full.name:
                found.setdefault(short, full)
    return found


def with_given_names(reads: list[Read], given: Mapping[str, Mention]) -> list[Read]:
    """The sentences in which each short name that the text gave is a mention of its thing."""
    return [_renamed(read, given) if any(short in read.text for short in given) else read for read in reads]


def _renamed(read: Read, given: Mapping[str, Mention]) -> Read:
    found = list(_occurrences(read, given))
    if not found:
        return read
    kept = [m for m in read.mentions if all(m.end <= f.start or f.end <= m.start for f in found)]
    return replace(read, mentions=tuple(sorted((*kept, *found), key=lambda m: m.start)))


def _occurrences(read: Read, given: Mapping[str, Mention]) -> Iterator[Mention]:
    """Where short names stand alone, or end a stretch that was taken for a longer name."""
    for short, full in given.items():
        for match in re.finditer(re.escape(short), read.text):
            over = [m for m in read.mentions if m.start < match.end() and match.start() < m.end]
            if all(_gives_way(m, match.start(), match.end(), short) for m in over):
                yield Mention(*match.span(), short, full.type, "alias")


def _gives_way(mention: Mention, start: int, end: int, short: str) -> bool:
    """Whether a mention is no more than the short name, with words before it that are no part of a name."""
    if start <= mention.start and mention.end <= end:
        return True
    return mention.end == end and len(short) >= _LONG and not is_generic(short) and mention.rule != "alias"
