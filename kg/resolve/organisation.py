"""A name taken apart: place, stem (字号), trade (行业), legal form, kind of thing, and what tells it from names like it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kg import lexicon
from kg.extract.document.divisions import called
from kg.extract.document.gazetteer import codes, leading_places, short_of, whole_names
from kg.extract.text.particles import DIGITS, NUMERALS, SCALES, TENS
from kg.lexicon import any_of, pattern, word_pattern

LINKED = ("Enterprise", "GovernmentBody", "ResearchInstitute", "Park", "Project", "Platform", "Programme", "Policy", "Award")
"""Classes whose things may be one under two names; a place is one by its code alone."""
GROUPS: Mapping[str, str] = MappingProxyType(
    {"Park": "site", "Project": "site", "Platform": "site", "ResearchInstitute": "institute", "Enterprise": "firm",
     "GovernmentBody": "body", "Policy": "policy", "Programme": "policy", "Award": "award"}
)  # fmt: skip
"""Class → the classes that a reader may take for each other."""
LONGEST = 120
"""Characters of a name that are looked at."""
_DROPPED = re.compile(r"[^\w()&.·*-]|_")
_DASHES = re.compile("[—–~]+")
_BRACKET = re.compile(r"\(([^()]*)\)")
_SPOKEN = re.compile(f"[{NUMERALS}{TENS}]+")


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of a name; each is "" where the name has none.

    `core` is the name without place, legal form, marks and level, its words in their official short forms; `whole` has the place
    (written short) before it; `plain` is the core without the words that many share; `legal` is `share`, `limited`, `group`,
    `company` (which of them is not told), or several of them; `registered` tells whether the name ends as a registered one does;
    `marks` are numbers, phases, points of the compass, years; `tokens` the words of `whole`, in order.
    """

    place: str = ""
    bracket_place: str = ""
    core: str = ""
    whole: str = ""
    plain: str = ""
    stem: str = ""
    trade: str = ""
    legal: str = ""
    head: str = ""
    marks: str = ""
    level: str = ""
    branch: str = ""
    latin: str = ""
    registered: bool = False
    tokens: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 16)
def parts(name: str, kind: str) -> Parts:
    """Take a name of a class apart; any text will do, of a long one the beginning is looked at."""
    text, inside = _without_brackets(_shortened(clean(name)))
    firm = kind == "Enterprise"
    text, roles = _without_marks_of_shares(text) if firm else (text, set())
    latin = _latin(text, inside)
    if firm:
        text, forms = _without_forms(text)
        roles |= forms
    roles |= {_legal()[one] for one in inside if one in _legal()}
    legal = " ".join(sorted({role.removesuffix("_alone") for role in roles if role != "company_alone" or roles == {role}}))
    place, rest = _place(text)
    bracket = next((_whole_place(one) for one in inside if _whole_place(one)), "")
    rest, level = _without_level(rest, kind)
    marks = _marks(" ".join((rest, *inside)), firm)
    core = rest if firm else _unmarked(_without_noun(rest, kind))
    head = "" if firm else _head(core)
    tokens = _words(core)
    trade = [word for word in tokens if word in _role("trade")]
    stem = "".join(word for word in tokens if word not in _said_by_many())
    if not firm and head:
        stem = _before_head(stem)
    branch = _branch(core, inside, firm, stem)
    if place and not stem:  # 山东黄金: the place is what tells it apart
        core = short_of(place) + core
    return Parts(
        place, bracket, core, short_of(place) + rest if place else core, "".join(w for w in tokens if w not in _role("weak")), stem,
        " ".join(trade), legal, head, marks, level, branch, latin, bool(roles & {"share", "limited"}),
        (short_of(place), *tokens) if place else tuple(tokens),
    )  # fmt: skip


def clean(name: str) -> str:
    """A name in one way of writing: NFKC, no quotes, spaces, marks and control characters, no more than LONGEST characters."""
    return _DROPPED.sub("", _DASHES.sub("-", unicodedata.normalize("NFKC", name[: 4 * LONGEST])))[:LONGEST]


