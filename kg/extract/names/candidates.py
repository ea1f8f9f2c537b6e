"""Stretches of a sentence that may be names: several left and right ends for each, among which a score chooses."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import ahocorasick

from kg import lexicon
from kg.extract.names.boundaries import Boundaries, Mention
from kg.extract.names.no_names import cuts_across, is_kind, never_begins
from kg.extract.text.particles import OF
from kg.extract.text.stretches import Stretches
from kg.extract.words.segmentation import LEAD, Word, segmented
from kg.extract.words.stages import stage_words
from kg.lexicon import pattern

LONGEST = 40
"""Characters of a candidate at most."""
_HEAD_WORDS, _BARE_WORDS, BARE = 16, 6, 16
"""Words of a candidate with a head at most; words and characters of one without."""
_START = attrgetter("start")
_BREAK = re.compile(r"[,;:。!?《》\n\t、|]")
_NOUNS = ("n", "eng", "b", "j", "x", "l", "i", "g", "k", "z", "a", "s", "t", "h")
"""Tags (their first letters) of words that go on a name; before and behind any other a name may end."""


class Candidate(NamedTuple):
    """A stretch that may be a name: its words are numbers `first` to `last` of the sentence where its ends are words' ends.

    `head` is the word of the lexicon in which it ends, or ""; `rules` tell who else proposes just this stretch.
    """

    start: int
    end: int
    head: str = ""
    rules: tuple[str, ...] = ()


_CLOSING = {"“": "”", "《": "》"}
Ends = tuple[int, int, int, bool]
"""A right end of candidates, the first and the last (none of it) of the places where they begin among those where names may begin, and
whether no head ends here, so that a name is shorter and begins where a phrase opens."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The stretches of a sentence that may be names, not yet told one by one: most are hopeless by their ends alone.

    Attributes:
        text: the folded sentence.
        begins: where names may begin, ascending.
        opens: for each of these, whether a phrase opens there.
        ends: where names may end.
        apart: stretches beside those, which words or rules propose.
        heads: where a head ends → the head.
        rules: what rules propose, by start and end.
        stages: where a word of building ends → where it begins: a name that ends there does not begin before it.
        parted: places that no name runs across: ends of places before 的 (`甲市的乙科技城`), and behind verbs (`投资兴建丙基地`).
        taken: what stands without a score.
        paired: whether there are quotes or brackets.
    """

    text: str
    begins: list[int]
    opens: list[bool]
    ends: list[Ends]
    apart: frozenset[tuple[int, int]]
    heads: Mapping[int, str]
    rules: Mapping[tuple[int, int], list[str]]
    stages: Mapping[int, int]
    parted: Sequence[int]
    taken: Stretches
    paired: bool

    def may_be(self, start: int, end: int) -> bool:
        """Whether nothing within a stretch speaks against it as a name."""
        if self.stages and start < self.stages.get(end, -1):
            return False
        if self.parted and any(start < at < end for at in self.parted if not self._within_quotes(start, at)):
            return False
        head = self.heads.get(end, "")
        if is_kind(self.text, start, end, head):
            return False
        whole = not self.paired or (start, end) in self.apart or _whole(self.text, start, end)
        return whole and self.taken.free(start, end)

    def _within_quotes(self, start: int, at: int) -> bool:
        """Whether a place stands within the quotes or the title with which a stretch begins."""
        closing = _CLOSING.get(self.text[start])
        return closing is not None and self.text.find(closing, start) >= at

    def candidate(self, start: int, end: int) -> Candidate:
        """A stretch with its head and the rules that propose it."""
        said = self.rules.get((start, end))
        return Candidate(start, end, self.heads.get(end, ""), tuple(sorted(set(said))) if said else ())

    def candidates(self) -> list[Candidate]:
        """All of them, by start and end."""
        spans = set(self.apart)
        for end, first, last, bare in self.ends:
            longest = BARE if bare else LONGEST
            spans.update(
                (self.begins[at], end) for at in range(first, last)
                if 2 <= end - self.begins[at] <= longest and (self.opens[at] or not bare)
            )  # fmt: skip
        return [self.candidate(*span) for span in sorted(spans) if self.may_be(*span)]


def _parts(text: str) -> list[tuple[int, int]]:
    """Parts of a folded sentence between marks that no name crosses."""
    found, at = [], 0
    for mark in _BREAK.finditer(text):
        start, end = mark.span()
        if start > at:
            found.append((at, start))
        at = end
    if at < len(text):
        found.append((at, len(text)))
    return found


_HEADS = (
    "suffixes", "enterprise_endings", "technology_suffixes", "object_endings", "site_endings", "holder_endings", "quoted_endings",
)  # fmt: skip
"""Tables of words in which names end."""


@cache
def _heads() -> ahocorasick.Automaton:
    """Words in which names end."""
    automaton = ahocorasick.Automaton()
    for word in {word for table in _HEADS for word in lexicon.words(table)}:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


def head_ends(text: str) -> dict[int, str]:
    """Where a head ends → the longest that ends there."""
    found: dict[int, str] = {}
    for last, word in _heads().iter(text):
        if len(word) > len(found.get(last + 1, "")):
            found[last + 1] = word
    return found


class Line(NamedTuple):
    """A folded sentence with its words, where heads of names end in it, where words stand that tell how far a site has come."""

    text: str
    words: list[Word]
    heads: Mapping[int, str]
    built: list[tuple[int, int]]


def line(text: str) -> Line:
    """A folded sentence, segmented."""
    return Line(text, segmented(text), head_ends(text), [match.span() for match in stage_words().finditer(text)])


def grid(one: Line, cuts: Boundaries, proposed: Sequence[Mention], taken: Stretches) -> Grid:
    """All stretches of a sentence that may be names.

    Args:
        one: the sentence.
        cuts: where names may begin by the words of the lexicon.
        proposed: names that rules propose.
        taken: what stands without a score.
    """
    text = one.text
    rules: dict[tuple[int, int], list[str]] = {}
    for mention in proposed:
        rules.setdefault((mention.start, mention.end), []).append(f"{mention.rule}:{mention.type}")
    never = {len(text), *(match.start() for match in pattern("year_first").finditer(text)), *never_begins(text)}
    begins, closes = {*cuts.starts}, []
    opens = {0, *cuts.starts}
    names: list[tuple[int, int]] = []
    for start, end, word, tag in one.words:
        not_first, parting, may_begin, name = _role(word, tag)
        if not_first:
            never.add(start)
        if parting:
            opens.add(end)
            closes.append(start)
        if may_begin:
            begins.add(start)
        if name:
            names.append((start, end))
    apart = {span for span in (*names, *rules) if span[1] - span[0] > 1 and span[0] not in never}
    _quoted(apart, text, one.words)
    begin = sorted(begins - never)
    ends: list[Ends] = []
    _ends(ends, opens, _parts(text), begin, list(one.heads), closes)
    paired = "“" in text or "”" in text or "(" in text or ")" in text
    return Grid(
        text, begin, [at in opens for at in begin], ends, frozenset(apart), one.heads, rules, _stages(one), _parted(one), taken, paired,
    )  # fmt: skip


def _ends(ends: list[Ends], opens: set[int], parts: list[tuple[int, int]], begins: list[int], heads: list[int], closes: list[int]) -> None:
    """The right ends of candidates in each part of a sentence: of heads, and where a word closes that goes on no name."""
    headed = set(heads)
    for start, stop in parts:
        opens.add(start)
        low, high = bisect_left(begins, start), bisect_left(begins, stop)
        for end in heads[bisect_right(heads, start) : bisect_right(heads, stop)]:
            at = bisect_left(begins, end, low, high)
            ends.append((end, max(low, at - _HEAD_WORDS), at, False))
        for end in (*closes[bisect_right(closes, start) : bisect_left(closes, stop)], stop):
            if end in headed:
                continue
            at = bisect_left(begins, end, low, high)
            ends.append((end, max(low, at - _BARE_WORDS), at, True))


def _stages(one: Line) -> dict[int, int]:
    """Where a word of building, or a plan, ends → where it begins."""
    ends_names = lexicon.words("name_words", "stage_end")
    stages = [span for span in one.built if one.text[slice(*span)] not in ends_names]
    stages += [match.span() for match in pattern("plan_verb").finditer(one.text)]
    within: dict[int, int] = {}
    for start, stop in stages:
        for end in range(start + 1, stop + 1):
            within[end] = max(start, within.get(end, -1))
    return within


def _parted(one: Line) -> list[int]:
    """Places that no name runs across, ends of places right before 的 among them."""
    across = cuts_across(one.text)
    if OF not in one.text:
        return across
    return across + [word.end for word, behind in pairwise(one.words) if behind.text == OF and _is_place(word)]


@lru_cache(maxsize=65_536)
def _role(word: str, tag: str) -> tuple[bool, bool, bool, bool]:
    """Whether no name begins with a word, whether a name may end before it, whether one may begin with it, whether it is one itself."""
    parting = word in _common() or not _is_noun(tag)
    may_begin = (tag != "x" or word in "“(") and tag not in _PARTICLES
    return word in _not_first(), parting, may_begin, tag in _NAMES


def _is_place(word: Word) -> bool:
    return word.tag == "ns" or (word.text.endswith(lexicon.words("name_words", "area")) and word.end - word.start > _BARE_PLACE)


_BARE_PLACE = 2
"""Characters of a word for a place of which a name begins to be more than its kind (`全市`)."""
_NAMES = ("ns", "nt", "nz", "nr", "nrt")
"""Tags of words that jieba's dictionary knows, or guesses, to be names."""


