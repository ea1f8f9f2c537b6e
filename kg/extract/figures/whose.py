"""Whom a figure is told of: the things that the text names compete, and the report's own place, park or firm is one of them.

Each candidate has features, each feature a weight in the open (`data/lexicon/whose.csv`); the greatest sum wins.
A group without a name (`规上工业企业`) stays what a figure is told of, and belongs to the winner.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.extract.figures.heads import openers, strong, told_of
from kg.extract.figures.slot import Slot, Topic
from kg.extract.names.names import Mention
from kg.extract.text.segment import clause_start, part_start

_NAMED = ("Park", "Enterprise", "Project", "Platform", "ResearchInstitute", "Programme", "Place")
_SITES = ("Park", "Place", "Project", "Platform")
"""Classes of things of which what stands behind a semicolon is told too."""
_WORDS_ONLY = ("Industry", "Technology", "Award", "Recognition", "Policy")
"""Classes of which a figure is told where its own words name them, not because they stand near."""
_LONGEST = 24
"""Characters of the longest name of a group."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a figure is told of as the text says it, and the thing that this is or belongs to ("" where none is named)."""

    about: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a figure may be told of, and what speaks for and against it; `site` marks a place or what is built at one."""

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


def whose(slot: Slot, topic: Topic, words: str, indicator: str) -> Whose:
    """Whom a figure is told of.

    Args:
        slot: the figure amid its words.
        topic: what was spoken of before it.
        words: what its own words, or those of the figure before, give for it: a name, a group, or no more than a stretch.
        indicator: what it measures.
    """
    best = max(candidates(slot, topic, words, indicator), key=lambda one: one.score)
    if "own" not in best.features:
        topic.entity, topic.site = best.name, best.site
    of = "" if best.name.startswith("全") else best.name
    if words == best.name or (best.name and words in _own_words(slot)):
        return Whose(best.name, of)
    group = words if words in topic.row else group_of(words) or ("" if best.name else group_of(indicator))
    if group and group != best.name:
        before = topic.group if topic.group[0] == group else ()
        topic.group = before or (group, _inside(slot, group) or (slot.context.header.subject if _given(slot, group) else of))
        return Whose(*topic.group)
    return Whose(best.name or words or indicator, of)


def candidates(slot: Slot, topic: Topic, words: str, indicator: str) -> list[Candidate]:
    """The things that compete for a figure; the report's own, which wins a tie, comes first."""
    fit = ("fits",) if told_of(indicator) == "region" else ()
    whole = _whole().search(slot.read.text, part_start(slot.read.text, slot.left), slot.figure.start)
    stands_in = ("whole",) if whole and whole.start() >= slot.left else ()
    found = [Candidate(slot.context.header.whole(whole[0] if whole else ""), ("own", *fit, *stands_in))]
    found += [Candidate(slot.context.name(m), _features(slot, m, words, indicator), m.type in _SITES) for m in _named(slot)]
    found += [Candidate(words, ("words",)) for m in slot.read.mentions if m.start >= slot.figure.end and slot.context.name(m) == words]
    if topic.entity:
        found.append(Candidate(topic.entity, ("carried", *(("words",) if topic.entity == words else ())), topic.site))
    if topic.heading:
        found.append(Candidate(topic.heading, ("heading",)))
    if taken_up := _taken_up(topic, words):
        found.append(Candidate(taken_up, ("taken up",)))
    return found


def _taken_up(topic: Topic, words: str) -> str:
    """The thing that a word such as `该项目` takes up, or ""."""
    kind = lexicon.mapping("pro_forms", "type").get(words, "")
    return topic.sites.get(kind) or (topic.sites.get("site", "") if kind and kind != "Enterprise" else "")


def _named(slot: Slot) -> Iterator[Mention]:
    text = slot.read.text
    for mention in slot.read.between(part_start(text, slot.left), slot.figure.start):
        within = mention.type == "Place" and _zone().match(text, mention.end)
        if not within and (mention.type in _NAMED or mention.type in _WORDS_ONLY):
            yield mention


@cache
def _zone() -> re.Pattern[str]:
    """What makes of a place the name of a zone: `兰州` of `兰州新区` is not meant."""
    return re.compile("新区|高新|经开|开发区|保税|示范区")


