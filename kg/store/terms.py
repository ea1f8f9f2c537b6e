"""Terms of Oxigraph as rdflib nodes and as plain values, and back."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from kg import vocab

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_STRINGS = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


def to_rdflib(term: OxTerm) -> Node:
    """A term as a node of rdflib; a plain string keeps its type xsd:string, as RDF 1.1 has it."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value))
    return Literal(str(term))  # a triple term of RDF 1.2, which rdflib does not have


def to_oxigraph(node: Node) -> OxTerm:
    """A node of rdflib as a term."""
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if isinstance(node, Literal) and node.language:
        return ox.Literal(str(node), language=node.language)
    datatype = node.datatype if isinstance(node, Literal) else None
    return ox.Literal(str(node), datatype=ox.NamedNode(str(datatype or XSD.string)))


def plain(term: OxTerm | None) -> Any:
    """A term as a Python value: numbers, dates, booleans and text; a thing as IRI, shortened where a prefix is known.

    A literal whose text is not of its type stays text.
    """
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        if kind in _STRINGS:
            return term.value
        try:
            return _reader(kind)(term.value)
        except (ValueError, InvalidOperation, OverflowError):
            return term.value
    if isinstance(term, ox.NamedNode):
        return _compact(term.value)
    if isinstance(term, ox.BlankNode):
        return term.value
    return None if term is None else str(term)


def text_of(cell: str) -> str:
    """The text of a term as SPARQL 1.1 TSV has it: an IRI without its brackets, a literal without quotes, type and language."""
    if cell.startswith("<"):
        return cell[1:-1]
    if not cell.startswith('"'):
        return cell
    text = cell[1 : cell.rindex('"')]
    return _ESCAPED.sub(lambda match: _ESCAPES[match[1]], text) if "\\" in text else text


_ESCAPED = re.compile(r'\\([tbnrf"\'\\])')
_ESCAPES = MappingProxyType({"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"})
_compact = lru_cache(maxsize=65_536)(vocab.compact)


def _number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def _boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(text)
    return text in ("true", "1")


_INTEGERS = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
    "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_READERS: MappingProxyType[str, Callable[[str], Any]] = MappingProxyType(
    {
        **dict.fromkeys(_INTEGERS, int),
        "decimal": _number,
        "double": float,
        "float": float,
        "boolean": _boolean,
        "date": dt.date.fromisoformat,
        "dateTime": dt.datetime.fromisoformat,
    }
)


_PLAIN = (int, float, Decimal, dt.date, dt.time)


@lru_cache(maxsize=256)
def _reader(datatype: str) -> Callable[[str], Any]:
    """What reads the text of a datatype; the rarer ones are left to rdflib."""
    known = _READERS.get(datatype.removeprefix(str(XSD))) if datatype.startswith(str(XSD)) else None

    def other(text: str) -> Any:
        value = Literal(text, datatype=URIRef(datatype)).toPython()
        return value if isinstance(value, _PLAIN) else text  # of markup, bytes and durations the text says more than an object

    return known or other
