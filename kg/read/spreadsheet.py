"""Spreadsheets (`.xlsx`, `.xls`, `.xlsb`, `.ods` and their kin), every visible sheet read as the program shows it."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.errors import KgError, ReadError
from kg.model import Document
from kg.read import ods, values, xls, xlsx
from kg.read.archive import ZIP, brief, check_archive
from kg.read.clean import Raw
from kg.read.grid import Sheet, Tab, sheet_of
from kg.read.table import table

_OLE = b"\xd0\xcf\x11\xe0"
_OPEN_XML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOCKED = "is protected by a password. Save it without one."


def read_spreadsheet(raw: Raw) -> Document:
    """Read a workbook: rows of all visible sheets, numbered as the program shows them; what is left out is said in remarks.

    Raises:
        ReadError: no workbook, a broken or a protected one, one that unpacks beyond the limit, or one without rows.
    """
    media_type, tabs = _kind(raw)
    try:
        found = list(tabs(raw.data))
    except KgError:
        raise
    except PermissionError as error:
        raise ReadError(f"{raw.path} {_LOCKED}") from error
    except Exception as error:  # a broken file makes xlrd, zipfile and lxml fail in many ways
        raise ReadError(f"{raw.path} is no readable workbook ({brief(error)}). Save it again as .xlsx, or as CSV.") from error
    sheets, remarks = _sheets(raw, [(name, tab) for name, tab in found if tab])
    if unseen := [name for name, tab in found if tab is None]:
        remarks.append(f"{raw.path.name}: hidden sheet{'s' * (len(unseen) > 1)} {', '.join(map(repr, unseen))} left out.")
    return replace(table(raw, media_type, sheets), remarks=tuple(remarks))


def _kind(raw: Raw) -> tuple[str, Callable[[bytes], Iterator[tuple[str, Tab | None]]]]:
    """The media type that the file's first bytes prove, and what reads it."""
    if raw.data.startswith(_OLE):
        if _stream_name("EncryptedPackage") in raw.data:
            raise ReadError(f"{raw.path} {_LOCKED}")
        return "application/vnd.ms-excel", _old_tabs
    if not raw.data.startswith(ZIP):
        flat = b"urn:oasis:names:tc:opendocument" in raw.data[:4000]
        return ("application/vnd.oasis.opendocument.spreadsheet", ods.tabs) if flat else ("application/vnd.ms-excel", _old_tabs)
    check_archive(raw, "workbook")
    with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
        names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    if "content.xml" in names:
        return "application/vnd.oasis.opendocument.spreadsheet", ods.tabs
    if any(name.endswith("workbook.bin") for name in names):
        return "application/vnd.ms-excel.sheet.binary.macroEnabled.12", values.tabs
    return _OPEN_XML, xlsx.tabs


def _stream_name(name: str) -> bytes:
    return name.encode("utf-16-le")


def _sheets(raw: Raw, tabs: list[tuple[str, Tab]]) -> tuple[list[Sheet], list[str]]:
    sheets, remarks = [], []
    for number, (_, tab) in enumerate(tabs, start=1):
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
        yield from values.tabs(data)
    except (AssertionError, IndexError, KeyError, struct.error, UnicodeDecodeError, TypeError, AttributeError):
        yield from values.tabs(data)  # xlrd fails so on records that it does not expect
    else:
        yield from found
