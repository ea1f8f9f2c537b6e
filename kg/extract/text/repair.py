"""Letters that a recognition put for digits (`2O23年`, `l5家`, `Al-04(小地块)`), read as digits where the context proves it.

What is printed stays in the text; the reading is recorded beside it.
"""

import re
from collections.abc import Sequence
from functools import cache

from kg import lexicon
from kg.lexicon import pattern_text
from kg.model import Repair, Span

_DIGITS = str.maketrans("OolI", "0011")
_SUSPECT = re.compile(r"\d[.,]?[OolI]|[OolI][.,-]?\d")


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(map(re.escape, lexicon.words("units")))
    behind = rf"(?={pattern_text('digits_behind')}|{units})"
    number = rf"(?<![A-Za-z0-9.])(?P<number>(?=[OolI.,]*\d)(?=[\d.,]*[OolI])[\dOolI](?:[\dOolI]|[.,](?=[\dOolI]))*){behind}"
    # a code that plots and buildings bear: a letter, then digits of which some were read as letters
    code = r"(?<![A-Za-z0-9])[A-Z](?P<code>[lIO][-]?\d{1,3}|\d?-?O\d{1,2}|[lI]-?[lO]\d)"
    return re.compile(rf"{number}|{code}{pattern_text('plot')}")


def repairs(text: str) -> tuple[Repair, ...]:
    """Readings of a folded text that its context proves, in order.

    A number needs a digit of its own and a unit, a year or a per cent sign behind it; a code of a plot or a building needs
    what says so behind it. Anything else (`O2O`, `I期`) stays as it is.
    """
    if not _SUSPECT.search(text):
        return ()
    found = []
    for match in _pattern().finditer(text):
        group = match.lastgroup or "number"
        printed = match[group]
        if not re.search(r"\d", printed.translate(_DIGITS)) or printed == printed.translate(_DIGITS):
            continue
        found.append(Repair(Span(*match.span(group)), printed, printed.translate(_DIGITS)))
    return tuple(found)


def repaired(text: str, made: Sequence[Repair]) -> str:
    """The text with its readings in place, character for character."""
    pieces, at = [], 0
    for one in made:
        pieces += [text[at : one.span.start], one.read]
        at = one.span.end
    return "".join([*pieces, text[at:]]) if pieces else text
