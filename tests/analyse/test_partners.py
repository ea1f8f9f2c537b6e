"""Candidates with their reasons, and whether the past would have borne them out."""

import datetime as dt

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import Network
from kg.analyse.backtest import area, best
from kg.analyse.prediction import INDICES, Kinds, indices, mean_rank
from kg.analyse.recommendation import Partners
from kg.errors import UsageError


def ecosystem(edges: list[tuple], kinds: dict[str, str] | None = None) -> nx.MultiDiGraph:
    """Enterprises, unless told otherwise; edges (start, relation, end, year)."""
    graph = nx.MultiDiGraph()
    for start, relation, end, *year in edges:
        for node in (start, end):
            graph.add_node(node, name=str(node), type=(kinds or {}).get(node, "Enterprise"), sentences=[])
        since = dt.date(year[0], 1, 1) if year else None
        graph.add_edge(start, end, key=relation, type=relation, sentences=[f"{start}-{relation}-{end}"], since=since, weight=1)
    return graph


def test_indices_have_the_values_of_networkx():
    graph = nx.karate_club_graph()
    network = Network.of(graph)
    values = indices(network, 0)
    pairs = [(0, v) for v in graph if v != 0 and not graph.has_edge(0, v)]
    columns = list(INDICES)
    for name, peer in {
        "jaccard": nx.jaccard_coefficient, "adamic-adar": nx.adamic_adar_index, "resource-allocation": nx.resource_allocation_index,
        "preferential-attachment": nx.preferential_attachment,
    }.items():  # fmt: skip
        for _, v, value in peer(graph, pairs):
            assert values[v, columns.index(name)] == pytest.approx(value, abs=1e-9)
    common = columns.index("common-neighbours")
    assert all(values[v, common] == len(list(nx.common_neighbors(graph, 0, v))) for _, v in pairs)


def test_paths_of_three_weigh_each_path_by_the_degrees_within():
    square = nx.Graph([("u", "x"), ("x", "y"), ("y", "v"), ("x", "z")])  # one path u-x-y-v, degrees of x 3, of y 2
    network = Network.of(square)
    place = {node: i for i, node in enumerate(network.nodes)}
    value = indices(network, place["u"])[place["v"], list(INDICES).index("paths-of-three")]
    assert value == pytest.approx(1 / (3 * 2) ** 0.5)


def test_a_candidate_shares_what_the_thing_is_tied_to_and_the_path_says_so():
    kinds = {"chips": "Technology", "park": "Park", "district": "Place"}
    graph = ecosystem(
        [("甲", "develops", "chips"), ("乙", "develops", "chips"), ("甲", "locatedIn", "park"), ("乙", "locatedIn", "park"),
         ("丙", "locatedIn", "park"), ("甲", "locatedIn", "district"), ("丁", "locatedIn", "district")], kinds,
    )  # fmt: skip
    found = Partners(graph).candidates("甲")
    assert [one.node for one in found] == ["乙", "丙"]  # 丁 shares the district, which all do
    ways = [[(step.start, step.relation, step.end, step.forward) for step in path] for path in found[0].paths]
    assert ways[0] == [("甲", "develops", "chips", True), ("chips", "develops", "乙", False)]
    assert found[0].paths[0][1].sentences == ("乙-develops-chips",)


def test_a_cooperation_does_not_speak_for_itself():
    graph = ecosystem(
        [("甲", "participant", "c"), ("乙", "participant", "c"), ("乙", "develops", "t")], {"c": "Cooperation", "t": "Technology"}
    )
    assert Partners(graph).candidates("甲") == []
    with pytest.raises(UsageError, match="cooperation or a place"):
        Partners(graph).candidates("c")


def test_classes_of_candidates_can_be_chosen():
    kinds = {"chips": "Technology", "park": "Park"}
    graph = ecosystem([("甲", "develops", "chips"), ("park", "focusesOn", "chips")], kinds)
    assert [one.node for one in Partners(graph, second=frozenset({"Park"})).candidates("甲")] == ["park"]
    with pytest.raises(UsageError, match="--top must be at least 1"):
        Partners(graph).candidates("甲", 0)


def groups(years: bool = True) -> nx.MultiDiGraph:
    """Six groups of ten enterprises that work with each other and hardly with others; a tie more each year."""
    chance, edges = np.random.default_rng(5), []
    for group in range(6):
        for i in range(10):
            for j in range(i + 1, 10):
                if chance.random() < 0.6:
                    edges.append((f"{group}-{i}", "cooperatesWith", f"{group}-{j}", *([2000 + int(chance.integers(20))] if years else [])))
    edges += [(f"{g}-0", "cooperatesWith", f"{(g + 1) % 6}-1", *([2005] if years else [])) for g in range(6)]
    return ecosystem(edges)


