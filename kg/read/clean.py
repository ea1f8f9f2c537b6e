"""What every reader does with text: decode it, cut what is not the report, keep the way back."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from kg.errors import ReadError
from kg.files import as_text
from kg.model import Document, OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Raw:
    """A file as it lies on disk."""

    path: Path
    data: bytes


def decode(raw: Raw) -> str:
    """Text of a file in UTF-8, UTF-16 (with or without its mark) or GB18030.

    Raises:
        ReadError: binary content.
    """
    data = raw.data
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")):
        raise ReadError(_not_text(raw))
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    best = from_bytes(data).best()
    if best is None or "\0" in str(best):
        raise ReadError(_not_text(raw))
    return str(best)


def _candidates(data: bytes) -> list[str]:
    """Encodings to try: strict ones first; UTF-16 without a mark shows by its many zero or Han high bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    sample = data[:4000]
    if len(data) % 2 == 0 and sample:
        for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
            # Han characters and ASCII have high bytes 4E-9F, 00, 30 (punctuation) and FF (full width).
            likely = sum(0x4E <= b <= 0x9F or b in (0, 0x20, 0x30, 0xFF) for b in high)
            if likely > 0.95 * len(high) and not _is_utf8(data):
                return [encoding, "gb18030"]
    return ["utf-8", "gb18030"]


def _is_utf8(data: bytes) -> bool:
    try:
        return b"\0" not in data and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _not_text(raw: Raw) -> str:
    head = raw.data[:4]
    kind = {b"%PDF": "pdf", b"PK\x03\x04": "docx"}.get(head)
    hint = f"Rename it to .{kind}, or pass --format {kind}." if kind == "docx" else "Save it as text or .docx."
    return f"{raw.path} is not text (it begins with {head!r}). {hint}"


def cut(text: str, cuts: Iterable[Span]) -> tuple[str, OffsetMap]:
    """Text without the stretches `cuts` (ascending, apart), and the map back to `text`."""
    pieces, cleaned, raw, at, length = [], [], [], 0, 0
    for stretch in [*cuts, Span(len(text), len(text))]:
        if stretch.start > at:
            cleaned.append(length)
            raw.append(at)
            pieces.append(text[at : stretch.start])
            length += stretch.start - at
        at = stretch.end
    return "".join(pieces), OffsetMap(tuple(cleaned) or (0,), tuple(raw) or (0,))


def document_name(path: Path) -> str:
    """Name of a document in IRIs: the file's stem without what an IRI or a fragment cannot hold."""
    return re.sub(r"[^\w\-.]+", "-", as_text(path.stem), flags=re.UNICODE).strip("-.") or "document"


def document(  # the one place where all readers meet
    raw: Raw,
    media_type: str,
    text: str,
    offsets: OffsetMap | None = None,
    title: str = "",
) -> Document:
    """A `Document` of cleaned text; refuses one in which nothing is left.

    Raises:
        ReadError: no text.
    """
    if not text.strip():
        raise ReadError(f"{raw.path} holds no text. Save the report again, or convert its pictures to text.")
    return Document(
        name=document_name(raw.path),
        source=as_text(raw.path.name),
        media_type=media_type,
        text=text,
        sha256=hashlib.sha256(raw.data).hexdigest(),
        title=title,
        offsets=offsets or OffsetMap(),
        folder=as_text(raw.path.absolute().parent.name),
    )
