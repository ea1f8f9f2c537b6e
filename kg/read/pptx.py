"""Presentations (`.pptx`, `.ppsx`, `.potx`; ISO/IEC 29500-1, 19): slides in their order, each with its number as page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.errors import ReadError
from kg.model import Document, Region, Row, Span
from kg.read.clean import Raw, document
from kg.read.markup import Element, unprefixed
from kg.read.package import Package
from kg.read.remarks import Tally, remarks
from kg.read.shapes import Shapes, lines_of, places_of, role_of
from kg.read.table import compose
from kg.read.text_tables import Block
from kg.read.zipped import ZIP

MAX_SLIDES = 5_000
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def read_pptx(raw: Raw) -> Document:
    """Read a presentation: of each slide its shapes from top to bottom and left to right, then the speaker's notes.

    Hidden slides and shapes, struck-through words, comments, dates, footers and the numbers of slides are left out.

    Raises:
        ReadError: no presentation, a broken or a protected one, one that unpacks beyond the limit or has too many slides.
    """
    if not raw.data.startswith(ZIP):
        raise ReadError(
            f"{raw.path} is no presentation (it begins with {raw.data[:4]!r}). Open it in PowerPoint or WPS and save it as .pptx."
        )
    book = _Book(raw, Package(raw, "presentation", "ppt/presentation.xml"), Tally())
    text, title, rows, regions = "", "", [], []
    for number, slide in book.slides():
        blocks, heading = book.read(slide)
        words, found = compose(raw, blocks)
        rows += [_moved(row, len(text)) for row in found]
        regions.append(Region(Span(len(text), len(text) + len(words)), number))
        text += words
        title = title or heading
    made = document(raw, _TYPE, text.rstrip("\n"), title=title or book.title())
    return replace(made, rows=tuple(rows), regions=tuple(regions), remarks=remarks(raw.path.name, book.tally))


def _moved(row: Row, by: int) -> Row:
    """A row whose slide begins so many characters into the text."""
    cells = {name: Span(span.start + by, span.end + by) for name, span in row.cells.items()}
    return replace(row, span=Span(row.span.start + by, row.span.end + by), cells=cells)


@dataclass(slots=True)
class _Book:
    """The parts of a presentation, read slide by slide."""

    raw: Raw
    package: Package
    tally: Tally
    tables: int = 0

    def slides(self) -> Iterator[tuple[int, str]]:
        """Number and part of each slide that is shown.

        Raises:
            ReadError: the presentation lists too many slides, or holds no list of them.
        """
        known = self.package.relations(self.package.main)
        listed = list(self.package.root(self.package.main).iter("{*}sldId"))
        if len(listed) > MAX_SLIDES:
            raise ReadError(f"{self.raw.path} has {len(listed):,} slides; at most {MAX_SLIDES:,} are read. Split it.")
        for number, slide in enumerate(listed, start=1):
            identifier = next((value for key, value in slide.attrib.items() if str(key).endswith("}id")), "")
            relation = known.get(str(identifier))
            if relation is None or relation.target not in self.package:
                self.tally.add("missing")
            elif self.package.root(relation.target).get("show", "1") in ("0", "false"):
                self.tally.add("slides")
            else:
                yield number, relation.target

    def read(self, part: str) -> tuple[list[Block], str]:
        """Lines and tables of a slide, its notes after it, and its title."""
        relations = self.package.relations(part)
        behind = self._behind(part)
        shapes = Shapes(self.package, part, self.tally, places_of(behind), self.tables)
        root = self.package.root(part)
        blocks = list(shapes.blocks(root))
        self.tables = shapes.tables
        for what, target in relations.values():
            if what == "notesSlide" and target in self.package:
                blocks += self._notes(target)
        return blocks, _heading(root)

    def _behind(self, part: str) -> list[Element]:
        """Roots of the layout and the master of a slide, from which shapes take their places."""
        found: list[Element] = []
        for wanted in ("slideLayout", "slideMaster"):
            part = next((target for what, target in self.package.relations(part).values() if what == wanted), "")
            if part not in self.package:
                break
            found.append(self.package.root(part))
        return found

    def _notes(self, part: str) -> Iterable[Block]:
        for shape in self.package.root(part).iter("{*}sp"):
            if role_of(shape)[0] == "body":
                yield from lines_of(shape, self.tally)

    def title(self) -> str:
        """Title that the file's properties state."""
        properties = self.package.find("docProps/core.xml")
        return " ".join(str("" if properties is None else properties.findtext("{*}title") or "").split())


def _heading(slide: Element) -> str:
    """Words of a slide's title, in a line."""
    for shape in slide.iter("{*}sp"):
        if role_of(shape)[0] in ("title", "ctrTitle"):
            return " ".join(word for part in shape.iter("{*}t") if unprefixed(part) == "t" for word in (part.text or "").split())
    return ""
