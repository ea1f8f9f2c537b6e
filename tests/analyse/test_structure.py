"""Cut points, bridges, communities, figures of the whole, and what happens when a thing leaves."""

import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyse import Network, bridges, communities, cut_off, portraits, project, structure, whole
from kg.analyse.absence import without
from kg.analyse.community import agreement
from kg.analyse.network import modularity
from kg.analyse.structure import efficiency

graphs = st.builds(lambda n, p, seed: nx.gnp_random_graph(n, p, seed=seed), st.integers(1, 25), st.floats(0.0, 0.4), st.integers(0, 10_000))


def lost(graph: nx.Graph, node: int) -> int:
    """By hand: how many of a node's part do not lie in the largest piece that is left without it."""
    part = nx.node_connected_component(graph, node) - {node}
    return len(part) - max(map(len, nx.connected_components(graph.subgraph(part))), default=0)


@settings(max_examples=60, deadline=None)
@given(graphs)
def test_what_a_node_cuts_off_is_what_is_left_outside_the_largest_piece(graph: nx.Graph):
    assert cut_off(Network.of(graph)).tolist() == [lost(graph, node) for node in graph]


@settings(max_examples=40, deadline=None)
@given(graphs)
def test_figures_of_the_whole_are_networkx_s(graph: nx.Graph):
    network = Network.of(graph)
    found, main = whole(network), graph.subgraph(max(nx.connected_components(graph), key=len))
    assert (found.nodes, found.ties, found.largest) == (len(graph), graph.number_of_edges(), len(main))
    assert found.parts == nx.number_connected_components(graph)
    assert found.clustering == pytest.approx(nx.transitivity(graph), abs=1e-9)
    assert found.density == pytest.approx(nx.density(graph), abs=1e-9)
    assert found.distance == pytest.approx(nx.average_shortest_path_length(main) if len(main) > 1 else 0.0, abs=1e-9)
    assert found.cut_points == len(list(nx.articulation_points(graph)))
    assert found.bridges == len(bridges(network)) == len(list(nx.bridges(graph)))
    assert found.degeneracy == max(nx.core_number(graph).values())
    assert efficiency(network) == pytest.approx(nx.global_efficiency(graph), abs=1e-9)


def test_mixing_by_degree_is_networkx_s():
    graph = nx.karate_club_graph()
    assert whole(Network.of(graph)).assortativity == pytest.approx(nx.degree_assortativity_coefficient(graph), abs=1e-9)


def test_a_ring_with_shortcuts_is_a_small_world_and_a_random_network_is_not():
    ring = nx.connected_watts_strogatz_graph(300, 8, 0.05, seed=1)
    chance = nx.gnm_random_graph(300, 1200, seed=1)
    assert whole(Network.of(ring)).sigma > 5
    assert whole(Network.of(chance)).sigma == pytest.approx(1.0, abs=0.3)


def test_a_distance_that_is_estimated_says_how_far_it_may_be_off(monkeypatch):
    graph = nx.barabasi_albert_graph(500, 3, seed=2)
    exact = nx.average_shortest_path_length(graph)
    monkeypatch.setattr(structure, "EXACT_WORK", 0)
    value, error = structure.mean_distance(Network.of(graph))
    assert 0 < error < 0.2
    assert abs(value - exact) <= error


def caves() -> nx.Graph:
    return nx.relabel_nodes(nx.connected_caveman_graph(5, 8), str)


def test_caves_are_found_by_any_seed():
    found = communities(Network.of(caves()))
    assert len(set(found.member_of.tolist())) == 5
    assert found.agreement == pytest.approx(1.0)
    assert found.firmness.min() == 1.0
    assert found.modularity == pytest.approx(nx.community.modularity(caves(), [set(map(str, range(i, i + 8))) for i in range(0, 40, 8)]))


def test_a_random_network_has_no_firm_communities():
    found = communities(Network.of(nx.gnm_random_graph(200, 500, seed=3)))
    assert found.agreement < 0.6
    assert found.firmness.mean() < 0.9


@settings(max_examples=40, deadline=None)
@given(graphs, st.integers(1, 4))
def test_modularity_is_networkx_s(graph: nx.Graph, sides: int):
    member_of = np.arange(len(graph)) % sides
    groups = [set(np.flatnonzero(member_of == one)) for one in set(member_of.tolist())]
    expected = nx.community.modularity(graph, groups) if graph.number_of_edges() else 0.0
    assert modularity(Network.of(graph), member_of) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("other", "index"),
    [
        ([1, 1, 1, 0, 0, 0], 1.0),  # the same parts by other numbers
        # by hand: 2 of 15 pairs are together in both, 6 in the first, 3 in the second; by chance 6 * 3 / 15, at most (6 + 3) / 2
        ([0, 0, 1, 1, 2, 2], (2 - 1.2) / (4.5 - 1.2)),
        ([0, 0, 0, 0, 0, 0], 0.0),  # nothing told apart agrees no better than chance
    ],
)
def test_agreement_of_two_partitions_is_the_adjusted_rand_index(other: list[int], index: float):
    assert agreement(np.array([0, 0, 0, 1, 1, 1]), np.array(other)) == pytest.approx(index)


