"""What the analysis finds, as tables: names in place of nodes, each line with the sentences behind it."""

import math
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.analyse import Communities, Network, Portrait, Whole, bridges, cut_off
from kg.analyse.absence import Absence, Effect
from kg.analyse.backtest import BASELINES, Backtest
from kg.analyse.prediction import INDICES
from kg.analyse.projection import ties_between
from kg.analyse.recommendation import Candidate, Step

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


_SHOWN = 20


def figures_of_whole(figures: Whole) -> "pd.DataFrame":
    """Columns `figure`, `value`; a figure that is not defined is left out."""
    rows = [(field.name.replace("_", "-"), getattr(figures, field.name)) for field in fields(figures)]
    return _table(["figure", "value"], [row for row in rows if row[1] is not None])


def cuts(graph: "nx.MultiDiGraph[str]", network: Network) -> "pd.DataFrame":
    """Columns `kind` (thing, tie), `name`, `with` (the tie's other end), `cut-off` (nodes that lose the rest), `sentences`.

    Things that cut off the most come first, then ties without which a part falls in two.
    """
    lost = {node: int(count) for node, count in zip(network.nodes, cut_off(network), strict=True) if count}
    things = [
        ("thing", graph.nodes[node]["name"], "", count, "\n".join(graph.nodes[node]["sentences"]))
        for node, count in sorted(lost.items(), key=lambda item: (-item[1], graph.nodes[item[0]]["name"]))
    ]
    ties = [
        ("tie", graph.nodes[a]["name"], graph.nodes[b]["name"], None, "\n".join(said))
        for a, b in bridges(network)
        for said in (dict.fromkeys(s for data in ties_between(graph, a, b) for s in data["sentences"]),)
    ]
    return _table(["kind", "name", "with", "cut-off", "sentences"], [*things, *ties])


def before_and_after(absence: Absence) -> "pd.DataFrame":
    """Columns `figure`, `before`, `after` of the things that stay."""
    rows = [
        ("parts", *absence.parts),
        ("largest part", *absence.largest),
        ("global efficiency", *(round(value, 6) for value in absence.efficiency)),
        ("ties lost", None, absence.ties),
        ("pairs that lose each other", None, absence.lost_pairs),
    ]
    return _table(["figure", "before", "after"], rows)


def effects(graph: "nx.MultiDiGraph[str]", absence: Absence) -> "pd.DataFrame":
    """Columns `effect` (orphaned, without-takers, isolated, cut-off), `name`, `class`, `sentences`."""
    kinds: dict[str, tuple[Effect, ...]] = {
        "orphaned": absence.orphaned,
        "without-takers": absence.without_takers,
        "isolated": absence.isolated,
        "cut-off": absence.cut_off,
    }
    rows = [
        (kind, graph.nodes[one.node]["name"], graph.nodes[one.node]["type"], "\n".join(one.sentences))
        for kind, found in kinds.items()
        for one in found
    ]
    return _table(["effect", "name", "class", "sentences"], rows)


def way(graph: "nx.MultiDiGraph[str]", steps: Iterable[Step], lang: str) -> str:
    """A path as a line: `甲 —研发→ 芯片 ←聚焦— 乙园`."""
    told = ""
    for step in steps:
        start = told or graph.nodes[step.start]["name"]
        relation, end = vocab.label_or_name(step.relation, lang), graph.nodes[step.end]["name"]
        told = f"{start} —{relation}→ {end}" if step.forward else f"{start} ←{relation}— {end}"
    return told


def candidates(graph: "nx.MultiDiGraph[str]", found: Iterable[Candidate], lang: str) -> "pd.DataFrame":
    """Columns `rank`, `name`, `class`, `score`, `paths` and `sentences` (a line each), then a column an index."""
    rows = []
    for place, one in enumerate(found, start=1):
        data = graph.nodes[one.node]
        sentences = dict.fromkeys(s for path in one.paths for step in path for s in step.sentences)
        paths = "\n".join(way(graph, path, lang) for path in one.paths)
        rows.append((place, data["name"], data["type"], round(one.score, 4), paths, "\n".join(sentences), *one.indices))
    return _table(["rank", "name", "class", "score", "paths", "sentences", *INDICES], rows)


def trials(backtest: Backtest) -> "pd.DataFrame":
    """Columns `method`, `auc`, `auc-low`, `auc-high`, `precision@10`, `p-low`, `p-high`, `baseline`; best AUC first."""
    rows = [
        (
            one.method, *(round(value, 3) for value in (one.auc, *one.auc_span, one.precision, *one.precision_span)),
            one.method in BASELINES,
        )
        for one in sorted(backtest.trials, key=lambda trial: -trial.auc)
    ]  # fmt: skip
    return _table(["method", "auc", "auc-low", "auc-high", "precision@10", "p-low", "p-high", "baseline"], rows)


def clusters(graph: "nx.MultiDiGraph[str]", found: Iterable[Portrait]) -> "pd.DataFrame":
    """Columns `cluster` (1 the largest), `size`, `firmness`, `bound-by`, `members` (the first twenty)."""
    rows = []
    for one in found:
        binds = "、".join(f"{graph.nodes[tie.node]['name']} ({tie.inside}/{tie.inside + tie.outside})" for tie in one.binds)
        members = "、".join(graph.nodes[node]["name"] for node in one.members[:_SHOWN]) + ("…" if len(one.members) > _SHOWN else "")
        rows.append((one.number + 1, len(one.members), round(one.firmness, 3), binds, members))
    return _table(["cluster", "size", "firmness", "bound-by", "members"], rows)


def quality(found: Communities) -> str:
    """How good and how firm a partition is, in a line."""
    return f"modularity {found.modularity:.3f}; agreement of {found.runs} runs with other seeds (adjusted Rand) {found.agreement:.3f}"


def _table(columns: list[str], rows: list[Any]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415  # half a second that other commands need not pay

    cells = [[None if isinstance(cell, float) and math.isnan(cell) else cell for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=columns)
