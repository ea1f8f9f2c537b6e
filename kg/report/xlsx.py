"""The report as a workbook: a sheet a table, cells of their type, all rows, and the sentences on a sheet of their own.

Text is written as text: what looks like a formula or an address stays what the document says.
"""

import datetime as dt
import io
from math import isfinite
from pathlib import Path
from typing import Any

from kg import files
from kg.printed import xml_text
from kg.report.content import Cell, Column, Paragraph, Report, Section, Share, Table, Text, shown
from kg.show.wording import half_widths
from kg.show.workbook import FIRST_YEAR, MOST_LETTERS, MOST_ROWS, opened

_WIDEST = 60


def write_xlsx(report: Report, path: Path) -> None:
    """Write a report; every row keeps the numbers of its sentences, and the sheet of sentences says where each stands."""
    out = io.BytesIO()
    with opened(out, title=report.title) as book:
        _Workbook(book, report).fill()
    files.put(path, out.getvalue())


class _Workbook:
    """The sheets, and the numbers of the sentences that they cite."""

    def __init__(self, book: Any, report: Report) -> None:
        self.book, self.report = book, report
        self.numbers: dict[str, int] = {}
        self.names: set[str] = set()
        font = {"font_name": "宋体" if report.lang == "zh" else "Calibri", "font_size": 11, "valign": "top"}
        self.plain = book.add_format({**font, "text_wrap": True})
        self.head = book.add_format({**font, "bold": True, "bottom": 1, "bg_color": "#e8eef4", "text_wrap": True})
        self.title = book.add_format({**font, "bold": True, "font_size": 14})
        self.withheld = book.add_format({**font, "text_wrap": True, "font_color": "#8a4b00"})
        self.day = book.add_format({**font, "num_format": "yyyy-mm-dd"})
        self.formats = {
            code: book.add_format({**font, "num_format": code})
            for code in ("0", "#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "0.0%", "+0.0%;-0.0%;0.0%")
        }

    def fill(self) -> None:
        """All sheets: the statements, the tables, the sentences."""
        self._statements()
        for section in self.report.sections:
            for block in section.blocks:
                if isinstance(block, Table) and block.only != "page":
                    self._table(section, block)
        self._sentences()

    def _sheet(self, wanted: str) -> Any:
        """A sheet whose name Excel takes and no other has."""
        base = "".join("_" if c in "[]:*?/\\'" else c for c in wanted)[:28] or "_"
        name, number = base, 2
        while name.lower() in self.names:
            name, number = f"{base}{number}", number + 1
        self.names.add(name.lower())
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _cited(self, sentences: tuple[str, ...]) -> str:
        return ", ".join(str(self.numbers.setdefault(sentence, len(self.numbers) + 1)) for sentence in sentences)

    def _statements(self) -> None:
        words = self.report.words
        sheet = self._sheet(self.report.title)
        sheet.set_column(0, 0, 100)
        sheet.set_column(1, 1, 16)
        sheet.write_string(0, 0, self.report.title, self.title)
        sheet.write_string(0, 1, words["sheet"], self.head)
        row = 1
        if not self.report.sections:
            sheet.write_string(row, 0, words["none"], self.plain)
        for section in self.report.sections:
            sheet.write_string(row, 0, section.title, self.head)
            row += 1
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    said = "".join(run.text for run in block.runs if isinstance(run, Text))
                    cited = tuple(sentence for run in block.runs if not isinstance(run, Text) for sentence in run.sentences)
                    sheet.write_string(row, 0, said[:MOST_LETTERS], self.plain)
                    sheet.write_string(row, 1, self._cited(cited), self.plain)
                    row += 1

    def _table(self, section: Section, table: Table) -> None:
        sheet = self._sheet(table.caption or section.title)
        cited = any(row.sentences for row in table.rows)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.heading, self.head)
            sheet.set_column(place, place, _width(table, column))
        last = len(table.columns) - 1
        if cited:
            last += 2
            sheet.write_string(0, last - 1, self.report.words["evidence"], self.head)
            sheet.write_string(0, last, self.report.words["sheet"], self.head)
            sheet.set_column(last - 1, last - 1, _WIDEST)
        rows = table.rows[:MOST_ROWS]
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(table.columns):
                self._cell(sheet, (number, place), row.cells[column.key], column.digits, row.withheld)
            if cited:
                sheet.write_string(number, last - 1, xml_text("\n".join(row.sentences))[:MOST_LETTERS], self.plain)
                sheet.write_string(number, last, self._cited(row.sentences)[:MOST_LETTERS], self.plain)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), last)

    def _cell(self, sheet: Any, place: tuple[int, int], cell: Cell, digits: int, withheld: bool) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, Share):
            sheet.write_number(*place, cell.value, self.formats["+0.0%;-0.0%;0.0%" if cell.signed else "0.0%"])
        elif isinstance(cell, int | float) and isfinite(cell):
            code = "#,##0" if isinstance(cell, int) else {0: "0", 1: "#,##0.0", 2: "#,##0.00"}.get(digits, "#,##0.000")
            sheet.write_number(*place, cell, self.formats[code])
        elif isinstance(cell, dt.date) and cell.year >= FIRST_YEAR:
            sheet.write_datetime(*place, dt.datetime(cell.year, cell.month, cell.day), self.day)
        else:
            sheet.write_string(*place, xml_text(str(cell))[:MOST_LETTERS], self.withheld if withheld else self.plain)

    def _sentences(self) -> None:
        words = self.report.words
        sheet = self._sheet(words["evidence"])
        for place, (heading, width) in enumerate(
            ((words["sheet"], 10), (words["evidence"], 90), (words["document"], 30), (words["place"], 18))
        ):
            sheet.write_string(0, place, heading, self.head)
            sheet.set_column(place, place, width)
        for sentence, number in list(self.numbers.items())[:MOST_ROWS]:
            source = self.report.sources.get(sentence)
            sheet.write_number(number, 0, number, self.plain)
            sheet.write_string(number, 1, xml_text(sentence)[:MOST_LETTERS], self.plain)
            sheet.write_string(number, 2, xml_text(source.title) if source else "", self.plain)
            sheet.write_string(number, 3, source.place if source else "", self.plain)
        sheet.freeze_panes(1, 0)


def _width(table: Table, column: Column) -> float:
    texts = [column.heading, *(shown(row.cells[column.key], column.digits) for row in table.rows[:200])]
    return min(_WIDEST, 3 + max(map(half_widths, texts)))
