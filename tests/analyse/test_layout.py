"""Where nodes are drawn: the same each time, apart from each other, communities together."""

import itertools
import math

import networkx as nx
import numpy as np

from kg.analyse import positions


def ring_of_groups(groups: int, size: int) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    for group in range(groups):
        graph.add_edges_from((f"{group}-{a}", f"{group}-{b}") for a, b in nx.gnm_random_graph(size, 3 * size, seed=group).edges())
        graph.add_edge(f"{group}-0", f"{(group + 1) % groups}-0")
    return graph


def test_a_large_graph_lies_community_by_community():
    graph = ring_of_groups(8, 250)
    placed = positions(graph)
    assert placed == positions(graph)
    homes = {g: np.array([xy for node, xy in placed.items() if node.startswith(f"{g}-")]) for g in range(8)}
    radii = {g: float(np.quantile(np.hypot(*(home - home.mean(axis=0)).T), 0.8)) for g, home in homes.items()}
    for a, b in itertools.combinations(range(8), 2):
        assert math.dist(homes[a].mean(axis=0), homes[b].mean(axis=0)) > max(radii[a], radii[b])


def test_neighbours_lie_about_a_hundred_pixels_apart_whatever_the_size():
    for graph in (ring_of_groups(2, 40), ring_of_groups(8, 250)):
        placed = positions(graph)
        points = np.array(list(placed.values()))
        nearest = [np.sort(np.hypot(*(points - point).T))[1] for point in points[:100]]
        assert 20 < float(np.median(nearest)) < 300


def test_things_without_ties_stand_in_rows_below():
    graph = nx.Graph([("a", "b"), ("b", "c")])
    graph.add_nodes_from(["x", "y"])
    placed = positions(graph)
    assert placed["x"][1] == placed["y"][1] > max(placed[node][1] for node in "abc")
    assert positions(nx.Graph()) == {}
