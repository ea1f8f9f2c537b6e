"""Betweenness of networks that are too large to look at all pairs, in the words of who relies on the error that is stated."""

import sys
import tracemalloc

import networkx as nx
import numpy as np
import pytest

from kg.analyse import Network, sampling, scores
from kg.analyse.sampling import DrawnPaths, draw_paths, pairs_needed

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
    first, again, other = (draw_paths(network, 0.05, seed=seed) for seed in (1, 1, 2))
    assert (first.ties == again.ties).all()
    assert len(first.ties) != len(other.ties) or (first.ties != other.ties).any()


def test_batches_of_one_pair_do_as_well(sampled, monkeypatch):
    monkeypatch.setattr(sampling, "_PLACES", 1)
    graph = nx.grid_2d_graph(4, 4)
    drawn = draw_paths(Network.of(graph), 0.05).betweenness(16)
    exact = np.array(list(nx.betweenness_centrality(graph).values()))
    assert np.abs(drawn - exact).max() <= 0.05


def test_two_crowds_in_which_all_know_each_other_are_searched_in_little_memory(sampled):
    network = Network.of(nx.barbell_graph(300, 3))  # every other search looks at 90,000 ties
    assert draw_paths(network, 0.3) is not None  # what is made once is made
    tracemalloc.start()
    drawn = draw_paths(network, 0.05).betweenness(network.n)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 800_000_000
    assert drawn[301] == pytest.approx(301 * 301 / (602 * 601 / 2), abs=0.05)


def test_easy_pairs_first_let_no_batch_grow_beyond_memory(sampled, monkeypatch):
    """Half of the pairs take two steps; the first one is as likely as not one of them."""
    monkeypatch.setattr(sampling, "_TIES", 10_000)
    network, looked_at = Network.of(nx.barbell_graph(60, 0)), []
    between = sampling._Search.between

    def counting(search, ends, chance):
        before = search.steps
        found = between(search, ends, chance)
        looked_at.append(search.steps - before)
        return found

    monkeypatch.setattr(sampling._Search, "between", counting)
    for seed in range(20):
        draw_paths(network, 0.1, seed=seed)
    assert max(looked_at) < 3 * 10_000


def test_the_side_with_fewer_ties_is_searched(sampled):
    search = sampling._Search(Network.of(nx.wheel_graph(1000)), 1)
    search.between(np.array([[1, 500]]), np.random.default_rng(1))  # either has three ties, one of them to the middle
    assert search.steps == 6


def test_ends_with_one_neighbour_are_left_without_a_search(sampled):
    towns = nx.compose_all(nx.star_graph([f"town {i}", *(f"{i} {k}" for k in range(300))]) for i in range(4))
    towns.add_edges_from((f"town {i}", f"town {i + 1}") for i in range(3))
    towns.add_edge("one", "other")
    network = Network.of(towns)
    search, pairs = sampling._Search(network, 50), sampling._pairs(network.n, 50, np.random.default_rng(1))
    search.between(pairs[network.parts[pairs].max(axis=1) == 0], np.random.default_rng(1))
    assert search.steps < 50 * 6
    told, exact = scores(network, "betweenness"), nx.betweenness_centrality(towns)
    assert np.abs(told.values - list(exact.values())).max() <= told.error == 0.01


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


def test_three_things_need_the_most_pairs(sampled):
    """Two of three pairs that are drawn have the middle one as an end, so that a third of the error is to be kept."""
    assert len(draw_paths(Network.of(nx.path_graph(3)), 0.05).ends) == pytest.approx(0.5 / (0.05 / 3) ** 2 * 3.9957, abs=1)


def test_ways_too_many_for_floats_are_drawn_alike_too(sampled):
    joints, ways = 330, 10
    graph = nx.Graph((f"{joint}", f"{joint} by {way}") for joint in range(joints) for way in range(ways))
    graph.add_edges_from((f"{joint} by {way}", f"{joint + 1}") for joint in range(joints) for way in range(ways))
    network = Network.of(graph)
    value = dict(zip(network.nodes, draw_paths(network, 0.05).betweenness(network.n), strict=True))
    by_way = [value[f"165 by {way}"] for way in range(ways)]  # 10 to the 330th ways from end to end; half of the pairs pass here
    assert 0.03 < min(by_way) < max(by_way) < 0.07
    assert sum(by_way) == pytest.approx(0.5, abs=0.06)


def test_one_long_way_beside_ways_too_many_that_lead_nowhere(sampled):
    chain = [(f"on {i}", f"on {i + 1}") for i in range(1100)]
    graph = nx.Graph(chain)
    for start, fan in (("on 0", "left"), ("on 1100", "right")):
        for i in range(250):
            graph.add_edges_from((start if not i else f"{fan} {i}", f"{fan} {i} by {k}") for k in range(20))
            graph.add_edges_from((f"{fan} {i} by {k}", f"{fan} {i + 1}") for k in range(20))
    network = Network.of(graph)
    place = {node: i for i, node in enumerate(network.nodes)}
    pair, ties = sampling._Search(network, 1).between(np.array([[place["on 0"], place["on 1100"]]]), np.random.default_rng(1))
    assert sorted(ties.tolist()) == sorted(sorted((place[one], place[other])) for one, other in chain)
    assert not pair.any()


