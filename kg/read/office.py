"""Formats of older office programs (`.doc`, `.wps`, `.rtf`, `.ppt`, `.dps`): converted to today's, and read as those are.

LibreOffice converts where it is installed. Where it is not, or does not open a file, a library does, which knows less.
"""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kg.errors import ReadError
from kg.model import Document
from kg.read.clean import Raw
from kg.read.compound import OLE, streams
from kg.read.docx import read_docx
from kg.read.pptx import read_pptx
from kg.read.rtf import rtf_lines
from kg.read.soffice import converted, office
from kg.read.spreadsheet import read_spreadsheet
from kg.read.zipped import brief, check_archive

_RTF = b"{\\rtf"
_WORDS = (OLE, _RTF, b"\xdb\xa5", b"\x9b\xa5", b"\x31\xbe", b"\x01\xfe", b"<?xml", b"\xef\xbb\xbf<?xml", b"<w:", b"<pkg:")
"""Heads of what LibreOffice is given: OLE, RTF, Word 2, Word for DOS, Works, XML of Word 2003. It reads any other bytes as text."""

Pure = Callable[[Raw, Path], bytes]
"""A library that converts a file without LibreOffice; it may write into the folder."""


def read_doc(raw: Raw) -> Document:
    """Read `.doc` and `.wps` (Word 97 to 2003, Kingsoft Writer, Works) by way of `.docx`.

    Raises:
        ReadError: no such document, a broken or a protected one.
    """
    if raw.data.startswith(_RTF):
        return read_rtf(raw)
    if not raw.data.startswith(_WORDS):
        raise ReadError(f"{raw.path} is no Word document (it begins with {raw.data[:4]!r}). Save it in Word or WPS as .docx.")
    return _as(raw, ".doc", "docx", "application/msword", read_docx, _doc if "WordDocument" in streams(raw.data) else None)


def read_ppt(raw: Raw) -> Document:
    """Read `.ppt` and `.dps` (PowerPoint 97 to 2003, Kingsoft Presentation) by way of `.pptx`.

    Raises:
        ReadError: no such presentation, a broken or a protected one.
    """
    if not raw.data.startswith(OLE):
        return read_pptx(raw)
    return _as(raw, ".ppt", "pptx", "application/vnd.ms-powerpoint", read_pptx, _ppt)


def read_rtf(raw: Raw) -> Document:
    """Read `.rtf` by way of `.docx`; where LibreOffice is not there or does not open it, its lines of text.

    Raises:
        ReadError: no RTF, or a broken one.
    """
    if not raw.data.startswith(_RTF):
        raise ReadError(f"{raw.path} is no RTF (it begins with {raw.data[:4]!r}). Open it in Word or WPS and save it as .docx.")
    try:
        data = converted(raw, ".rtf", "docx")
    except ReadError:
        return rtf_lines(raw)
    return _of(raw, read_docx(Raw(raw.path, data)), "application/rtf")


def read_odp(raw: Raw) -> Document:
    """Read `.odp` (OpenDocument presentation) by way of `.pptx`.

    Raises:
        ReadError: no such presentation, a broken or a protected one, or LibreOffice is not there.
    """
    check_archive(raw, "OpenDocument presentation")
    return _as(raw, ".odp", "pptx", "application/vnd.oasis.opendocument.presentation", read_pptx, None)


def read_xml_sheets(raw: Raw) -> Document:
    """Read a workbook that is one XML file (`.fods`, Excel 2003 XML) by way of `.xlsx`.

    Raises:
        ReadError: no workbook, a broken one, or LibreOffice is not there.
    """
    ending = ".fods" if b"opendocument" in raw.data[:4096] else ".xml"
    return _as(raw, ending, "xlsx", "application/vnd.oasis.opendocument.spreadsheet-flat-xml", read_spreadsheet, None)


def _as(raw: Raw, ending: str, target: str, media_type: str, reader: Callable[[Raw], Document], pure: Pure | None) -> Document:
    """A file converted and read."""
    data, remarks = _converted(raw, ending, target, pure)
    return _of(raw, reader(Raw(raw.path, data)), media_type, remarks)


def _of(raw: Raw, made: Document, media_type: str, remarks: tuple[str, ...] = ()) -> Document:
    """A document as one of the file that it was converted from."""
    return replace(made, media_type=media_type, sha256=hashlib.sha256(raw.data).hexdigest(), remarks=(*made.remarks, *remarks))


def _converted(raw: Raw, ending: str, target: str, pure: Pure | None) -> tuple[bytes, tuple[str, ...]]:
    """The file in its new format, and a remark where that may lack something."""
    if office() is not None or pure is None:
        try:
            return converted(raw, ending, target), ()
        except ReadError:
            if pure is None:
                raise
    try:
        with tempfile.TemporaryDirectory(prefix="kg-office-") as folder:
            data = pure(raw, Path(folder))
    except Exception as error:  # the libraries let errors of struct, zlib and their own through
        advice = f"Open it in Word or WPS and save it as .{target}" + ("." if office() else ", or install LibreOffice.")
        raise ReadError(f"{raw.path} could not be opened ({brief(error)}). {advice}") from error
    return data, (f"{raw.path.name}: read without LibreOffice; words in drawings may be missing. Install LibreOffice to read them.",)


def _doc(raw: Raw, folder: Path) -> bytes:
    from doc2docx import convert  # noqa: PLC0415  # loads only where LibreOffice did not convert

    return _made(convert, raw, folder / "file.doc", folder / "made.docx")


def _ppt(raw: Raw, folder: Path) -> bytes:
    from ppt2pptx import convert  # noqa: PLC0415  # loads only where LibreOffice did not convert

    return _made(convert, raw, folder / "file.ppt", folder / "made.pptx")


def _made(convert: Callable[[Path, Path], object], raw: Raw, source: Path, target: Path) -> bytes:
    source.write_bytes(raw.data)
    convert(source, target)
    return target.read_bytes()
