import math
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyse import Network, centralities, centrality, positions, project, rank, sampling, scores, stability
from kg.analyse.centrality import katz_damping
from kg.errors import UsageError

PEERS = {
    "degree": nx.degree_centrality,
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "harmonic": nx.harmonic_centrality,
    "pagerank": lambda g: nx.pagerank(g, alpha=0.85, tol=1e-12, max_iter=1000),
    "katz": lambda g: nx.katz_centrality_numpy(g, alpha=katz_damping(Network.of(g))),
    "core": nx.core_number,
    "constraint": nx.constraint,
    "effective-size": nx.effective_size,
    "weighted-degree": lambda g: dict(g.degree()),
}
module = sys.modules["kg.analyse.centrality"]  # `kg.analyse.centrality` is the function
graphs = st.builds(lambda n, p, seed: nx.gnp_random_graph(n, p, seed=seed), st.integers(2, 25), st.floats(0.0, 0.6), st.integers(0, 10_000))


def test_a_centrality_more_is_an_entry_and_a_function_of_its_name(monkeypatch):
    entries = {**module._entries(), "nodes-beyond": {"zh": "其他事物数", "en": "Others", "tells_zh": "…", "tells_en": "…"}}
    monkeypatch.setattr(module, "_entries", lambda: entries)
    monkeypatch.setattr(module, "nodes_beyond", lambda network: module.Scores(np.full(network.n, network.n - 1.0)), raising=False)
    assert "nodes-beyond" in centralities()
    assert centrality(nx.path_graph(3), "nodes-beyond") == {0: 2.0, 1: 2.0, 2: 2.0}


@settings(max_examples=40, deadline=None)
@given(graphs)
@pytest.mark.parametrize("by", PEERS)
def test_a_centrality_has_the_value_that_networkx_gives(by: str, graph: nx.Graph):
    ours, theirs = centrality(graph, by), PEERS[by](graph)
    assert ours == pytest.approx(theirs, abs=1e-9, nan_ok=True)


def test_eigenvector_centrality_is_networkx_s_on_a_connected_graph():
    graph = nx.karate_club_graph()
    assert centrality(graph, "eigenvector") == pytest.approx(nx.eigenvector_centrality_numpy(graph, weight=None), abs=1e-9)


def test_eigenvector_centrality_of_parts_that_hang_together_less_is_zero():
    parts = nx.disjoint_union(nx.complete_graph(4), nx.path_graph(3))
    assert list(centrality(parts, "eigenvector").values()) == pytest.approx([0.5] * 4 + [0.0] * 3, abs=1e-12)
    assert list(centrality(parts, "eigenvector").values())[4:] == [0.0] * 3


def test_constraint_and_effective_size_by_hand():
    # a triangle 0, 1, 2 with a tail 3 at 0; a third of node 0's time goes to each contact, of 1's and 2's a half
    tailed = nx.Graph([(0, 1), (0, 2), (1, 2), (0, 3)])
    of_0 = 2 * (1 / 3 + 1 / 3 * 1 / 2) ** 2 + (1 / 3) ** 2
    assert centrality(tailed, "constraint")[0] == pytest.approx(of_0)
    assert centrality(tailed, "effective-size") == pytest.approx({0: 3 - 2 / 3, 1: 1.0, 2: 1.0, 3: 1.0})
    assert Network.of(tailed).triangles[0].shape == (1, 3)


@pytest.mark.parametrize("by", centralities())
@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(1), nx.empty_graph(3), nx.path_graph(2)])
def test_a_centrality_takes_an_empty_graph_a_single_node_and_nodes_without_ties(by: str, graph: nx.Graph):
    scores = centrality(graph, by)
    assert set(scores) == set(graph)
    assert all(value >= 0 or math.isnan(value) for value in scores.values())


def test_equal_values_share_a_rank():
    star = nx.relabel_nodes(nx.star_graph(3), str)
    nx.set_node_attributes(star, {n: {"name": n, "type": "Enterprise"} for n in star})
    table = rank(star, "degree")
    assert list(table["rank"]) == [1, 2, 2, 2]
    assert list(table["ties"]) == [3, 1, 1, 1]


