"""OpenDocument spreadsheets (`.ods`, flat `.fods`): the text that each cell shows stands in the file (ODF 1.3, 9.1)."""

import re
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from kg.read.grid import Tab, place
from kg.read.number_format import truth

_OFFICE, _TABLE, _TEXT, _STYLE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0}}" for kind in ("office", "table", "text", "style"))
_REPEATED = 2_000
"""Copies of a row or a cell with content that are read, at most; a blank one is repeated for free."""
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:")


def tabs(stream: IO[bytes]) -> Iterator[tuple[str, Tab | None]]:
    """Sheets of a workbook in their order, each with its name; None for a hidden one.

    Raises:
        zipfile.BadZipFile, lxml.etree.XMLSyntaxError, ValueError: no such workbook, or a broken one.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.parse(stream, parser).getroot()
    hidden, struck = _styles(root)
    sheets = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if sheets is None:
        raise ValueError("it holds no spreadsheet")
    for table in sheets.iterchildren(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        yield name, None if table.get(f"{_TABLE}style-name") in hidden else _tab(table, name, struck)


def _styles(root: Any) -> tuple[set[str], set[str]]:
    """Names of styles that hide a sheet, and of those that strike words through."""
    hidden, struck = set(), set()
    for style in root.iter(f"{_STYLE}style"):
        for look in style:
            if look.get(f"{_TABLE}display") == "false":
                hidden.add(style.get(f"{_STYLE}name"))
            if any(look.get(f"{_STYLE}text-line-through-{side}", "none") != "none" for side in ("style", "type")):
                struck.add(style.get(f"{_STYLE}name"))
    return hidden, struck


def _tab(table: Any, name: str, struck: set[str]) -> Tab:
    tab = Tab(name)
    column = 0
    for one in _own(table, "table-column"):
        count = _count(one, "number-columns-repeated")
        if one.get(f"{_TABLE}visibility", "visible") != "visible":
            tab.hidden_columns.append((column, column + count - 1))
        column += count
    row = 0
    for one in _own(table, "table-row"):
        count = _count(one, "number-rows-repeated")
        cells = list(_cells(one))
        if cells:
            for copy in range(row, row + min(count, _REPEATED)):
                if one.get(f"{_TABLE}visibility", "visible") != "visible":
                    tab.hidden_rows.add(copy)
                for at, cell, times in cells:
                    text = _text(tab, cell, (copy, at), struck)
                    for column in range(at, at + min(times, _REPEATED)):
                        tab.put(copy, column, text)
                    down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
                    if down * across > 1:
                        tab.merged.append((copy, at, copy + down - 1, at + across - 1))
        row += count
    return tab


def _own(table: Any, kind: str) -> Iterator[Any]:
    """Rows or columns of a table, those within groups and headers too, none of a table within a cell."""
    held = [table]
    while held:
        element = held.pop()
        if element.tag == f"{_TABLE}{kind}":
            yield element
        elif element is table or element.tag in (
            f"{_TABLE}{kind}s", f"{_TABLE}{kind}-group", f"{_TABLE}table-header-rows", f"{_TABLE}table-header-columns",
        ):  # fmt: skip
            held += reversed(element)


def _count(element: Any, name: str) -> int:
    words = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(words)) if words.isdigit() and len(words) < 8 else 1


def _cells(row: Any) -> Iterator[tuple[int, Any, int]]:
    """Cells with content: column, element, how often it is repeated; what a merged cell covers is none."""
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = _count(cell, "number-columns-repeated")
        if len(cell) and cell.tag == f"{_TABLE}table-cell":
            yield column, cell, times
        column += times


def _text(tab: Tab, cell: Any, at: tuple[int, int], struck: set[str]) -> str:
    lines = [_line(paragraph, struck) for paragraph in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h")]
    whole, kept = ("\n".join(line[side] for line in lines) for side in (0, 1))
    if whole.startswith(_ERRORS) and cell.get(f"{_TABLE}formula"):
        tab.errors.append(f"{place(*at)} {whole}")
        return ""
    if cell.get(f"{_TABLE}style-name") in struck or kept != whole:
        tab.struck += [place(*at)] if whole.strip() else []
        return "" if cell.get(f"{_TABLE}style-name") in struck else kept
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "boolean":
        return truth(cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "date" and not re.search(r"[\u4e00-\u9fff]", whole):
        return cell.get(f"{_OFFICE}date-value", whole).removesuffix("T00:00:00").replace("T", " ") if whole.strip() else ""
    return kept


def _line(paragraph: Any, struck: set[str]) -> tuple[str, str]:
    """The text of a paragraph, whole and without what is struck through."""
    whole: list[str] = []
    kept: list[str] = []
    off = 0
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        known = element.tag.removeprefix(_TEXT) if isinstance(element.tag, str) else ""
        crossed = element.get(f"{_TEXT}style-name") in struck if known == "span" else False
        if event == "start":
            off += crossed
            said = {"s": " ", "tab": "\t", "line-break": "\n"}.get(known, "")
            words = said + (element.text or "")
        else:
            off -= crossed
            words = (element.tail or "") if element is not paragraph else ""
        whole.append(words)
        kept += [] if off else [words]
    return "".join(whole), "".join(kept)
