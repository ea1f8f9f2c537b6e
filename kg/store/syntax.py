"""RDF as it is written in files of others: read by Oxigraph, which fetches nothing; XML by libxml2 first, which takes no bombs."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from lxml import etree

from kg.store.contexts import foreign_context
from kg.store.sparql import STRING

_ATTRIBUTES, _NAMESPACES = 500, 500
"""Attributes of an element, and namespaces that it knows, at most: Oxigraph looks through all of them for each."""
_MARK = b"\xef\xbb\xbf"
MAX_DEPTH = 100
"""Brackets of JSON-LD, and triples about triples, that may be open at a time: Oxigraph's stack and memory grow with them."""
_UNFETCHED = re.compile(r"LoadDocumentCallback|remote context")
_NOT_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})')
"""What an IRI cannot hold (RFC 3987) and other tools write into one; it is kept percent-encoded."""


class ForeignContextError(SyntaxError):
    """JSON-LD takes its context from elsewhere."""


def statements(data: bytes, kind: ox.RdfFormat, **how: Any) -> Iterator[ox.Quad]:
    """What RDF states, one quad after the other.

    Args:
        data: the bytes of a file, or what a client sent; with or without a mark of UTF-8.
        kind: the format.
        how: what `pyoxigraph.parse` takes beside.

    Raises:
        SyntaxError: it is not of the format, or uses what would expand, nest or widen without measure.
        ValueError: the base is no IRI.
    """
    if kind == ox.RdfFormat.RDF_XML:
        plain = as_plain_xml(data)
    elif kind == ox.RdfFormat.JSON_LD:
        plain = _shallow_json(data.removeprefix(_MARK))
    else:
        plain = _shallow_triples(data.removeprefix(_MARK))
    try:
        yield from ox.parse(plain, kind, **how)
    except MemoryError as error:  # it reads a term of 16 MB at most
        raise SyntaxError("a line or a term has more than 16 MB") from error
    except SyntaxError as error:
        foreign = foreign_context(plain) if kind == ox.RdfFormat.JSON_LD and _UNFETCHED.search(str(error)) else ""
        raise (ForeignContextError(f"its context {foreign[:200]} is not in it, and none is fetched") if foreign else error) from error


def xml_of(data: bytes) -> etree._Element:
    """The root of an XML document, its entities put in, nothing fetched; libxml2 bounds what they come to, depth and length of texts.

    Raises:
        SyntaxError: it is no XML, or goes beyond these bounds.
    """
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def as_plain_xml(data: bytes) -> bytes:
    """An XML document in UTF-8 without its document type.

    Raises:
        SyntaxError: as `xml_of` says, or an element has attributes or namespaces beyond all use.
    """
    root = xml_of(data)
    if root.xpath(f"boolean(//*[count(@*) > {_ATTRIBUTES}])"):
        raise SyntaxError(f"an element has more than {_ATTRIBUTES} attributes")
    known = 0
    for event, _ in etree.iterwalk(root, events=("start-ns", "end-ns")):
        known += 1 if event == "start-ns" else -1
        if known > _NAMESPACES:
            raise SyntaxError(f"an element knows more than {_NAMESPACES} namespaces")
    return etree.tostring(root, encoding="utf-8")


def _shallow_json(data: bytes) -> bytes:
    """JSON that nests no deeper than `MAX_DEPTH`: pairs of brackets are taken out from within, so many times."""
    left = _STRING_OF_JSON.sub(b"", data).translate(None, _NO_BRACKETS)
    for _ in range(MAX_DEPTH):
        before = len(left)
        left = left.replace(b"{}", b"").replace(b"[]", b"")
        if len(left) == before:
            break
    if len(left) > MAX_DEPTH:
        raise SyntaxError(f"it nests more than {MAX_DEPTH} brackets")
    return data


def _shallow_triples(data: bytes) -> bytes:
    """Text in which triples about triples about triples go no deeper than `MAX_DEPTH`."""
    depth = 0
    for token in _TOKEN.finditer(data) if data.count(b"<<") > MAX_DEPTH else ():
        depth = max(0, depth + (token[0] == b"<<") - (token[0] == b">>"))
        if depth > MAX_DEPTH:
            raise SyntaxError(f"it nests more than {MAX_DEPTH} triples")
    return data


_STRING_OF_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_TOKEN = re.compile(rf"<<|>>|<[^>]*+>|#[^\n\r]*+|\\.|{STRING}".encode(), re.DOTALL)


@lru_cache(maxsize=65_536)
def whole_iri(text: str) -> ox.NamedNode:
    """An IRI as RFC 3987 has it.

    Raises:
        ValueError: it is none, such as a name without a scheme.
    """
    whole = _NOT_IRI.sub(lambda found: quote(found[0], safe=""), text)
    try:
        return ox.NamedNode(whole)
    except ValueError as error:
        raise ValueError(f"'{text[:100]}' is no IRI: {error}") from error


def whole_literal(node: ox.Literal) -> ox.Literal:
    """A literal whose type is an IRI as RFC 3987 has it, and whose language is one of BCP 47.

    Raises:
        ValueError: they cannot be.
    """
    if node.language is None:
        return ox.Literal(node.value, datatype=whole_iri(node.datatype.value))
    _require_language(node.language)
    return node


@lru_cache(maxsize=1024)
def _require_language(tag: str) -> None:
    try:
        ox.Literal("", language=tag)
    except ValueError as error:
        raise ValueError(f"'{tag[:100]}' is no language: {error}") from error
