"""Text to sentences, each with the headings above it.

A copy of a report often loses its line breaks, so a heading (`一、…`, `(一)…`, `一是…。`) may stand on one line with
the text before it and behind it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.model import Document, Span

# One character for one, so that offsets stay: full-width forms to ASCII, all kinds of dashes and quotes to one.
_WIDE: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FROM, _TO = "\u3000〜～—–－―−‐〔〕［］「」『』〈〉﹪", " --------()()“”“”《》%"
_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?[”』」\")]*")
_NUMBER = "一二三四五六七八九十"
# 一、 (一) 1. 一是 at the start of a piece; `一是` also amid a line that a copy ran together
_HEAD = re.compile(
    rf"\s*(?:(?P<one>[{_NUMBER}]{{1,3}}、)|(?P<two>\([{_NUMBER}]{{1,3}}\))|(?P<three>[{_NUMBER}][是要])|(?P<four>\d{{1,2}}[.、](?!\d)))"
)
_RUN_TOGETHER = re.compile(rf"(?<![统唯单之同第独专万主需不只])(?<=[\u4e00-\u9fff;:,])(?=[{_NUMBER}][是要][\u4e00-\u9fff])")
_INLINE_SECTION = re.compile(rf"(?<=[。;])(?=[{_NUMBER}]{{1,3}}、[\u4e00-\u9fff])")

MAX_SENTENCE = 2_000
"""Longest stretch treated as one sentence; a longer one (a table pasted as text) is cut at this length."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `text` is folded (half-width punctuation), one character for each of the document's.

    `headings` are those above it, outermost first; `planned` is set under a heading that speaks of intentions.
    """

    span: Span
    text: str
    headings: tuple[str, ...] = ()
    heading: bool = False
    planned: bool = False

    def span_of(self, start: int, end: int) -> Span:
        """Span in the document of `text[start:end]`."""
        return Span(self.span.start + start, self.span.start + end)


@cache
def _folding() -> dict[int, int | str]:
    return _WIDE | {ord(mark): plain for mark, plain in zip(_FROM, _TO, strict=True)}


def fold(text: str) -> str:
    """Text with full-width forms, dashes and quotes made one kind each, character for character."""
    return text.translate(_folding())


def sentences(document: Document, told: Sequence[Span] = ()) -> list[Sentence]:
    """Sentences of a document in reading order, headings among them, without the rows that are `told` already."""
    folded = _without(fold(document.text), told)
    intends = re.compile("|".join(map(re.escape, lexicon.words("planned_headings"))))
    opens = re.compile(rf"(?:{intends.pattern})[\u4e00-\u9fff]{{0,4}}[:,]")
    found: list[Sentence] = []
    path: dict[int, str] = {}
    title = stated_title(document)
    for span in _pieces(folded, title):
        text = folded[span.start : span.end]
        level = _level(text)
        if opening := opens.match(text):  # 下一步打算: opens a part of plans in the midst of a paragraph
            path = {1: opening[0]}
        elif level:
            path = {depth: words for depth, words in path.items() if depth < level}
            path[level] = text.strip().rstrip("。")
        above = tuple(path[depth] for depth in sorted(path))
        found.append(
            Sentence(
                span,
                text,
                above,
                heading=_is_heading(text, level, span.start == 0 and text == title),
                planned=any(intends.search(words) for words in above),
            )
        )
    return found


_STAMP = re.compile(r"\s*\(\d{4}[-./年]?\d{0,2}[-./月]?\d{0,2}日?\)$")


def bare_title(title: str) -> str:
    """A title without the date stamp that a file's name adds: `…工作要点(20230823)`."""
    return _STAMP.sub("", fold(title)).strip()


def stated_title(document: Document) -> str:
    """The title that a document gives itself: its own, or its first line; "" where neither is one."""
    starts_with_table = bool(document.rows) and document.rows[0].span.start == 0
    return bare_title(document.title) or ("" if starts_with_table else first_line(document.text))


def first_line(text: str) -> str:
    """The first line of a text of several, if it is short and no sentence: a title."""
    line = fold(text.lstrip().split("\n", 1)[0]).strip()
    alone = len(text.strip().splitlines()) > 1
    return line if len(line) <= 60 and alone and not re.search("[。;]", line) else ""


def _without(text: str, told: Sequence[Span]) -> str:
    """A text of the same length in which line feeds, which no sentence holds, stand for some of its stretches."""
    pieces, at = [], 0
    for row in told:
        pieces += [text[at : row.start], "\n" * (row.end - row.start)]
        at = row.end
    return "".join([*pieces, text[at:]]) if pieces else text


def _pieces(text: str, title: str) -> Iterator[Span]:
    """Stretches that hold one sentence or heading each, white space at their ends left out."""
    start = len(title) if title and text.startswith(title) else 0
    if start:
        yield Span(0, start)
    for match in _SENTENCE.finditer(text, start):
        cuts = [match.start()]
        body = match[0]
        for split in (_RUN_TOGETHER, _INLINE_SECTION):
            cuts += [match.start() + m.start() for m in split.finditer(body)]
        cuts = sorted({*cuts, *range(match.start(), match.end(), MAX_SENTENCE), match.end()})
        for begin, end in pairwise(cuts):
            piece = text[begin:end]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                yield Span(begin + lead, begin + lead + len(piece.strip()))


def _level(text: str) -> int:
    """1 for `一、`, 2 for `(一)`, 3 for `一是` and `1.`, 0 for no numbered heading."""
    match = _HEAD.match(text)
    return 0 if match is None else (1 if match["one"] else 2 if match["two"] else 3)


def _is_heading(text: str, level: int, is_title: bool) -> bool:
    """A title, a numbered line without a full stop, or a short `一是…。` that states no figure."""
    if is_title:
        return True
    if level in (1, 2):
        return not text.rstrip().endswith(("。", ";")) and len(text) <= 60
    return level == 3 and len(text) <= 45 and not re.search(r"[\dX*]", text) and "," not in text


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between marks."""

    start: int
    end: int
    text: str


_CLAUSE = re.compile(r"(?:(?<!\d)[,;。!?]|[,;。!?](?!\d{3}))+")


def clauses(text: str) -> list[Clause]:
    """Clauses of a folded sentence (a comma inside a number does not split)."""
    found, at = [], 0
    for match in _CLAUSE.finditer(text):
        if match.start() > at:
            found.append(Clause(at, match.start(), text[at : match.start()]))
        at = match.end()
    if at < len(text):
        found.append(Clause(at, len(text), text[at:]))
    return found
