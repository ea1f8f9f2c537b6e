"""The things of which a figure may be told, each with what speaks for and against it (`data/lexicon/whose.csv`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import lexicon
from kg.extract.document.header import Header
from kg.extract.figures.in_text import FigureInText, Topic
from kg.extract.figures.indicator_words import openers, strong, told_of
from kg.extract.figures.unnamed_groups import behind
from kg.extract.names.boundaries import Mention
from kg.extract.text.particles import ALSO, AND, DAY, ETC, IS, MONTH, NUMERALS, OF, SAID, WITH, YEAR
from kg.extract.text.segment import clause_start, part_start
from kg.lexicon import any_of, any_word, letters, letters_of, pattern, pattern_text

THINGS = ("Park", "Enterprise", "Project", "Platform", "ResearchInstitute", "Programme", "Place")
"""Classes of things that have figures."""
_SITUATED = ("Park", "Place", "Project", "Platform")
"""Classes of things of which what stands behind a semicolon is told too."""
_WORDS_ONLY = ("Industry", "Technology", "Award", "Recognition", "Policy")
"""Classes of which a figure is told where its own words name them, not because they stand near."""
_FITS = {"region": ("Place", "Park"), "project": ("Project", "Park"), "firm": ("Enterprise",)}
"""Classes of the things that indicators of a kind are measured of."""
_BEHIND = 120
"""Characters behind a figure in which the thing stands that its words name."""
_NEAREST = 12
"""How many things before a figure compete at most; those farther off are carried along."""
_REACH = 3
"""Characters before a name in which the word stands that makes it an aside."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a figure may be told of, and its features; `site` marks a place or what is built at one."""

    name: str
    features: tuple[str, ...]
    site: bool = False

    @property
    def score(self) -> int:
        """Sum of the weights of its features."""
        return sum(_weights()[feature] for feature in self.features)


@cache
def _weights() -> dict[str, int]:
    return {row["feature"]: int(row["weight"]) for row in lexicon.table("whose")}


def candidates(spot: FigureInText, topic: Topic, words: str, indicator: str) -> list[Candidate]:
    """The things that compete for a figure; the report's own first, which wins a tie, then those that stand nearest."""
    fit = ("fits",) if told_of(indicator) == "region" else ()
    wholes = _whole().findall(spot.read.text, part_start(spot.read.text, spot.left), spot.figure.start)
    stands_in = ("whole",) if says_whole(spot) else ()
    found = [Candidate(spot.context.header.whole(wholes[-1] if wholes else ""), ("own", *fit, *stands_in))]
    named = [Candidate(spot.context.name(m), _features(spot, m, words, indicator), m.type in _SITUATED) for m in _named(spot)]
    found += reversed(named)
    later = spot.read.between(spot.figure.end, spot.figure.end + _BEHIND) if words and words != spot.context.header.subject else ()
    found += [Candidate(words, ("words", "behind")) for m in later if spot.context.name(m) == words]
    if topic.entity and not behind(spot):
        spoken = ("spoken",) if topic.entity == topic.spoken else ()
        named_so = ("words",) if topic.entity == words else ()
        found.append(Candidate(topic.entity, ("carried", *spoken, *named_so, *_fits_region(spot, topic.entity, fit)), topic.site))
    if topic.paragraph:
        found.append(Candidate(topic.paragraph, ("paragraph", *fit), site=True))
    if attributed := _attributed(spot):
        found.append(Candidate(spot.context.name(attributed), ("attribute",), attributed.type in _SITUATED))
    if topic.heading:
        found.append(Candidate(topic.heading, ("heading",), site=True))
    if taken_up := _taken_up(spot, topic, words):
        found.append(Candidate(taken_up, ("taken up",), site=True))
    return found


def _fits_region(spot: FigureInText, name: str, fit: tuple[str, ...]) -> tuple[str, ...]:
    """`fit` where a thing that the sentence names is a place or a park."""
    here = fit and any(m.type in _FITS["region"] and spot.context.name(m) == name for m in spot.read.mentions)
    return fit if here else ()


def _attributed(spot: FigureInText) -> Mention | None:
    """The thing behind a row of figures that are its attributes: `总投资2亿元,占地30亩的甲项目`."""
    row = pattern("attributes").match(spot.read.text, spot.figure.end)
    behind = spot.read.between(row.end(), row.end() + _BEHIND, *_SITUATED) if row else []
    return behind[0] if row and behind and behind[0].start == row.end() else None


