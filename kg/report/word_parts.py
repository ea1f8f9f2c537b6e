"""What Word has and python-docx does not say: fields, bookmarks, links within a document, widths of columns."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from kg.show.wording import half_widths

_PADDING = 4.8
"""Millimetres beside the text of a cell."""
_WHOLE = (24, 20, 18, 16, 14, 12, 10, 8)
"""Half characters up to which a cell stands in one line: the most for which the page has room."""
_BOLD = 5
"""Bold headings need a letter's room more for each so many."""
_RUN = re.compile(r"[^\s\u2e80-\uffff]+")
_LEAST = 6


def field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field with what it shows until Word reckons it anew: `SEQ 表 \\* ARABIC`."""
    _edge(paragraph, "begin")
    paragraph.add_run()._r.append(_instruction(code))
    _edge(paragraph, "separate")
    paragraph.add_run(shown)
    _edge(paragraph, "end")


def _instruction(code: str) -> Any:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {code} "
    return element


def mark(paragraph: Any, name: str, number: int) -> None:
    """Mark what a paragraph says so far, so that links and fields lead to it; its number must be of no other mark."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(0 if paragraph._p.pPr is None else 1, start)
    paragraph._p.append(end)


def link(paragraph: Any, name: str, runs: Sequence[Any]) -> None:
    """Make runs of a paragraph lead to a mark."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("w:anchor"), name)
    element.set(qn("w:history"), "1")
    for run in runs:
        element.append(run._r)
    paragraph._p.append(element)


def contents(paragraphs: Sequence[Any], entries: Sequence[tuple[str, str, int]], millimetres: float) -> None:
    """Fill a paragraph an entry: a table of contents whose titles and page numbers are fields, each by itself.

    No `TOC` field is around them: LibreOffice makes an index of it, which it neither keeps with its heading nor reckons when it opens it.

    Args:
        paragraphs: as many as entries.
        entries: the title of each section, its mark, its page as far as known.
        millimetres: where the page numbers end.
    """
    for paragraph, (title, name, page) in zip(paragraphs, entries, strict=True):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(millimetres), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.paragraph_format.keep_with_next = paragraph is not paragraphs[-1] or None
        field(paragraph, rf"REF {name} \h", title)
        paragraph.add_run("\t")
        field(paragraph, rf"PAGEREF {name} \h", str(page))
        link(paragraph, name, paragraph.runs)


def _edge(paragraph: Any, kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(element)


def shares(headings: list[str], texts: list[list[str]], points: float, room: float) -> list[float]:
    """Widths of columns in millimetres that fill the room: each as wide as its longest word, what is left by how much there is to say.

    Args:
        headings: of the columns.
        texts: the cells of each row.
        points: size of the letters.
        room: millimetres between the margins.
    """
    half = points / 2 / 72 * 25.4
    columns = [[heading + " " * (len(heading) // _BOLD), *(line[i] for line in texts)] for i, heading in enumerate(headings)]

    def needed(measure: Callable[[str], int]) -> list[float]:
        return [max(map(measure, cells)) * half + half / 2 + _PADDING for cells in columns]

    needs = needed(half_widths)
    least = next(
        (one for whole in _WHOLE if sum(one := needed(partial(_unbroken, whole=whole))) < room), needed(partial(_unbroken, whole=0))
    )
    if sum(needs) <= room or sum(least) >= room:
        chosen = needs if sum(needs) <= room else least
        return [width * room / sum(chosen) for width in chosen]
    wanted = [max(need - low, 0) ** 0.8 for need, low in zip(needs, least, strict=True)]
    left = (room - sum(least)) / sum(wanted)
    return [low + left * more for low, more in zip(least, wanted, strict=True)]


def _unbroken(text: str, whole: int) -> int:
    """Half characters that a line of a cell must hold: all of a text of so many, else its longest word."""
    size = half_widths(text)
    return size if size <= whole else max(_LEAST, *(len(run) for run in _RUN.findall(text)), 0)
