"""Clusters: what binds each, and a picture of them."""

from typing import Any

from kg.analyse import among, positions
from kg.analyse.community import Portrait, portraits
from kg.report.content import Cell, Content, Dot, Picture, Row
from kg.report.material import Material

_SHOWN = 5
_MOST = 12
_TOLD = 3
_DRAWN = 400
"""Nodes that a picture can show."""


def clusters(material: Material) -> Content | None:
    """A portrait a cluster of three or more."""
    found = portraits(material.graph, material.clusters)[:_MOST] if material.network.m else []
    if not found:
        return None
    values = {
        "clusters": [_told(material, one) for one in found[:_TOLD]],
        "count": len(found),
        "modularity": f"{material.clusters.modularity:.2f}",
        "agreement": f"{material.clusters.agreement:.2f}",
        "runs": material.clusters.runs,
    }
    return Content(values, {"clusters": [_row(material, one) for one in found]}, {"clusters": _picture(material, found)})


def _binding(material: Material, one: Portrait) -> list[str]:
    return [material.name(tie.node) for tie in one.binds[:3]]


def _said(material: Material, one: Portrait) -> tuple[str, ...]:
    """Sentences that tie the members to what binds them, or to the best joined of them."""
    members = set(one.members)
    middle = [tie.node for tie in one.binds[:3]] or [one.members[0]]
    return tuple(dict.fromkeys(sentence for node in middle for sentence in material.ties_said(node, members)))


def _told(material: Material, one: Portrait) -> dict[str, Any]:
    return {
        "number": one.number + 1,
        "size": len(one.members),
        "binds": [(material.kind(tie.node), material.name(tie.node), tie.inside) for tie in one.binds[:3]],
        "core": material.name(one.members[0]),
        "firmness": f"{one.firmness:.2f}",
        "said": _said(material, one),
    }


def _row(material: Material, one: Portrait) -> Row:
    names = [material.name(node) for node in one.members]
    cells: dict[str, Cell] = {
        "number": one.number + 1,
        "size": len(one.members),
        "binds": "、".join(_binding(material, one)),
        "members": "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else ""),
        "firmness": one.firmness,
        "everyone": "、".join(names[:200]),
    }
    return Row(cells, _said(material, one))


def _picture(material: Material, found: list[Portrait]) -> Picture:
    """The members of the clusters where the layout puts them, the best joined of each labelled."""
    share = max(1, _DRAWN // len(found))
    shown = {node: one.number for one in found for node in one.members[:share]}
    drawn = among(material.graph, shown)
    places, degrees = positions(drawn), dict(zip(material.network.nodes, material.network.degrees.tolist(), strict=True))
    most = max(degrees[node] for node in shown)
    labelled = _apart([node for one in found for node in one.members[:2]], places)
    index = {node: i for i, node in enumerate(drawn)}
    dots = tuple(Dot(*places[node], degrees[node] / most, shown[node], material.name(node) if node in labelled else "") for node in drawn)
    ties = sorted({(min(index[a], index[b]), max(index[a], index[b])) for a, b in drawn.edges()})
    return Picture(dots, tuple(ties))


def _apart(nodes: list[str], places: dict[str, tuple[float, float]]) -> set[str]:
    """Those whose labels do not run into one before them."""
    across, down = (max(p[side] for p in places.values()) - min(p[side] for p in places.values()) for side in (0, 1))
    kept: list[str] = []
    for node in nodes:
        x, y = places[node]
        if all(abs(places[o][0] - x) > 0.2 * across or abs(places[o][1] - y) > 0.06 * down for o in kept):
            kept.append(node)
    return set(kept)