def says_whole(spot: FigureInText) -> bool:
    """Whether a figure's words speak of `全区`, `我市`."""
    return _whole().search(spot.read.text, spot.left, spot.figure.start) is not None


def _named(spot: FigureInText) -> Iterator[Mention]:
    text = spot.read.text
    for mention in spot.read.between(part_start(text, spot.left), spot.figure.start)[-_NEAREST:]:
        known = mention.type in THINGS or mention.type in _WORDS_ONLY
        within = mention.type == "Place" and (  # 甲市级项目: of which level something is
            text.startswith(lexicon.words("zone_words"), mention.end) or pattern("level").match(text, mention.end)
        )
        if known and not within and not in_brackets(text, mention, spot.figure.start):
            yield mention


def in_brackets(text: str, mention: Mention, at: int) -> bool:
    """Whether a thing stands in brackets that close before `at`: it explains what stands before them."""
    opening = text.rfind("(", 0, mention.start)
    return opening > text.rfind(")", 0, mention.start) and text.find(")", mention.end, at) >= 0


def _taken_up(spot: FigureInText, topic: Topic, words: str) -> str:
    """The thing that a word such as `该项目` takes up, in this sentence or before, or ""."""
    kind = lexicon.mapping("pro_forms", "type").get(words, "")
    counted = spot.before and spot.left == spot.before  # 330个项目: no one project
    if not kind or words not in spot.raw or counted:
        return ""
    named = [m for m in spot.read.between(0, spot.left, *_FITS["firm" if kind == "Enterprise" else "project"]) if m.end <= spot.left]
    named = [m for m in named if m.type != "Park" or not is_aside(spot.read.text, m.start)]  # 甲项目在乙园开工,项目总投资…
    return spot.context.name(named[-1]) if named else _before(topic, kind)


def taken_up(header: Header, topic: Topic, word: str) -> str:
    """The thing that a word such as `该项目` takes up at a sentence's head; the park whose own report it is for a bare `园区`."""
    kind = lexicon.mapping("pro_forms", "type")[word]
    own = header.subject if kind == "Park" and header.subject.endswith((header.titled or header.zone or "-",)) else ""
    return own if own and not word.startswith(SAID) else _before(topic, kind)


def _before(topic: Topic, kind: str) -> str:
    """The thing of a class that sentences before named last; for what is built, the last thing of any class."""
    return topic.sites.get(kind) or ("" if kind == "Enterprise" else next(iter([*topic.sites.values()][-1:]), ""))


def _features(spot: FigureInText, mention: Mention, words: str, indicator: str) -> tuple[str, ...]:
    if mention.type in _WORDS_ONLY:
        here = mention.start >= spot.left
        return ("words", "clause") if here and spot.context.name(mention) == words else ("amid",)
    told = ("words",) if spot.context.name(mention) == words else ()
    return (*_where(spot, mention, indicator), *_against(spot, mention, indicator), *told, *_fit(mention.type, indicator))


def _where(spot: FigureInText, mention: Mention, indicator: str) -> Iterator[str]:
    """Where a thing stands: in the figure's clause, at the head of one, at the end of the one before."""
    stands = _standing(spot.read.text, mention)
    here = mention.start >= spot.left
    closes = (
        not here
        and spot.read.text[mention.end : spot.left] in (",", f"{lexicon.word('figure_words', 'built')},")
        and mention.type in _FITS["project"]
    )
    closes = closes and (
        told_of(indicator) == "project" or (spot.read.text.startswith(OF, mention.start - 1) and spot.before < mention.end)
    )
    if here:
        yield "clause"
    if closes:
        yield "closes"
    yield from stands
    if not (here or closes or stands):
        yield "amid"
    if mention.end <= spot.before:
        yield "past"


@lru_cache(maxsize=256)
def _standing(text: str, mention: Mention) -> tuple[str, ...]:
    """What makes a thing the one that is spoken of, whichever figure follows."""
    label = ("label",) if text.startswith(":", mention.end) else ()
    if opens_clause(text, mention) or is_scene(text, mention):
        return ("head", *label)
    if _ends_in(text, mention.start, "pivots") and strong().match(text, mention.end):
        return ("pivot", *label)
    is_one = _ends_in(text, mention.start, "copulas") and text[mention.end : mention.end + 1] in (",", "")
    return ("copula", *label) if is_one else label


_FOUNDED = ("ResearchInstitute", "Platform")
"""Classes of things that are founded, and of which a count of titles behind that (`新增省级众创空间6家`) is not told."""


def is_scene(text: str, mention: Mention) -> bool:
    """`在甲项目现场,`: a thing is where a clause sets its scene, and spoken of."""
    return pattern("scene").match(text, mention.end) is not None