def is_contextual(name: str, kind: str) -> bool:
    """Whether a name means something only in its report, or is too short for any.

    `市科技局`, `园区`, an office without its place, what begins with a place of which there are two
    (`朝阳区科委`, `长春市朝阳区科委`): it has the IRI of its own place already.
    """
    plain = clean(name)
    if len(plain) < 2 or pattern("contextual").search(plain):
        return True
    if kind != "Enterprise" and any(len(called(place)) > 1 for place in leading_places(plain)):
        return True
    if kind == "GovernmentBody" and plain not in known_names():
        of = parts(name, kind)
        return not of.place and of.head != "ministry" and (of.head != "administration" or len(of.stem) < 2)
    return False


@cache
def known_names() -> Mapping[str, str]:
    """Names known nationwide → the first name of their row in the gazetteer."""
    rows = [*lexicon.table("enterprises", "gazetteer"), *lexicon.table("bodies", "gazetteer")]
    return MappingProxyType({clean(name): row["name"] for row in rows for name in (*row["aliases"].split("|"), row["name"]) if name})


def key(name: str, kind: str) -> str:
    """What two ways of writing one name share: all but the legal form, brackets and official short forms; "" of a contextual name."""
    if is_contextual(name, kind):
        return ""
    of = parts(name, kind)
    return "|".join((of.place, of.bracket_place, of.core, of.marks, of.branch, of.level))


@cache
def _role(role: str) -> frozenset[str]:
    return frozenset(lexicon.words("organisation_words", role))


def weak_words() -> frozenset[str]:
    """Words of trade that many names have, so that short names leave them out."""
    return _role("weak")


@cache
def _said_by_many() -> frozenset[str]:
    return _role("weak") | _role("trade") | _role("branch") | _of_firms()


def _of_firms() -> frozenset[str]:
    return _role("firm_branch") | _role("firm_branch_alone")


def _without_brackets(text: str) -> tuple[str, list[str]]:
    inside = [one for one in _BRACKET.findall(text) if one]
    return re.sub(r"[()]", "", _BRACKET.sub("", text)), inside


def _latin(text: str, inside: list[str]) -> str:
    """The Latin name: the whole of a name in Latin letters, or what stands in its brackets."""
    found = next((one for one in (text, *inside) if pattern("latin").fullmatch(one) and len(one) > 2), "")
    return re.sub(r"\W", "", found).casefold()


def _without_marks_of_shares(text: str) -> tuple[str, set[str]]:
    """A short name without what a stock exchange puts before and behind it; ST and A tell that the firm has shares."""
    bare = pattern("listed_before").sub("", text)
    bare = pattern("listed_behind").sub("", bare) or bare
    return bare, {"share_alone"} if pattern("listed_share").search(text) else set()


def _without_forms(text: str) -> tuple[str, set[str]]:
    """A firm's name without its legal forms, and what they say."""
    said: set[str] = set()
    while form := next((one for one in _legal() if text.endswith(one) and len(text) - len(one) >= 2), ""):
        if text.endswith(tuple(_role("branch"))):
            break  # 分公司
        text = text.removesuffix(form)
        said.add(_legal()[form])
    return text, said


@cache
def _legal() -> Mapping[str, str]:
    """Legal form → what it says, the longest first."""
    found = {
        row["word"]: row["role"]
        for row in lexicon.table("organisation_words")
        if row["role"] in ("share", "share_alone", "limited", "company_alone", "group")
    }
    return MappingProxyType(dict(sorted(found.items(), key=lambda row: -len(row[0]))))


def _place(text: str) -> tuple[str, str]:
    """The most exact place with which a name begins, by its whole name where it is known, and the rest of the name."""
    nation = next((one for one in _role("nation") if text.startswith(one) and len(text) > len(one) + 1), "")
    known = leading_places(text)
    while known and len(text) - len("".join(known)) < 1:
        known.pop()
    if known:
        rest = text[len("".join(known)) :]
        return _whole_place(known[-1], known[:-1]), pattern("after_short_place").sub("", rest) if _is_short(known[-1]) else rest
    found = pattern("place").match(text)
    if found and len(text) - found.end() >= 2 and found[0] and not pattern("no_place_end").search(found[0]):
        return found[0], text[found.end() :]
    return nation, text.removeprefix(nation)


def _is_short(place: str) -> bool:
    return not pattern("place_ends").search(place)


