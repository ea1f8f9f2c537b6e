"""What becomes a node and an edge."""

import datetime as dt

import networkx as nx
import pytest

from kg import vocab
from kg.analyse import one_mode, project, projections
from kg.errors import OntologyError, QueryError, UsageError

NEIGHBOURS = "CONSTRUCT { ?a ino:cooperatesWith ?b } WHERE { ?a ino:locatedIn ?p . ?b ino:locatedIn ?p . ?a a ino:Park . ?b a ino:Park }"


@pytest.fixture
def network(graph):
    def made(projection: str = "whole") -> nx.MultiDiGraph:
        with graph.reading() as store:
            return project(store, projection)

    return made


def classes(network: nx.MultiDiGraph) -> set[str]:
    return set(dict(network.nodes(data="type")).values())


def relations(network: nx.MultiDiGraph) -> set[str]:
    return {data["type"] for *_, data in network.edges(data=True)}


def test_the_projection_has_cooperations_as_nodes_with_their_fields(network):
    network = network()
    [cooperation] = [n for n, data in network.nodes(data=True) if data["type"] == "Cooperation"]
    names = {network.nodes[n]["name"] for n in network.successors(cooperation)}
    assert names == {"海思", "上汽集团", "模拟芯片", "MCU芯片", "联接芯片", "感知芯片", "座舱芯片"}


def test_each_node_and_edge_of_the_projection_has_a_sentence(network):
    network = network()
    assert all(data["sentences"] for _, data in network.nodes(data=True))
    assert all(data["sentences"] for *_, data in network.edges(data=True))


def test_a_symmetric_relation_is_one_edge(network):
    network = network()
    assert len([1 for *_, data in network.edges(data=True) if data["type"] == "cooperatesWith"]) == 1


def test_each_named_projection_holds_its_classes_and_relations_only(network):
    assert {"whole", "cooperation", "project", "policy"} <= set(projections())
    for name, one in projections().items():
        made = network(name)
        assert made.number_of_edges() > 0
        assert classes(made) <= set(one.nodes)
        assert relations(made) <= {*one.edges, *one.events}
    assert "Policy" not in classes(network("cooperation"))
    assert relations(network("policy")) >= {"issues", "appliesTo", "PolicyAction"}


def test_a_projection_is_explained_in_both_languages_and_uses_terms_of_the_ontology():
    for one in projections().values():
        assert one.zh and one.en
    with pytest.raises(OntologyError):
        vocab.ino("fame")


def test_the_whole_leaves_no_relation_between_things_out():
    assert set(projections()["whole"].edges) >= set(vocab.edges())


def test_an_edge_knows_its_weight_and_the_period_of_its_first_report(network):
    edge = network().get_edge_data("id:上汽集团", "id:海思")["cooperatesWith"]
    assert edge["weight"] == len(edge["sentences"]) == 5
    assert edge["since"] == dt.date(2023, 6, 30)


def test_a_construct_query_is_a_projection_whose_edges_lead_to_sentences_of_both_ends(network):
    made = network(NEIGHBOURS)
    assert classes(made) == {"Park"}
    assert made.nodes["id:北斗创新基地"]["name"] == "北斗创新基地"
    stated = network("CONSTRUCT { ?a ino:focusesOn ?b } WHERE { ?a ino:focusesOn ?b }").get_edge_data("id:市西软件信息园", "id:工业软件")
    assert all("工业软件" in sentence for sentence in stated["focusesOn"]["sentences"])


def test_a_projection_that_is_not_there_or_cannot_be_evaluated_is_refused(network):
    with pytest.raises(UsageError, match=r"no projection 'parks'\. Choose from whole"):
        network("parks")
    with pytest.raises(QueryError, match="SPARQL"):
        network("CONSTRUCT { ?a")
    assert len(network("CONSTRUCT { ?a rdfs:label ?b } WHERE { ?a rdfs:label ?b }")) == 0


def test_things_that_share_something_are_joined_with_newman_s_weight():
    graph = nx.MultiDiGraph()
    for node, kind in {"a": "Enterprise", "b": "Enterprise", "c": "Enterprise", "x": "Technology", "y": "Technology"}.items():
        graph.add_node(node, name=node, type=kind, sentences=[])
    for enterprise, technology in ("ax", "bx", "cx", "ay", "by"):
        graph.add_edge(enterprise, technology, type="develops", sentences=[f"{enterprise}{technology}"], since=None)
    made = one_mode(graph, "Enterprise", "Technology")
    assert {(a, b): w for a, b, w in made.edges(data="weight")} == {("a", "b"): 1.5, ("a", "c"): 0.5, ("b", "c"): 0.5}
    assert made.get_edge_data("a", "b")["shared"]["sentences"] == ["ax", "bx", "ay", "by"]
    with pytest.raises(UsageError, match=r"has no Park\. Its classes: Enterprise, Technology"):
        one_mode(graph, "Enterprise", "Park")
