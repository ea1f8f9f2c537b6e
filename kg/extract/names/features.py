"""What tells a name from other words: named features of a candidate's ends and of what is inside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.extract.names.candidates import Candidate
from kg.extract.names.names import Boundaries, is_generic
from kg.extract.words.segmentation import LEAD, Word
from kg.extract.words.stages import stage_words

_FUNCTION = ("p", "c", "u", "d", "f", "r", "y", "q", "m")
"""Tags (their first letters) of words that seldom stand inside a name."""
_NONE, _END = Word(0, 0, "^", "^"), Word(0, 0, "$", "$")
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
        cuts: where names may begin by the words of the lexicon.
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
    """

    text: str
    words: Sequence[Word]
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


def seen(text: str, words: list[Word], ends: Mapping[int, str], cuts: Boundaries, known: dict[tuple[int, int], str]) -> Seen:
    """A sentence prepared for its features; `known` are words of lexicon and gazetteer with their class."""
    places = {start: end for (start, end), kind in known.items() if kind == "Place"}
    places |= {word.start: word.end for word in words if word.tag == "ns" and word.start not in places}
    number = [index for index, word in enumerate(words) for _ in word.text]
    runs, run = [], 0
    for word in words:
        runs.append(min(run, _RUN_WORDS))
        run = run + 1 if _runs_on(word.tag) else 0
    stages = frozenset(match.start() for match in stage_words().finditer(text))
    return Seen(
        text, words, frozenset(cuts.starts), tuple(_closers(text)), known, places, frozenset(places.values()), _going_on(words, ends),
        number, runs, stages, tuple(match.start() for match in _joint().finditer(text)), ends,
    )  # fmt: skip


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


_SUCH = re.compile(
    r"等(?:[0-9一二三四五六七八九十两百]+余?[家个所项户大类名位座条]|一批|多家|多个|一大批)?[\u4e00-\u9fff]{0,8}?"
    r"(?P<noun>企业|公司|单位|项目|产业|领域|行业|服务业|制造业|园区|基地|平台|载体|高校|院校|院所|机构|大学|政策|文件|办法|称号|荣誉|奖项|计划|专项|技术|产品|地区|城市|地|部门|县|区)"
)
_MARK = re.compile(r"[,;:。!?(《》]")
_BEFORE_BRACKET = re.compile(r"(?P<noun>企业|公司|单位|项目|园区|基地|平台|高校|院校|机构|产业|家|个|户)[^,;。()]{0,3}\($")


def _closers(text: str) -> list[tuple[int, int, str]]:
    found = []
    for match in _SUCH.finditer(text):
        marks = [m.end() for m in _MARK.finditer(text, 0, match.start())]
        found.append((marks[-1] if marks else 0, match.start(), match["noun"]))
    for opening in re.finditer(r"\(", text):
        before = _BEFORE_BRACKET.search(text, max(0, opening.end() - 12), opening.end())
        end = text.find(")", opening.end())
        if before and end > 0:
            found.append((opening.end(), end, f"({before['noun']}"))
    return found


Group = tuple[object, ...]
"""Features that go together: the function that spells them, and what it is given. Texts have few different ones, so that a sum of weights
is remembered for each."""


def spelled(group: Group) -> list[str]:
    """The features of a group, by name."""
    function, *given = group
    told: list[str] = function(*given)  # type: ignore[operator]  # the first of a group is a function
    return told


def before(seen: Seen, start: int) -> list[Group]:
    """Features of a left end: the word before it, the one that it begins, how they go together."""
    words, text = seen.words, seen.text
    index = seen.number[start]
    first = words[index]
    previous = _unled(seen, index)
    if first.start < start:  # inside a word
        previous = Word(first.start, start, text[first.start : start], "?")
        first = Word(start, first.end, text[start : first.end], "?")
    return [
        (_previous, previous.text, previous.tag),
        (_first, first.text, first.tag),
        (_meeting, previous.tag, first.tag, previous.text in _cutting()),
        (_run, seen.runs[index], first.tag, start in seen.cuts or previous is _NONE),
    ]


