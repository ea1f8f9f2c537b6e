"""OpenDocument text (`.odt`, `.ott`, `.fodt`; OASIS OpenDocument 1.3, part 3), as it reads when all changes are accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.errors import ReadError
from kg.model import Document
from kg.read.clean import Raw, document
from kg.read.markup import Element, parse, unprefixed, whole
from kg.read.odf import Lists, Styles, attribute
from kg.read.package import Package
from kg.read.remarks import Tally, remarks
from kg.read.spacing import unspaced
from kg.read.table import MAX_COLUMNS, compose
from kg.read.text_tables import Block, Cell, arranged
from kg.read.zipped import ZIP

_TYPE = "application/vnd.oasis.opendocument.text"
_PASSED = frozenset(
    (
        "tracked-changes", "variable-decls", "sequence-decls", "user-field-decls", "dde-connection-decls", "forms", "script", "number",
        "ruby-text", "note-citation", "desc", "annotation", "event-listeners", "index-title-template", "bibliography-mark-template",
    )
)  # fmt: skip
"""What holds words that are none of the text."""
_INDEXES = frozenset({"table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index"})
_SHAPES = frozenset({"frame", "custom-shape", "rect", "g", "ellipse", "circle", "polygon", "path", "line", "connector", "caption", "a"})
_REPEATED = 1_000
"""How often a row is taken to be repeated at most."""
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_STATED = "\0"
"""A space that is stated (`text:s`); others beside each other are one (6.1.2)."""
_WAYS = ("rows", "columns")


def read_odt(raw: Raw) -> Document:
    """Read an OpenDocument text: paragraphs with the numbers that are printed before them, and rows of tables, in their order.

    Notes and text boxes follow the paragraph that they belong to. What is deleted, hidden or struck through, annotations, headers,
    footers and indexes are left out.

    Raises:
        ReadError: no OpenDocument text, a broken or a protected one, or one that unpacks beyond the limit.
    """
    tally = Tally()
    roots, title = _roots(raw)
    body = next(
        (part for part in roots[0].iter("{*}text") if part.getparent() is not None and unprefixed(part.getparent()) == "body"), None
    )
    if body is None:
        raise ReadError(f"{raw.path} is no OpenDocument text (it holds no text). Give it the ending of what it is, or pass --format.")
    styles = Styles(roots)
    reader = _Reader(styles, Lists(styles), tally)
    text, rows = compose(raw, list(reader.blocks(body)))
    made = document(raw, _TYPE, text.rstrip("\n"), title=title)
    return replace(made, rows=rows, remarks=remarks(raw.path.name, tally))


def _roots(raw: Raw) -> tuple[list[Element], str]:
    """Roots of the parts that hold text and styles, the text first, and the document's title."""
    if not raw.data.startswith(ZIP):
        whole = parse(raw.data, str(raw.path))
        return [whole], _title(whole)
    package = Package(raw, "OpenDocument text")
    meta, styles = package.find("meta.xml"), package.find("styles.xml")
    return [package.root("content.xml"), *([] if styles is None else [styles])], "" if meta is None else _title(meta)


def _title(root: Element) -> str:
    return " ".join(str(root.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "").split())