_PARTICLES = frozenset({"uj", "ul", "uz", "ug", "ud", LEAD})


@cache
def _is_noun(tag: str) -> bool:
    return tag.startswith(_NOUNS) and tag not in ("x", "nr", "ns", "ad")


@cache
def _not_first() -> frozenset[str]:
    return frozenset(lexicon.words("not_first"))


@cache
def _common() -> frozenset[str]:
    """Nouns that may stand right before or behind a name without being part of it."""
    return frozenset({*lexicon.words("generic"), *lexicon.words("beside_names")})


_IN_QUOTES = re.compile("“[^“”,。;]{2,40}”")


def _quoted(spans: set[tuple[int, int]], text: str, words: Sequence[Word]) -> None:
    """What stands in quotes, with and without them, and with up to three words behind them."""
    for match in _IN_QUOTES.finditer(text) if "“" in text else ():
        start, end = match.span()
        spans.add((start, end))
        if end - start > 3:
            spans.add((start + 1, end - 1))
        index = bisect_left(words, end, key=_START)
        for word in words[index : index + 4]:
            if word.tag == "x":
                break
            spans.add((start, word.end))


_PAIRED = re.compile("[“”()]")


def _whole(text: str, start: int, end: int) -> bool:
    """Whether quotes and brackets of a stretch are in pairs, and no two things in quotes of their own."""
    if _PAIRED.search(text, start, end) is None:
        return True
    words = text[start:end]
    if "”“" in words:
        return False
    return words.count("“") == words.count("”") and words.count("(") == words.count(")") and words[0] not in "”)" and words[-1] not in "“("
