"""A sentence as the features of names see it: its words, and what stands where among them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.names.boundaries import Boundaries
from kg.extract.names.candidates import Line
from kg.extract.text.particles import ETC
from kg.extract.words.segmentation import LEAD, Word
from kg.lexicon import pattern, word_pattern

Told = tuple[str, str]
"""A word and its tag."""
_SIGNS = (("dig", re.compile(r"\d")), ("lat", re.compile("[A-Za-z]")))
NONE, _END = ("^", "^"), ("$", "$")
"""What stands before the first word and behind the last."""
_RUN = ("n", "a", "b", "j", "v", "m", "q", "e", "i", "l", "s", "z", "g")
"""Tags (their first letters) of words that may stand between two heads of one long name."""
_RUN_WORDS = 3
"""Words that are counted before a name at most."""


@cache
def _runs_on(tag: str) -> bool:
    return tag.startswith(_RUN) and tag != "v"


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence as the features see it.

    Attributes:
        told: the words with their tags, behind them what stands behind the last.
        before: for each word, the number of the one before it, without what opens its clause; -1 where there is none.
        cuts: where names may begin by the words of the lexicon, or with the first word.
        closes: the noun that closes a row (`甲、乙等企业`), as (from, to, noun).
        known: words of lexicon and gazetteer, by where they stand, with their class.
        places: where a place begins, and where it ends.
        place_ends: where places end.
        goes_on: where a word ends, and the last head of a name to which the words behind it lead.
        number: of the word that holds each character.
        runs: for each word, how many before it may stand in one name with it.
        stages: where words begin that tell how far a building site has come.
        joint: where words of joint work begin.
        heads: where a head ends.
        signs: digits and Latin letters, where it holds any.
    """

    text: str
    words: Sequence[Word]
    told: Sequence[Told]
    before: Sequence[int]
    cuts: frozenset[int]
    closes: tuple[tuple[int, int, str], ...]
    known: dict[tuple[int, int], str]
    places: dict[int, int]
    place_ends: frozenset[int]
    goes_on: dict[int, str]
    number: list[int]
    runs: list[int]
    stages: frozenset[int]
    joint: tuple[int, ...]
    heads: Mapping[int, str]
    signs: tuple[tuple[str, re.Pattern[str]], ...]

    def part(self, at: int) -> tuple[Told, Told]:
        """The two parts of the word that a place is within."""
        word = self.words[self.number[at]]
        return (self.text[word.start : at], "?"), (self.text[at : word.end], "?")

    def around(self, at: int) -> tuple[Told, Told]:
        """The word before a left end and the one that it begins."""
        index = self.number[at]
        if at and self.number[at - 1] == index:
            return self.part(at)
        return self.told[self.before[index]] if self.before[index] >= 0 else NONE, self.told[index]

    def char_before(self, at: int) -> str:
        """The character before a left end, without what opens its clause."""
        index = self.number[at]
        last = self.before[index]
        if at and (last == index - 1 or self.number[at - 1] == index):
            return self.text[at - 1]
        return self.told[last][0][-1] if last >= 0 else NONE[0]

    def beside(self, at: int) -> tuple[Told, Told]:
        """The word that a right end ends and the one behind it."""
        index = self.number[at - 1]
        inside = at < len(self.text) and self.number[at] == index
        return self.part(at) if inside else (self.told[index], self.told[index + 1])


def seen(line: Line, cuts: Boundaries, known: dict[tuple[int, int], str]) -> Seen:
    """A sentence prepared for its features; `known` are words of lexicon and gazetteer with their class."""
    text, words, heads, built = line
    places = {start: end for (start, end), kind in known.items() if kind == "Place"}
    places |= {word.start: word.end for word in words if word.tag == "ns" and word.start not in places}
    runs, run = [], 0
    before, last = [], -1
    for index, word in enumerate(words):
        runs.append(run)
        run = (run + 1 if run < _RUN_WORDS else run) if _runs_on(word.tag) else 0
        before.append(last)
        if word.tag != LEAD:
            last = index
    return Seen(
        text=text,
        words=words,
        told=[*(word[2:] for word in words), _END],
        before=before,
        cuts=frozenset((*cuts.starts, *(word.start for word in words[: before.count(-1)]))),
        closes=tuple(_closers(text)),
        known=known,
        places=places,
        place_ends=frozenset(places.values()),
        goes_on=_going_on(words, heads),
        number=[index for index, word in enumerate(words) for _ in word.text],
        runs=runs,
        stages=frozenset([start for start, _ in built]),
        joint=tuple([match.start() for match in word_pattern("cooperation", "joint").finditer(text)]),
        heads=heads,
        signs=tuple([one for one in _SIGNS if one[1].search(text)]),
    )


def _going_on(words: list[Word], ends: Mapping[int, str]) -> dict[int, str]:
    """Where a word ends → the last head that words without marks and function words lead to behind it."""
    found, last = {}, ""
    for index in range(len(words) - 1, 0, -1):
        word = words[index]
        if not _runs_on(word.tag):
            last = ""
        elif not last:
            last = ends.get(word.end, "")
        if last:
            found[words[index - 1].end] = last
    return found


_MARK = re.compile(r"[,;:。!?(《》]")


def _closers(text: str) -> list[tuple[int, int, str]]:
    found = []
    for match in pattern("row_closed").finditer(text) if ETC in text else ():
        marks = [m.end() for m in _MARK.finditer(text, 0, match.start())]
        found.append((marks[-1] if marks else 0, match.start(), match["noun"]))
    opening = text.find("(") + 1
    while opening:
        before = pattern("before_bracket").search(text, max(0, opening - 12), opening)
        end = text.find(")", opening)
        if before and end > 0:
            found.append((opening, end, f"({before['noun']}"))
        opening = text.find("(", opening) + 1
    return found
