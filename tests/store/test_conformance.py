"""Where Oxigraph departs from SPARQL 1.1, a query is worded so that its result is the recommendation's; others stay as they are."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyparsing import ParseException, ParseResults
from rdflib import URIRef
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.store import EmbeddedStore
from kg.store.conformance import conforming
from tests.conftest import SHARED

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "conformance.md"
W3C = SHARED / "w3c" / "sparql11"
FOLDERS = (ROOT / "ontology", ROOT / "kg", W3C)

DATA = """
PREFIX : <urn:x:>
INSERT DATA { :a :p :b . :b :p :c . :c :p :c GRAPH :g1 { :a :p :b } GRAPH :g2 { :z :p :z } }
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    made = EmbeddedStore()
    made.update(DATA)
    return made


def rows(store: EmbeddedStore, query: str) -> list[tuple]:
    return sorted(tuple(row) for row in store.table(f"PREFIX : <urn:x:>\n{query}").rows)


@pytest.mark.parametrize(
    ("query", "gives"),
    [
        ("SELECT ?o { :a :p* ?o }", [("urn:x:a",), ("urn:x:b",), ("urn:x:c",)]),
        ("SELECT ?o { :nowhere :p* ?o }", [("urn:x:nowhere",)]),
        ("SELECT ?s { ?s (:p|:q)? :nowhere }", [("urn:x:nowhere",)]),
        ("SELECT ?s { ?s :p+ :nowhere }", []),
        ("SELECT ?s { ?s :p* :nowhere . ?s :p ?o }", []),
        ("SELECT ?s { ?s :p ?o . ?s :p* :c . }", [("urn:x:a",), ("urn:x:b",), ("urn:x:c",)]),
        ("SELECT ?s ?n { ?s :p :b OPTIONAL { ?n :p* :nowhere } }", [("urn:x:a", "urn:x:nowhere")]),
        ("ASK { :nowhere :p* :elsewhere }", [(False,)]),
        ('SELECT (GROUP_CONCAT(?v; separator="-") AS ?all) { VALUES ?v { "x"@en "x"@en } }', [("x-x",)]),
        ("SELECT (2 * 3 AS ?n) {}", [(6,)]),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", [(3,)]),
        (
            'SELECT ?g ?t { GRAPH ?g { VALUES (?g ?t) { (UNDEF "every") (:g1 "one") } } }',
            [("urn:x:g1", "every"), ("urn:x:g1", "one"), ("urn:x:g2", "every")],
        ),
    ],
)
def test_results_are_those_of_the_recommendation(store: EmbeddedStore, query: str, gives: list[tuple]):
    assert rows(store, query) == gives


def test_a_label_makes_one_node_in_a_solution_and_another_in_the_next(store: EmbeddedStore):
    found = store.table('SELECT (BNODE("x") AS ?a) (BNODE("x") AS ?b) { VALUES ?n { 1 2 } }')
    assert found.names == ["a", "b"]
    (first, again), (second, _) = found.rows
    assert first == again != second


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s a ino:Park }",
        "SELECT * { ?s ?p ?o FILTER (?o * 2 > 3) }",
        "SELECT ?s { GRAPH ?g { ?s :p* :nowhere } }",
        "SELECT (BNODE() AS ?b) {}",
        "SELECT ?s { ?s :p ?o VALUES ?o { :a } }",
        "SELECT ?s { # GROUP_CONCAT(\n ?s ?p 'BNODE(' }",
        "SELECT (GROUP_CONCAT(?s { ?s ?p ?o",
        "SELECT *\nWHERE { ?s ?p ?o . ?s :p+ :nowhere }",
        "SELECT (COUNT( * ) AS ?n) { VALUES ?s { :a :b } ?s ?p 'undef or *' , ?o }",
        "SELECT ?s { ?s :p*/:q :nowhere . ?s :p* ?o . :a :p* :nowhere }",
    ],
)
def test_other_queries_stay_as_they_are(query: str):
    assert conforming(query, lambda _: False) == query


def test_an_error_is_at_a_place_of_the_user_s_text(store: EmbeddedStore):
    with pytest.raises(QueryError, match=r"line 1, column 56, at the end"):
        store.table("SELECT (GROUP_CONCAT(?s) AS ?all) { ?s ?p ?o FILTER(% }")


def constructs(part: Any) -> Iterator[str]:
    """Of the four constructs that are worded anew, those that rdflib's own parser finds in a query, wherever they stand."""
    if isinstance(part, CompValue):
        if part.name == "Aggregate_GroupConcat" or (part.name == "Builtin_BNODE" and part.get("arg") is not None):
            yield part.name
        if part.name == "PathElt" and part.get("mod") in ("?", "*"):
            yield "path of length zero"
        for inner in part.values():
            yield from constructs(inner)
    elif isinstance(part, list | ParseResults):
        for inner in part:
            yield from constructs(inner)
    elif isinstance(part, str) and part == "UNDEF":
        yield part


def queries() -> Iterator[tuple[Path, str, str]]:
    """Folder, name and text of the project's own queries, and of the W3C's where they are here."""
    for folder in FOLDERS:
        yield from ((folder, str(path.relative_to(folder)), path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.rq")))


def test_a_query_without_the_four_constructs_goes_unchanged_byte_for_byte():
    known: dict[Path, list[bool]] = {folder: [] for folder in FOLDERS}
    for folder, name, text in queries():
        try:
            found = set(constructs(list(parseQuery(text))))
        except (ParseException, RecursionError):
            continue  # of the W3C's, those whose syntax is wrong, and a few that rdflib cannot read
        changed = conforming(text, lambda _: False)  # as if the graph knew no term: what can be worded is
        assert found or changed == text, name
        known[folder].append(bool(found))
    *ours, w3c = known.values()
    assert [all(one) for one in ours] == [False, False]
    told = re.findall(r"of the (\d+) queries of the W3C's\s+that rdflib's parser reads (\d+) have none", PAGE.read_text(encoding="utf-8"))
    if W3C.is_dir():
        assert told == [(str(len(w3c)), str(w3c.count(False)))]


def test_what_is_bound_beside_a_query_changes_nothing_of_how_it_is_worded(store: EmbeddedStore):
    query = "PREFIX : <urn:x:> SELECT ?s { ?s :p* :c }"
    bound = {name: store.table(query, {"s": URIRef(f"urn:x:{name}")}).rows for name in ("a", "z")}
    assert bound == {"a": [["urn:x:a"]], "z": []}