def _whole_place(written: str, within: list[str] | tuple[str, ...] = ()) -> str:
    """The whole name of a place: of several so called the first that lies in `within`, else the largest; "" where none is."""
    found = codes().get(written, ())
    names = whole_names()
    for outer in reversed(within):
        stems = [code[:2] if code.endswith("0000") else code[:4] for code in codes().get(outer, ())]
        found = tuple(code for code in found if code.startswith(tuple(stems))) or found
    return names[min(found, key=lambda code: (not code.endswith("0000"), not code.endswith("00"), code))] if found else ""


def _without_level(text: str, kind: str) -> tuple[str, str]:
    """A name without `国家级`, `省级` (of a body and a firm only before it), and its level; of a ministry `国家` says nothing."""
    text = next((text.removeprefix(word) for word in _role("leading") if text.startswith(word)), text)
    for word in lexicon.words("organisation_words", "level"):
        anywhere = kind not in ("Enterprise", "GovernmentBody")
        if (word in text if anywhere else text.startswith(word)) and len(text) - len(word) >= 2:
            return text.replace(word, "", 1), "" if kind == "GovernmentBody" else word[:2]
    return text, ""


@cache
def _same() -> tuple[re.Pattern[str], Mapping[str, str]]:
    return word_pattern("organisation_same"), lexicon.mapping("organisation_same", "short")


def _shortened(text: str) -> str:
    same, short = _same()
    return same.sub(lambda match: short[match[0]], text)


def _marks(text: str, firm: bool) -> str:
    """What tells apart things of like names; of a firm the numbers alone."""
    found = pattern("number").findall(text)
    if not firm:
        found += [*pattern("compass").findall(text), *pattern("letter").findall(text)]
    return " ".join(sorted({_as_digits(one) for one in found}))


def _as_digits(text: str) -> str:
    numeral = _SPOKEN.search(text)
    if not numeral:
        return text.lstrip("0") or "0"
    value, last = 0, 0
    for char in numeral[0]:
        if char in SCALES:
            value, last = value + (last or 1) * SCALES[char], 0
        elif last:
            return numeral[0]  # 十四五 is no number
        else:
            last = DIGITS.index(char)
    return str(value + last)


def _without_noun(text: str, kind: str) -> str:
    """A site's name without 项目 behind it; 甲项目 is no site 甲."""
    noun = lexicon.word("clause_words", "project")
    return text.removesuffix(noun) if kind in ("Project", "Park") and len(text) > 5 else text


def _unmarked(text: str) -> str:
    """A core without its marks, in which `第一中学` is `中学`: a number in front of a noun goes alone."""
    return pattern("number").sub("", pattern("marked").sub("", text)) or text


@cache
def _heads() -> Mapping[str, str]:
    found = {_shortened(row["head"]): row["group"] for row in lexicon.table("organisation_heads")}
    return MappingProxyType(dict(sorted(found.items(), key=lambda row: -len(row[0]))))


def _head(core: str) -> str:
    return next((group for word, group in _heads().items() if core.endswith(word)), "")


def _before_head(stem: str) -> str:
    return next((stem.removesuffix(word) for word in _heads() if stem.endswith(word)), stem)


def _branch(core: str, inside: list[str], firm: bool, stem: str) -> str:
    """Words that name a part or a daughter; beside a stem a rural bank is the only bank of that stem, as no city has one of the name."""
    found = set(_branches(firm).findall(" ".join((core, *inside))))
    says_nothing = {word for word in _role("firm_branch_alone") if len(stem) > 1 and word not in stem}
    return " ".join(sorted(found - says_nothing))


@cache
def _branches(firm: bool) -> re.Pattern[str]:
    return re.compile(any_of(sorted(_role("branch") | (_of_firms() if firm else set()), key=lambda word: (-len(word), word))))


@cache
def _vocabulary() -> tuple[frozenset[str], int]:
    known = _said_by_many()
    return known, max(map(len, known))


def _words(core: str) -> list[str]:
    """A core as words: from its end the words of trade that it knows (the longest first), what is left before them as the stem.

    The stem has two characters at least, unless nothing else is left.
    """
    known, longest = _vocabulary()
    found: list[str] = []
    end = len(core)
    while end > 2:
        size = next((n for n in range(min(longest, end - 2), 0, -1) if core[end - n : end] in known), 0)
        if not size:
            break
        found.append(core[end - size : end])
        end -= size
    rest = core[:end]
    return [*([rest] if rest else []), *found[::-1]]
