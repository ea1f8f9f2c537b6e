"""Where a name begins: words and marks that a name never runs across, and names made by a suffix.

Chinese has no spaces, so the left end of `滨江软件信息园` in `推进星河创新基地、滨江软件信息园等建设` is found from what
stands before it: punctuation, or a word that opens a new phrase (`data/lexicon/boundaries.csv`).
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

import ahocorasick

from kg import lexicon
from kg.extract.text.particles import ALSO, AND, BEFORE_VERBS, NUMERALS, OF, ORDINAL, SCALES, WHILE, WITH
from kg.extract.text.stretches import Stretches
from kg.lexicon import any_of, any_word, pattern, pattern_text

MAX_NAME = 32
_MARK_SIGNS = r",;:。!?、()\[\]“”‘’\"《》\n\s/"


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing at its place in a sentence; `name` is canonical where a lexicon has it, else as printed."""

    start: int
    end: int
    name: str
    type: str
    rule: str

    def within(self, other: "Mention") -> bool:
        """Whether it lies inside another, longer mention."""
        return other.start <= self.start and self.end <= other.end and (self.end - self.start) < (other.end - other.start)


class Known(NamedTuple):
    """A word of the gazetteer or the lexicon at its place in a sentence."""

    start: int
    end: int
    name: str
    type: str


@cache
def _cuts() -> re.Pattern[str]:
    keep, words = lexicon.words("protected"), lexicon.words("boundaries", strength="strong")
    first = "".join(sorted({re.escape(word[0]) for word in (*keep, *words)}))  # most characters begin no cut: they are passed at once
    offices = "".join(lexicon.words("name_words", "office_end"))
    year, count = (pattern_text(name) for name in ("year_told", "count_before"))
    marks = rf"{year}|(?<=[{offices}])[{BEFORE_VERBS}]|(?<=;)\d{{1,2}}\.(?!\d)|{count}"
    return re.compile(rf"[{_MARK_SIGNS}]|(?=[{first}{BEFORE_VERBS}\d])(?:(?P<keep>{any_of(keep)})|(?P<cut>{any_of(words)}|{marks}))")


@cache
def _weak() -> re.Pattern[str]:
    words = [*lexicon.words("boundaries", strength="weak"), *lexicon.words("name_words", "weak")]
    return re.compile(rf"(?:{'|'.join(words)}|{pattern_text('year_ahead')})+")


@cache
def _generic() -> Mapping[str, tuple[str, ...]]:
    """Words that name kinds, by their first character."""
    words = sorted(lexicon.words("generic"), key=itemgetter(0))
    return {first: tuple(same) for first, same in groupby(words, key=itemgetter(0))}


_NUMBERS = frozenset((*NUMERALS, *SCALES, ORDINAL, *"IVX"))


