"""Stretches of a sentence that may be names: several left and right ends for each, among which a score chooses."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import ahocorasick

from kg import lexicon
from kg.extract.names.names import Boundaries, Mention
from kg.extract.words.segmentation import LEAD, Word
from kg.extract.words.stages import stage_words

LONGEST = 40
"""Characters of a candidate at most."""
_HEAD_WORDS, _BARE_WORDS, _BARE = 16, 6, 16
"""Words of a candidate with a head at most; words and characters of one without."""
_START = attrgetter("start")
_STAGE_OF_NAMES = ("建设", "运营", "改造", "装修")
"""Stages of building with which a name may end all the same."""
_PLANS = re.compile(r"(?<![发动才育项展持划])计划(?=[在于到将总今明全年引开建完投增争]|\d|[上下]半年)")
"""计划 as a verb, which ends no name."""
_YEAR = re.compile(r"20\d{2}年?度?")
"""A year, with which no name begins."""
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


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sentence between marks that no name crosses."""

    start: int
    end: int


def stretches(text: str) -> list[Stretch]:
    """Parts of a folded sentence between marks."""
    found, at = [], 0
    for mark in _BREAK.finditer(text):
        if mark.start() > at:
            found.append(Stretch(at, mark.start()))
        at = mark.end()
    if at < len(text):
        found.append(Stretch(at, len(text)))
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


def candidates(text: str, words: Sequence[Word], ends: Mapping[int, str], cuts: Boundaries, proposed: list[Mention]) -> list[Candidate]:
    """All stretches of a sentence that may be names, by start and end.

    Args:
        text: the folded sentence.
        words: it, segmented.
        ends: where a head ends.
        cuts: where names may begin by the words of the lexicon.
        proposed: names that rules propose.
    """
    rules: dict[tuple[int, int], list[str]] = {}
    for mention in proposed:
        rules.setdefault((mention.start, mention.end), []).append(f"{mention.rule}:{mention.type}")
    not_first = _not_first()
    never = {word.start for word in words if word.text in not_first} | {match.start() for match in _YEAR.finditer(text)}
    stages = [match.span() for match in stage_words().finditer(text) if match[0] not in _STAGE_OF_NAMES]
    stages += [match.span() for match in _PLANS.finditer(text)]
    spans = {span: ends.get(span[1], "") for span in rules if span[1] - span[0] > 1 and span[0] not in never}
    begins = sorted({*(word.start for word in words if _may_begin(word)), *cuts.starts} - never)
    common = _common()
    parting = [word for word in words if word.text in common or not _is_noun(word.tag)]
    opens = {0, *(word.end for word in parting), *cuts.starts}
    closes = [word.start for word in parting if word.start]
    for part in stretches(text):
        here = begins[bisect_left(begins, part.start) : bisect_left(begins, part.end)]
        for end, head in ends.items():
            if part.start < end <= part.end:
                at = bisect_left(here, end)
                _with_head(spans, text, here[max(0, at - _HEAD_WORDS) : at], end, head)
        for end in {*closes[bisect_right(closes, part.start) : bisect_right(closes, part.end)], part.end}:
            if end not in ends:
                at = bisect_left(here, end)
                _bare(spans, text, here[max(0, at - _BARE_WORDS) : at], end, opens | {part.start})
    for word in words:
        if word.tag in _NAMES and word.end - word.start > 1 and word.start not in never:
            spans.setdefault((word.start, word.end), ends.get(word.end, ""))
    _quoted(spans, text, words, ends)
    told = sorted(spans)
    if stages:
        told = [(start, end) for start, end in told if not any(start < at < end <= stop for at, stop in stages)]
    of_place = [word.end for word, behind in pairwise(words) if behind.text == "的" and _is_place(word)]
    if of_place:  # 甲市的乙科技城: the name begins behind
        told = [(start, end) for start, end in told if not any(start < at < end for at in of_place) or text[start] in "“《"]
    if _ONE_OF in text:  # 甲高新区项目之一乙: the project is 乙
        told = [(start, end) for start, end in told if not (text.startswith(_ONE_OF, end) and spans[start, end] in _KINDS)]
    by = {span: tuple(sorted(set(said))) for span, said in rules.items()}
    return [Candidate(*span, spans[span], by.get(span, ())) for span in told]


def _is_place(word: Word) -> bool:
    return word.tag == "ns" or (word.text.endswith(("省", "市", "县")) and word.end - word.start > _BARE_PLACE)


_BARE_PLACE = 2
"""Characters of a word for a place of which a name begins to be more than its kind (`全市`)."""
_ONE_OF, _KINDS = "之一", ("项目", "工程")
_NAMES = ("ns", "nt", "nz", "nr", "nrt")
"""Tags of words that jieba's dictionary knows, or guesses, to be names."""


_PARTICLES = frozenset({"uj", "ul", "uz", "ug", "ud", LEAD})


def _may_begin(word: Word) -> bool:
    return (word.tag != "x" or word.text in "“(") and word.tag not in _PARTICLES


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


def _quoted(spans: dict[tuple[int, int], str], text: str, words: Sequence[Word], ends: Mapping[int, str]) -> None:
    """What stands in quotes, with and without them, and with up to three words behind them."""
    for match in _IN_QUOTES.finditer(text):
        start, end = match.span()
        spans.setdefault((start, end), "")
        if end - start > 3:
            spans.setdefault((start + 1, end - 1), ends.get(end - 1, ""))
        index = bisect_left(words, end, key=_START)
        for word in words[index : index + 4]:
            if word.tag == "x":
                break
            spans.setdefault((start, word.end), ends.get(word.end, ""))


def _with_head(spans: dict[tuple[int, int], str], text: str, begins: list[int], end: int, head: str) -> None:
    for start in begins:
        if 2 <= end - start <= LONGEST and (start, end) not in spans and _whole(text, start, end):
            spans[start, end] = head


def _bare(spans: dict[tuple[int, int], str], text: str, begins: list[int], end: int, opens: set[int]) -> None:
    for start in begins:
        if start in opens and 2 <= end - start <= _BARE and (start, end) not in spans and _whole(text, start, end):
            spans[start, end] = ""


_PAIRED = re.compile("[“”()]")


def _whole(text: str, start: int, end: int) -> bool:
    """Whether quotes and brackets of a stretch are in pairs."""
    if _PAIRED.search(text, start, end) is None:
        return True
    words = text[start:end]
    return words.count("“") == words.count("”") and words.count("(") == words.count(")") and words[0] not in "”)" and words[-1] not in "“("
