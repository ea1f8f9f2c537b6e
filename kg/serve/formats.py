"""Media types of results and graphs, and which of them a client gets (RFC 9110, 12.5.1)."""

import re
from functools import lru_cache
from types import MappingProxyType

import pyoxigraph as ox
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from kg.errors import UsageError

RESULTS = MappingProxyType(
    {
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
        "application/sparql-results+xml": ox.QueryResultsFormat.XML,
        "text/csv": ox.QueryResultsFormat.CSV,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
)
GRAPHS = MappingProxyType(
    {
        "text/turtle": ox.RdfFormat.TURTLE,
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "application/ld+json": ox.RdfFormat.JSON_LD,
        "application/rdf+xml": ox.RdfFormat.RDF_XML,
    }
)
TABLES = MappingProxyType(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "application/vnd.apache.parquet": "parquet",
    }
)
"""Rows for spreadsheets and data frames, which are no results of SPARQL: only who names one of them gets it."""
_ALSO = MappingProxyType(
    {
        "application/json": "application/sparql-results+json",
        "application/xml": "application/sparql-results+xml",
        "text/xml": "application/sparql-results+xml",
    }
)
_ALSO_GRAPHS = MappingProxyType(
    {"application/json": "application/ld+json", "application/xml": "application/rdf+xml", "text/plain": "application/n-triples"}
)


_CHARSET = re.compile(r";\s*charset=[^;,]*", re.IGNORECASE)
"""Parameters that do not tell our types apart: all text is UTF-8."""


_ACCEPTED, _MANY = 4096, 60
"""Characters of an Accept header, and media types in it."""


@lru_cache(maxsize=1024)
def negotiated(accept: str | None) -> tuple[str | None, str | None]:
    """The media types for rows (or yes and no) and for triples; None where the client takes none of ours.

    Raises:
        UsageError: it names more than any client does: weighing thousands takes a second.
    """
    if accept and (len(accept) > _ACCEPTED or accept.count(",") > _MANY):
        raise UsageError(f"Accept names more than {_MANY} media types, or has more than {_ACCEPTED} characters. Name those that you take.")
    return _best(accept, (*RESULTS, *TABLES), _ALSO), _best(accept, tuple(GRAPHS), _ALSO_GRAPHS)


def _best(accept: str | None, ours: tuple[str, ...], also: "MappingProxyType[str, str]") -> str | None:
    if not accept:
        return ours[0]
    wanted = parse_accept_header(_CHARSET.sub("", accept), MIMEAccept)
    best = wanted.best_match([*ours, *also])
    return also.get(best, best) if best else None


def with_charset(media_type: str) -> str:
    """A media type with its charset where it is text."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
