"""Actors by role: hubs, bridges, single points of failure, each with the ranks that it holds when ties are missing."""

from typing import Any

import numpy as np

from kg.analyse import explained
from kg.analyse.centrality import ranks
from kg.report.content import Bar, Bars, Cell, Content, Row
from kg.report.material import Material

_TOP = 10
_SHOWN = 3
_LEAST_TIES, _LEAST_BRIDGE = 3, 0.01
"""Ties of a hub, and the share of shortest ways of a bridge, from which either is a finding."""
HUBS, BRIDGES = "degree", "betweenness"


def actors(material: Material) -> Content | None:
    """The ten first of each role."""
    if not material.network.m:
        return None
    hubs = _ranked(material, HUBS, {"sentences": "weighted-degree", "pagerank": "pagerank", "core": "core"})
    bridges = _ranked(material, BRIDGES, {"constraint": "constraint", "effective": "effective-size"})
    bridges_told = [row for row in bridges if _over(row, "score", _LEAST_BRIDGE)]
    failures = _failures(material)
    if not (hubs or bridges or failures):
        return None
    values = {
        "hub": _first([row for row in hubs if _over(row, "ties", _LEAST_TIES)]),
        "bridge": _first(bridges_told),
        "failure": _first(failures),
        "left_out": material.left_out,
        "centralities": {name: explained(name, material.lang) for name in ("degree", "betweenness", "pagerank", "constraint")},
        "runs": material.stability(BRIDGES).runs,
        "firm": f"{material.stability(BRIDGES).agreement:.2f}",
    }
    return Content(values, {"hubs": hubs, "bridges": bridges, "failures": failures}, _chart(bridges_told))


def _first(rows: list[Row]) -> dict[str, Any] | None:
    """The first of a table, for a sentence."""
    if not rows:
        return None
    cells = dict(rows[0].cells)
    return {**cells, "said": rows[0].sentences, "others": [row.cells["name"] for row in rows[1:3]]}


def _over(row: Row, key: str, least: float) -> bool:
    cell = row.cells[key]
    return isinstance(cell, int | float) and cell >= least


def _ranked(material: Material, by: str, beside: dict[str, str]) -> list[Row]:
    values, firm = material.scores(by).values, material.stability(by)
    nodes, actors_only = material.network.nodes, material.actors
    places = dict(zip(actors_only.tolist(), ranks(values[actors_only], by).tolist(), strict=True))
    order = sorted((i for i in places if values[i] > 0), key=lambda i: (places[i], material.name(nodes[i])))[:_TOP]
    rows = []
    for i in order:
        cells: dict[str, Cell] = {
            "rank": int(places[i]),
            "span": f"{firm.low[i]}–{firm.high[i]}",
            "name": material.name(nodes[i]),
            "class": material.kind(nodes[i]),
            "ties": int(material.network.degrees[i]),
            "score": float(values[i]),
        }
        cells |= {key: _number(float(material.scores(other).values[i])) for key, other in beside.items()}
        rows.append(Row(cells, material.ties_said(nodes[i])))
    return rows


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def _failures(material: Material) -> list[Row]:
    """Those that cut the most others off when they go."""
    lost, nodes = material.cut_off, material.network.nodes
    order = sorted((i for i in material.actors.tolist() if lost[i]), key=lambda i: (-lost[i], material.name(nodes[i])))[:_TOP]
    rows = []
    for i in order:
        alone = sorted(material.name(other) for other in _hanging(material, i))
        cells: dict[str, Cell] = {
            "name": material.name(nodes[i]),
            "class": material.kind(nodes[i]),
            "lost": int(lost[i]),
            "ties": int(material.network.degrees[i]),
            "hanging": "、".join(alone[:_SHOWN]) + ("…" if len(alone) > _SHOWN else ""),
        }
        rows.append(Row(cells, material.ties_said(nodes[i])))
    return rows


def _hanging(material: Material, place: int) -> list[str]:
    """Neighbours that have no other tie."""
    network = material.network
    ties = network.ends[(network.ends == place).any(axis=1)]
    return [network.nodes[other] for other in ties[ties != place] if network.degrees[other] == 1]


def _chart(bridges: list[Row]) -> dict[str, Bars]:
    bars = tuple(
        Bar(str(row.cells["name"]), row.cells["score"], f"{row.cells['score']:.3f}")
        for row in bridges
        if isinstance(row.cells["score"], float)
    )
    return {"bridges": Bars(bars)} if len(bars) > 1 else {}
