"""Shapes of a slide in the order in which they are read, and their words (ISO/IEC 29500-1, 19.3 and 21.1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.read.drawingml import diagram, titles
from kg.read.markup import Element, child, unprefixed
from kg.read.numerals import printed
from kg.read.package import Package
from kg.read.remarks import Tally
from kg.read.spacing import unspaced
from kg.read.table import MAX_COLUMNS
from kg.read.text_tables import Block, Cell, arranged

_SHAPES = frozenset({"sp", "grpSp", "graphicFrame", "pic", "cxnSp", "contentPart"})
_MARGINS = frozenset({"sldNum", "dt", "ftr", "hdr"})
_ROW = 300_000
"""EMU (a third of an inch, more than a line of text) by which the tops of shapes in one row differ at most."""
_FORMS = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman",
    "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting", "ea1JpnKor": "chineseCounting", "ea1JpnChsDb": "chineseCounting",
    "circleNum": "decimalEnclosedCircleChinese",
}  # fmt: skip
"""How the name of an automatic number begins (20.1.10.61) → its form in text."""

Place = tuple[int, int]
"""Left and top in EMU."""


class _Placed(NamedTuple):
    top: int
    left: int
    element: Element


def role_of(shape: Element) -> tuple[str, str]:
    """Type and index of the placeholder that a shape fills, ("", "") where it fills none."""
    held = next((inner for outer in shape if unprefixed(outer).startswith("nv") for inner in outer.iter("{*}ph")), None)
    return ("", "") if held is None else (held.get("type", "body"), held.get("idx", ""))


def places_of(roots: Sequence[Element]) -> dict[tuple[str, str], Place]:
    """Places of the placeholders of a layout and its master, by type and index, and by type alone; the layout's first."""
    found: dict[tuple[str, str], Place] = {}
    for root in roots:
        for shape in root.iter("{*}sp"):
            role, place = role_of(shape), _place(shape)
            if role[0] and place:
                found.setdefault(role, place)
                found.setdefault((role[0].removeprefix("ctr").lower(), ""), place)
    return found


def _place(shape: Element) -> Place | None:
    ways = (("xfrm", "off"), ("spPr", "xfrm", "off"), ("grpSpPr", "xfrm", "off"))
    offset = next((found for way in ways if (found := child(shape, *way)) is not None), None)
    if offset is None:
        return None
    try:
        return int(offset.get("x", "0")[:15]), int(offset.get("y", "0")[:15])
    except ValueError:
        return None


def lines_of(shape: Element, tally: Tally) -> Iterator[str]:
    """Paragraphs of a shape or a cell, with the numbers that are printed before them."""
    body = child(shape, "txBody")
    counts: dict[int, tuple[str, int]] = {}
    for paragraph in () if body is None else body:
        if unprefixed(paragraph) != "p":
            continue
        words = _words(paragraph, tally).strip()
        if not words:
            continue
        label = _label(paragraph, counts)
        yield from (line.strip() for line in unspaced(label + words).split("\n") if line.strip())


def _label(paragraph: Element, counts: dict[int, tuple[str, int]]) -> str:
    """Automatic number of a paragraph; one without ends the count of its level and of those below."""
    properties = child(paragraph, "pPr")
    level = int(properties.get("lvl", "0")[:1] or 0) if properties is not None and properties.get("lvl", "0").isdigit() else 0
    for deeper in [other for other in counts if other > level]:
        del counts[deeper]
    automatic = child(properties, "buAutoNum")
    if automatic is None:
        counts.pop(level, None)
        return ""
    form, start = automatic.get("type", "arabicPeriod"), automatic.get("startAt", "1")
    before, number = counts.get(level, ("", 0))
    first = int(start) if start.isdigit() and len(start) < 6 else 1
    number = number + 1 if before == form else first
    counts[level] = (form, number)
    shown = printed(number, next((name for head, name in _FORMS.items() if form.startswith(head)), "decimal"))
    if form.endswith("ParenBoth"):
        return f"({shown})"
    return shown + (")" if form.endswith("ParenR") else "." if form.endswith("Period") else "")


def _words(paragraph: Element, tally: Tally) -> str:
    pieces: list[str] = []
    for inner in paragraph:
        name = unprefixed(inner)
        if name == "br":
            pieces.append("\n")
        elif name == "fld" and inner.get("type", "").startswith(("slidenum", "datetime")):
            continue
        elif name in ("r", "fld"):
            words = "".join((part.text or "") for part in inner if unprefixed(part) == "t")
            properties = child(inner, "rPr")
            if properties is not None and properties.get("strike", "noStrike") != "noStrike" and words.strip():
                tally.add("struck", words)
            else:
                pieces.append(words)
        elif name in ("m", "AlternateContent"):  # a formula
            chosen = child(inner, "Choice")
            pieces.append("".join(part.text or "" for part in (inner if chosen is None else chosen).iter("{*}t")))
    return "".join(pieces)


