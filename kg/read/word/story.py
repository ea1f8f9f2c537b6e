"""Body, notes and text boxes of a Word document as lines and tables in the order in which they stand (17.2)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from kg.read.markup import Element, kind, value
from kg.read.remarks import Tally
from kg.read.spacing import unspaced
from kg.read.text_tables import Block
from kg.read.word.accepted import accepted
from kg.read.word.drawings import drawn
from kg.read.word.inline import Inline, Line
from kg.read.word.numbering import Numbering
from kg.read.word.styles import Styles, mark_removed
from kg.read.word.table_rows import read_table
from kg.read.word.word_package import WordPackage

_BLOCKS = frozenset({"w:p", "w:tbl", "w:altChunk", "w:subDoc"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_RUNS_ON = re.compile(r"[A-Za-z0-9.．]\Z")
_FIGURE = re.compile(r"[A-Za-z0-9.]")


@dataclass(slots=True)
class Shared:
    """What all stories of a document share; `embedded` reads a file that stands in the text as a whole (17.17.2)."""

    package: WordPackage
    styles: Styles
    numbering: Numbering
    tally: Tally
    embedded: Callable[[str], Iterator[Block]]
    tables: int = 0
    told: set[tuple[str, str]] = field(default_factory=set)
    notes: dict[str, tuple[str, dict[str, Element]]] = field(default_factory=dict)

    def note(self, kind_: str, identifier: str) -> tuple[str, Element] | None:
        """Part and element of a footnote or endnote, once; None where it is told already or missing."""
        if kind_ not in self.notes:
            part = next(iter(self.package.related(kind_)), "")
            root = self.package.find(part) if part else None
            found = {value(note, "w:id"): note for note in (() if root is None else root) if value(note, "w:type") not in _SEPARATORS}
            self.notes[kind_] = (part, found)
        part, known = self.notes[kind_]
        if (kind_, identifier) in self.told or identifier not in known:
            return None
        self.told.add((kind_, identifier))
        return part, known[identifier]


class Story:
    """One story: the body, a note, a text box; fields run within it, references are those of its part."""

    def __init__(self, shared: Shared, part: str, root: Element) -> None:
        self._shared, self._part, self._root = shared, part, root
        self._inline = Inline(root, shared.styles, shared.tally)
        self._notes: list[tuple[str, str]] = []

    def blocks(self, container: Element | None = None) -> Iterator[Block]:
        """Lines and tables of the story, or of a cell in it.

        A paragraph without its mark runs into the next; a note follows the paragraph or the table that refers to it.
        """
        in_cell = container is not None
        said, last = Line(), None
        for inner in accepted(self._root if container is None else container, _BLOCKS):
            if kind(inner) == "w:p":
                said.join(self._inline.read(inner))
                last = inner
                if mark_removed(inner):
                    continue
            yield from self._said(said, last, in_cell)
            said, last = Line(), None
            if kind(inner) != "w:p":
                yield from self._other(inner)
            yield from () if in_cell else self._noted()
        yield from self._said(said, last, in_cell)
        yield from () if in_cell else self._noted()

    def _said(self, line: Line, paragraph: Element | None, in_cell: bool) -> Iterator[Block]:
        """Lines of a paragraph with its number, then those of what is anchored in it."""
        if paragraph is None:
            return
        words, label = line.text.strip(), self._shared.numbering.label(paragraph)
        if not words and (line.cut or not in_cell):
            label = ""  # nothing is listed under the number; in a cell it is what the cell shows
        gap = "\t" if _RUNS_ON.search(label) and _FIGURE.match(words) else ""
        yield from (told for one in unspaced(f"{label}{gap}{words}").split("\n") if (told := one.strip()))
        for shape in line.shapes:
            yield from self._drawn(shape)
        self._notes += line.notes

    def _drawn(self, shape: Element) -> Iterator[Block]:
        for told in drawn(shape, self._shared.package, self._part, self._shared.tally):
            if isinstance(told, str):
                yield from (line.strip() for line in told.split("\n") if line.strip())
            else:
                yield from Story(self._shared, self._part, told).blocks()

    def _other(self, element: Element) -> Iterator[Block]:
        """A table, or a file that stands in the text as a whole."""
        if kind(element) == "w:tbl":
            self._shared.tables += 1
            yield from read_table(element, self._shared.tables, self.blocks, self._shared.tally)
            return
        relation = self._shared.package.relations(self._part).get(value(element, "r:id"))
        if relation is None or kind(element) == "w:subDoc":
            self._shared.tally.add("embedded")
            return
        for block in self._shared.embedded(relation.target):
            self._shared.tables += not isinstance(block, str)
            yield block if isinstance(block, str) else replace(block, number=self._shared.tables)

    def _noted(self) -> Iterator[Block]:
        """The notes that are referred to since this was asked last, as passages of their own."""
        while self._notes:
            if found := self._shared.note(*self._notes.pop(0)):
                yield from Story(self._shared, *found).blocks()
