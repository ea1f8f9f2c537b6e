"""Many things get other IRIs: all that is stated of them goes with them, and what was broken off is ended by doing it again."""

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Literal
from rdflib.term import Node

from kg import vocab
from kg.errors import StoreError
from kg.store import EmbeddedStore, insertion
from kg.store import rename as many
from kg.store.embedded import TOGETHER
from kg.store.replace import NOTHING, Quad

THINGS = [vocab.thing(f"第{number}家") for number in range(TOGETHER + 3)]
PAIRS = [(thing, vocab.thing(f"集团{number % 9}")) for number, thing in enumerate(THINGS)]
"""As many things as are renamed with the loader."""
REPLACED = vocab.term("dct:isReplacedBy")
GRAPHS = [vocab.passage("report", 0, 9), vocab.passage("report", 10, 19), vocab.graph("identity"), vocab.graph("estimated")]
VALUES = [
    Literal('带\t制表符、\n换行和"引号"的\\名称', lang="zh"),
    Literal("1.50", datatype=XSD.decimal),
    Literal("01", datatype=XSD.integer),
    Literal("true", datatype=XSD.boolean),
    Literal("1e3", datatype=XSD.double),
    Literal("many", datatype=XSD.decimal),
    Literal("_:b"),
    Literal("{ } . <a> <b>"),
    Literal("2023-06", datatype=XSD.gYearMonth),
    Literal("+1", datatype=XSD.integer),
    Literal(".5", datatype=XSD.decimal),
    Literal("5.", datatype=XSD.decimal),
    Literal("-INF", datatype=XSD.double),
    Literal("回车\r\u2028"),
]
some = st.sampled_from([*THINGS[:3], vocab.thing("集团0"), vocab.thing("第三方")])
quads = st.tuples(
    some,
    st.sampled_from([vocab.ino("cooperatesWith"), RDF.type, REPLACED, vocab.ino("identifiedBy")]),
    st.one_of(some, st.sampled_from(VALUES)),
    st.sampled_from(GRAPHS),
)


def holding(stated: list[Quad]) -> EmbeddedStore:
    store = EmbeddedStore()
    store.apply([], insertion(stated))
    return store


def everything(store: EmbeddedStore) -> set[tuple[Node | None, ...]]:
    return {
        *store.rows("SELECT ?s ?p ?o { ?s ?p ?o }"),
        *store.rows("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"),
    }


@pytest.mark.parametrize("batch", [1, 2, 1000])
@given(stated=st.lists(quads, max_size=12))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_things_are_renamed_as_a_few_are(stated: list[Quad], batch: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(many, "BATCH", batch)
    at_once, one_by_one = holding(stated), holding(stated)
    many.rename_many(at_once.oxigraph, PAIRS[:5], at_once.change)
    for pair in PAIRS[:3]:
        one_by_one.rename([pair], NOTHING)
    assert everything(at_once) == everything(one_by_one)


def test_what_is_stated_of_them_in_every_graph_goes_with_them():
    old, new = PAIRS[1]
    store = holding([(old, RDF.type, vocab.ino("Park"), GRAPHS[0]), (THINGS[2], vocab.ino("locatedIn"), old, GRAPHS[1])])
    why = (old, REPLACED, new, GRAPHS[2])
    store.rename(PAIRS, insertion([why]))
    assert everything(store) == {
        (new, RDF.type, vocab.ino("Park")),
        (new, RDF.type, vocab.ino("Park"), GRAPHS[0]),
        (PAIRS[2][1], vocab.ino("locatedIn"), new),
        (PAIRS[2][1], vocab.ino("locatedIn"), new, GRAPHS[1]),
        why[:3],
        why,
    }


def test_a_thing_with_a_blank_node_and_one_beside_it_of_another_batch(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(many, "BATCH", 1)
    stated: list[Quad] = [
        (THINGS[place], vocab.ino("cooperatesWith"), THINGS[other], GRAPHS[0]) for place in range(3) for other in range(3) if place != other
    ]
    store = holding([*stated, *((thing, vocab.ino("about"), BNode(), GRAPHS[1]) for thing in THINGS[1:3])])
    store.rename(PAIRS, NOTHING)
    now = dict(PAIRS)
    held = store.rows("SELECT ?a ?b { GRAPH ?g { ?a ino:cooperatesWith ?b } }")
    assert set(held) == {(now[a], now[b]) for a, _, b, _ in stated}
    assert {thing for (thing,) in store.rows("SELECT ?a { ?a ino:about ?b }")} == {now[thing] for thing in THINGS[1:3]}


def test_two_things_in_a_graph_that_has_no_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(many, "BATCH", 1)
    store = holding([])
    terms = map(ox.NamedNode, (THINGS[0], vocab.ino("partOf"), THINGS[1]))
    store.oxigraph.add(ox.Quad(*terms, ox.BlankNode("g")))  # type: ignore[arg-type]
    store.rename(PAIRS, NOTHING)
    assert store.rows("SELECT ?a ?b { GRAPH ?g { ?a ino:partOf ?b } }") == [(PAIRS[0][1], PAIRS[1][1])]


@pytest.mark.parametrize("blank", [(BNode("b"), vocab.ino("about"), THINGS[0]), (THINGS[0], vocab.ino("about"), BNode("b"))])
def test_a_blank_node_stays_the_one_that_others_speak_of(blank: tuple[Node, Node, Node]):
    own = next(node for node in blank if isinstance(node, BNode))
    store = holding([(*blank, GRAPHS[0]), (own, vocab.ino("value"), Literal(7), GRAPHS[0])])
    store.rename(PAIRS, NOTHING)
    thing = PAIRS[0][1].n3()
    assert store.rows(f"SELECT ?v {{ {{ ?b ino:about {thing} }} UNION {{ {thing} ino:about ?b }} ?b ino:value ?v }}") == [(Literal(7),)]


def test_what_breaks_off_loses_nothing_and_is_ended_by_doing_it_again(monkeypatch: pytest.MonkeyPatch):
    stated: list[Quad] = [(thing, vocab.ino("cooperatesWith"), vocab.thing("第三方"), GRAPHS[0]) for thing in THINGS]
    whole, store = holding(stated), holding(stated)
    whole.rename(PAIRS, NOTHING)
    monkeypatch.setattr(many, "BATCH", 100)
    with monkeypatch.context() as broken:
        broken.setattr(many, "_loaded", _failing_at(3, many._loaded))
        with pytest.raises(StoreError, match=r"refused the change.*until the next ingestion"):
            store.rename(PAIRS, NOTHING)
    amid = everything(store)
    assert amid != everything(whole)
    stands = {subject for subject, *_ in amid}
    assert all(old in stands or new in stands for old, new in PAIRS)
    store.rename(PAIRS, NOTHING)
    assert everything(store) == everything(whole)


def _failing_at(count, plain):
    calls = iter(range(1, count + 1))

    def failing(*arguments):
        if next(calls) == count:
            raise OSError("No space left on device")
        return plain(*arguments)

    return failing
