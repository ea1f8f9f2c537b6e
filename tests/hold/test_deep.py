"""A query that nests or chains without end gets one line, and what people and programs write for people passes."""

import pytest

from kg.errors import QueryError
from kg.store import EmbeddedStore

DEEP = {
    "groups": lambda n: "SELECT * " + "{" * n + "?s ?p ?o" + "}" * n,
    "brackets": lambda n: "SELECT * {?s ?p ?o FILTER" + "(" * n + "1=1" + ")" * n + "}",
    "nots": lambda n: "SELECT * {?s ?p ?o FILTER(" + "!" * n + "true)}",
    "minuses": lambda n: "SELECT (" + "-" * n + "1 AS ?x) {}",
    "differences": lambda n: "SELECT (1" + " -1" * n + " AS ?x) {}",
    "products": lambda n: "SELECT (1" + "*1" * n + " AS ?x) {}",
    "ors": lambda n: "ASK {?s ?p ?o FILTER(?s=?o" + "||?s=?p" * n + ")}",
    "ands": lambda n: "ASK {?s ?p ?o FILTER(?s=?o" + "&&?s=?p" * n + ")}",
    "steps of a path": lambda n: "ASK {?s <a:a>" + "/<a:a>" * n + " ?o}",
    "choices of a path": lambda n: "ASK {?s <a:a>" + "|<a:a>" * n + " ?o}",
    "inversions of a path": lambda n: "ASK {?s " + "^" * n + "<a:a> ?o}",
    "groups of a path": lambda n: "ASK {?s " + "(" * n + "<a:a>" + ")*" * n + " ?o}",
    "unions": lambda n: "ASK {{?s ?p ?o}" + "UNION{?s ?p ?o}" * n + "}",
    "optionals": lambda n: "ASK {?s ?p ?o " + "OPTIONAL{?s ?p ?o}" * n + "}",
    "optionals in each other": lambda n: "ASK {?s ?p ?o " + "OPTIONAL{?s ?p ?o " * n + "}" * n + "}",
    "subtractions": lambda n: "ASK {?s ?p ?o " + "MINUS{?s ?p ?o}" * n + "}",
    "filters": lambda n: "ASK {?s ?p ?o " + "FILTER(?s=?o)" * n + "}",
    "existences": lambda n: "ASK {?s ?p ?o " + "FILTER EXISTS{?s ?p ?o " * n + "}" * n + "}",
    "bindings": lambda n: "ASK {" + " ".join(f"BIND(1 AS ?v{i})" for i in range(n)) + "}",
    "columns": lambda n: "SELECT " + " ".join(f"(1 AS ?v{i})" for i in range(n)) + " {}",
    "patterns": lambda n: "ASK {" + "?s ?p ?o ." * n + "}",
    "objects": lambda n: "ASK {?s ?p ?o" + ",?o" * n + "}",
    "subselects": lambda n: "ASK {" + "{SELECT * {" * n + "?s ?p ?o" + "}}" * n + "}",
    "lists in lists": lambda n: "ASK {?s ?p " + "(" * n + "1" + ")" * n + "}",
    "a long list": lambda n: "ASK {?s ?p (" + "1 " * n + ")}",
    "nodes in nodes": lambda n: "ASK {?s ?p " + "[<a:a> " * n + "1" + "]" * n + "}",
    "triples of triples": lambda n: "ASK {?s ?p " + "<<( ?s ?p " * n + "?o" + ")>>" * n + "}",
    "statements on statements": lambda n: "ASK {?s ?p " + "<< ?s ?p " * n + "?o" + ">>" * n + "}",
    "remarks on remarks": lambda n: "ASK {?s ?p ?o " + "{| ?p ?o " * n + "|}" * n + "}",
    "calls": lambda n: "SELECT (" + "STR(" * n + "1" + ")" * n + " AS ?x) {}",
    "choices": lambda n: "SELECT (" + "IF(true,1," * n + "1" + ")" * n + " AS ?x) {}",
    "memberships": lambda n: "ASK {FILTER(" + "1 IN (" * n + "1" + ")" * n + ")}",
    "a deep template": lambda n: "CONSTRUCT {?s ?p " + "[<a:a> " * n + "1" + "]" * n + "} WHERE {?s ?p ?o}",
    "deep values": lambda n: "ASK {VALUES ?x {" + "<<( <a:a> <a:a> " * n + "1" + ")>>" * n + "}}",
    "graphs": lambda n: "ASK {" + "GRAPH ?g{" * n + "?s ?p ?o" + "}" * n + "}",
    "many values": lambda n: "ASK {" + "VALUES ?x {1} " * n + "}",
    "conditions": lambda n: "SELECT (COUNT(*) AS ?c) {} HAVING " + "(1=1)" * n,
}
DEEP_CHANGES = {
    "groups": lambda n: "DELETE {?s ?p ?o} WHERE " + "{" * n + "?s ?p ?o" + "}" * n,
    "lists": lambda n: "INSERT DATA {<a:a> <a:a> " + "(" * n + "1" + ")" * n + "}",
    "nodes": lambda n: "INSERT DATA {<a:a> <a:a> " + "[<a:a> " * n + "1" + "]" * n + "}",
    "patterns": lambda n: "DELETE WHERE {" + "?s ?p ?o ." * n + "}",
}


