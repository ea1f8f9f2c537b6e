"""Workbooks of which only the stored values are read, by python-calamine: `.xlsb`, and old ones that xlrd does not open."""

import datetime as dt
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kg import lexicon
from kg.read.grid import Tab
from kg.read.number_format import general


def tabs(data: bytes) -> Iterator[tuple[str, Tab | None]]:
    """Sheets of a workbook in their order, each with its name; None for a hidden one.

    Raises:
        python_calamine.CalamineError, OSError, ValueError: no workbook, or a broken one; PermissionError for a protected one.
    """
    import python_calamine as calamine  # noqa: PLC0415  # loads only for these workbooks

    book = _opened(data)
    for known in book.sheets_metadata:
        if known.visible is not calamine.SheetVisibleEnum.Visible:
            yield known.name, None
            continue
        sheet = book.get_sheet_by_name(known.name)
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        tab = Tab(known.name, merged=merged, unformatted=True)
        left = (sheet.start or (0, 0))[1]  # rows are given from the first of the sheet, columns from the first that is used
        for row, cells in enumerate(sheet.iter_rows()):
            for column, cell in enumerate(cells, start=left):
                tab.put(row, column, _text(cell))
        yield known.name, tab


def _opened(data: bytes) -> Any:
    """A workbook; a panic of the library becomes an error, and what it prints goes nowhere."""
    import python_calamine as calamine  # noqa: PLC0415

    with _silent():
        try:
            return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except calamine.PasswordError as error:
            raise PermissionError from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # no Exception, and of no module
                raise
            raise ValueError("it holds what its reader does not know") from error


@contextmanager
def _silent() -> Iterator[None]:
    """Standard error, as the libraries below Python see it, goes nowhere."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with open(os.devnull, "wb") as nowhere:  # a file descriptor is wanted
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def truth(holds: bool) -> str:
    """A truth as a cell shows it: `是` or `否`."""
    return lexicon.word("table_lines", "true" if holds else "false")


def _text(cell: object) -> str:
    """A value as it reads: whole numbers without a fraction, dates as ISO writes them."""
    match cell:
        case bool():
            return truth(cell)
        case int() | float():
            return general(cell)
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.date() | dt.time():
            return cell.isoformat()
    return "" if cell is None else str(cell)
