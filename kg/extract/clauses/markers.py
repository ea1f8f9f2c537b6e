"""Words that give what stands beside them a part in a clause."""

import re
from functools import cache

from kg import lexicon
from kg.extract.clauses.groups import Group
from kg.extract.clauses.skeleton import ASIDE, NAME
from kg.extract.text.particles import OF
from kg.lexicon import any_of, any_word, pattern, pattern_text, word_pattern

_MARKERS = ("with", "by", "under", "through", "of", "to", "at", "from", "as", "taking", "getting", "is", "opens", "topic")
_LED = ("at", "to", "as", "from", "with")
"""Parts that may be led in behind their predicate, too: `落户于甲`, `认定…为甲`."""
_ROW = 48
"""Characters before a row that parties without a known name may take."""
_LONGEST = 2
"""Characters by which a word that holds one of those may begin before it: `关于`."""
_NEAR = 12
"""Characters before a row among which the word stands that leads it in."""


@cache
def filler() -> re.Pattern[str]:
    """What may stand between a thing and its predicate."""
    adverbs = any_word("adverbs")
    told = [pattern_text(name) for name in ("money", "count", "by_office", "phrase", "team", "time")]
    time = rf"(?={pattern_text('time_begins')}){told[5]}"  # all of a time may be absent: it is looked for where one begins
    parts = (rf"{ASIDE}|[,\s]", *told[:5], any_word("clause_words", "filler"), adverbs, any_word("clause_words", "light"), time)
    return re.compile("|".join(f"(?:{part})" for part in parts))


@cache
def _marker() -> re.Pattern[str]:
    """A word that leads in a row, up to the row; a few adjectives may stand between."""
    each = "|".join(f"(?P<{role}>{any_word('clause_words', role)})" for role in _MARKERS)
    return re.compile(rf"(?:{each})(?P<more>[^{NAME},;。、:{OF}]{{0,6}}{ASIDE}*)$")


def leading(text: str, start: int, end: int) -> re.Match[str] | None:
    """The word nearest before a row that begins at `end` which leads it in."""
    found: re.Match[str] | None = None
    for at in range(end - 1, max(start, end - _NEAR) - 1, -1):
        match = _marker().match(text, at, end)
        if found and not (match and match.start("more") == found.start("more")):
            break
        found = match or found
    return None if found and _is_other(text, found, start) else found


def _is_other(text: str, found: re.Match[str], start: int) -> bool:
    """Whether a word that leads in is part of another, which does not."""
    before = max(start, found.start() - _LONGEST)
    others = [
        other[0]
        for other in word_pattern("clause_words", "none").finditer(text, before, found.start("more"))
        if other.end() > found.start()
    ]
    return bool(others) and not (others[-1] in lexicon.words("clause_words", "still_at") and not found["more"])


@cache
def _unnamed() -> re.Pattern[str]:
    """A word that leads in a row whose first parties have no name that is known: `与丁厂、甲公司签约`."""
    item = rf"[^{NAME}{ASIDE},;。、:{OF}]{{2,14}}、"
    return re.compile(
        rf"(?:(?P<with>{any_word('clause_words', 'with')})|(?P<by>{any_word('clause_words', 'by')}))(?P<more>(?:{item}){{1,3}})$"
    )


def leading_unnamed(text: str, start: int, row: Group) -> re.Match[str] | None:
    """The word that leads in a row of parties of which only the later ones have a name that is known."""
    if text[row.start - 1 : row.start] != "、" or row.members[0].type not in lexicon.classes("party"):
        return None
    marker = _unnamed().search(text, max(start, row.start - _ROW), row.start)
    return (
        marker
        if marker and not word_pattern("clause_words", "blocks").search(marker["more"]) and not _is_other(text, marker, start)
        else None
    )


@cache
def goes_on() -> re.Pattern[str]:
    """What stands behind a place that is but the beginning of a name: neither `就…` nor `在…` nor a single character."""
    return re.compile(rf"(?!{any_word('clause_words', 'at')}|{any_word('clause_words', 'topic')})..")


@cache
def own_words() -> re.Pattern[str]:
    """Words that stand for what a report speaks of, and those that open a clause and name nothing."""
    own = (*lexicon.words("wholes"), *lexicon.words("pro_forms"), *lexicon.words("lead_ins"), *lexicon.words("leads"))
    return re.compile(rf"{any_of(own)}|{any_word('clause_words', 'at')}")


@cache
def opened() -> re.Pattern[str]:
    """Words that open a sentence and say nothing of what it speaks of: `据了解,`, `目前`."""
    return re.compile(rf"(?:{any_of((*lexicon.words('lead_ins'), *lexicon.words('leads')))}),?")


@cache
def inside() -> re.Pattern[str]:
    """What stands between a place and the thing of which a predicate says that it lies there: `的`, `内的`."""
    return pattern("inside")


@cache
def beside() -> re.Pattern[str]:
    """Who else does something with what stands behind: `、乙参与` before 的."""
    return re.compile(rf"、{ASIDE}*{NAME}+[^{NAME},;。、:{OF}]{{0,8}}(?={OF}{ASIDE}*{NAME})")


@cache
def led() -> re.Pattern[str]:
    """A word behind a predicate that leads a row in."""
    each = "|".join(f"(?P<{role}>{any_word('clause_words', role)})" for role in _LED)
    return re.compile(rf"(?:{each})[^{NAME},;。、:{OF}]{{0,3}}(?={NAME})")


@cache
def further() -> re.Pattern[str]:
    """`位于甲市规划的乙`: what is meant stands behind."""
    return re.compile(rf"[^{NAME},;。、:{OF}]{{1,4}}{OF}(?={ASIDE}*{NAME})")


@cache
def complement() -> re.Pattern[str]:
    """What stands between a thing and that as which it is recognised: `甲为乙`."""
    return re.compile(rf"[^{NAME},;。、:]{{0,6}}{any_word('clause_words', 'as')}[^{NAME},;。、:]{{0,10}}?(?={NAME})")


@cache
def made() -> re.Pattern[str]:
    """What stands between a firm and the project that it builds: `投资建设的`."""
    return re.compile(rf"{ASIDE}*(?:{any_word('clause_words', 'filler')}|{any_word('clause_words', 'link')}){{1,4}}{OF}{ASIDE}*(?={NAME})")


@cache
def agent() -> re.Pattern[str]:
    """由 before a name."""
    return re.compile(rf"{any_word('clause_words', 'by')}(?={NAME})")


def role_of(match: re.Match[str]) -> str:
    """The part that a word leads in."""
    return next(role for role, said in match.groupdict().items() if said is not None and role != "more")