@dataclass(slots=True)
class Shapes:
    """Reads the shapes of one slide; `tables` counts the tables before it, and then those of the slide too."""

    package: Package
    part: str
    tally: Tally
    places: dict[tuple[str, str], Place]
    tables: int

    def blocks(self, slide: Element) -> Iterator[Block]:
        """Lines and tables of a slide."""
        tree = child(slide, "cSld", "spTree")
        if tree is not None:
            yield from self._group(tree)

    def _group(self, group: Element) -> Iterator[Block]:
        """Shapes from top to bottom, those of a row from left to right; a group within stays together."""
        placed: list[_Placed] = []
        for shape in _shapes(group):
            left, top = self._where(shape) or ((placed[-1].left, placed[-1].top) if placed else (0, 0))
            placed.append(_Placed(top, left, shape))
        rows: list[list[_Placed]] = []
        for one in sorted(placed, key=lambda one: one.top):
            if rows and one.top - rows[-1][0].top < _ROW:
                rows[-1].append(one)
            else:
                rows.append([one])
        for row in rows:
            for one in sorted(row, key=lambda one: one.left):
                yield from self._shape(one.element)

    def _where(self, shape: Element) -> Place | None:
        own = _place(shape)
        if own is not None:
            return own
        role = role_of(shape)
        return self.places.get(role) or self.places.get((role[0].removeprefix("ctr").lower(), ""))

    def _shape(self, shape: Element) -> Iterator[Block]:
        name = unprefixed(shape)
        named = next(
            (inner for outer in shape if unprefixed(outer).startswith("nv") for inner in outer if unprefixed(inner) == "cNvPr"), None
        )
        if named is not None and named.get("hidden", "0") in ("1", "true"):
            self.tally.add("hidden", "".join(part.text or "" for part in shape.iter("{*}t")))
        elif name == "grpSp":
            yield from self._group(shape)
        elif name == "graphicFrame":
            yield from self._frame(shape)
        elif name == "pic":
            self.tally.add("pictures")
        elif role_of(shape)[0] not in _MARGINS:
            yield from lines_of(shape, self.tally)

    def _frame(self, frame: Element) -> Iterator[Block]:
        """What a frame holds: a table, a diagram, a chart, or an object of another program."""
        held = child(frame, "graphic", "graphicData")
        for inner in () if held is None else held:
            name = unprefixed(inner)
            if name == "tbl":
                self.tables += 1
                yield from arranged(list(_rows(inner, self.tally)), self.tables)
            elif name == "relIds":
                yield from self._worded(diagram(self._related(inner, "dm")))
            elif name == "chart":
                self.tally.add("charts")
                yield from self._worded(titles(self._related(inner, "id")))
            else:
                self.tally.add("objects")

    def _related(self, element: Element, name: str) -> Element | None:
        """The part that an element refers to by its attribute `name`."""
        identifier = next((str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), "")
        relation = self.package.relations(self.part).get(identifier)
        return self.package.find(relation.target) if relation else None

    def _worded(self, lines: Iterator[str]) -> Iterator[str]:
        return (line.strip() for line in lines if line.strip())


def _shapes(group: Element) -> Iterator[Element]:
    """Shapes of a group; of alternatives one is taken (ISO/IEC 29500-3, 7.5)."""
    for inner in group:
        if unprefixed(inner) == "AlternateContent":
            choices = [one for one in inner if unprefixed(one) in ("Choice", "Fallback")]
            worded = (one for one in choices if next(one.iter("{*}t"), None) is not None)
            yield from _shapes(next(worded, choices[0]) if choices else ())
        elif unprefixed(inner) in _SHAPES:
            yield inner


def _rows(table: Element, tally: Tally) -> Iterator[list[Cell]]:
    """Cells of each row (21.1.3); those that a merge covers are none."""
    for row in table:
        if unprefixed(row) != "tr":
            continue
        cells: list[Cell] = []
        for at, cell in enumerate(inner for inner in row if unprefixed(inner) == "tc"):
            if any(cell.get(name, "0") in ("1", "true") for name in ("hMerge", "vMerge")):
                if covered := "".join(part.text or "" for part in cell.iter("{*}t")).strip():
                    tally.add("hidden", covered)
            elif at < MAX_COLUMNS:
                across, down = (
                    min(int(cell.get(name, "1")[:4]) if cell.get(name, "1").isdigit() else 1, 1_000) or 1
                    for name in ("gridSpan", "rowSpan")
                )
                cells.append(Cell(at, across, down, list(lines_of(cell, tally))))
        yield cells
