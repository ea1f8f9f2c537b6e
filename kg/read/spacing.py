"""Spaces that typesetting put beside figures and marks (`达到 480 家`): no part of the sentence."""

import re
from collections.abc import Iterable

from kg.model import Span

# one or two spaces; three or more set columns apart
_SPACE = re.compile(r"(?<=\S)[ \u00a0\u2002\u2003\u2009]{1,2}(?=\S)")
_WORD = re.compile(r"[A-Za-z0-9]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def spacing_cuts(text: str) -> list[Span]:
    """Stretches of space within lines that separate no words: beside a mark, or between a Han character and a figure.

    A space between two words of Latin letters or two numbers stays, and one between two Han characters, which sets the
    parts of a headline apart.
    """
    found = []
    for space in _SPACE.finditer(text):
        left, right = text[space.start() - 1], text[space.end()]
        if _WORD.match(left) and _WORD.match(right):
            continue
        if not (_HAN.match(left) and _HAN.match(right)):
            found.append(Span(*space.span()))
    return found


def merged(*lists: Iterable[Span]) -> list[Span]:
    """Stretches of several lists as one list, ascending and apart."""
    found: list[Span] = []
    for stretch in sorted(span for spans in lists for span in spans):
        if found and stretch.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, stretch.end))
        else:
            found.append(stretch)
    return found


def unspaced(text: str) -> str:
    """A line without such spaces."""
    pieces, at = [], 0
    for stretch in spacing_cuts(text):
        pieces.append(text[at : stretch.start])
        at = stretch.end
    return "".join([*pieces, text[at:]])
