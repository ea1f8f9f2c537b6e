"""What is no name, told before the choice among candidates: addresses of web pages, persons, and where no name begins or runs across."""

import re
from functools import cache

from kg import lexicon
from kg.lexicon import pattern

_ADDRESS = re.compile(r"(?:https?:)?//[\w.\-/?=&%#~+@:]+|www\.[\w.\-/?=&%#~+]+|[\w.\-]+@[\w\-]+\.[\w.\-]+", re.ASCII)
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")


def no_names(text: str, known: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that hold no name of ours.

    Args:
        text: a folded sentence.
        known: where words of the gazetteer stand: in a row with one of these nobody is a person.
    """
    found = [match.span() for match in (_ADDRESS.finditer(text) if "//" in text or "www." in text or "@" in text else ())]
    for row in pattern("honoured_persons").finditer(text):
        persons = [item.span() for item in _PERSON.finditer(text, *row.span("row"))]
        if not known.intersection(persons) and any(text.startswith(lexicon.words("surnames"), start) for start, _ in persons):
            found += persons
    return found


@cache
def _never_across() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("not_within", "across")))


@cache
def _never_behind() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("not_within", "behind")))


def cuts_across(text: str) -> list[int]:
    """Places that no name runs across: `甲集团在乙县投资兴建|丙基地`, `甲等六大|行动`."""
    return [match.end() for pattern in (_never_across(), _never_behind()) for match in pattern.finditer(text)]


def never_begins(text: str) -> list[int]:
    """Places where no name begins, since what stands there is described: `全国最大的|云母产业园`."""
    return [match.end() for match in _never_behind().finditer(text)]


@cache
def _kinds(side: str) -> dict[str, re.Pattern[str]]:
    """Head → what before it makes a kind of it; or what behind it makes another word of it."""
    words: dict[str, list[str]] = {}
    for row in lexicon.table("not_last"):
        if row[side]:
            words.setdefault(row["head"], []).append(row[side])
    return {head: re.compile(f"(?:{'|'.join(some)})" + (rf"\s?{head}$" if side == "before" else "")) for head, some in words.items()}


def is_kind(text: str, start: int, end: int, head: str) -> bool:
    """Whether a stretch ends with how far projects are or whose they are (`集中开工项目`, `高校项目`), or within a word (`中心|组`)."""
    behind, before = _kinds("behind").get(head), _kinds("before").get(head)
    if behind is not None and behind.match(text, end):
        return True
    return before is not None and before.search(text, start, end) is not None