def _unled(seen: Seen, index: int) -> Word:
    """The word before one, without what opens its clause."""
    while index and seen.words[index - 1].tag == LEAD:
        index -= 1
    return seen.words[index - 1] if index else _NONE


def _char_before(seen: Seen, start: int) -> str:
    index = seen.number[start]
    return seen.text[start - 1] if seen.words[index].start < start else _unled(seen, index).text[-1]


def _previous(word: str, tag: str) -> list[str]:
    return [f"p1={word}", f"pt={tag}", f"pc={word[-1]}"]


def _first(word: str, tag: str) -> list[str]:
    return [f"f1={word}", f"ft={tag}"]


def _meeting(previous: str, first: str, cutting: bool) -> list[str]:
    return [f"pb={cutting}_{first}", f"ptft={previous}_{first}"]


def _run(run: int, first: str, cut: bool) -> list[str]:
    return [f"rn={run}", f"rn={run}_{first}", f"cut={cut}"]


def behind(seen: Seen, end: int) -> list[Group]:
    """Features of a right end: the word that it ends, the one behind it, how they go together."""
    words, text = seen.words, seen.text
    index = seen.number[end - 1]
    last = words[index]
    following = words[index + 1] if index + 1 < len(words) else _END
    if last.end > end:  # inside a word
        following = Word(end, last.end, text[end : last.end], "?")
        last = Word(last.start, end, text[last.start : end], "?")
    return [
        (_last, last.text, last.tag),
        (_tail, text[max(0, end - 3) : end]),
        (_following, following.text, following.tag),
        (_parting, last.tag, following.tag, end in seen.stages),
    ]


def _last(word: str, tag: str) -> list[str]:
    return [f"l1={word}", f"lt={tag}"]


def _tail(text: str) -> list[str]:
    return [f"lc={text[-1]}", f"l2={text[-2:]}", f"l3={text}"]


def _following(word: str, tag: str) -> list[str]:
    return [f"n1={word}", f"nt={tag}", f"nc={word[0]}"]


def _parting(last: str, following: str, stage: bool) -> list[str]:
    return [f"st={stage}", f"st={stage}_{last}", f"ltnt={last}_{following}"]


_DIGITS, _LATIN = re.compile(r"\d"), re.compile("[A-Za-z]")
_LONG, _SHORT, _SHAPE = 20, 9, 4
"""Characters from which names count as equally long, from which by fours; words of which the tags are told one by one."""
_GENERIC = 12
"""Characters of the longest name that may be made of words that name kinds alone."""
_VERBS = ("v", "vd", "vi")


