"""Workbooks in which text is text, whatever it looks like, and a table as one of a single sheet, cells of their type."""

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import IO, Any

from kg.errors import UsageError
from kg.extras import need
from kg.printed import xml_text
from kg.show.wording import half_widths

MOST_ROWS = 1_048_575
"""Rows that a sheet has below its header."""
MOST_LETTERS = 32_767
"""Characters that a cell has."""
_EXACT = 2**53
"""Whole numbers from here on are not all numbers of a sheet: they stay text."""
FIRST_YEAR = 1900
"""Year in which the days of a sheet begin: an earlier one stays text."""
_NARROW, _WIDE, _LOOKED_AT = 8, 60, 200


def opened(out: IO[bytes], **properties: str) -> Any:
    """A workbook to be filled and closed; the same content gives the same bytes.

    Args:
        out: where it goes.
        properties: of the document, as `title`.

    Raises:
        ExtraMissingError: the extra `[report]` is not installed.
    """
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = need("xlsxwriter", "report", "XLSX").Workbook(out, options)
    book.set_properties({"created": dt.datetime(2000, 1, 1), **properties})
    return book


def as_xlsx(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A table as the bytes of an XLSX file; the same table gives the same bytes.

    Args:
        names: of its columns.
        rows: as many cells each; None where there is nothing.

    Raises:
        UsageError: it has more rows than a sheet.
        ExtraMissingError: the extra `[report]` is not installed.
    """
    if len(rows) > MOST_ROWS:
        raise UsageError(f"A sheet has {MOST_ROWS:,} rows, the answer {len(rows):,}. Ask for less with LIMIT, or take CSV or Parquet.")
    out = io.BytesIO()
    with opened(out) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        day, time = (book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"))
        sheet = book.add_worksheet()
        for place, name in enumerate(names):
            sheet.write_string(0, place, xml_text(name), head)
            sheet.set_column(place, place, _width([name, *(str(row[place]) for row in rows[:_LOOKED_AT])]))
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, (number, place), cell, time if isinstance(cell, dt.datetime) else day)
        if names:
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(rows), len(names) - 1)
    return out.getvalue()


def _write(sheet: Any, place: tuple[int, int], cell: Any, as_day: Any) -> None:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return
    if isinstance(cell, bool):
        sheet.write_boolean(*place, cell)
    elif isinstance(cell, int | float) and abs(cell) < _EXACT:
        sheet.write_number(*place, cell)
    elif isinstance(cell, dt.date) and cell.year >= FIRST_YEAR and getattr(cell, "tzinfo", None) is None:
        sheet.write_datetime(*place, cell, as_day)
    else:
        sheet.write_string(*place, xml_text(str(cell))[:MOST_LETTERS])


def _width(texts: list[str]) -> int:
    return max(_NARROW, min(_WIDE, 2 + max(half_widths(text[:_WIDE]) for text in texts)))
