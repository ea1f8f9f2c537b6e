"""A sentence with what is named in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from kg.extract.names.boundaries import Boundaries, Mention
from kg.extract.names.policies import Title
from kg.extract.text.segment import Clause, Sentence

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class FieldList:
    """Fields named in a row (`甲、乙和丙等细分领域`); `predicate` joins the thing spoken of with each, or is ""."""

    start: int
    end: int
    items: tuple[Mention, ...]
    predicate: str


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with what is named in it."""

    sentence: Sentence
    cuts: Boundaries
    titles: tuple[Title, ...]
    mentions: tuple[Mention, ...]
    nested: tuple[Mention, ...]
    lists: tuple[FieldList, ...]
    clauses: tuple[Clause, ...]

    @property
    def text(self) -> str:
        """Folded text of the sentence."""
        return self.sentence.text

    def between(self, start: int, end: int, *types: str) -> list[Mention]:
        """Mentions that lie in a stretch, of the given types (of any, where none is given)."""
        found = []
        for index in range(bisect_left(self.mentions, start, key=_START), len(self.mentions)):
            mention = self.mentions[index]
            if mention.start > end:
                break
            if mention.end <= end and (not types or mention.type in types):
                found.append(mention)
        return found

    def at(self, offset: int, kind: str) -> Mention | None:
        """The mention of a class that covers the character at `offset`."""
        index = bisect_right(self.mentions, offset, key=_START) - 1
        mention = self.mentions[index] if index >= 0 else None
        return mention if mention and offset < mention.end and mention.type == kind else None


_QUOTES = re.compile(r"[“”\"‘’《》\s]")


def clean_name(name: str) -> str:
    """A name without quotes, brackets that a copy left open, and spaces at its ends."""
    name = (_QUOTES.sub("", name) if _QUOTES.search(name) else name).strip(",、;:·")
    if ("(" in name or ")" in name) and name.count("(") != name.count(")"):
        name = re.sub(r"\([^()]*$|^[^()]*\)", "", name) or name.strip("()")
    return name


def cover(kept: Iterable[Mention]) -> dict[int, Mention]:
    """Offset → the mention that covers it."""
    return {at: mention for mention in kept for at in range(mention.start, mention.end)}
