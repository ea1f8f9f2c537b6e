"""Projects that a sentence counts and then names one by one: `4个项目分别是甲广场、乙改造、丙和丁`, `外资项目1个,为戊项目`."""

import re
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.names.boundaries import Mention, is_generic
from kg.extract.names.no_names import cuts_across
from kg.extract.text.particles import ALSO, AND, AS_WELL, DETERMINERS, DONE, ETC, NUMERALS, THINGS, TWO
from kg.lexicon import any_of, any_word, pattern_text

_MOST, _SHORTEST, _LONGEST = 30, 3, 40
"""Things of a row at most; characters of each."""


@cache
def _nouns() -> str:
    """Words for projects that are counted."""
    kinds = lexicon.mapping("row_nouns", "class")
    return any_of(noun for noun in lexicon.words("row_nouns") if "Project" in kinds.get(noun, "").split("|"))


_NUMBER = rf"(?:\d{{1,2}}|[{NUMERALS}{TWO}])[{THINGS}]"


@cache
def _opening() -> re.Pattern[str]:
    """A count of projects and the word behind it that names them."""
    opens = any_word("clause_words", "names_all")
    number, nouns = _NUMBER, _nouns()
    before = rf"(?P<count>{number})(?:(?![{THINGS}])[^,;。:、\d]){{0,16}}?(?:{nouns})(?:{opens}|\()"
    return re.compile(rf"{before}|(?:{nouns}){any_word('name_words', 'altogether')}*(?P<behind>{number})(?:,?(?:{opens})|\()")


_END = re.compile(rf"[,;。:!?\n)]|{ETC}(?=[,;。!?]|\d|$)|$")
_PAIRED = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_MARK, _JOIN = re.compile("、"), re.compile(f"{AS_WELL}|[{AND}{ALSO}]")


@cache
def _sized() -> re.Pattern[str]:
    """What a project costs, before its name."""
    return re.compile(rf"[^、]{{0,12}}?{pattern_text('money')}{pattern_text('cost_of')}")


def counted_projects(text: str) -> list[Mention]:
    """The things of each row that names as many projects as it says there are."""
    found: list[Mention] = []
    for opening in _opening().finditer(text):
        count = _number((opening["count"] or opening["behind"])[:-1])
        items = _items(text, opening.end(), count)
        built = text.endswith(lexicon.words("name_words", "built"), *items[0])
        alone = opening["behind"] and built and not text.startswith(DETERMINERS, items[0][0])  # else it may say which kind of one
        least = 1 if alone else 2
        if least <= count <= _MOST and len(items) == count and all(_may_name(text[start:end]) for start, end in items):
            found += _named(text, items)
    return found + _closed_rows(text)


def _named(text: str, items: list[tuple[int, int]]) -> list[Mention]:
    return [Mention(start, end, text[start:end], _kind(text[start:end]), "row") for start, end in items]


@cache
def _closed() -> re.Pattern[str]:
    """Things in a row from the mark before them, or 了, up to their number: `甲示范、乙推广等两个项目`, `甲示范、乙推广等9个项目`."""
    return re.compile(
        rf"(?:^|[,;:。])(?:[^,;:。]{{0,24}}?{DONE})?(?P<row>[^,;:。]{{5,}}?)(?P<more>{ETC}?)(?P<count>{_NUMBER})[\u4e00-\u9fff]{{0,4}}?(?:{_nouns()})(?!{_NUMBER})"
    )


_CLOSED_SHORTEST = 6
"""Characters of each thing of a row that its number closes at least: shorter ones may be firms or places."""


def _closed_rows(text: str) -> list[Mention]:
    """The things of each row that holds as many as the number behind it says, or some of them that are works by their last words."""
    found: list[Mention] = []
    for row in _closed().finditer(text) if "、" in text else ():
        count = _number(row["count"][:-1])
        items = _items(text[: row.end("row")], row.start("row"), count)
        works = row["more"] and all(text.endswith(lexicon.words("own_words", kind="row-works"), *item) for item in items)
        long = all(end - start >= _CLOSED_SHORTEST for start, end in items)
        told = len(items) == count or (works and 2 <= len(items) < count)
        if 2 <= count <= _MOST and told and long and all(_may_name(text[start:end]) for start, end in items):
            found += _named(text, items)
    return found


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else 2 if said == TWO else NUMERALS.index(said) + 1


def _items(text: str, start: int, count: int) -> list[tuple[int, int]]:
    """Things of a row from a place on, split at marks outside of brackets and quotes, the last two also at 和."""
    hidden = text[:start] + _PAIRED.sub(lambda match: "_" * len(match[0]), text[start:])
    found = _END.search(hidden, start)
    end = found.start() if found else len(text)
    cuts = [(start, start), *(mark.span() for mark in _MARK.finditer(hidden, start, end)), (end, end)]
    items = [(a[1], b[0]) for a, b in pairwise(cuts)]
    join = list(_JOIN.finditer(hidden, items[-1][0], end)) if len(items) == count - 1 else []
    if len(join) == 1:
        items[-1:] = [(items[-1][0], join[0].start()), (join[0].end(), end)]
    cuts_within = cuts_across(text)
    return [
        (max((lead.end() if (lead := _sized().match(text, a, b)) else a, *(at for at in cuts_within if a < at < b))), b) for a, b in items
    ]


def _may_name(words: str) -> bool:
    return _SHORTEST <= len(words) <= _LONGEST and not is_generic(words) and not words[0].isspace()


def _kind(name: str) -> str:
    """The class that the end of a name tells, where it is one of what is built; else a project."""
    if name.endswith(lexicon.words("enterprise_endings", strength="strong")):
        return "Enterprise"
    kinds = lexicon.mapping("suffixes", "type")
    ending = max((word for word in kinds if name.endswith(word)), key=len, default="")
    return kinds[ending] if len(ending) > 1 and kinds[ending] in ("Park", "Platform") else "Project"  # 花园 is no park of ours
