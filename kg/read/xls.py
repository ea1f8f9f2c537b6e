"""Workbooks of Excel 97 to 2003 (`.xls`, also `.et`): what each cell shows, by xlrd, which reads number formats."""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from kg.read.grid import Tab, place
from kg.read.number_format import BUILT_IN, shown, shown_text, truth

_LAST_COLUMN = 255


def tabs(data: bytes) -> Iterator[tuple[str, Tab | None]]:
    """Sheets of a workbook in their order, each with its name; None for a hidden one.

    Raises:
        xlrd.XLRDError, AssertionError, IndexError, struct.error, UnicodeDecodeError: no workbook, or a broken one.
    """
    import xlrd  # noqa: PLC0415  # loads only for this kind of workbook

    book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO())
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        yield sheet.name, None if sheet.visibility else _tab(book, sheet)
        book.unload_sheet(number)


def _tab(book: Any, sheet: Any) -> Tab:
    tab = Tab(sheet.name, merged=[(first, left, last - 1, right - 1) for first, last, left, right in sheet.merged_cells])
    tab.hidden_rows |= {row for row, look in sheet.rowinfo_map.items() if look.hidden}
    tab.hidden_columns += [(column, column) for column, look in sheet.colinfo_map.items() if look.hidden and column <= _LAST_COLUMN]
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            tab.put(row, column, _cell(tab, book, sheet, (row, column), cell))
    return tab


def _cell(tab: Tab, book: Any, sheet: Any, at: tuple[int, int], cell: Any) -> str:
    import xlrd  # noqa: PLC0415

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        tab.errors.append(f"{place(*at)} {xlrd.error_text_from_code.get(cell.value, '')}".strip())
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return truth(bool(cell.value))
    look = book.xf_list[cell.xf_index]
    code = _code(book, look.format_key)
    runs = _runs(cell.value, sheet.rich_text_runlist_map.get(at, ()), look.font_index) if cell.ctype == xlrd.XL_CELL_TEXT else []
    struck = [text for text, font in runs or [(str(cell.value), look.font_index)] if book.font_list[font].struck_out and text.strip()]
    if struck:
        tab.struck.append(place(*at))
        return "".join(text for text, font in runs if not book.font_list[font].struck_out)
    return shown_text(cell.value, code) if runs else shown(cell.value, code, bool(book.datemode))


def _code(book: Any, key: int) -> str:
    """Code of a number format; of one that the program builds in, the Chinese one."""
    told = book.format_map[key].format_str if key in book.format_map else "General"
    return BUILT_IN.get(key, "General") if told == "General" else told


def _runs(text: str, marks: Any, font: int) -> list[tuple[str, int]]:
    """Pieces of a rich text, each with its font."""
    edges = [(0, font), *marks, (len(text), font)]
    return [(text[start:end], face) for (start, face), (end, _) in pairwise(edges)]