def test_an_unknown_centrality_is_refused():
    with pytest.raises(UsageError, match="no centrality 'fame'"):
        centrality(nx.Graph(), "fame")


def test_a_drawing_is_the_same_each_time_and_no_two_nodes_share_a_place(graph):
    with graph.reading() as store:
        network = project(store)
    first, second = positions(network), positions(network)
    assert first == second
    assert len(set(first.values())) == len(network)


LARGE = nx.barabasi_albert_graph(400, 3, seed=7)


@pytest.fixture
def small_is_large(monkeypatch: pytest.MonkeyPatch):
    """All networks count as too large to look at all pairs."""
    monkeypatch.setattr(module, "EXACT_WORK", 0)
    monkeypatch.setattr(module, "_LARGE", 0)
    monkeypatch.setattr(sampling, "_DEARER", 0)


@pytest.mark.parametrize("by", ["betweenness", "closeness", "harmonic"])
def test_an_estimate_keeps_the_error_that_it_states_and_is_the_same_each_time(small_is_large, monkeypatch, by: str):
    monkeypatch.setattr(module, "_PIVOTS", 150)
    first, second = scores(LARGE, by), scores(LARGE, by)
    exact = np.array(list({"betweenness": nx.betweenness_centrality, **PEERS}[by](LARGE).values()))
    assert (first.values == second.values).all()
    assert first.confidence == 0.95
    within = np.abs(first.values - exact) <= first.error
    assert within.all() if by == "betweenness" else within.mean() >= 0.95


@pytest.mark.parametrize("by", ["core", "closeness", "harmonic"])
def test_the_engine_for_large_networks_gives_the_same_values(monkeypatch, by: str):
    monkeypatch.setattr(module, "_LARGE", 0)
    monkeypatch.setattr(module, "_SQUARE", 0)
    parts = nx.disjoint_union(LARGE, nx.path_graph(4))
    parts.add_node("alone")
    assert centrality(parts, by) == pytest.approx(PEERS[by](parts), abs=1e-9)


def test_parallel_edges_are_one_tie_whose_weight_is_their_sum():
    graph = nx.MultiDiGraph([("a", "b", {"weight": 2}), ("b", "a", {"weight": 3}), ("b", "c"), ("c", "c")])
    assert centrality(graph, "degree") == {"a": 0.5, "b": 1.0, "c": 0.5}
    assert centrality(graph, "weighted-degree") == {"a": 5.0, "b": 6.0, "c": 1.0}


def test_the_first_by_constraint_is_the_least_constrained():
    graph = nx.relabel_nodes(nx.star_graph(4), str)
    nx.set_node_attributes(graph, {n: {"name": n, "type": "Enterprise"} for n in graph})
    assert rank(graph, "constraint", 1)["name"].tolist() == ["0"]


def test_a_clear_rank_is_firm_and_a_close_one_is_noise():
    hub = nx.star_graph(30)
    hub.add_edges_from((i, i + 1) for i in range(1, 30))
    firm = stability(Network.of(hub), "degree", 50)
    assert (firm.low[0], firm.high[0]) == (1, 1)
    assert firm.high[5] - firm.low[5] > 10
    assert firm.runs == 50


def test_a_ranking_shows_the_ranks_of_nine_of_ten_networks():
    star = nx.relabel_nodes(nx.star_graph(12), str)
    nx.set_node_attributes(star, {n: {"name": n, "type": "Enterprise"} for n in star})
    table = rank(star, "degree", 1, runs=30)
    assert table.columns.tolist() == ["rank", "from", "to", "name", "class", "value", "ties"]
    assert table.iloc[0][["rank", "from", "to", "name"]].tolist() == [1, 1, 1, "0"]
    with pytest.raises(UsageError, match="--resample must be at least 2, not 1"):
        rank(star, "degree", 1, runs=1)


def test_exact_betweenness_is_the_same_in_each_run_whatever_order_threads_add_in():
    graph = nx.powerlaw_cluster_graph(600, 3, 0.3, seed=5)
    first = centrality(graph, "betweenness")
    for _ in range(5):
        assert centrality(graph, "betweenness") == first
    assert first == pytest.approx(nx.betweenness_centrality(graph), rel=1e-8, abs=1e-15)