def is_generic(name: str) -> bool:
    """Whether a phrase names a kind (`重大项目`, `各类园区`), not a thing: words that name kinds, numbers and marks alone make it up."""
    words = _generic()
    reached, furthest = {0}, 0
    for at, char in enumerate(name):
        if at not in reached:
            continue
        same = words.get(char, ())
        ends = [at + len(word) for word in same if name.startswith(word, at)] if same and name.startswith(same, at) else []
        if char in _NUMBERS or char.isdecimal() or not (char.isalnum() or char == "_"):
            ends.append(at + 1)
        if ends:
            reached.update(ends)
            furthest = max(furthest, *ends)
        if furthest <= at:
            return False
    return len(name) in reached


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Offsets of a sentence at which a name may begin, ascending."""

    text: str
    starts: tuple[int, ...]
    whole: frozenset[int] = frozenset()
    """Where known names begin: no word is taken off these."""
    suffixes: tuple[tuple[int, int], ...] = ()
    """Where words stand that may end a name (`data/lexicon/suffixes.csv`)."""

    def before(self, offset: int) -> int:
        """Where a name that holds the character at `offset` begins at the earliest, weak words left out."""
        start = self.starts[bisect_right(self.starts, offset) - 1]
        start = max(start, offset - MAX_NAME)
        weak = _weak().match(self.text, start) if start not in self.whole else None
        return min(weak.end(), offset) if weak else start

    def after(self, offset: int) -> int:
        """First cut at or behind `offset`."""
        found = _cuts().search(self.text, offset)
        while found and found["keep"]:
            found = _cuts().search(self.text, found.end())
        return found.start() if found else len(self.text)


def boundaries(text: str, known: list[Known]) -> Boundaries:
    """Cuts of a folded sentence; a boundary word inside a known name is none."""
    mark = pattern("heading_mark").match(text)
    starts = [0, mark.end()] if mark else [0]
    suffixes = tuple(m.span() for m in _suffixes()[0].finditer(text))
    whole = set(suffixes)
    inside = bytearray(len(text))  # 1 within a known name, 2 within a suffix: 重点 in 重点实验室
    for mark_as, stretches in ((2, suffixes), (1, [(k.start, k.end) for k in known])):
        for start, end in stretches:
            inside[start:end] = bytes((mark_as,)) * (end - start)
    for match in _cuts().finditer(text):
        if match.lastgroup == "keep":
            continue
        start, end = match.span()
        if inside.find(1, start, end) >= 0 or (inside.find(2, start, end) >= 0 and (start, end) not in whole):
            continue
        if end - start == 1:
            if text[start] in _JOINS and _is_inside(text, start, end):
                continue  # 、和黄药业; 总部及生产基地项目
            if text[start] == OF and start - starts[-1] == 1:
                continue  # one character and 的 open no phrase: the 的 is part of a name
        starts.append(end)
    return Boundaries(text, tuple(starts), frozenset(k.start for k in known), suffixes)


_JOINS = frozenset((AND, WITH, ALSO, WHILE))


@cache
def _and_site() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{2,8}}?{any_word('name_words', 'site_and')}")


def _is_inside(text: str, start: int, end: int) -> bool:
    """Whether a word that joins is part of a name: behind 、 (a row has its mark already), or between two uses of one site."""
    used = lexicon.words("name_words", "site_use")
    joins_uses = text[start] in (ALSO, WHILE) and text.endswith(used, max(0, start - 4), start) and _and_site().match(text, end)
    return text[start - 1 : start] == "、" or bool(joins_uses)


@cache
def _automaton(gazetteer: bool) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in (*lexicon.table("industries"), *lexicon.table("recognitions"), *lexicon.table("programmes")):
        for word in [row["name"], *filter(None, row["aliases"].split("|"))]:
            automaton.add_word(word, (len(word), row["name"], row["type"]))
    for table in ("enterprises", "bodies") if gazetteer else ():
        for row in lexicon.table(table, "gazetteer"):
            for word in [row["name"], *filter(None, row["aliases"].split("|"))]:
                automaton.add_word(word, (len(word), row["name"], row.get("type", "Enterprise")))
    for row in lexicon.table("regions", "gazetteer") if gazetteer else ():
        automaton.add_word(row["name"], (len(row["name"]), row["name"], "Place"))
    named_without = lexicon.words("name_words", "province_end")
    for row in lexicon.table("places", "gazetteer") if gazetteer else ():
        name = row["name"]
        if len(name) > 2:
            automaton.add_word(name, (len(name), name, "Place"))
            if row["level"] in ("province", "prefecture") and len(name) >= 3 and name.endswith(named_without):
                automaton.add_word(name[:-1], (len(name) - 1, name, "Place"))
    automaton.make_automaton()
    return automaton


def known_words(text: str, gazetteer: bool) -> list[Known]:
    """Words of the lexicon (and of the gazetteer) in a sentence, the longest of those that overlap."""
    hits = [(-size, end - size + 1, name, kind) for end, (size, name, kind) in _automaton(gazetteer).iter(text)]
    if not hits:
        return []
    busy = Stretches(len(text))
    taken = []
    for size, start, name, kind in sorted(hits, key=itemgetter(0, 1)):
        end = start - size
        holds = kind == "Recognition" and pattern("holds_title").match(text, end)  # 高新技术企业研发中心 is a platform
        if busy.free(start, end) and not holds and not _inside_latin(text, start, end):
            busy.mark(start, end)
            taken.append(_with_ending(text, Known(start, end, name, kind)))
    return sorted(taken, key=attrgetter("start"))


def _with_ending(text: str, word: Known) -> Known:
    """`芯源` of the gazetteer before 微电子 is another enterprise, `芯源微电子`."""
    if word.type != "Enterprise" or not (ending := _firm_ending().match(text, word.end)):
        return word
    return Known(word.start, ending.end(), text[word.start : ending.end()], "Enterprise")


@cache
def _firm_ending() -> re.Pattern[str]:
    forms = lexicon.words("name_words", "firm_form")
    endings = "|".join(w for w in lexicon.words("enterprise_endings", strength="strong") if w not in forms)
    return re.compile(rf"(?:{endings})(?={pattern_text('firm_behind')})")


def home_words(text: str, home: str, known: list[Known]) -> list[Known]:
    """The district for which a report speaks, where the gazetteer does not know it; its short name guards against cuts.

    A guard has no class: in `安和经济技术开发区` of a report of 安和县 和 joins nothing.
    """
    short = next((home.removesuffix(end) for end in lexicon.words("name_words", "area_end") if home.endswith(end)), home[:-1])
    if not short or short not in text:
        return []
    found = []
    whole = [match.span() for match in re.finditer(re.escape(home), text)]
    known[:] = [k for k in known if not any(start <= k.start and k.end < end for start, end in whole)]  # 兰州 in 兰州新区
    busy = Stretches(len(text), ((k.start, k.end) for k in known))
    for match in re.finditer(f"{re.escape(home)}|{re.escape(short)}", text) if len(short) > 1 else ():
        if busy.free(*match.span()):
            found.append(Known(*match.span(), home, "Place" if match[0] == home else ""))
    return found


def site_words(text: str, site: str, known: list[Known]) -> list[Known]:
    """The site for which a report speaks, wherever it is named, without what the gazetteer knows inside its name."""
    found = [Known(*match.span(), site, "Park") for match in re.finditer(re.escape(site), text)] if site else []
    if found:
        busy = Stretches(len(text), ((k.start, k.end) for k in found))
        known[:] = [k for k in known if busy.free(k.start, k.end)]
    return found


def _inside_latin(text: str, start: int, end: int) -> bool:
    """`AI` in `AIoT` is not the word."""
    if not text[start].isascii():
        return False
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(c.isascii() and c.isalnum() for c in around)


@cache
def _suffixes() -> tuple[re.Pattern[str], Mapping[str, str]]:
    types = lexicon.mapping("suffixes", "type")
    other = lexicon.mapping("suffixes", "not_before")
    no_other = {word: f"(?!{more})" for word, more in other.items()}
    return re.compile(any_of(lexicon.words("suffixes"), no_other)), types


@cache
def _short_places() -> frozenset[str]:
    end = re.compile(rf"{any_word('name_words', 'area_end')}$")
    return frozenset(end.sub("", row["name"]) for row in lexicon.table("places", "gazetteer"))


def _place_park(stem: str, gazetteer: bool) -> bool:
    """`东湖高新区南山园`: a bare 园 makes a park behind another park's name or behind a place."""
    return bool(pattern("zone_before").search(stem)) or (gazetteer and stem[-2:] in _short_places())