@dataclass(slots=True)
class _Line:
    """A paragraph as it is read: its words, and what stands beside it."""

    pieces: list[str] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Reads a text once, from its beginning."""

    styles: Styles
    lists: Lists
    tally: Tally
    tables: int = 0

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Lines and tables within a body, a section, a cell, a note or a text box."""
        for inner in parent:
            name = unprefixed(inner)
            if name in ("p", "h"):
                yield from self._paragraph(inner, self.lists.heading(inner) if name == "h" else "")
            elif name == "list":
                yield from self._list(inner)
            elif name == "table":
                yield from self._table(inner)
            elif name in _INDEXES:
                self.tally.add("indexes")
            elif name in _SHAPES:
                yield from self._shape(inner)
            elif name not in _PASSED and not self._is_hidden(inner):
                yield from self.blocks(inner)

    def _is_hidden(self, element: Element) -> bool:
        """Whether a section or a field is hidden (5.4, 7.7.5)."""
        shown = attribute(element, "display", "true")
        hidden = shown == "none" or (shown == "condition" and attribute(element, "is-hidden") == "true")
        if hidden:
            self.tally.add("hidden", "".join(element.itertext()))
        return hidden

    def _paragraph(self, paragraph: Element, label: str = "") -> Iterator[Block]:
        line = _Line()
        style = attribute(paragraph, "style-name")
        hidden = [mark for mark in paragraph.iter("{*}hidden-paragraph") if attribute(mark, "is-hidden") == "true"]
        if hidden:
            self.tally.add("hidden", "".join(paragraph.itertext()))
            return
        self._inline(paragraph, line, self.styles.unseen(style))
        words = re.sub(" +", " ", "".join(line.pieces)).replace(_STATED, " ").strip()
        if words:
            yield from (piece.strip() for piece in unspaced(f"{label}{words}").split("\n") if piece.strip())
        yield from line.beside

    def _inline(self, element: Element, line: _Line, unseen: str) -> None:
        """Words of a paragraph or a part of it; `unseen` says why they are not seen."""
        self._say(element.text, line, unseen)
        for inner in element:
            name = unprefixed(inner)
            if name == "span":
                self._inline(inner, line, self.styles.unseen(attribute(inner, "style-name")) or unseen)
            elif name == "s":
                self._say(_STATED * min(max(whole(attribute(inner, "c"), 1), 1), 100), line, unseen)
            elif name in ("tab", "line-break"):
                line.pieces.append("\t" if name == "tab" else "\n")
            elif name == "note":
                line.beside += [block for part in inner if unprefixed(part) == "note-body" for block in self.blocks(part)]
            elif name in _SHAPES and not inner.tag.startswith(_TEXT):
                line.beside += list(self._shape(inner))
            elif name == "hidden-text":
                self.tally.add("hidden", attribute(inner, "string-value"))
            elif name not in _PASSED and not inner.tag.startswith(_SVG):
                self._inline(inner, line, unseen)
            self._say(inner.tail, line, unseen)

    def _say(self, words: str | None, line: _Line, unseen: str) -> None:
        if not words:
            return
        if not unseen:
            line.pieces.append(re.sub(r"[ \t\r\n]+", " ", words))
        elif words.strip():
            self.tally.add(unseen, words)

    def _list(self, element: Element, style: str = "", level: int = 1) -> Iterator[Block]:
        style = attribute(element, "style-name") or style or self._style_within(element)
        if level == 1:
            self.lists.begin(element, style)
        for item in element:
            labelled = unprefixed(item) == "list-item"
            for inner in item:
                if unprefixed(inner) == "list":
                    yield from self._list(inner, style, level + 1)
                elif unprefixed(inner) in ("p", "h"):
                    yield from self._paragraph(inner, self.lists.label(style, level, item) if labelled else "")
                    labelled = False
                else:
                    yield from self._within(inner)

    def _within(self, element: Element) -> Iterator[Block]:
        if unprefixed(element) == "table":
            yield from self._table(element)
        elif unprefixed(element) not in _PASSED:
            yield from self.blocks(element)

    def _style_within(self, element: Element) -> str:
        """List style of the first paragraph's style, where the list names none."""
        first = next((part for part in element.iter("{*}p", "{*}h")), None)
        return self.styles.list_of(attribute(first, "style-name")) if first is not None else ""

    def _shape(self, shape: Element) -> Iterator[Block]:
        """Words in a frame or a shape; of a frame's alternatives one is taken (10.4.2)."""
        for inner in shape:
            name = unprefixed(inner)
            if name == "text-box":
                yield from self.blocks(inner)
                return
            if name in ("p", "h"):
                yield from self._paragraph(inner)
            elif name == "list":
                yield from self._list(inner)
            elif name in _SHAPES:
                yield from self._shape(inner)
            elif name in ("image", "object", "object-ole") and unprefixed(shape) == "frame":
                self.tally.add("pictures" if name == "image" else "objects")
                return

    def _table(self, table: Element) -> Iterator[Block]:
        self.tables += 1
        own = self.tables
        yield from arranged(self._cells(table), own)

    def _cells(self, table: Element) -> list[list[Cell]]:
        """Cells of each row; covered ones take their room and are no cells."""
        rows: list[list[Cell]] = []
        for row in _rows(table):
            cells: list[Cell] = []
            at = 0
            for element in row:
                name = unprefixed(element)
                times = min(max(whole(attribute(element, "number-columns-repeated"), 1), 1), MAX_COLUMNS)
                if name == "table-cell":
                    down, across = (min(max(whole(attribute(element, f"number-{way}-spanned"), 1), 1), MAX_COLUMNS) for way in _WAYS)
                    blocks = list(self.blocks(element))
                    cells += [Cell(at + after, across, down, blocks) for after in range(times if blocks else 1)]
                at += times if name in ("table-cell", "covered-table-cell") else 0
            rows += [cells] * min(max(whole(attribute(row, "number-rows-repeated"), 1), 1), _REPEATED if cells else 1)
        return rows


def _rows(table: Element) -> Iterator[Element]:
    """Rows of a table, those in groups and headers too, not those of tables within; filtered and hidden ones stay out."""
    for inner in table:
        if unprefixed(inner) == "table-row":
            yield inner
        elif unprefixed(inner) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(inner)