def thinned(network: Network, seed: int) -> Network:
    """A network that has lost three of ten ties."""
    return network.thinned(np.sort(np.random.default_rng(seed).permutation(network.m)[: round(0.7 * network.m)]))


def ties_of(paths: DrawnPaths) -> dict[int, list[tuple[int, int]]]:
    """The ties on the path of each pair."""
    found: dict[int, list[tuple[int, int]]] = {}
    for pair, (low, high) in zip(paths.pair.tolist(), paths.ties.tolist(), strict=True):
        found.setdefault(pair, []).append((low, high))
    return {pair: sorted(ties) for pair, ties in found.items()}


@pytest.mark.parametrize("graph", [nx.grid_2d_graph(7, 8), nx.barabasi_albert_graph(150, 2, seed=1), nx.gnm_random_graph(150, 200, seed=3)])
def test_each_path_leads_from_one_end_of_its_pair_to_the_other_and_none_is_shorter(sampled, graph: nx.Graph):
    network = Network.of(graph)
    paths = draw_paths(network, 0.05)
    known = nx.Graph(network.ends.tolist())
    found = ties_of(paths)
    for pair, (first, other) in enumerate(paths.ends.tolist()):
        joined = known.has_node(first) and known.has_node(other) and nx.has_path(known, first, other)
        assert (pair in found) == joined
        if joined:
            assert nx.shortest_path(nx.Graph(found[pair]), first, other)
            assert len(found[pair]) == nx.shortest_path_length(known, first, other)


def test_paths_that_lose_no_tie_are_kept_where_ties_are_left_out(sampled):
    network = Network.of(nx.barabasi_albert_graph(150, 2, seed=1))
    less = thinned(network, 1)
    before, after, left = ties_of(network.drawn_paths), ties_of(less.drawn_paths), set(map(tuple, less.ends.tolist()))
    whole = {pair for pair, ties in before.items() if left.issuperset(ties)}
    assert all(after[pair] == before[pair] for pair in whole)
    assert 0 < len(whole) < len(before)
    assert all(left.issuperset(ties) for ties in after.values())


def test_values_of_a_network_that_has_lost_ties_are_no_further_off(sampled):
    network = Network.of(nx.gnm_random_graph(120, 240, seed=5))
    for seed in range(8):
        less = thinned(network, seed)
        exact = nx.betweenness_centrality(nx.Graph([*less.ends.tolist(), *((i, i) for i in range(120))]))
        told = scores(less, "betweenness")
        assert np.abs(told.values - [exact[i] for i in range(120)]).max() <= told.error == 0.01


def test_what_is_left_of_nine_ways_and_one_is_drawn_alike(sampled):
    graph = nine_ways_and_one()
    network = Network.of(graph)
    place = {node: i for i, node in enumerate(network.nodes)}
    cut = [sorted((place["s"], place[f"m{i}"])) for i in range(6)]
    less = network.thinned(np.flatnonzero([ends not in cut for ends in network.ends.tolist()]))
    told = dict(zip(network.nodes, scores(less, "betweenness").values, strict=True))
    assert told["a"] == pytest.approx(nx.betweenness_centrality(nx.Graph(less.ends.tolist()))[place["a"]], abs=0.01)


def test_more_pairs_are_drawn_where_ways_get_longer(sampled):
    ring = nx.cycle_graph(10)
    network = Network.of(nx.compose(ring, nx.star_graph(9)))  # no way longer than two steps
    spokes = (network.ends == 0).any(axis=1) & ~np.isin(network.ends, (1, 9)).any(axis=1)
    less = network.thinned(np.flatnonzero(~spokes))
    assert len(less.drawn_paths.ends) > len(network.drawn_paths.ends)
    assert (less.drawn_paths.ends[: len(network.drawn_paths.ends)] == network.drawn_paths.ends).all()
    assert (less.drawn_paths.ends[len(network.drawn_paths.ends) :][:9] != network.drawn_paths.ends[:9]).any()
    exact = nx.betweenness_centrality(ring)
    assert np.abs(scores(less, "betweenness").values - list(exact.values())).max() <= 0.01


def test_a_network_that_has_lost_ties_is_estimated_where_the_whole_one_is(sampled, monkeypatch):
    network = Network.of(nx.barabasi_albert_graph(60, 2, seed=1))
    monkeypatch.setattr(module, "EXACT_WORK", 0.9 * network.n * network.m)
    assert scores(network, "betweenness").error == scores(thinned(network, 1), "betweenness").error == 0.01
    monkeypatch.setattr(module, "EXACT_WORK", network.n * network.m)
    assert scores(network, "betweenness").error is scores(thinned(thinned(network, 1), 2), "betweenness").error is None


def test_nothing_is_left_where_all_ties_go(sampled):
    network = Network.of(nx.path_graph(20)).thinned(np.zeros(0, dtype=np.int64))
    assert not scores(network, "betweenness").values.any()
