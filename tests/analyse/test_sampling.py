"""Betweenness of networks that are too large to look at all pairs, in the words of who relies on the error that is stated."""

import sys

import networkx as nx
import numpy as np
import pytest

from kg.analyse import Network, sampling, scores
from kg.analyse.sampling import pairs_needed, sampled_betweenness

module = sys.modules["kg.analyse.centrality"]  # `kg.analyse.centrality` is the function


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch):
    """Networks of any size are sampled."""
    monkeypatch.setattr(module, "EXACT_WORK", 0)
    monkeypatch.setattr(sampling, "_DEARER", 0)


def nine_ways_and_one() -> nx.Graph:
    """Two crowds round `s` and `t`; nine of ten equal ways between them lead over `a`, one over `b`."""
    graph = nx.Graph([("a", "c"), ("b", "c"), ("c", "d"), ("d", "t"), ("s", "m9"), ("m9", "b")])
    graph.add_edges_from(("s", f"left {i}") for i in range(100))
    graph.add_edges_from(("t", f"right {i}") for i in range(1000))
    graph.add_edges_from(edge for i in range(9) for edge in (("s", f"m{i}"), (f"m{i}", "a")))
    return graph


def test_each_of_several_shortest_ways_is_as_likely(sampled):
    graph = nine_ways_and_one()
    told = scores(graph, "betweenness")
    value = dict(zip(graph, told.values, strict=True))
    # 101 times 1,003 pairs at 9 of 10 ways, 9 times 1,003 from those before a, half of 36 among these, half of 9 to b
    assert value["a"] == pytest.approx((0.9 * 101 * 1003 + 9 * 1003 + 18 + 4.5) / (1115 * 1114 / 2), abs=0.01)
    assert (told.error, told.confidence) == (0.01, 0.95)


@pytest.mark.parametrize(
    "graph",
    [
        nx.grid_2d_graph(7, 8),
        nx.random_labeled_tree(120, seed=2),
        nx.connected_caveman_graph(8, 10),
        nx.gnm_random_graph(150, 200, seed=3),  # of several parts, and things without ties
        nx.star_graph(40),
        nx.path_graph(60),
        nx.complete_graph(20),
        nx.barabasi_albert_graph(150, 2, seed=1),
    ],
)
def test_no_value_is_further_off_than_is_stated(sampled, graph: nx.Graph):
    told = scores(graph, "betweenness")
    off = np.abs(told.values - np.array(list(nx.betweenness_centrality(graph).values())))
    assert off.max() <= told.error == 0.01


def test_another_seed_draws_other_ways_and_the_same_seed_the_same_ones(sampled):
    network = Network.of(nx.barabasi_albert_graph(100, 2, seed=1))
    first, again, other = (sampled_betweenness(network, 0.05, 0.95, seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_batches_of_one_pair_do_as_well(sampled, monkeypatch):
    monkeypatch.setattr(sampling, "_PLACES", 1)
    graph = nx.grid_2d_graph(4, 4)
    drawn = sampled_betweenness(Network.of(graph), 0.05, 0.95, 1)
    exact = np.array(list(nx.betweenness_centrality(graph).values()))
    assert np.abs(drawn * 16 / 14 - exact).max() <= 0.05 * 16 / 14


def test_where_ways_are_long_all_pairs_are_looked_at_instead(monkeypatch):
    monkeypatch.setattr(module, "EXACT_WORK", 0)
    told = scores(nx.path_graph(50), "betweenness")
    assert told.error is None
    assert told.values[1] == pytest.approx(48 / (49 * 48 / 2))


@pytest.mark.parametrize(
    ("graph", "pairs"),
    [
        (nx.star_graph(9), 200 * (1 + 3)),  # of 3 nodes: floor(log2 1) + 1, and ln 20 = 2.996
        (nx.path_graph(9), 200 * (4 + 3)),  # 7 steps from its second node, so 15 nodes at most: floor(log2 13) + 1
        (nx.disjoint_union(nx.star_graph(9), nx.path_graph(9)), 200 * (4 + 3)),
        (nx.empty_graph(5), 200 * (1 + 3)),
    ],
)
def test_as_many_pairs_are_drawn_as_the_longest_way_asks_for(graph: nx.Graph, pairs: int):
    assert pairs_needed(Network.of(graph), 0.05, 0.95) == pytest.approx(pairs, rel=0.002)


def test_ways_too_many_for_floats_are_drawn_alike_too(sampled):
    joints, ways = 200, 60
    graph = nx.Graph((f"{joint}", f"{joint} by {way}") for joint in range(joints) for way in range(ways))
    graph.add_edges_from((f"{joint} by {way}", f"{joint + 1}") for joint in range(joints) for way in range(ways))
    network = Network.of(graph)
    value = dict(zip(network.nodes, sampled_betweenness(network, 0.05, 0.95, 1), strict=True))
    by_way = [value[f"100 by {way}"] for way in range(ways)]  # 60 to the 200th ways from end to end; half of the pairs pass here
    assert max(by_way) < 0.03
    assert sum(by_way) == pytest.approx(0.5, abs=0.06)
