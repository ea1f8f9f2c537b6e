"""Spreadsheets: Excel workbooks (`.xlsx`, `.xls`) and OpenDocument sheets (`.ods`), every visible sheet a table."""

import datetime as dt
import io
from typing import Any

from kg.errors import ReadError
from kg.model import Document
from kg.read.archive import ZIP, brief, check_archive
from kg.read.clean import Raw
from kg.read.table import Sheet, table

MAX_CELLS = 5_000_000


def read_spreadsheet(raw: Raw) -> Document:
    """Read a workbook: rows of all visible sheets, numbered as the program shows them.

    Raises:
        ReadError: no workbook, a broken or a protected one, one that unpacks beyond the limit, or one without rows.
    """
    import python_calamine as calamine  # noqa: PLC0415  # loads only for workbooks

    if raw.data.startswith(ZIP):
        check_archive(raw, "workbook")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw.data))
        visible = [m.name for m in book.sheets_metadata if m.visible is calamine.SheetVisibleEnum.Visible]
        sheets = [_sheet(book.get_sheet_by_name(name), number) for number, name in enumerate(visible, start=1)]
    except calamine.PasswordError as error:
        raise ReadError(f"{raw.path} is protected by a password. Save it without one.") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise ReadError(f"{raw.path} is no readable workbook ({brief(error)}). Save it again as .xlsx, or as CSV.") from error
    if sum(len(row) for sheet in sheets for row in sheet.cells) > MAX_CELLS:
        raise ReadError(f"{raw.path} holds more than {MAX_CELLS:,} cells. Split it.")
    return table(raw, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheets)


def _sheet(sheet: Any, number: int) -> Sheet:
    cells = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Sheet(cells, number, merged)


def _text(cell: object) -> str:
    """A cell as it reads: whole numbers without a fraction, dates as ISO writes them."""
    match cell:
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return str(int(cell))
        case float():
            return f"{cell:.12g}"
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.date() | dt.time():
            return cell.isoformat()
    return "" if cell is None else str(cell)
