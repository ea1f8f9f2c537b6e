"""Document-preview sites: their lines around a report, and their page marks inside it.

Such a page shows a file name, a line of its own about sharing and searching, then the pages of the report, each a
line that begins with its number (`2、`), cut wherever the page ended, then remarks and keywords.
"""

import re
from pathlib import PurePath

from kg import lexicon
from kg.model import Span

_PAGE = re.compile(r"(?m)^[ \t]*(\d{1,4})、")
_FILE_LINE = re.compile(r"\s*([^\n]{2,120})\.(?:docx?|pdf|pptx?|xlsx?|wps|txt)\s*")


def preview_cuts(text: str) -> tuple[list[Span], str]:
    """What to cut from the text of a preview page, and the title that its file line names (date stamp included).

    Returns:
        Stretches in ascending order, and the title; nothing and "" where `text` is no preview page.
    """
    before = _last_line(text, lexicon.words("preview", side="before"))
    if before is None:
        return [], ""
    after = _first_line(text, before, lexicon.words("preview", side="after"))
    body = Span(before, after)
    cuts = [Span(0, body.start), *_page_marks(text, body), Span(_rstrip(text, body), len(text))]
    return [c for c in cuts if c.end > c.start], _title(text)


def _title(text: str) -> str:
    line = _FILE_LINE.match(text.split("\n", 1)[0])
    return PurePath(line[1]).name if line else ""


def _lines(text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\n|[^\n]+$", text)]


def _last_line(text: str, phrases: tuple[str, ...]) -> int | None:
    """End of the last line among the first ten that holds one of the site's phrases."""
    ends = [s.end for s in _lines(text)[:10] if any(p in text[s.start : s.end] for p in phrases)]
    return ends[-1] if ends else None


def _first_line(text: str, start: int, phrases: tuple[str, ...]) -> int:
    """Start of the first line after `start` that begins with one of the site's phrases."""
    for line in _lines(text):
        head = re.sub(r"[\s\-·•*]", "", text[line.start : line.end])
        if line.start >= start and head.startswith(tuple(phrases)):
            return line.start
    return len(text)


def _rstrip(text: str, body: Span) -> int:
    return body.start + len(text[body.start : body.end].rstrip())


def _page_marks(text: str, body: Span) -> list[Span]:
    """Page marks, numbered from 1 without a gap, each with the line break before it.

    A page may end in the middle of a word, so that the text on either side is joined without a space; a line break
    stays where the page ended with a sentence.
    """
    marks, wanted = [], 1
    for found in _PAGE.finditer(text, body.start, body.end):
        if int(found[1]) != wanted:
            continue
        start = found.start()
        while start > body.start and text[start - 1] in "\n\r \t":
            start -= 1
        ended = start > body.start and text[start - 1] in "。!?！？"
        marks.append(Span(found.start() if ended else start, found.end()))
        wanted += 1
    return marks