def _features(slot: Slot, mention: Mention, words: str, indicator: str) -> tuple[str, ...]:
    text = slot.read.text
    here = mention.start >= slot.left
    if mention.type in _WORDS_ONLY:
        return ("words", "clause") if here and slot.context.name(mention) == words else ("amid",)
    head = opens_clause(text, mention)
    pivot = not head and _pivot().search(text, max(0, mention.start - 3), mention.start) and strong().match(text, mention.end)
    where = ["clause"] if here else [] if head or pivot else ["amid"]
    if pivot:
        where.append("pivot")
    if head:
        where.append("head")
    elif mention.type == "Place" and slot.context.name(mention) != slot.context.header.subject:
        where.append("place")
    if text.startswith(":", mention.end):
        where.append("label")
    if slot.context.name(mention) == words:
        where.append("words")
    if _aside().search(text, max(0, mention.start - 3), mention.start):
        where.append("aside")
    in_row = text[mention.start - 1 : mention.start] == "、" or text.startswith(("、", "等"), mention.end)
    if in_row or (here and slot.raw.endswith("等")):
        where.append("row")
    return (*where, *_fit(mention.type, indicator))


def _fit(kind: str, indicator: str) -> tuple[str, ...]:
    right = _FITS.get(told_of(indicator))
    if right is None:
        return ()
    return ("fits",) if kind in right else ("misfits",) if right == _FITS["region"] else ()


_FITS = {"region": ("Place", "Park"), "project": ("Project", "Park"), "firm": ("Enterprise",)}
"""Classes of the things that indicators of a kind are measured of."""


@cache
def _aside() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('asides'))})[“《]?$")


@cache
def _pivot() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('pivots'))})$")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(rf"(?<![对占比居在较与为位列])(?:{lexicon.any_of(lexicon.words('wholes'))})")


@cache
def _ahead() -> re.Pattern[str]:
    """What may stand between a clause's beginning and the thing that it speaks of."""
    words = lexicon.any_of(lexicon.letters_of([*lexicon.words("openers"), *lexicon.words("leads")]))
    mark = r"[一二三四五六七八九十]{1,3}[是、]|\(.{1,3}\)|\d{1,2}[.、]"
    return re.compile(rf"(?:{words}|[,“《\s]|20\d{{2}}年|\d{{1,2}}月(?:\d{{1,2}}日)?|{mark})*")


def opens_clause(text: str, mention: Mention) -> bool:
    """Whether a clause speaks of a thing: nothing but openers stands before it there."""
    start = max(clause_start(text, mention.start), text.rfind(":", 0, mention.start) + 1)
    return _ahead().fullmatch(text, start, mention.start) is not None


def _own_words(slot: Slot) -> tuple[str, ...]:
    return ("", slot.context.header.subject, *lexicon.words("wholes"), *lexicon.words("pro_forms"))


def _inside(slot: Slot, group: str) -> str:
    """The thing with whose name a group begins, or that stands right before it: `甲基地` of `甲基地企业`, `乙区` of `乙区软件业`."""
    at = slot.read.text.find(group, slot.left, slot.figure.start)
    for mention in slot.read.between(slot.left, slot.figure.start, *_NAMED):
        if at in (mention.start, mention.end) and slot.context.name(mention) != group:
            return slot.context.name(mention)
    return ""


_NEAR_PLACE = 4
"""Characters of a place between a word such as 为 and a group: `将为云岭软件业`."""


def _given(slot: Slot, group: str) -> bool:
    """Whether a group is not what acts but whom something is done to: `甲公司将为云岭软件业新增…`."""
    at = slot.read.text.find(group, slot.left, slot.figure.start)
    return any(_aside().search(slot.read.text, slot.left, end) for end in range(max(slot.left, at - _NEAR_PLACE), at + 1))


@cache
def _group() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('groups'))})$")


@cache
def _attribute() -> re.Pattern[str]:
    """Verbs right before the noun of a group: `新开工项目`, `集中签约项目`, `在孵企业`."""
    return re.compile(rf"(?:{strong().pattern})(?:[\u4e00-\u9fff]{{0,2}})(?:{lexicon.any_of(lexicon.words('groups'))})$")


def group_of(words: str) -> str:
    """The name of a group in a stretch of words (`疆共实施产业类重点项目` speaks of `产业类重点项目`), or ""."""
    words = _LEAD.sub("", openers().sub("", words)).strip("“”的、,")
    if not _group().search(words):
        return ""
    attribute = _attribute().search(words)
    last = 0
    for verb in strong().finditer(words, 0, attribute.start() if attribute else len(words)):
        last = verb.end()
    words = _LEAD.sub("", words[last:])
    return words if 2 <= len(words) <= _LONGEST and not _NO_GROUP.search(words) else ""


_LEAD = re.compile("^(?:[全我本][省市区县州国]|[本此]次|[该本]|了|着|各级|的|共|由|[所这那些]|[一二三四五六七八九十]+大)+")
_NO_GROUP = re.compile(r"[\d,;:。()]|[为给对向将被把]")
