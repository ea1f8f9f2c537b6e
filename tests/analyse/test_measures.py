import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyse import MEASURES, centrality, positions, project, rank
from kg.errors import UsageError

PEERS = {
    "degree": nx.degree_centrality,
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "pagerank": lambda g: nx.pagerank(g, alpha=0.85, tol=1e-12, max_iter=1000),
}
graphs = st.builds(lambda n, p, seed: nx.gnp_random_graph(n, p, seed=seed), st.integers(2, 25), st.floats(0.0, 0.6), st.integers(0, 10_000))


@settings(max_examples=40, deadline=None)
@given(graphs)
@pytest.mark.parametrize("by", PEERS)
def test_a_measure_has_the_value_that_networkx_gives(by: str, graph: nx.Graph):
    ours, theirs = centrality(graph, by), PEERS[by](graph)
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_eigenvector_centrality_is_networkx_s_on_a_connected_graph():
    graph = nx.karate_club_graph()
    assert centrality(graph, "eigenvector") == pytest.approx(nx.eigenvector_centrality_numpy(graph, weight=None), abs=1e-9)


@pytest.mark.parametrize("by", MEASURES)
@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(1), nx.empty_graph(3), nx.path_graph(2)])
def test_a_measure_takes_an_empty_graph_a_single_node_and_nodes_without_ties(by: str, graph: nx.Graph):
    scores = centrality(graph, by)
    assert set(scores) == set(graph)
    assert all(value >= 0 for value in scores.values())


def test_equal_values_share_a_rank():
    star = nx.relabel_nodes(nx.star_graph(3), str)
    nx.set_node_attributes(star, {n: {"name": n, "type": "Enterprise"} for n in star})
    table = rank(star, "degree")
    assert list(table["rank"]) == [1, 2, 2, 2]
    assert list(table["ties"]) == [3, 1, 1, 1]


def test_an_unknown_measure_is_refused():
    with pytest.raises(UsageError, match="no measure 'fame'"):
        centrality(nx.Graph(), "fame")


def test_the_projection_has_cooperations_as_nodes_with_their_fields(graph):
    with graph.reading() as store:
        network = project(store)
    [cooperation] = [n for n, data in network.nodes(data=True) if data["type"] == "Cooperation"]
    names = {network.nodes[n]["name"] for n in network.successors(cooperation)}
    assert names == {"海思", "上汽集团", "模拟芯片", "MCU芯片", "联接芯片", "感知芯片", "座舱芯片"}


def test_each_node_and_edge_of_the_projection_has_a_sentence(graph):
    with graph.reading() as store:
        network = project(store)
    assert all(data["sentences"] for _, data in network.nodes(data=True))
    assert all(data["sentences"] for *_, data in network.edges(data=True))


def test_a_symmetric_relation_is_one_edge(graph):
    with graph.reading() as store:
        network = project(store)
    assert len([1 for *_, data in network.edges(data=True) if data["type"] == "cooperatesWith"]) == 1


def test_a_drawing_is_the_same_each_time_and_no_two_nodes_share_a_place(graph):
    with graph.reading() as store:
        network = project(store)
    first, second = positions(network), positions(network)
    assert first == second
    assert len(set(first.values())) == len(network)
