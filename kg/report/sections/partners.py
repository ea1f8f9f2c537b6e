"""Partners worth introducing: organisations that are not joined yet, with the paths that speak for them."""

import numpy as np

from kg import vocab
from kg.analyse.recommendation import Candidate, Partners
from kg.report.content import Cell, Content, Row
from kg.report.material import Material
from kg.show.findings import way

_SEEKERS = 30
_TOP = 10
_CHANCE = 0.5
"""The area under the curve of a guess."""


def partners(material: Material) -> Content | None:
    """The ten best pairs among the organisations that are best joined."""
    ready = Partners(material.graph)
    network = ready.network
    seekers = [i for i, kind in enumerate(ready.kinds.types) if kind in vocab.playing("partner")]
    seekers = sorted(seekers, key=lambda i: (-network.degrees[i], str(network.nodes[i])))[:_SEEKERS]
    model = ready.learn()
    best: dict[tuple[str, str], Candidate] = {}
    for i in seekers:
        for one in ready.candidates(network.nodes[i], 3, model):
            if (one.node, network.nodes[i]) not in best:
                best[network.nodes[i], one.node] = one
    pairs = sorted(best.items(), key=lambda item: (-item[1].score, item[0]))[:_TOP]
    if not pairs:
        return None
    test = ready.backtest()
    by_name = {trial.method: trial for trial in test.trials} if test else {}
    trial = by_name.get("learned" if model else "mean-rank")
    values = {
        "pairs": len(pairs),
        "test": trial,
        "weak": trial is not None and trial.auc_span[1] < _CHANCE,
        "by_date": test.by_date if test else False,
        "hidden": test.hidden if test else 0,
        "chance": by_name.get("chance"),
        "learned": model is not None,
    }
    return Content(values, {"partners": [_row(material, start, one) for (start, _), one in pairs]})


def _row(material: Material, start: str, one: Candidate) -> Row:
    sentences = dict.fromkeys(s for path in one.paths for step in path for s in step.sentences)
    cells: dict[str, Cell] = {
        "a": material.name(start),
        "b": material.name(one.node),
        "score": float(np.round(one.score, 4)),
        "because": "；".join(way(material.graph, path, material.lang) for path in one.paths[:2]),
    }
    return Row(cells, tuple(sentences))
