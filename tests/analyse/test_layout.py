"""Where nodes are drawn: the same each time, apart from each other, communities together."""

import itertools
import math

import networkx as nx
import numpy as np
import pytest

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


def parts(*sizes: int) -> "nx.Graph[str]":
    """Stars of these numbers of things."""
    graph: nx.Graph[str] = nx.Graph()
    for number, size in enumerate(sizes):
        graph.add_edges_from((f"{number}-0", f"{number}-{leaf}") for leaf in range(1, size))
    return graph


def filled(points: "np.ndarray") -> tuple[float, float]:
    """Width by height of the box around points, and the share of its cells, one a point, that are near some point."""
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1.0)
    across = max(1, round(math.sqrt(len(points) * size[0] / size[1])))
    down = max(1, round(len(points) / across))
    middles = np.array([(x + 0.5, y + 0.5) for x in range(across) for y in range(down)]) / (across, down) * size + low
    near = np.abs(middles[:, None] - points[None]) <= size / (across, down)
    return float(size[0] / size[1]), float(near.all(axis=2).any(axis=1).mean())


@pytest.mark.parametrize(
    "graph",
    [
        pytest.param(parts(9, 6, 5, 4, 3, 3, 2, 2, 2, 2), id="a few parts"),
        pytest.param(parts(40, 30, *[7] * 20, *[2] * 60), id="many parts"),
        pytest.param(nx.relabel_nodes(nx.barabasi_albert_graph(300, 2, seed=1), str), id="one part"),
        pytest.param(nx.relabel_nodes(nx.barabasi_albert_graph(3_000, 2, seed=1), str), id="one large part"),
    ],
)
def test_a_drawing_fills_a_box_of_a_screens_shape(graph: "nx.Graph[str]"):
    shape, share = filled(np.array(list(positions(graph).values())))
    assert 1.1 < shape < 2.3
    assert share > 0.7


def test_the_largest_part_lies_in_the_middle_and_no_part_over_another():
    graph = parts(30, *[6] * 16)
    placed = positions(graph)
    boxes = []
    for number in range(17):
        points = np.array([xy for node, xy in placed.items() if node.startswith(f"{number}-")])
        boxes.append((points.min(axis=0), points.max(axis=0)))
    everything = np.array(list(placed.values()))
    low, high = boxes[0]
    middle = (everything.min(axis=0) + everything.max(axis=0)) / 2
    assert (low < middle).all()
    assert (middle < high).all()
    hubs = [np.array(placed[f"{number}-0"]) for number in range(17)]
    assert min(math.dist(a, b) for a, b in itertools.combinations(hubs, 2)) > 110


def test_what_was_drawn_stays_where_it_was_and_what_is_new_comes_beside_its_neighbours():
    graph = parts(30, 12, 5)
    before = positions(graph)
    graph.add_edges_from([("0-0", "new"), ("new", "newer"), ("other", "others")])
    graph.remove_node("1-3")
    after = positions(graph, before)
    assert {node: after[node] for node in before if node in graph} == {node: before[node] for node in before if node in graph}
    assert math.dist(after["new"], after["0-0"]) < 200
    assert math.dist(after["newer"], after["new"]) < 200
    assert min(math.dist(after["other"], xy) for node, xy in after.items() if node not in ("other", "others")) > 50


def test_a_graph_that_is_mostly_another_is_laid_out_anew():
    before = positions(parts(10))
    grown = parts(10, 40)
    assert positions(grown, before) == positions(grown)