@pytest.mark.parametrize("kind", DEEP)
def test_a_query_ten_thousand_deep_is_one_line(kind: str):
    with pytest.raises(QueryError) as refused:
        EmbeddedStore().table(DEEP[kind](10_000))
    assert len(str(refused.value).splitlines()) == 1
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("kind", DEEP_CHANGES)
def test_an_update_ten_thousand_deep_is_one_line_and_changes_nothing(kind: str):
    store = EmbeddedStore()
    store.update("INSERT DATA { <a:a> <a:b> 1 }")
    with pytest.raises(QueryError, match="Ask in smaller parts"):
        store.update(DEEP_CHANGES[kind](10_000))
    assert store.table("SELECT ?s ?p ?o {?s ?p ?o}").rows == [["a:a", "a:b", 1]]


@pytest.mark.parametrize("kind", ["groups", "brackets", "choices", "calls", "optionals in each other", "lists in lists"])
def test_thirty_levels_are_answered(kind: str):
    assert EmbeddedStore().answer(DEEP[kind](30)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "ASK { VALUES ?x { " + "<http://a/b-c.d#e=1,2> 'a.b;c' 1.5 " * 20_000 + "} }",
        "ASK { FILTER(1 IN (" + "2, " * 20_000 + "3)) }",
        "ASK { VALUES (?a ?b) { " + "(1 2)" * 20_000 + " } }",
        "ASK { VALUES (?a ?b) { " + "(<a:b> <a:c>) " * 400 + "} VALUES ?c { " + "<a:b> " * 400 + "} }",
        "ASK { ?s ?p '" + "([{!<< " * 2000 + "' } # " + "{" * 5000,
        'ASK { ?s ?p """' + "'(\n" * 2000 + '""" }',
        "SELECT ?s { ?s ?p ?o FILTER(?s = <a:b>" + " || ?s = <a:c>" * 600 + ") }",
    ],
)
def test_what_is_long_and_not_deep_is_answered(text: str):
    assert EmbeddedStore().answer(text) is not None


@pytest.mark.parametrize("cover", ["#(<a:b>\n)", "'(<a:b>)'", "VALUES ?x {<a:b>}", "(<a:b>) <a:b> 1 . #{<a:b>\n"])
def test_rows_of_iris_hide_nothing_behind_them(cover: str):
    with pytest.raises(QueryError):
        EmbeddedStore().table("SELECT * { " + cover + "{" * 10_000 + "?s ?p ?o" + "}" * 10_001)


def test_a_string_that_looks_like_the_end_of_a_row_hides_no_nesting():
    with pytest.raises(QueryError):
        EmbeddedStore().table("ASK { ?s ?p ?x FILTER('(<a'=" + "abs(" * 1900 + "?x> <a:y>)" + ")" * 1900 + " }")


def test_data_of_any_length_is_put_in():
    store = EmbeddedStore()
    store.update("INSERT DATA { " + " ".join(f"<a:{n}> <a:b> 'a;b,c/d', '(', {n}.5 ; <a:c> ({n} [<a:d> 1]) ." for n in range(5000)) + " }")
    assert store.table("SELECT (COUNT(*) AS ?n) { ?s <a:b> ?o }").rows == [[15000]]


@pytest.mark.parametrize("sign", ["a", "1", "-", "汉", ":", "'\\", '"\\"', "'''\\'", "<", "?", "SERVICE", "#", "\\u", "@", ".", "[]"])
def test_a_text_that_says_the_same_for_ever_gets_its_line(sign: str):
    for text in ("SELECT * { VALUES ?x {1} ?s ?p* " + sign * 100_000, sign * 100_000):
        with pytest.raises(QueryError) as refused:
            EmbeddedStore().table(text)
        assert len(str(refused.value).splitlines()) == 1
        if not sign.startswith("#"):
            with pytest.raises(QueryError):
                EmbeddedStore().update(text)
