"""Lines as a page lays them out: page marks cut, lines that a margin broke joined, every cut with its way back.

A paragraph goes on in the next line where its line is full and no sentence ends there.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.lexicon import pattern
from kg.model import Span

_ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)\"]*$")
_FULL, _SHARE, _LINES, _NARROW, _WIDE = 0.88, 0.5, 3, 24, 160
"""A line is full from this share of the usual width on; a text is wrapped where more than this share of at least so
many full lines ends amid a sentence, and the usual width lies between these numbers of columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the spaces at its ends; `width` counts columns, two for a Han character."""

    start: int
    end: int
    text: str

    @property
    def width(self) -> int:
        """Columns that the line takes in print."""
        return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in self.text)


def lines_of(text: str) -> list[Line]:
    """Lines that hold something."""
    found, at = [], 0
    for piece in text.split("\n"):
        if bare := piece.strip():
            start = at + len(piece) - len(piece.lstrip())
            found.append(Line(start, start + len(bare), bare))
        at += len(piece) + 1
    return found


def layout_cuts(text: str, pages: list[Span] | None = None) -> list[Span]:
    """Stretches of a text that only its layout put there: page marks, running heads, breaks amid a sentence.

    Args:
        text: as read, lines apart by line feeds.
        pages: where each page stands, for files that have pages; without them no line is a page mark.

    Returns:
        Stretches to cut, ascending and apart. A text whose lines are its paragraphs gives none.
    """
    lines = lines_of(text)
    marks = _marks(lines, pages) if pages else set()
    kept = [line for line in lines if line.start not in marks]
    width = _wrap_width(kept, sure=pages is not None)
    if not kept or (not width and not marks):
        return []
    longest = max(len(line.text) for line in kept)
    cuts = [Span(0, kept[0].start)] if kept[0].start else []
    for line, following in pairwise(kept):
        full = line.width >= _FULL * width or len(line.text) == longest
        if width and full and not _ENDS.search(line.text) and not pattern("line_opens").match(following.text):
            cuts.append(Span(line.end, following.start))
        elif following.start - line.end > 1:
            cuts.append(Span(line.end, following.start - 1) if text[following.start - 1] == "\n" else Span(line.end + 1, following.start))
    if kept[-1].end < len(text):
        cuts.append(Span(kept[-1].end, len(text)))
    return [cut for cut in cuts if cut.start < cut.end]


def _wrap_width(lines: list[Line], sure: bool) -> int:
    """Columns at which a margin broke the lines, or 0 where the lines are paragraphs; `sure` where pages were laid out."""
    widths = sorted(line.width for line in lines)
    if sure and widths and widths[-1] >= _NARROW:
        return widths[int(len(widths) * 0.9)]
    if len(widths) < _LINES:
        return 0
    usual = widths[int(len(widths) * 0.9)]
    full = [line for line in lines if line.width >= _FULL * usual]
    amid = sum(_ENDS.search(line.text) is None for line in full)
    wrapped = _NARROW <= usual <= _WIDE and len(full) >= _LINES and amid > _SHARE * len(full) and widths[-1] <= 1.3 * usual
    return usual if wrapped else 0


def _marks(lines: list[Line], pages: list[Span]) -> set[int]:
    """Starts of the lines that number a page, or that stand at the head or the foot of three pages or more."""
    edges = [edge for page in pages for edge in _edges(lines, page)]
    often = Counter(re.sub(r"\d+", "#", line.text) for line in edges)
    return {
        line.start
        for line in edges
        if pattern("page_mark").fullmatch(line.text) or (often[re.sub(r"\d+", "#", line.text)] >= _LINES and not _ENDS.search(line.text))
    }


def _edges(lines: list[Line], page: Span) -> Iterator[Line]:
    """First and last line of a page, each once."""
    on = [line for line in lines if page.start <= line.start < page.end]
    yield from dict.fromkeys([*on[:1], *on[-1:]])
