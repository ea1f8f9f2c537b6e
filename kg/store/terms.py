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
    """A term as a node of rdflib, its text as it is written; a plain string keeps its type xsd:string, as RDF 1.1 has it.

    (Rewritten to its usual form, `"1E99999999"^^xsd:decimal` would be a number of a hundred million digits.)
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
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


def texts_of(answer: str) -> list[list[str]]:
    """The texts of all cells of an answer in SPARQL 1.1 TSV, row by row; one of IRIs, or of IRIs and words, takes a third of the time."""
    _, _, rows = answer.partition("\n")
    lines = rows.count("\n")
    cells = lines + rows.count("\t")
    if cells == rows.count("<") and cells and '"' not in rows and "<<" not in rows:
        return [row.split(">\t<") for row in rows[1:-2].split(">\n<")]
    if cells == 2 * lines and "\\" not in rows and len(told := _IRI_AND_WORDS.findall(rows)) == lines:
        return list(map(list, told))
    return [[text_of(cell) for cell in row.split("\t")] for row in rows.split("\n") if row]


_IRI_AND_WORDS = re.compile(r'^<([^<>\n]*)>\t"(.*)"(?:@[A-Za-z0-9-]+|\^\^<[^<>\n]*>)?$', re.MULTILINE)
_ESCAPED = re.compile(r'\\([tbnrf"\'\\])')
_ESCAPES = MappingProxyType({"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"})
_compact = lru_cache(maxsize=65_536)(vocab.compact)


_DIGITS = 300
"""Characters of a number at most, so that a double holds whatever becomes one and Python writes it; longer ones stay text."""
_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_FORMS = MappingProxyType(
    {
        int: re.compile(r"\s*[+-]?[0-9]+\s*"),
        Decimal: re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*"),
        float: re.compile(r"\s*(?:[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|INF)|NaN)\s*"),
        dt.date: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        dt.datetime: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T" + _TIME),
        dt.time: re.compile(_TIME),
    }
)
"""How XML Schema writes them; Python reads more, such as `1_000`, `٣` and `2023-W01-1`."""


def _written(text: str, as_type: type) -> str:
    """A text that is of its type as XML Schema has it.

    Raises:
        ValueError: it is not, or is a number beyond all use.
    """
    if len(text) > _DIGITS or not _FORMS[as_type].fullmatch(text):
        raise ValueError(text)
    return text.strip()


def _integer(text: str) -> int:
    return int(_written(text, int))


def _number(text: str) -> int | float:
    value = Decimal(_written(text, Decimal))
    return int(value) if value == value.to_integral_value() else float(value)


def _double(text: str) -> float:
    return float(_written(text, float))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(_written(text, dt.date))


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(_written(text, dt.datetime))


def _time_of_day(text: str) -> dt.time:
    return dt.time.fromisoformat(_written(text, dt.time))


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
        **dict.fromkeys(_INTEGERS, _integer),
        "decimal": _number,
        "double": _double,
        "float": _double,
        "boolean": _boolean,
        "date": _day,
        "dateTime": _moment,
        "time": _time_of_day,
    }
)


@lru_cache(maxsize=256)
def _reader(datatype: str) -> Callable[[str], Any]:
    """What reads the text of a datatype; of markup, bytes, durations and types of others the text says more than an object."""
    known = _READERS.get(datatype.removeprefix(str(XSD))) if datatype.startswith(str(XSD)) else None
    return known or str
