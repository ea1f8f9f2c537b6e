import pytest
from rdflib import XSD, Literal

from kg import vocab
from kg.reason import validate
from kg.resolve import Resolver
from kg.store import EmbeddedStore, quads_of
from kg.vocab import concept, ino, thing
from tests.conftest import facts_of


def test_the_example_conforms(graph):
    assert graph.validate() == []


def test_the_real_report_conforms(real_report, tmp_path):
    import kg

    workspace = kg.open(tmp_path / "w")
    assert [one.status for one in workspace.ingest([real_report])] == ["added"]
    assert workspace.validate() == []


@pytest.fixture
def store() -> EmbeddedStore:
    made = EmbeddedStore()
    made.replace([], quads_of(facts_of("临江产业园营业收入XX亿元。"), Resolver(), "1"))
    return made


def test_a_withheld_figure_with_a_value_is_a_violation_with_its_sentence(store: EmbeddedStore):
    [row] = store.rows("SELECT ?figure ?g { GRAPH ?g { ?figure a ino:Observation } }")
    store.replace([], [(row[0], ino("value"), Literal("5", datatype=XSD.decimal), row[1])])
    [violation] = validate(store)
    assert "隐去" in violation.message
    assert violation.sentences == ("临江产业园营业收入XX亿元。",)


@pytest.mark.parametrize(
    ("predicate", "value", "said"),
    [
        (ino("creditCode"), Literal("123"), "18"),
        (ino("receivesAward"), thing("nobody"), ""),
    ],
)
def test_a_broken_statement_is_found(store: EmbeddedStore, predicate, value, said: str):
    from rdflib import RDF, RDFS

    me, home = thing("云舟"), vocab.graph("curated")
    store.replace([], [(me, RDF.type, ino("Enterprise"), home), (me, RDFS.label, Literal("云舟"), home), (me, predicate, value, home)])
    [violation] = validate(store)
    assert said in violation.message
    assert violation.node == "id:云舟"


def test_a_cooperation_of_one_is_no_cooperation(store: EmbeddedStore):
    from rdflib import RDF

    home, node = vocab.graph("curated"), thing("合作-1")
    store.replace(
        [],
        [
            (node, RDF.type, ino("Cooperation"), home),
            (node, ino("planned"), Literal(False), home),
            (node, ino("participant"), thing("云舟"), home),
        ],
    )
    assert [v.path for v in validate(store)] == ["ino:participant"]


def test_a_status_outside_the_list_is_refused(store: EmbeddedStore):
    [row] = store.rows("SELECT ?figure ?g { GRAPH ?g { ?figure a ino:Observation } }")
    store.replace([], [(row[0], ino("disclosure"), concept("drafted"), row[1])])
    assert {v.node for v in validate(store)} == {vocab.compact(str(row[0]))}