def test_the_latest_ties_of_close_groups_are_foreseen_better_than_by_chance():
    result = Partners(groups()).backtest()
    by_name = {trial.method: trial for trial in result.trials}
    assert set(by_name) == {"chance", *INDICES, "mean-rank", "learned"}
    assert result.by_date
    assert by_name["learned"].auc_span[0] > 0.8
    assert by_name["learned"].auc_span[0] <= by_name["learned"].auc <= by_name["learned"].auc_span[1]
    assert by_name["chance"].auc_span[0] < 0.5 < by_name["chance"].auc_span[1]
    assert by_name["learned"].precision_span[0] > by_name["chance"].precision_span[1]


def test_what_is_hidden_is_the_latest_fifth():
    graph = groups()
    partners = Partners(graph)
    dates = [graph.get_edge_data(*(partners.network.nodes[i] for i in partners.network.ends[k]), default=None) for k in partners.order]
    years = [next(iter(d.values()))["since"].year for d in dates if d]
    assert years == sorted(years)
    assert partners.backtest().hidden == round(len(partners.order) / 5)


def test_a_tie_that_a_list_states_without_a_date_too_keeps_the_date_of_the_report():
    graph = groups()
    graph.add_edge("0-2", "5-9", key="invests", type="invests", sentences=[], since=dt.date(2030, 1, 1), weight=1)
    graph.add_edge("5-9", "0-2", key="supports", type="supports", sentences=[], since=None, weight=1)
    partners = Partners(graph)
    assert {partners.network.nodes[i] for i in partners.network.ends[partners.order[-1]]} == {"0-2", "5-9"}


def test_without_dates_ties_are_hidden_at_random_and_it_is_said():
    assert Partners(groups(years=False)).backtest().by_date is False


def test_a_back_test_is_the_same_each_time():
    assert Partners(groups()).backtest() == Partners(groups()).backtest()


def test_a_few_dozen_ties_are_tested_but_nothing_is_learned_from_them():
    ring = ecosystem([(f"e{i}", "cooperatesWith", f"e{(i + step) % 20}", 2000 + i) for i in range(20) for step in (1, 2)])
    partners = Partners(ring)
    assert partners.learn() is None
    assert {"chance", "mean-rank"} <= {trial.method for trial in partners.backtest().trials}
    assert "learned" not in {trial.method for trial in partners.backtest().trials}


def test_with_few_ties_nothing_is_learned_nor_tested():
    graph = ecosystem([("甲", "cooperatesWith", "乙"), ("乙", "cooperatesWith", "丙")])
    partners = Partners(graph)
    assert partners.backtest() is None
    assert partners.learn() is None
    assert [one.node for one in partners.candidates("甲")] == ["丙"]


def test_the_area_counts_equal_scores_half_and_has_delong_s_interval():
    assert area(np.array([3.0, 2.0]), np.array([1.0, 2.0])) == (0.875, pytest.approx((0.875 - 1.96 * 0.03125**0.5, 1.0)))
    assert area(np.array([1.0]), np.array([])) == (0.5, (0.0, 1.0))


def test_the_mean_rank_is_the_mean_share_of_pairs_that_are_not_above():
    assert mean_rank(np.array([[1.0, 5.0], [2.0, 5.0]])).tolist() == [0.75, 1.0]


def test_pairs_that_are_not_joined_are_of_the_classes_in_question():
    network = Network.of(nx.path_graph(6))
    kinds = Kinds(["a", "b", "a", "b", "a", "b"], frozenset("a"), frozenset("b"))
    pairs = {tuple(pair) for pair in kinds.absent(network, 50).tolist()}
    assert pairs == {(0, 3), (0, 5), (1, 4), (2, 5)}


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), max_size=12, unique_by=lambda pair: pair[1]), st.integers(1, 4))
def test_the_best_are_the_highest_scores_and_of_equal_ones_those_with_the_least_jitter(pairs: list[tuple[int, float]], top: int):
    found = best(np.array([float(score) for score, _ in pairs]), np.array([jitter for _, jitter in pairs]), top)
    wanted = sorted(range(len(pairs)), key=lambda i: (-pairs[i][0], pairs[i][1]))[:top]
    assert sorted(found.tolist()) == sorted(wanted)


def test_of_four_scores_the_two_best():
    assert sorted(best(np.array([1.0, 3.0, 2.0, 3.0]), np.array([0.1, 0.2, 0.3, 0.4]), 2).tolist()) == [1, 3]