def suffixed(text: str, cuts: Boundaries, gazetteer: bool) -> list[Known]:
    """Names that end in a suffix of `data/lexicon/suffixes.csv`."""
    types = _suffixes()[1]
    park, levels = (lexicon.words("name_words", role) for role in ("park", "level"))
    found = []
    for at, stop in cuts.suffixes:
        suffix = text[at:stop]
        start, kind = cuts.before(at), types[suffix]
        if suffix in park and not _place_park(text[start:at], gazetteer):
            continue
        end = stop + (suffix.endswith(park) and pattern("park_area").match(text, stop) is not None)
        start = _with_bracket(text, _behind_copula(text, _with_quote(text, start), at), cuts)
        name = text[start:end]
        if kind == "Project" and counted_kind(text, end + text.startswith("”", end)):
            continue
        if len(name) - len(suffix) < 2 and kind not in ("GovernmentBody", "Enterprise"):
            continue
        if is_generic(name) if kind != "GovernmentBody" else name == suffix and name[0] not in levels:
            continue
        found.append(Known(start, end, name, kind))
    return found


def counted_kind(text: str, at: int) -> bool:
    """Whether a number behind a name counts a kind: `“双百”项目42个`."""
    return pattern("counted_kind").match(text, at) is not None


def _behind_copula(text: str, start: int, end: int) -> int:
    """`认定…技术中心为2021年省级企业技术中心`: the name begins behind 为 (but 华为 is a name)."""
    return max((m.end() for m in pattern("copula").finditer(text, start, end)), default=start)


_PLACE_IN_BRACKETS = re.compile(r"[\u4e00-\u9fff]{2}\([\u4e00-\u9fff]{2,6}\)$")


def _with_bracket(text: str, start: int, cuts: Boundaries) -> int:
    """A place in brackets amid a name: `中国(湖畔)知识产权保护中心`."""
    if start == 0 or text[start - 1] != ")" or not _PLACE_IN_BRACKETS.search(text, max(0, start - 16), start):
        return start
    return cuts.before(text.rfind("(", 0, start) - 1)


def _with_quote(text: str, start: int) -> int:
    """A quoted word right before belongs to the name: `“百川汇才”创新创业示范基地`."""
    if start > 0 and text[start - 1] in '”"':
        opening = max(text.rfind("“", 0, start - 1), text.rfind('"', 0, start - 1))
        if opening >= 0 and start - opening <= 20:
            return opening
    return start
