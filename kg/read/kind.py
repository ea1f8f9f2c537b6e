"""What a file is by its content, whatever its name ends in: sites and WPS name RTF, HTML and tables `.doc` and `.xls`."""

import io
import re
import zipfile

from kg.read.clean import Raw
from kg.read.compound import OLE, streams
from kg.read.zipped import UNPACKING, ZIP

_HEADS = (
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"HLP\0", ".caj"),
    (b"CAJ\0", ".caj"),
)
_STREAMS = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"))
_PACKAGES = (
    (b"wordprocessingml", ".docx"),
    (b"spreadsheetml", ".xlsx"),
    (b"ms-excel", ".xlsx"),
    (b"presentationml", ".pptx"),
    (b"ms-word", ".docx"),
    (b"ms-powerpoint", ".pptx"),
)
"""What the type of the main part holds (ECMA-376, part 2): documents with macros are typed `ms-word`, `ms-excel`, `ms-powerpoint`."""
_MAIN = re.compile(rb'<[^<>]*ContentType="([^"]*main\+xml)"')
_OPEN = (("text", ".odt"), ("spreadsheet", ".ods"), ("presentation", ".odp"), ("graphics", ".odg"))
_XML = (
    (re.compile(r"<office:document\s[^>]*opendocument\.text\b"), ".fodt"),
    (re.compile(r"<office:document\s[^>]*opendocument\.spreadsheet\b"), ".fods"),
    (re.compile(r"<\?mso-application\s+progid=.Word\.Document|<w:wordDocument\b|<pkg:package\b"), ".doc"),
    (re.compile(r"<\?mso-application\s+progid=.Excel\.Sheet|<Workbook\s[^>]*office:spreadsheet"), ".fods"),
)
_HTML = re.compile(r"(?:\s|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MHT = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HEAD = 4096
_PROSE = frozenset({".doc", ".wps", ".docx", ".docm", ".rtf", ".odt", ".fodt"})
_TABLES = frozenset({".xls", ".et", ".xlsx"})
_TEXTS = frozenset({".txt", ".csv", ".html", ".htm"})
NAMES = {
    ".rtf": "Rich Text (RTF)", ".png": "a picture", ".jpg": "a picture", ".tif": "a picture", ".doc": "a Word 97 or Word 2003 document",
    ".xls": "an Excel 97 workbook", ".ppt": "a PowerPoint 97 presentation", ".docx": "a Word document", ".xlsx": "an Excel workbook",
    ".pptx": "a PowerPoint presentation", ".odt": "an OpenDocument text", ".ods": "an OpenDocument sheet", ".fodt": "an OpenDocument text",
    ".fods": "a workbook in XML", ".html": "a web page", ".mht": "a web archive (MHT)", ".txt": "plain text",
    ".csv": "a table in plain text", ".ofd": "an OFD document", ".odp": "an OpenDocument presentation", ".pdf": "a PDF",
}  # fmt: skip


def proven(raw: Raw, ending: str) -> str | None:
    """Ending of the format that the head of a file proves, or None where it proves none.

    Args:
        raw: the file.
        ending: what its name ends in, with the dot; plain text is looked for only under an ending of an office program.
    """
    data = raw.data
    if b"%PDF-" in data[:1024] and ending not in _TEXTS:
        return ".pdf"
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if found := next((kind for head, kind in _HEADS if data.startswith(head)), None):
        return found
    if data.startswith(OLE):
        held = streams(data)
        return next((kind for name, kind in _STREAMS if name in held), None)
    return _package(data) if data.startswith(ZIP) else _text(raw, ending)


def _package(data: bytes) -> str | None:
    """Kind of a zip archive by its main part; `.zip` where it holds files of any kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                main = _MAIN.search(_start(archive, "[Content_Types].xml"))
                return next((kind for mark, kind in _PACKAGES if main and mark in main[1]), None)
            if "OFD.xml" in names:
                return ".ofd"
            if "mimetype" in names:
                kind = _start(archive, "mimetype").decode("ascii", "replace")
                return next((kind_of for name, kind_of in _OPEN if f"opendocument.{name}" in kind), None)
            return ".zip" if names else None
    except UNPACKING:
        return None


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1 << 20)


def _text(raw: Raw, ending: str) -> str | None:
    """Kind of a file that is text."""
    start = _head(raw.data[:_HEAD])
    if found := next((kind for mark, kind in _XML if mark.search(start)), None):
        return found
    if _PAGE.match(start) if ending == ".txt" else ending not in _TEXTS and _HTML.match(start):
        return ".html"
    if _MHT.match(start) and ending not in (".txt", ".csv"):
        return ".mht"
    if ending not in _PROSE | _TABLES or _BINARY.search(start) or not _is_text(raw.data):
        return None
    return ".csv" if ending in _TABLES else ".txt"


def _head(data: bytes) -> str:
    """Beginning of a file in which markup can be read, whatever its encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: len(data) & ~1].decode("utf-16", "replace")
    return data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _is_text(data: bytes) -> bool:
    """Whether a file is text throughout, in an encoding of offices."""
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "gb18030"):
        try:
            return _BINARY.search(data.decode(encoding)) is None
        except UnicodeDecodeError:
            continue
    return False
