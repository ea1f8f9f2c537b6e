"""Numbers that are too long to be figures: they are left out, and that is said."""

import re
from functools import cache

from kg import lexicon
from kg.extract.text.segment import fold
from kg.lexicon import any_word
from kg.model import Document

_SHOWN = 24
"""Characters of such a number that a remark shows."""


@cache
def _long() -> re.Pattern[str]:
    """A number of more than eighteen digits, or one with an exponent, before a unit; what stands within letters is a code."""
    number = r"(?:\d{19,}(?:\.\d+)?|\d+(?:\.\d+)?(?:[x×*]10)?(?:\^|[eE]\+?)\d+)"
    large = "|".join(lexicon.words("figure_words", "myriads"))
    return re.compile(rf"(?<![\w.]){number}(?=\s*(?:{any_word('units')}|{large}))", re.ASCII)


def too_long(document: Document) -> tuple[str, ...]:
    """A line on the numbers of a document that were left out, none where there are none."""
    found = [match[0] for match in _long().finditer(fold(document.text))]
    if not found:
        return ()
    shown = found[0] if len(found[0]) <= _SHOWN else f"{found[0][: _SHOWN - 1]}…"
    count = f"{len(found)} numbers" if len(found) > 1 else "a number"
    return (
        f"{document.source}: {count} of more than 18 digits or with an exponent (as {shown}) cannot be read as figures. Write them out.",
    )
