"""The default graph is a set: a statement is there once, as long as at least one graph states it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef

from kg import vocab
from kg.errors import StoreError
from kg.extract import extract
from kg.model import Document
from kg.resolve import Resolver
from kg.store import EmbeddedStore, Store, quads_of

FACT = (vocab.thing("云舟"), vocab.ino("cooperatesWith"), vocab.thing("蓝石"))


def passage(number: int) -> URIRef:
    return vocab.passage("report", number * 10, number * 10 + 9)


def count(store: EmbeddedStore) -> int:
    [row] = store.rows("SELECT (COUNT(*) AS ?n) { id:云舟 ino:cooperatesWith ?partner }")
    return int(str(row[0]))


def test_a_fact_stated_by_three_passages_counts_once_until_the_last_is_gone():
    store = EmbeddedStore()
    store.replace([], [(*FACT, passage(n)) for n in (1, 2, 3)])
    assert count(store) == 1
    assert len(store.rows("SELECT ?g { GRAPH ?g { id:云舟 ino:cooperatesWith id:蓝石 } }")) == 3
    store.replace([passage(1), passage(2)], [])
    assert count(store) == 1
    store.replace([passage(3)], [])
    assert count(store) == 0


def test_an_estimate_is_not_in_the_default_graph_s_keeping():
    store = EmbeddedStore()
    store.replace([], [(*FACT, passage(1))])
    store.dataset.graph(vocab.graph("estimated")).add(FACT)
    store.replace([passage(1)], [])
    assert count(store) == 0


def test_an_estimate_that_is_put_in_stays_out_of_the_default_graph():
    store = EmbeddedStore()
    store.replace([], [(*FACT, vocab.graph("estimated"))])
    assert count(store) == 0
    assert len(store.rows("SELECT ?s { GRAPH graph:estimated { ?s ?p ?o } }")) == 1
    store.replace([], [(*FACT, passage(1))])
    store.replace([vocab.graph("estimated")], [])
    assert count(store) == 1


def test_a_change_that_is_refused_leaves_the_store_as_it_was():
    store = EmbeddedStore()
    store.replace([], [(*FACT, passage(1))])
    no_subject = (Literal("a literal cannot be a subject"), FACT[1], FACT[2], passage(2))
    with pytest.raises(StoreError, match="It is as before"):
        store.replace([passage(1)], [no_subject])
    assert count(store) == 1


def test_three_reports_state_one_cooperation():
    store = EmbeddedStore()
    graphs = {}
    for name in ("a", "b", "c"):
        document = Document(name, f"{name}.txt", "text/plain", "推动云舟与蓝石对接技术合作。", "0" * 64)
        quads = quads_of(extract(document), Resolver(), "1")
        graphs[name] = {quad[3] for quad in quads}
        store.replace([], quads)
    [row] = store.rows("SELECT (COUNT(?c) AS ?n) { ?c a ino:Cooperation }")
    assert int(str(row[0])) == 1
    store.replace(graphs["a"] | graphs["b"], [])
    assert count(store) == 1
    store.replace(graphs["c"], [])
    assert count(store) == 0
    assert store.rows("SELECT ?s { ?s ?p ?o }") == []


def triple(n: int):
    return URIRef(f"urn:s{n % 3}"), URIRef("urn:p"), Literal(f'"quoted\\" {n}\n', datatype=XSD.string)


documents = st.lists(st.tuples(st.integers(0, 3), st.sets(st.integers(0, 5), max_size=4)), max_size=12)


def come_and_go(store: Store, changes: list[tuple[int, set[int]]]) -> None:
    """Documents come, change and go as in a plain model, which is a set of statements for each document."""
    model: dict[int, set] = {}
    for which, content in changes:
        graph = passage(which)
        store.replace([graph] if which in model else [], [(*triple(n), graph) for n in content])
        model[which] = {triple(n) for n in content}
    wanted = set().union(*model.values()) if model else set()
    assert sorted(store.rows("SELECT ?s ?p ?o { ?s ?p ?o FILTER (?p = <urn:p>) }")) == sorted(wanted)
    [[counted]] = store.table("SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }").rows
    assert counted == len(wanted)
    for which, statements in model.items():
        assert set(store.rows("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }", {"g": passage(which)})) == {
            (*statement, passage(which)) for statement in statements
        }
    assert store.rows("SELECT ?g { GRAPH ?g { ?s ?p ?o } FILTER (STRENDS(STR(?g), 'scratch')) }") == []
    store.replace([passage(which) for which in model], [])
    assert store.rows("SELECT ?s { ?s <urn:p> ?o }") == []


@settings(max_examples=60, deadline=None)
@given(documents)
def test_random_documents_come_and_go_as_in_a_plain_model(changes: list[tuple[int, set[int]]]):
    come_and_go(EmbeddedStore(), changes)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=documents)
def test_they_do_so_in_every_store(any_store: Store, changes: list[tuple[int, set[int]]]):
    come_and_go(any_store, changes)