def within(seen: Seen, one: Candidate) -> list[Group]:
    """Features of what a candidate holds: its head, its length, its words, what rules say of it, the row in which it stands."""
    text, start, end, head = seen.text, one.start, one.end, one.head
    words = seen.words[seen.number[start] : seen.number[end - 1] + 1]
    tags = [word.tag for word in words]
    size = min(end - start, _LONG)
    around = _char_before(seen, start) + (text[end] if end < len(text) else "$")
    generic = end - start <= _GENERIC and is_generic(text[start:end])
    verbs = sum([tag in _VERBS for tag in tags[:-1]])
    short = sum([len(word.text) == 1 for word in words])
    found: list[Group] = [
        (_size, size if size < _SHORT else _SHORT + (size - _SHORT) // 4, min(len(words), 8)),
        (_head, head, min(end - start - len(head), 9)),
        (_around, around, head),
        (_kind, seen.known.get((start, end), ""), generic, head),
        (_onward, head, seen.goes_on.get(end, ""), end in seen.stages),
        (_tags, tags[0], tags[1] if len(tags) > 1 else "", head),
        (_inside, min(verbs, 3), min(short, 4), min(len(words), 5)),
        (_shape, *(tags if len(words) <= _SHAPE else ())),
        (_ruled, *one.rules),
    ]
    found += _of_place(seen, one) + _of_words(words, head) + _of_row(seen, one)
    if not head and end - start <= _SHAPE and text[start] in _surnames():
        found.append((_named, f"sur={end - start}_{tags[0]}"))
    found += [(_named, kind) for kind, sign in (("dig", _DIGITS), ("lat", _LATIN)) if sign.search(text, start, end)]
    return found + [(_closed, noun, around) for begin, stop, noun in seen.closes if begin <= start and end <= stop]


def _size(size: int, words: int) -> list[str]:
    return ["one", f"len={size}", f"nw={words}"]


def _head(head: str, rest: int) -> list[str]:
    return [f"h={head}", f"h={head}_{rest}"]


def _around(around: str, head: str) -> list[str]:
    return [f"ar={around}", f"hn={head}_{around[1]}", f"hp={head}_{around[0]}"]


def _kind(known: str, generic: bool, head: str) -> list[str]:
    return [f"kn={known}", f"gen={generic}", f"gen={generic}_{head}"]


def _onward(head: str, on: str, stage: bool) -> list[str]:
    return [f"on={on}", f"on={head}>{on}", f"on={bool(head)}>{bool(on)}", f"hst={head}_{stage}"]


def _tags(first: str, second: str, head: str) -> list[str]:
    return [f"t2={first}_{second}_{bool(head)}", f"nr={first}_{head}"]


def _inside(verbs: int, short: int, words: int) -> list[str]:
    return [f"v={verbs}", f"sc={short}_{words}"]


def _shape(*tags: str) -> list[str]:
    return [f"sh={'_'.join(tags)}"] if tags else []


def _ruled(*rules: str) -> list[str]:
    return [f"rule={rule}" for rule in rules] or ["rule="]


def _named(*features: str) -> list[str]:
    return [*features]


def _closed(noun: str, around: str) -> list[str]:
    return [f"cl={noun}", f"cl={noun}_{around}"]


def _of_place(seen: Seen, one: Candidate) -> list[Group]:
    """What a place at its beginning, or right before it, says of a name."""
    found: list[Group] = []
    if one.start in seen.places:
        found.append((_named, "pl", f"pl={one.head}", f"pl={seen.places[one.start] < one.end}"))
    if one.start in seen.place_ends:
        found.append((_named, "bp", f"bp={one.head}"))
    return found


def _of_words(words: Sequence[Word], head: str) -> list[Group]:
    """Words inside a name that seldom stand in one, and the one with which it begins."""
    inner = words[:-1] if len(words) > 1 else words
    cutting = _cutting()
    found: list[Group] = [(_named, f"ib={word.text}") for word in inner if word.text in cutting]
    found += [(_named, f"in={word.text}") for word in inner[1:] if _seldom_inside(word.tag)]
    told = _predicates()
    if count := sum([word.text in told for word in inner[1:]]):
        found.append((_named, "fr", f"fr={min(count, 2)}_{head}"))
    return [*found, (_named, f"i1={inner[0].text}_{bool(head)}")]


@cache
def _predicates() -> frozenset[str]:
    """Predicates of clauses, which names seldom hold."""
    return frozenset(row["word"] for row in lexicon.table("frames"))


@cache
def _seldom_inside(tag: str) -> bool:
    return tag.startswith(_FUNCTION) or tag in ("v", "vd", "x")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.words("cooperation", role="joint")))


_WITH = ("与", "和", "同", "携手", "联合", "牵手", "及")
_AND = frozenset("、和及与")
_NEAR = 30
"""Characters between a party and the words of joint work at most."""


def _of_row(seen: Seen, one: Candidate) -> list[Group]:
    """What the item before it in a row, and words of joint work behind it, say of a name."""
    text, start, end = seen.text, one.start, one.end
    found: list[Group] = []
    if start and text[start - 1] in _AND:
        found.append((_named, f"rp={seen.heads.get(start - 1, '')}>{one.head}"))
    if end < len(text) and text[end] in _AND:
        found.append((_named, f"ra={one.head}>{text[end]}"))
    if any(end < at <= end + _NEAR for at in seen.joint):
        beside = "b" if text.startswith(_WITH, end) else "a" if text.endswith(_WITH, 0, start) else ""
        found.append((_named, f"co={beside}", f"co={beside}_{min(end - start, _SHORT)}_{bool(one.head)}"))
    return found


@cache
def _cutting() -> frozenset[str]:
    return frozenset(lexicon.words("boundaries"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon.words("surnames"))
