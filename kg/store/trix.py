"""TriX, the one format of RDF that Oxigraph does not read (Carroll and Stickler, RDF Triples in XML, HPL-2003-268)."""

from collections.abc import Iterator

import pyoxigraph as ox
from lxml import etree

from kg.store.syntax import whole_iri, xml_of

_TRIX = "http://www.w3.org/2004/03/trix/trix-1"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def trix_statements(data: bytes) -> Iterator[ox.Quad]:
    """What a document in TriX states; graphs that it names are left aside.

    Raises:
        SyntaxError: it is no XML, or no TriX.
        ValueError: a language that is none.
    """
    root = xml_of(data)
    if etree.QName(root).localname != "TriX" or (etree.QName(root).namespace or "").rstrip("/") != _TRIX:
        raise SyntaxError("its root is not TriX")
    for triple in root.iter("{*}triple"):
        parts = [_term(part) for part in triple]
        if len(parts) != 3:
            raise SyntaxError(f"a triple of {len(parts)} parts")
        subject, predicate, thing = parts
        if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
            raise SyntaxError("a triple whose subject or predicate is none")
        yield ox.Quad(subject, predicate, thing)


def _term(part: etree._Element) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    text = part.text or ""
    match etree.QName(part).localname:
        case "uri":
            return whole_iri(text.strip())
        case "id":
            return ox.BlankNode(text.strip())
        case "plainLiteral":
            language = part.get(_LANGUAGE)
            return ox.Literal(text, language=language) if language else ox.Literal(text)
        case "typedLiteral":
            return ox.Literal(text, datatype=whole_iri(part.get("datatype", "").strip()))
    raise SyntaxError(f"{etree.QName(part).localname} in a triple")