def _against(spot: FigureInText, mention: Mention, indicator: str) -> Iterator[str]:
    """What speaks against a thing: it is where or with whom something is done, one of a row, a place amid words."""
    text = spot.read.text
    if _ends_in(text, mention.start, "asides") and not is_scene(text, mention):
        yield "aside"
    if mention.type in _FOUNDED and pattern("graded").match(indicator) and pattern("came_to_be").match(text, mention.end):
        yield "founded"
    if is_speaker(text, mention.end):
        yield "speaker"
    in_row = text.startswith("、", max(0, mention.start - 1)) or text.startswith(("、", ETC), mention.end)
    paired = text.startswith((AND, WITH, ALSO), mention.end) and spot.read.between(mention.end + 1, mention.end + 2 + len(mention.name))
    if in_row or paired or is_kind(text, mention) or (mention.start >= spot.left and spot.raw.endswith(ETC)):
        yield "row"
    own = spot.context.name(mention) == spot.context.header.subject
    if mention.type == "Place" and not own and not opens_clause(text, mention):
        yield "place"


@lru_cache(maxsize=256)
def is_speaker(text: str, at: int) -> bool:
    """`甲公司项目经理李某介绍,`: who tells a figure is not whom it is told of."""
    return _speaker().match(text, at) is not None


@cache
def _speaker() -> re.Pattern[str]:
    return re.compile(rf"[^,;。:\d]{{0,20}}{any_word('figure_words', 'speaks')}{any_word('figure_words', 'to_whom')}?[,:]")


def is_kind(text: str, mention: Mention) -> bool:
    """`14个装配式建筑项目`: what is counted is no thing of its own."""
    return pattern("count_ahead").search(text, max(0, mention.start - _REACH), mention.start) is not None


def _fit(kind: str, indicator: str) -> tuple[str, ...]:
    right = _FITS.get(told_of(indicator))
    if right is None:
        return ()
    return ("fits",) if kind in right else ("misfits",) if right == _FITS["region"] else ()


def _ends_in(text: str, at: int, table: str) -> bool:
    """Whether a word of a table of the lexicon stands right before some place, a quotation mark aside."""
    at -= text.startswith(_QUOTES, at - 1) if at else 0
    return text.endswith(lexicon.words(table), max(0, at - _REACH), at)


_QUOTES = ("“", "《")


def is_aside(text: str, at: int) -> bool:
    """Whether a word such as 在, 为, 与 stands right before some place."""
    return _ends_in(text, at, "asides")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(rf"(?<![{letters('figure_words', 'weighed')}]){any_word('wholes')}")


@cache
def _ahead() -> re.Pattern[str]:
    """What may stand between a clause's beginning and the thing that it speaks of."""
    words = any_of(letters_of([*lexicon.words("openers"), *lexicon.words("leads")]))
    mark = rf"[{NUMERALS}]{{1,3}}[{IS}、]|\(.{{1,3}}\)|\d{{1,2}}[.、]"
    date = rf"20\d{{2}}{YEAR}|\d{{1,2}}{MONTH}(?:\d{{1,2}}{DAY})?"
    return re.compile(rf"(?:{words}|{pattern_text('as_one')}|[,“《\s]|{date}|{mark})*")


def opens_clause(text: str, mention: Mention) -> bool:
    """Whether a clause speaks of a thing: nothing but openers stands before it there."""
    return _opens(text, mention.start)


@lru_cache(maxsize=256)
def _opens(text: str, at: int) -> bool:
    start = max(clause_start(text, at), text.rfind(":", 0, at) + 1)
    return _ahead().fullmatch(text, start, at) is not None


@cache
def _pro_form() -> re.Pattern[str]:
    words = sorted(lexicon.mapping("pro_forms", "type"), key=len, reverse=True)
    return re.compile(rf"{pattern_text('part_of_one')}(?P<word>{any_of(words)})(?!{any_word('figure_words', 'no_thing')})")


def opening_pro_form(text: str) -> str:
    """The word with which a sentence takes up a thing (`该项目`, `一期项目`), `项目` where it tells of one built (`投产后,`), or ""."""
    if pattern("once_built").match(text):
        return lexicon.word("figure_words", "built")
    start = 0
    while (opening := openers().match(text, start) or _ahead().match(text, start)) and opening.end() > start:
        start = opening.end()
    if found := _pro_form().match(text, start):
        return found["word"]
    return lexicon.word("figure_words", "built") if pattern("once_built").match(text, start) else ""
