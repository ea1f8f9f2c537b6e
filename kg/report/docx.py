"""The report as a Word document in the form of official papers, with tables that can be edited and charts at their own size."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm

from kg import files
from kg.printed import xml_text
from kg.report.charts import as_png, can_draw, chinese_font
from kg.report.content import Captions, Citations, Cite, Figure, Heading, Paragraph, Report, Row, Run, Table, Text, shown
from kg.report.page_numbers import Pages
from kg.report.word import TABLE, WITHHELD, opened, repacked, text_width, type_size
from kg.report.word_parts import contents, field, link, mark, shares

_MADE = dt.datetime(2000, 1, 1)
_MOST = 40
"""Rows of a table that a document shows at most."""
_WIDE = 4
"""Columns above which a table is set smaller."""
_TITLES = 6
"""Documents that are named as sources."""
_FIRST_MARK = 1_000_000
"""Numbers of marks of sections; those of sentences are their numbers."""


def write_docx(report: Report, path: Path, template: Path | None = None) -> None:
    """Write a report; a number behind a statement leads to its sentence at the end.

    Args:
        report: of `build`.
        path: where to write.
        template: a document whose page and styles it takes; ours where it is left out.

    Raises:
        UsageError: the template cannot be one.
    """
    document = opened(template, report.lang)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = report.title, "", ""
    properties.created = properties.modified = _MADE
    writer = _Writer(document, report)
    writer.paragraph(report.title, "Title")
    for place, section in enumerate(report.sections):
        writer.title(section.title)
        for block in section.blocks:
            writer.add(block)
        if place == 0 and len(report.sections) > 1:
            writer.contents()
    if not report.sections:
        writer.paragraph(report.words["none"], "Text of report")
    writer.sources()
    writer.evidence()
    writer.fill_contents()
    out = io.BytesIO()
    document.save(out)
    files.put(path, repacked(out.getvalue()))


class _Writer:
    """Adds blocks to a document and numbers the sentences that they cite."""

    def __init__(self, document: Any, report: Report) -> None:
        self.document, self.report = document, report
        self.citations, self.captions = Citations(), Captions(report.words)
        self.pictures = can_draw() and chinese_font() is not None
        self.width = text_width(document)

        self.pages = Pages(document, self.width)
        self.titles: list[tuple[str, str, int]] = []
        self._lines: list[Any] = []

    def paragraph(self, text: str, style: str) -> Any:
        """Add a paragraph of one run."""
        made = self.document.add_paragraph(text, style=style)
        self.pages.paragraph(made.style, text)
        return made

    def title(self, text: str) -> None:
        """Add the title of a section, which the table of contents leads to."""
        made, name = self.document.add_paragraph(text, style="Heading 1"), f"_Ref{_FIRST_MARK + len(self.titles)}"
        mark(made, name, _FIRST_MARK + len(self.titles))
        self.titles.append((text, name, self.pages.paragraph(made.style, text)))

    def contents(self) -> None:
        """Leave room for a table of contents, on one page with its heading."""
        heading = self.document.add_paragraph(self.report.words["contents"], style="Caption")
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        heading.paragraph_format.keep_with_next = True
        self._lines = [self.document.add_paragraph(style="Table text") for _ in range(len(self.report.sections) + 1)]
        self.pages.together([line.style for line in (heading, *self._lines)])

    def fill_contents(self) -> None:
        """Fill the table of contents."""
        for line in self._lines[len(self.titles) :]:  # nothing is cited
            line._p.getparent().remove(line._p)
        contents(self._lines[: len(self.titles)], self.titles if self._lines else (), self.width)

    def sources(self) -> None:
        """The first of the documents; each sentence says its own."""
        if titles := self.report.documents:
            more = f"; … ({len(titles)})" if len(titles) > _TITLES else ""
            self.paragraph(xml_text(f"{self.report.words['sources']}: {'; '.join(titles[:_TITLES])}{more}"), "Remark")

    def add(self, block: Any) -> None:
        """Add a block."""
        match block:
            case Heading():
                self.paragraph(block.text, f"Heading {block.level}")
            case Paragraph():
                made = self.document.add_paragraph(style="Remark" if block.kind == "note" else "Text of report")
                self._runs(made, block.runs)
                self.pages.paragraph(made.style, "".join(run.text for run in block.runs if isinstance(run, Text)))
            case Table() if block.only != "sheet":
                self._table(block)
            case Figure():
                self._figure(block)

    def _runs(self, paragraph: Any, runs: tuple[Run, ...]) -> None:
        for run in runs:
            if isinstance(run, Cite):
                self._cite(paragraph, self.citations.of(run.sentences), raised=True)
            else:
                paragraph.add_run(run.text).bold = True if run.strong else None

    def _cite(self, paragraph: Any, numbers: list[int], raised: bool) -> None:
        """Numbers that lead to their sentences."""
        for number in numbers:
            run = paragraph.add_run(f"[{number}]")
            run.font.superscript = raised or None
            link(paragraph, f"s{number}", [run])

    def _figure(self, block: Figure) -> None:
        if not self.pictures:
            return
        paragraph = self.document.add_paragraph(style="Table text")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(io.BytesIO(as_png(block.chart, block.axis)))  # as large as it says itself
        if picture.width > Mm(self.width):  # on a page of the user's own
            picture.height, picture.width = round(picture.height * Mm(self.width) / picture.width), Mm(self.width)
        described = picture._inline.docPr
        described.set("descr", block.caption)
        described.set("name", f"chart {described.get('id')}")
        caption = self._caption(block)
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.pages.picture(float(picture.height.mm), caption.style, block.caption)

    def _caption(self, block: Figure | Table) -> Any:
        """A caption whose number is a field of Word's own."""
        paragraph = self.document.add_paragraph(style="Caption")
        word, number = self.captions.label(block)
        paragraph.add_run(f"{word} ")
        field(paragraph, rf"SEQ {word} \* ARABIC", str(number))
        paragraph.add_run(f" {block.caption}")
        return paragraph

    def _table(self, block: Table) -> None:
        columns = [column for column in block.columns if not column.sheet_only]
        rows = block.rows[: min(_MOST, block.most)]
        cited = any(row.sentences for row in rows)
        if block.caption:
            caption = self._caption(block)
            caption.paragraph_format.keep_with_next = True
            self.pages.paragraph(caption.style, block.caption)
        headings = [column.heading for column in columns] + ([self.report.words["evidence"]] if cited else [])
        table = self.document.add_table(rows=1 + len(rows), cols=len(headings), style=TABLE)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        lines = [list(line.cells) for line in table.rows]
        face = "Small table text" if len(headings) > _WIDE else "Table text"
        for cell, heading in zip(lines[0], headings, strict=True):
            self._say(cell, heading, face)
        for number, line in enumerate(table.rows):
            _whole(line, head=number == 0)
        texts = [[shown(row.cells[column.key], column.digits) for column in columns] for row in rows]
        for line, row, said in zip(lines[1:], rows, texts, strict=True):
            self._row(line, row, said, [column.key for column in columns], face)
        if cited:
            texts = [[*said, line[-1].text] for line, said in zip(lines[1:], texts, strict=True)]
        widths = shares(headings, texts, type_size(self.document.styles[face]), self.width)
        _widths(table, lines, widths)
        for said in (headings, *texts):
            self.pages.row(said, widths, self.document.styles[face])
        if len(block.rows) > len(rows) and not block.only:
            self.paragraph(self.report.words["more"].format(count=len(block.rows)), "Remark")

    def _row(self, line: list[Any], row: Row, said: list[str], keys: list[str], face: str) -> None:
        for cell, text, key in zip(line, said, keys, strict=False):
            number = isinstance(row.cells[key], int | float)
            self._say(cell, text, face, right=number, style=WITHHELD if row.withheld else None)
        if len(line) > len(keys):
            line[-1].paragraphs[0].style = self.document.styles[face]
            self._cite(line[-1].paragraphs[0], self.citations.of(row.sentences, 2), raised=False)

    def _say(self, cell: Any, text: str, face: str, right: bool = False, style: str | None = None) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = self.document.styles[face]
        paragraph.add_run(text, style)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def evidence(self) -> None:
        """The sentences, each with the mark that its numbers lead to."""
        if not self.citations.numbers:
            return
        self.title(self.report.words["evidence"])
        self.paragraph(self.report.words["evidence_note"], "Remark")
        for sentence, number in self.citations.numbers.items():
            source = self.report.sources.get(sentence)
            where = f" ({source.title}, {source.place})" if source else ""
            paragraph = self.document.add_paragraph(style="Evidence")
            mark(paragraph, f"s{number}", number)
            paragraph.add_run(xml_text(f"[{number}] {sentence}{where}"))


def _whole(row: Any, head: bool) -> None:
    """Break no row in two, and repeat a table's head on every page."""
    properties = row._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        properties.append(OxmlElement(tag))


def _widths(table: Any, lines: list[list[Any]], millimetres: list[float]) -> None:
    for place, width in enumerate(millimetres):
        table.columns[place].width = Mm(width)
        for line in lines:
            line[place].width = Mm(width)
