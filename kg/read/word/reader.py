"""The text of a Word document, and what it holds beside its text."""

from collections.abc import Iterator
from pathlib import Path

from kg.errors import ReadError
from kg.read.clean import Raw
from kg.read.html import read_html
from kg.read.markup import Element, child, children
from kg.read.remarks import Tally
from kg.read.text import read_text
from kg.read.text_tables import Block
from kg.read.word.numbering import Numbering
from kg.read.word.story import Shared, Story
from kg.read.word.styles import Styles
from kg.read.word.word_package import WordPackage

_DEPTH = 3
"""Documents that may stand within each other."""


class Word:
    """A Word document: `blocks` of its text; after them `tally` says what was left out."""

    def __init__(self, raw: Raw, depth: int = 0) -> None:
        self._raw, self._depth = raw, depth
        self._package = WordPackage(raw)
        self.tally = Tally()

    @property
    def title(self) -> str:
        """Title among the document's properties, "" where it has none."""
        name = next((r.target for r in self._package.relations("").values() if r.kind == "core-properties"), "docprops/core.xml")
        title = child(self._package.find(name), "dc:title")
        return ("" if title is None else title.text or "").strip()

    def blocks(self) -> Iterator[Block]:
        """Lines and tables in the order in which they stand.

        Raises:
            ReadError: it is no Word document, or a part of it is broken.
        """
        package = self._package
        styles = Styles(self._first("styles"))
        shared = Shared(package, styles, Numbering(self._first("numbering"), styles), self.tally, self._embedded)
        for body in children(package.document(), "w:body"):
            yield from Story(shared, package.main, body).blocks()

    def _first(self, kind_: str) -> Element | None:
        """Root of the part of one kind, None where there is none."""
        return next((self._package.find(name) for name in self._package.related(kind_)), None)

    def _embedded(self, name: str) -> Iterator[Block]:
        """A file that stands in the text as a whole (`w:altChunk`): another Word document, a web page or plain text."""
        data, suffix = self._package.data(name) if name in self._package else b"", Path(name).suffix
        reader = {".html": read_html, ".htm": read_html, ".xhtml": read_html, ".txt": read_text}.get(suffix)
        inner = Raw(self._raw.path.with_name(f"{self._raw.path.name}#{name.rpartition('/')[2]}"), data)
        if data and suffix in (".docx", ".docm") and self._depth < _DEPTH:
            word = Word(inner, self._depth + 1)
            yield from word.blocks()
            self.tally.join(word.tally)
        elif data and reader:
            try:
                yield from reader(inner).text.split("\n")
            except ReadError:
                self.tally.add("embedded")
        else:
            self.tally.add("embedded")
