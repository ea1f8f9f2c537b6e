"""What tells a name from other words: named features of a candidate's ends and of what is inside it."""

from collections.abc import Sequence
from functools import cache, lru_cache

from kg import lexicon
from kg.extract.names.boundaries import is_generic
from kg.extract.names.candidates import Candidate
from kg.extract.names.sentence_view import Seen, Told
from kg.extract.text.particles import IN_ROW

_FUNCTION = ("p", "c", "u", "d", "f", "r", "y", "q", "m")
"""Tags (their first letters) of words that seldom stand inside a name."""
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
    last, first = seen.around(start)
    run = seen.runs[seen.number[start]]
    return [
        (previous_word, *last),
        (first_word, *first),
        (meeting, last[1], cuts(last), first[1]),
        (running, run, first[1], start in seen.cuts),
    ]


def behind(seen: Seen, end: int) -> list[Group]:
    """Features of a right end: the word that it ends, the one behind it, how they go together."""
    last, following = seen.beside(end)
    return [
        (last_word, *last),
        (tail, seen.text[max(0, end - 3) : end]),
        (following_word, *following),
        (parting, last[1], following[1], end in seen.stages),
    ]


def cuts(told: Told) -> bool:
    """Whether a word is one behind which a name may begin."""
    return told[0] in _cutting()


def previous_word(word: str, tag: str) -> list[str]:
    """The word before a left end."""
    return [f"p1={word}", f"pt={tag}", f"pc={word[-1]}"]


def first_word(word: str, tag: str) -> list[str]:
    """The word that a left end begins."""
    return [f"f1={word}", f"ft={tag}"]


def meeting(previous: str, cutting: bool, first: str) -> list[str]:
    """How the words around a left end go together, by their tags."""
    return [f"pb={cutting}_{first}", f"ptft={previous}_{first}"]


def running(run: int, first: str, cut: bool) -> list[str]:
    """What runs on before a left end."""
    return [f"rn={run}", f"rn={run}_{first}", f"cut={cut}"]


def last_word(word: str, tag: str) -> list[str]:
    """The word that a right end ends."""
    return [f"l1={word}", f"lt={tag}"]


def tail(text: str) -> list[str]:
    """The last characters before a right end."""
    return [f"lc={text[-1]}", f"l2={text[-2:]}", f"l3={text}"]


def following_word(word: str, tag: str) -> list[str]:
    """The word behind a right end."""
    return [f"n1={word}", f"nt={tag}", f"nc={word[0]}"]


def parting(last: str, following: str, stage: bool) -> list[str]:
    """How the words around a right end go together, by their tags."""
    return [f"st={stage}", f"st={stage}_{last}", f"ltnt={last}_{following}"]


_LONG, _SHORT, _SHAPE = 20, 9, 4
"""Characters from which names count as equally long, from which by fours; words of which the tags are told one by one."""
_GENERIC = 12
"""Characters of the longest name that may be made of words that name kinds alone."""
_VERBS = ("v", "vd", "vi")