def test_another_process_finds_the_same_communities_places_and_figures():
    asked = """
import networkx as nx
from kg.analyse import Network, communities, positions, scores, whole
graph = nx.barabasi_albert_graph(1700, 2, seed=1)
network = Network.of(graph)
print(communities(network).member_of.tolist(), positions(graph), whole(network), scores(network, "betweenness").values.tolist())
"""
    first, second = (subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True).stdout for _ in range(2))
    assert first == second
    assert first


@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(3)])
def test_a_network_without_ties_has_figures_and_communities(graph: nx.Graph):
    assert whole(Network.of(graph)).ties == 0
    assert communities(Network.of(graph)).member_of.tolist() == list(range(len(graph)))
    assert cut_off(Network.of(graph)).tolist() == [0] * len(graph)


def firms(*edges: tuple[str, str, str]) -> nx.MultiDiGraph:
    """Edges between nodes whose class is told by their first letter."""
    kinds = {"e": "Enterprise", "j": "Project", "p": "Policy", "t": "Technology", "k": "Park", "c": "Cooperation"}
    graph = nx.MultiDiGraph()
    for start, relation, end in edges:
        for node in (start, end):
            graph.add_node(node, name=node.upper(), type=kinds[node[0]], sentences=[f"about {node}"])
        graph.add_edge(start, end, key=relation, type=relation, sentences=[f"{start} {relation} {end}"], weight=1, since=None)
    return graph


def test_a_portrait_names_what_binds_a_cluster():
    edges = [(f"e{i}", "develops", "t1") for i in range(10)] + [(f"e{i}", "develops", "t2") for i in range(10, 20)]
    edges += [(f"e{i}", "locatedIn", "k1") for i in range(8)]
    graph = firms(*edges)
    first, second = portraits(graph, communities(Network.of(graph)))
    assert [(tie.node, tie.inside, tie.outside) for tie in first.binds] == [("t1", 10, 0), ("k1", 8, 0)]
    assert [(tie.node, tie.inside, tie.outside) for tie in second.binds] == [("t2", 10, 0)]
    assert first.members[:2] == ("t1", "k1")
    assert first.firmness == 1.0
    # 10 of t1's 10 neighbours are among the 12 members, of 22 others: C(10, 10) C(12, 2) / C(22, 12), for two things
    assert first.binds[0].chance == pytest.approx(2 * 66 / 646646)


def test_without_its_anchor_a_project_is_orphaned_and_a_policy_has_no_taker():
    graph = firms(
        ("j1", "operatedBy", "e1"), ("j2", "operatedBy", "e1"), ("j2", "operatedBy", "e2"),
        ("p1", "appliesTo", "e1"), ("p2", "appliesTo", "e1"), ("p2", "appliesTo", "k1"),
        ("e1", "locatedIn", "k1"), ("e2", "locatedIn", "k1"), ("t1", "field", "e1"),
    )  # fmt: skip
    absence = without(graph, ["e1"])
    assert [(one.node, one.sentences) for one in absence.orphaned] == [("j1", ("j1 operatedBy e1",))]
    assert [one.node for one in absence.without_takers] == ["p1"]
    assert [one.node for one in absence.isolated] == ["j1", "p1", "t1"]
    assert absence.parts == (1, 4)
    assert absence.largest == (7, 4)
    assert absence.lost_pairs == 21 - 6
    assert absence.ties == 6


def test_a_bridge_that_goes_cuts_the_lesser_part_off():
    graph = firms(*[("k1", "partOf", f"e{i}") for i in range(4)], ("e0", "cooperatesWith", "e8"), ("e8", "cooperatesWith", "e9"))
    absence = without(graph, ["e0"])
    assert [one.node for one in absence.cut_off] == ["e8", "e9"]
    assert absence.cut_off[0].sentences == ("e0 cooperatesWith e8",)
    assert absence.cut_off[1].sentences == ("about e9",)


def test_a_cooperation_with_one_party_left_is_none():
    graph = firms(("c1", "participant", "e1"), ("c1", "participant", "e2"), ("c1", "field", "t1"))
    assert without(graph, ["e1"]).removed == ("c1", "e1")
    assert [one.node for one in without(graph, ["e1"]).isolated] == ["e2", "t1"]


def test_efficiency_before_is_of_the_things_that_stay():
    graph = firms(("e1", "cooperatesWith", "e2"), ("e2", "cooperatesWith", "e3"))
    assert without(graph, ["e2"]).efficiency == pytest.approx((0.5, 0.0))


def test_without_the_anchor_of_the_example_its_research_centre_has_nobody(graph):
    with graph.reading() as store:
        network = project(store)
    absence = without(network, ["id:华为"])
    assert [one.node for one in absence.orphaned] == ["id:华为青浦研发中心"]
    assert any("华为" in sentence for sentence in absence.orphaned[0].sentences)
