"""What if: the network when some of its things leave."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from kg.analyse.network import Network
from kg.analyse.structure import efficiency

CARRIERS = ("operatedBy", "undertakes", "participatesIn", "invests", "participant")
"""Edges by which an organisation carries a project."""
TAKERS = ("appliesTo", "supports")
"""Edges by which a policy reaches a thing."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A thing that is hit, and the sentences that tied it to what left."""

    node: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """What changes when things leave. Counts are of the things that stay.

    Attributes:
        removed: what left, cooperations without a second party included.
        ties: how many ties left with it.
        parts: components before (of the things that stay, joined through what left too) and after.
        largest: size of the largest component before and after, the things that left not counted.
        lost_pairs: pairs of things that could reach each other and no longer can.
        efficiency: global efficiency (Latora and Marchiori 2001) before, among the things that stay, and after.
        isolated: things that lose all their ties.
        cut_off: things that lose their way to the largest part, isolated ones left out.
        orphaned: projects and parks that lose all organisations that carry them.
        without_takers: policies that lose all that they apply to.
    """

    removed: tuple[str, ...]
    ties: int
    parts: tuple[int, int]
    largest: tuple[int, int]
    lost_pairs: int
    efficiency: tuple[float, float]
    isolated: tuple[Effect, ...]
    cut_off: tuple[Effect, ...]
    orphaned: tuple[Effect, ...]
    without_takers: tuple[Effect, ...]


def without(graph: "nx.MultiDiGraph[str]", leaving: Collection[str]) -> Absence:
    """What changes in a projection when nodes leave.

    Args:
        graph: a projection.
        leaving: nodes of it.
    """
    gone = set(leaving) | _ended_cooperations(graph, set(leaving))
    before, after = Network.of(graph), Network.of(graph).without(gone)
    old_parts = dict(zip(before.nodes, before.parts.tolist(), strict=True))
    new_parts = dict(zip(after.nodes, after.parts.tolist(), strict=True))
    old_sizes = np.bincount([old_parts[node] for node in after.nodes] or [0]) if after.n else np.zeros(1, dtype=np.int64)
    new_sizes = np.bincount(after.parts) if after.n else np.zeros(1, dtype=np.int64)
    degrees = dict(zip(before.nodes, before.degrees.tolist(), strict=True))
    alone = {node for node, ties in zip(after.nodes, after.degrees.tolist(), strict=True) if not ties and degrees[node]}
    main_before, main_after = int(old_sizes.argmax()), int(new_sizes.argmax())
    apart = {node for node in after.nodes if old_parts[node] == main_before and new_parts[node] != main_after} - alone
    return Absence(
        removed=tuple(sorted(gone, key=lambda node: graph.nodes[node]["name"])),
        ties=before.m - after.m,
        parts=(len({old_parts[node] for node in after.nodes}), len(set(new_parts.values()))),
        largest=(int(old_sizes.max()), int(new_sizes.max())),
        lost_pairs=_pairs(old_sizes) - _pairs(new_sizes),
        efficiency=(_efficiency_among(before, gone), efficiency(after)),
        isolated=_effects(graph, alone, gone),
        cut_off=_effects(graph, apart, gone),
        orphaned=_losing(graph, gone, ("Project", "Park"), CARRIERS),
        without_takers=_losing(graph, gone, ("Policy",), TAKERS),
    )


def _ended_cooperations(graph: "nx.MultiDiGraph[str]", leaving: set[str]) -> set[str]:
    """Cooperations that are left with fewer than two parties."""
    ended = set()
    for node, data in graph.nodes(data=True):
        if data["type"] == "Cooperation":
            parties = {end for _, end, relation in graph.out_edges(node, keys=True) if relation == "participant"}
            if parties & leaving and len(parties - leaving) < 2:
                ended.add(node)
    return ended


def _pairs(sizes: Any) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _efficiency_among(network: Network, gone: set[str]) -> float:
    """Global efficiency of the things that stay while the others are still there to lead through."""
    staying = [i for i, node in enumerate(network.nodes) if node not in gone]
    pairs = len(staying) * (len(staying) - 1)
    if not pairs:
        return 0.0
    leaving = [i for i, node in enumerate(network.nodes) if node in gone]
    everything = efficiency(network) * network.n * (network.n - 1)
    away = np.array([network.distances(place) for place in leaving]).reshape(len(leaving), network.n)
    with np.errstate(divide="ignore"):
        inverse = np.where(away > 0, 1 / away, 0.0)
    return float((everything - 2 * inverse.sum() + inverse[:, leaving].sum()) / pairs)


def _effects(graph: "nx.MultiDiGraph[str]", nodes: set[str], gone: set[str]) -> tuple[Effect, ...]:
    """The things with the sentences that tied them to what left; those that hung on it through others with their own."""
    found = []
    for node in sorted(nodes, key=lambda one: graph.nodes[one]["name"]):
        direct = [s for a, b, data in _edges_of(graph, node) if a in gone or b in gone for s in data["sentences"]]
        found.append(Effect(node, tuple(dict.fromkeys(direct or graph.nodes[node]["sentences"]))))
    return tuple(found)


def _losing(graph: "nx.MultiDiGraph[str]", gone: set[str], kinds: tuple[str, ...], relations: tuple[str, ...]) -> tuple[Effect, ...]:
    """Things of some classes that had edges of some kinds and lose all of them."""
    found = []
    for node in sorted(graph, key=lambda one: str(graph.nodes[one]["name"])):
        data = graph.nodes[node]
        if node in gone or data["type"] not in kinds:
            continue
        held = [(b if a == node else a, edge) for a, b, edge in _edges_of(graph, node) if edge["type"] in relations and _own(edge, a, node)]
        if held and all(other in gone for other, _ in held):
            found.append(Effect(node, tuple(dict.fromkeys(s for _, edge in held for s in edge["sentences"]))))
    return tuple(found)


def _own(edge: dict[str, Any], start: str, node: str) -> bool:
    """A policy reaches what its edge leads to; a project is carried whichever way the edge runs."""
    return edge["type"] not in TAKERS or start == node


def _edges_of(graph: "nx.MultiDiGraph[str]", node: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [*graph.out_edges(node, data=True), *graph.in_edges(node, data=True)]