def within(seen: Seen, one: Candidate) -> list[Group]:
    """Features of what a candidate holds: its head, its length, its words, what rules say of it, the row in which it stands."""
    start, end, head, rules = one
    text, stage = seen.text, end in seen.stages
    told = seen.told[seen.number[start] : seen.number[end - 1] + 1]
    words, tags = [one[0] for one in told], [one[1] for one in told]
    number, long = len(words), end - start
    around = seen.char_before(start) + (text[end] if end < len(text) else "$")
    generic = long <= _GENERIC and is_generic(text[start:end])
    verbs = sum([tag in _VERBS for tag in tags[:-1]]) if number > 1 else 0
    short = sum([len(word) == 1 for word in words])
    found: list[Group] = [
        (_size, long if long < _SHORT else _SHORT + (min(long, _LONG) - _SHORT) // 4, min(number, 8), min(verbs, 3), min(short, 4)),
        (_head, head, min(long - len(head), 9)),
        (_around, around, head),
        (_kind, seen.known.get((start, end), ""), generic, head),
        (_onward, head, seen.goes_on.get(end, ""), stage),
        (_tags, tags[0], tags[1] if number > 1 else "", head),
        (_shape, *tags) if number <= _SHAPE else (_shape,),
        (_ruled, *rules),
        (_opening, words[0], bool(head)),
    ]
    _of_place(found, seen, one)
    _of_words(found, told, head)
    _of_row(found, seen, one)
    if not head and long <= _SHAPE and text[start] in _surnames():
        found.append((_named, f"sur={long}_{tags[0]}"))
    if seen.signs:
        found += [(_named, kind) for kind, sign in seen.signs if sign.search(text, start, end)]
    if seen.closes:
        found += [(_closed, noun, around) for begin, stop, noun in seen.closes if begin <= start and end <= stop]
    return found


def _size(size: int, words: int, verbs: int, short: int) -> list[str]:
    return ["one", f"len={size}", f"nw={words}", f"v={verbs}", f"sc={short}_{min(words, 5)}"]


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


def _shape(*tags: str) -> list[str]:
    return [f"sh={'_'.join(tags)}"] if tags else []


def _ruled(*rules: str) -> list[str]:
    return [f"rule={rule}" for rule in rules] or ["rule="]


def _named(*features: str) -> list[str]:
    return [*features]


def _closed(noun: str, around: str) -> list[str]:
    return [f"cl={noun}", f"cl={noun}_{around}"]


def _opening(word: str, headed: bool) -> list[str]:
    return [f"i1={word}_{headed}"]


def _of_place(found: list[Group], seen: Seen, one: Candidate) -> None:
    """What a place at its beginning, or right before it, says of a name."""
    if one.start in seen.places:
        found.append((_named, "pl", f"pl={one.head}", f"pl={seen.places[one.start] < one.end}"))
    if one.start in seen.place_ends:
        found.append((_named, "bp", f"bp={one.head}"))


def _of_words(found: list[Group], words: Sequence[Told], head: str) -> None:
    """Words inside a name that seldom stand in one."""
    predicates = 0
    last = len(words) - 1
    for number, told in enumerate(words):
        cutting, seldom, predicate = _seldom(*told)
        if (cutting or seldom or predicate) and (number < last or not number):
            if cutting:
                found.append((_named, f"ib={told[0]}"))
            if seldom and number:
                found.append((_named, f"in={told[0]}"))
            predicates += predicate and number > 0
    if predicates:
        found.append((_named, "fr", f"fr={min(predicates, 2)}_{head}"))


@lru_cache(maxsize=65_536)
def _seldom(word: str, tag: str) -> tuple[bool, bool, bool]:
    """Whether a word is one behind which names begin, whether it seldom stands inside a name, whether it is a predicate."""
    return word in _cutting(), _seldom_inside(tag), word in _predicates()


@cache
def _predicates() -> frozenset[str]:
    """Predicates of clauses, which names seldom hold."""
    return frozenset(row["word"] for row in lexicon.table("frames"))


@cache
def _seldom_inside(tag: str) -> bool:
    return tag.startswith(_FUNCTION) or tag in ("v", "vd", "x")


_NEAR = 30
"""Characters between a party and the words of joint work at most."""


def _of_row(found: list[Group], seen: Seen, one: Candidate) -> None:
    """What the item before it in a row, and words of joint work behind it, say of a name."""
    text, (start, end, head, _) = seen.text, one
    if start and text[start - 1] in IN_ROW:
        found.append((_named, f"rp={seen.heads.get(start - 1, '')}>{head}"))
    if end < len(text) and text[end] in IN_ROW:
        found.append((_named, f"ra={head}>{text[end]}"))
    if seen.joint and any(end < at <= end + _NEAR for at in seen.joint):
        joined = lexicon.words("name_words", "joined")
        beside = "b" if text.startswith(joined, end) else "a" if text.endswith(joined, 0, start) else ""
        found.append((_named, f"co={beside}", f"co={beside}_{min(end - start, _SHORT)}_{bool(head)}"))


@cache
def _cutting() -> frozenset[str]:
    return frozenset(lexicon.words("boundaries"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon.words("surnames"))
