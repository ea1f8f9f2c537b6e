"""OFD, the fixed layout of official papers (GB/T 33190-2016): the text of its pages in reading order, each with its page."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from kg.errors import ReadError
from kg.model import Document, Region, Span
from kg.read.clean import Raw, cut, document
from kg.read.page_layout import layout_cuts
from kg.read.spacing import merged, spacing_cuts
from kg.read.zipped import UNPACKING, ZIP, brief, check_archive

MAX_PAGES = 5_000
MAX_RUNS = 20_000
"""Stretches of text on a page; a broadsheet of which each character is one holds half as many."""
MAX_PART = 32 * 1024 * 1024
_MARGIN = 2.0
"""Millimetres by which text may begin outside the page and still be on it."""
_SAME_LINE, _TOUCH, _APART = 0.5, 0.2, 0.55
"""Shares of the size of type: two baselines so near are one line, two pieces of text so near are one, two figures so near too."""
_FIGURE = re.compile(r"[\d.,%]")
_MANY, _SINGLE = 5_000, 300
"""Pieces, and pieces of one character, beyond which a page is read line by line."""


def read_ofd(raw: Raw) -> Document:
    """Read `.ofd`: page marks and running heads go, lines that a margin broke are joined; every passage knows its page.

    A template that several pages share (GB/T 33190, 7.5) is read with the first of them. Annotations, seals and attachments
    are no text of the report.

    Raises:
        ReadError: no OFD, a broken one, one that unpacks beyond the limit or has too many pages or too much on a page.
    """
    import ofdkit  # noqa: PLC0415  # loads only for OFD

    if not raw.data.startswith(ZIP):
        raise ReadError(f"{raw.path} is no OFD document (it begins with {raw.data[:4]!r}). Open it in its reader and save it as .pdf.")
    check_archive(raw, "OFD document")
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive, ofdkit.open(raw.data) as book:
            large = next((entry.filename for entry in archive.infolist() if _is_xml(entry.filename) and entry.file_size > MAX_PART), None)
            if large or len(book.pages) > MAX_PAGES:
                raise ReadError(
                    f"{raw.path} holds {large or f'{len(book.pages):,} pages'}: more than is read. Split it, or save it as .pdf."
                )
            return _document(raw, _Pages(raw, archive, book))
    except (ofdkit.OFDError, LookupError, *UNPACKING) as error:
        raise ReadError(f"{raw.path} is a broken OFD document ({brief(error)}). Open it in its reader and save it as .pdf.") from error


def _document(raw: Raw, pages: "_Pages") -> Document:
    text, places = "", []
    for words in pages.texts():
        places.append(Span(len(text), len(text) + len(words)))
        text += f"{words}\n" if words else ""
    if not text.strip() and pages.pictures:
        raise ReadError(f"{raw.path} holds pictures of pages and no text. Save it as .pdf, whose pictures are recognised.")
    cleaned, offsets = cut(text, merged(layout_cuts(text, places), spacing_cuts(text)))
    regions = tuple(Region(place, number) for number, place in enumerate(places, start=1))
    made = document(raw, "application/ofd", cleaned, offsets, pages.book.info.title or "")
    return replace(made, regions=regions, remarks=tuple(pages.remarks()))


@dataclass(slots=True)
class _Pages:
    """Texts of the pages of an OFD document, and what is left out while they are read."""

    raw: Raw
    archive: zipfile.ZipFile
    book: Any
    pictures: list[int] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unseen: int = 0
    hidden: set[str] = field(default_factory=set)
    templates: set[tuple[str | None, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for name in self.archive.namelist():
            if _is_xml(name) and re.search("te?m?pl", name, re.IGNORECASE):
                self.hidden |= _hidden(self._part(name))

    def texts(self) -> Iterator[str]:
        """Text of each page, its lines apart by line feeds; "" for one that cannot be read."""
        from ofdkit import OFDError  # noqa: PLC0415  # loads only for OFD

        for number, page in enumerate(self.book.pages, start=1):
            try:
                runs = self._seen(page, number)
            except (OFDError, LookupError) as error:
                self.unread.append(f"page {number} could not be read ({brief(error)}) and was left out.")
                runs = []
            yield _text(_joined(runs))

    def _seen(self, page: Any, number: int) -> list[Any]:
        """Stretches of text that a page shows and that its template did not show before."""
        part = self._part(page.location)
        runs = [run for run in page.runs if run.text.strip()]
        if len(runs) > MAX_RUNS:
            raise ReadError(
                f"{self.raw.path}, page {number}: {len(runs):,} pieces of text; at most {MAX_RUNS:,} are read. Save it as .pdf."
            )
        hidden = _hidden(part)
        left, top, width, height = page.box
        shown = [
            run
            for run in runs
            if run.object_id not in (self.hidden if run.from_template else hidden)
            and left - _MARGIN <= run.x <= left + width + _MARGIN
            and top - _MARGIN <= run.y <= top + height + _MARGIN
        ]
        self.unseen += len(runs) - len(shown)
        templates = {(run.object_id, run.text) for run in shown if run.from_template}
        again, self.templates = templates & self.templates, templates | self.templates
        if not runs and b"ImageObject" in part:
            self.pictures.append(number)
        return [run for run in shown if not (run.from_template and (run.object_id, run.text) in again)]

    def _part(self, name: str | None) -> bytes:
        try:
            return self.archive.read(name or "")
        except UNPACKING:
            return b""

    def remarks(self) -> Iterator[str]:
        """What was left out, a line each."""
        told = [*self.unread, *self.book.warnings]
        if self.unseen:
            told.append(f"{self.unseen} hidden pieces of text were left out.")
        if self.pictures:
            pages = ", ".join(map(str, self.pictures[:20]))
            told.append(f"pages that are pictures were left out ({pages}). Save it as .pdf, whose pictures are recognised.")
        names = [name for name in self.archive.namelist() if _is_xml(name)]
        if any("annot" in name.lower() and b"TextCode" in self._part(name) for name in names):
            told.append("annotations were left out.")
        attached = sum(self._part(name).count(b"FileLoc") // 2 for name in names if name.lower().endswith("attachments.xml"))
        if attached:
            told.append(f"{attached} attachments were left out. Save them as files of their own.")
        return (f"{self.raw.path.name}: {line}" for line in told)


def _joined(runs: list[Any]) -> list[list[Any]]:
    """Lines of a page, each as pieces that stand apart: characters that touch are one piece; what is drawn twice counts once."""
    lines: list[list[Any]] = []
    drawn = {(run.text, round(run.x * 4), round(run.y * 4)): run for run in runs}
    for run in sorted(drawn.values(), key=lambda run: (run.y, run.x)):
        if lines and run.y - lines[-1][0].y <= _SAME_LINE * max(min(run.size, lines[-1][0].size), 1):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [list(_pieces(sorted(line, key=lambda run: float(run.x)))) for line in lines]


def _pieces(line: list[Any]) -> Iterator[Any]:
    texts, first, end = [line[0].text], line[0], line[0].x + line[0].width
    for run in line[1:]:
        wide = _FIGURE.fullmatch(texts[-1]) and _FIGURE.fullmatch(run.text)  # a figure may take the room of a Han character
        if abs(run.x - end) <= (_APART if wide else _TOUCH) * max(run.size, 1) and abs(run.size - first.size) <= _TOUCH * first.size:
            texts.append(run.text)
        else:
            yield replace(first, text="".join(texts), width=end - first.x)
            texts, first = [run.text], run
        end = run.x + run.width
    yield replace(first, text="".join(texts), width=end - first.x)


def _text(lines: list[list[Any]]) -> str:
    """Lines in reading order: columns of prose one after the other, labels that stand upright as words."""
    from ofdkit.layout import page_text  # noqa: PLC0415  # loads only for OFD

    pieces = [piece for line in lines for piece in line]
    if len(pieces) > _MANY or sum(len(piece.text) == 1 for piece in pieces) > _SINGLE:  # its search for labels is quadratic
        return "\n".join("   ".join(piece.text.strip() for piece in line) for line in lines)
    return "\n".join(filter(None, map(str.strip, page_text(pieces).splitlines())))


def _is_xml(name: str) -> bool:
    return name.lower().endswith(".xml")


def _hidden(part: bytes) -> set[str]:
    """Numbers of the objects of a page that are not shown (GB/T 33190, 8.5: `Visible`)."""
    if b"Visible" not in part:
        return set()
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    if root is None:
        return set()
    return {held.get("ID", "") for held in root.iter() if held.get("Visible", "true").lower() in ("false", "0")}
