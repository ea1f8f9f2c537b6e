"""Spreadsheets (`.xlsx`, `.xls`, `.xlsb`, `.ods` and their kin), every visible sheet read as the program shows it."""

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.errors import KgError, ReadError
from kg.model import Document
from kg.read import ods, stored_values, xls, xlsx
from kg.read.clean import Raw
from kg.read.grid import Sheet, Tab, sheet_of
from kg.read.package import Package
from kg.read.table import table
from kg.read.zipped import ZIP, brief

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
_OPEN_XML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_spreadsheet(raw: Raw) -> Document:
    """Read a workbook: rows of all visible sheets, numbered as the program shows them; what is left out is said in remarks.

    Raises:
        ReadError: no workbook, a broken or a protected one, one that unpacks beyond the limit, or one without rows.
    """
    try:
        media_type, tabs = _kind(raw)
        found = list(tabs)
    except KgError:
        raise
    except PermissionError as error:
        raise ReadError(f"{raw.path} is protected by a password. Save it without one.") from error
    except Exception as error:  # a broken file makes xlrd, zipfile and lxml fail in many ways
        raise ReadError(f"{raw.path} is no readable workbook ({brief(error)}). Save it again as .xlsx, or as CSV.") from error
    sheets, remarks = _sheets(raw, [tab for _, tab in found if tab])
    if unseen := [name for name, tab in found if tab is None]:
        remarks.append(f"{raw.path.name}: hidden sheet{'s' * (len(unseen) > 1)} {', '.join(map(repr, unseen))} left out.")
    return replace(table(raw, media_type, sheets), remarks=tuple(remarks))


def _kind(raw: Raw) -> tuple[str, Iterator[tuple[str, Tab | None]]]:
    """The media type that the file's first bytes prove, and its sheets, each read when it is asked for."""
    if not raw.data.startswith(ZIP):
        flat = b"urn:oasis:names:tc:opendocument" in raw.data[:4000]
        return (_OPEN_DOCUMENT, ods.tabs(io.BytesIO(raw.data))) if flat else ("application/vnd.ms-excel", _old_tabs(raw.data))
    package = Package(raw, "workbook", "xl/workbook.xml", "xl/workbook.bin")
    if "content.xml" in package:
        return _OPEN_DOCUMENT, ods.tabs(package.open("content.xml"))
    if package.main.endswith("workbook.bin"):
        return "application/vnd.ms-excel.sheet.binary.macroEnabled.12", stored_values.tabs(raw.data)
    return _OPEN_XML, xlsx.tabs(package)


def _sheets(raw: Raw, tabs: Sequence[Tab]) -> tuple[list[Sheet], list[str]]:
    sheets, remarks = [], []
    for number, tab in enumerate(tabs, start=1):
        sheet, said = sheet_of(raw, tab, number)
        sheets.append(sheet)
        remarks += said
    return sheets, remarks


def _old_tabs(data: bytes) -> Iterator[tuple[str, Tab | None]]:
    """Sheets of an old workbook, which xlrd reads whole before the first is given; the values alone where it does not open the file."""
    import xlrd  # noqa: PLC0415  # loads only for this kind of workbook

    try:
        found = list(xls.tabs(data))
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise PermissionError from error
        yield from stored_values.tabs(data)
    except (AssertionError, IndexError, KeyError, struct.error, UnicodeDecodeError, TypeError, AttributeError):
        yield from stored_values.tabs(data)  # xlrd fails so on records that it does not expect
    else:
        yield from found
