"""What requests carry in forms: parameters, the operation that they ask for, the files of a form with parts.

Small ones are read where they arrive, large ones by a process that evaluates: reading a megabyte takes a tenth of a second.
"""

import io
import json
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

import pyoxigraph as ox
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import MultiPartParser
from werkzeug.http import parse_options_header

from kg.errors import UsageError
from kg.serve.formats import GRAPHS
from kg.store import one_line

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
SMALL = 8 * 1024
"""Bytes of a form that are decoded where they arrive: a millisecond."""
_MOST = 1000
"""Parameters or parts of a form."""
_BOUNDARY = 70
"""Characters of what stands between parts (RFC 2046, 5.1.1)."""
_SLICE = 1024 * 1024
_GRAPHS = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")

Pairs = list[tuple[str, str]]


class MediaTypeError(UsageError):
    """A part of a request has a media type that is not taken."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks: `query`, `update` or `describe`; its text, and the graphs that its parameters name."""

    kind: str
    text: str
    graphs: dict[str, tuple[str, ...]]


def parameters(data: bytes, where: str) -> Pairs:
    """The parameters of a query string or a form.

    Raises:
        UsageError: they are not UTF-8, or too many.
    """
    if data.count(b"&") >= _MOST:
        raise UsageError(f"The {where} has more than {_MOST} parameters. Send fewer.")
    fields = (field.partition(b"=") for field in data.split(b"&") if field)
    return [(text_of(_decoded(name), where), text_of(_decoded(value), where)) for name, _, value in fields]


def text_of(data: bytes, where: str) -> str:
    """Bytes of a request as text.

    Raises:
        UsageError: they are not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"The {where} is not UTF-8. Correct it.") from error


def _decoded(data: bytes) -> bytes:
    """A name or value without its escapes, slice by slice: an escape may need thirty times its bytes while it is read."""
    if b"%" not in data:
        return data.replace(b"+", b" ")
    parts, start = [], 0
    while start < len(data):
        end = start + _SLICE
        if end < len(data) and (cut := data.rfind(b"%", end - 2, end)) >= 0:
            end = cut  # an escape stays whole
        parts.append(_unescaped(data[start:end].replace(b"+", b" ")))
        start = end
    return b"".join(parts)


def _unescaped(data: bytes) -> bytes:
    r"""What escapes such as %2F stand for, read as Python's \x2f: that takes a tenth of the time of `unquote_to_bytes`."""
    try:
        return data.replace(b"\\", b"\\x5c").replace(b"%", b"\\x").decode("unicode_escape").encode("latin-1")
    except UnicodeDecodeError:  # a sign that begins no escape stands for itself
        return unquote_to_bytes(data)


def packed(pairs: Pairs) -> bytes:
    """Parameters as bytes, for `unfolded`."""
    return json.dumps(pairs).encode()


def unfolded(data: bytes) -> Pairs:
    """The parameters that `packed` wrote."""
    return [(name, value) for name, value in json.loads(data)]


def operation(given: Pairs, describing: bool = False) -> Operation:
    """The one operation that parameters ask for.

    Args:
        given: names and values.
        describing: whether no operation at all asks for the description of the service.

    Raises:
        UsageError: none, several, or a graph whose name is no IRI.
    """
    texts = [(name, value) for name, value in given if name in ("query", "update")]
    graphs = {name: tuple(iri(value, name) for key, value in given if key == name) for name in _GRAPHS}
    if not texts and describing:
        return Operation("describe", "", graphs)
    if len(texts) != 1:
        raise UsageError(f"{len(texts)} queries and updates in one request. Send exactly one `query` or `update`.")
    [(kind, text)] = texts
    return Operation(kind, text, graphs)


def iri(text: str, name: str) -> str:
    """A text that is an absolute IRI, as the store has it.

    Args:
        text: the value of a parameter.
        name: of the parameter.

    Raises:
        UsageError: it is none.
    """
    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise UsageError(f"'{quote(text[:200], safe=_READABLE)}' is no absolute IRI. Correct {name}=.") from error


_READABLE = "".join(map(chr, range(0x20, 0x7F)))


def files(content_type: str, data: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files of a form with parts, by media type.

    Args:
        content_type: the header, with the boundary between the parts.
        data: the form.

    Raises:
        UsageError: it is no such form, ends before its end, or holds no file.
        MediaTypeError: a file is no graph.
    """
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    try:
        if not (boundary.isascii() and 0 < len(boundary) <= _BOUNDARY):
            raise ValueError(f"it names no boundary of 1 to {_BOUNDARY} characters")
        parser = MultiPartParser(_in_memory, max_form_memory_size=_SLICE, max_form_parts=_MOST)
        _, found = parser.parse(io.BytesIO(data), boundary.encode(), len(data))
    except (ValueError, HTTPException) as error:
        raise UsageError(f"The body is no {MULTIPART} with its boundary ({_reason(error)}). Nothing was stored; correct it.") from error
    parts = tuple((part.mimetype.lower(), part.stream.read()) for _, part in found.items(multi=True))
    if not parts:
        raise UsageError("The form holds no file. Send each graph as a file with its Content-Type.")
    for kind, _ in parts:
        if kind not in GRAPHS:
            raise MediaTypeError(f"A part's Content-Type is '{kind[:100]}'. Send one of {', '.join(GRAPHS)}.")
    return parts


def _in_memory(
    total_content_length: int | None, content_type: str | None, filename: str | None, content_length: int | None = None
) -> io.BytesIO:
    return io.BytesIO()


def _reason(error: Exception) -> str:
    return "it is larger than may be, or has too many parts" if isinstance(error, HTTPException) else one_line(error)
