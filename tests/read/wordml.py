"""Small Word documents written out as the XML that stands in them (ISO/IEC 29500-1)."""

from pathlib import Path

from tests.read.offices import archive

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
STRICT = {
    "w": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "r": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "a": "http://purl.oclc.org/ooxml/drawingml/main",
    "wp": "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    "m": "http://purl.oclc.org/ooxml/officeDocument/math",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def part(root: str, inside: str, spaces: dict[str, str] | None = None) -> str:
    """A part of the document: its root with all namespaces declared."""
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in {**SPACES, **(spaces or {})}.items())
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><{root} {declared}>{inside}</{root}>'


def relations(targets: dict[str, str], spaces: dict[str, str] = SPACES) -> str:
    """References: the last word of a type → the part."""
    inside = "".join(f'<Relationship Id="rId-{kind}" Type="{spaces["r"]}/{kind}" Target="{target}"/>' for kind, target in targets.items())
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def word(body: str, parts: dict[str, str] | None = None, spaces: dict[str, str] | None = None) -> bytes:
    """A document.

    Args:
        body: what stands in `w:body`.
        parts: other parts, by the last word of their relationship's type (`styles`, `footnotes`), each with its root.
        spaces: namespaces in the place of the usual ones.
    """
    known = {**SPACES, **(spaces or {})}
    inner = parts or {}
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": relations({"officeDocument": "word/document.xml"}, known),
            "word/_rels/document.xml.rels": relations({kind: f"{kind}.xml" for kind in inner}, known),
            "word/document.xml": part("w:document", f"<w:body>{body}</w:body>", spaces),
            **{f"word/{kind}.xml": text for kind, text in inner.items()},
        }
    )


def saved(folder: Path, body: str, parts: dict[str, str] | None = None, name: str = "report.docx") -> Path:
    """A document as a file."""
    path = folder / name
    path.write_bytes(word(body, parts))
    return path


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def ins(inner: str) -> str:
    return f'<w:ins w:id="1" w:author="a" w:date="2024-01-02T00:00:00Z">{inner}</w:ins>'


def deleted(text: str) -> str:
    return (
        f'<w:del w:id="2" w:author="a" w:date="2024-01-02T00:00:00Z"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    )


def tc(inner: str, properties: str = "") -> str:
    """A cell of a table, which holds paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
