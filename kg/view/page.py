"""One HTML file made with pyvis: the graph drawn where it was laid out, nothing fetched from anywhere."""

import math
import tomllib
from collections import Counter
from functools import cache
from importlib import resources as packages
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader
from pyvis.network import Network

from kg import vocab
from kg.analyse import centrality, explained, positions
from kg.view.palette import COLOURS

if TYPE_CHECKING:
    import networkx as nx

_SMALLEST, _LARGEST = 9.0, 34.0
_SENTENCES = 5
"""Sentences kept for one node or edge in the page."""
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {
        "shape": "dot",
        "borderWidth": 1,
        "font": {"size": 15, "strokeWidth": 4, "strokeColor": "#ffffff"},
    },
    "edges": {
        "color": {"color": "#b8bec6", "highlight": "#333333", "hover": "#555555"},
        "arrows": {"to": {"enabled": False, "scaleFactor": 0.45}},
        "smooth": False,
        "font": {"size": 12, "color": "#444444", "strokeWidth": 4, "strokeColor": "#ffffff"},
    },
}


@cache
def _words(lang: str) -> dict[str, str]:
    """The page's own words in `zh` or `en`."""
    return tomllib.loads((packages.files("kg.view") / "templates" / f"{lang}.toml").read_text(encoding="utf-8"))


def write_page(graph: "nx.MultiDiGraph[str]", path: Path, size_by: str = "betweenness", lang: str = "zh") -> None:
    """Write the graph as one HTML file that opens offline.

    Args:
        graph: a projection (`kg.analyse.project`).
        path: where to write.
        size_by: the measure that a dot's size shows, a name of `kg.analyse.MEASURES`.
        lang: of the page's own words and class names, `zh` or `en`; names stay as they are.

    Raises:
        UsageError: no such measure.
    """
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.templateEnv = _environment(graph, size_by, lang)
    network.path = "page.html"
    network.options = _OPTIONS
    _add_nodes(network, graph, size_by, lang)
    _add_edges(network, graph, lang)
    path.write_text(network.generate_html(path.name), encoding="utf-8")


@cache
def _library(name: str) -> str:
    """A file of the drawing library that pyvis brings along."""
    return (packages.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / name).read_text(encoding="utf-8")


def _environment(graph: "nx.MultiDiGraph[str]", size_by: str, lang: str) -> Environment:
    environment = Environment(loader=PackageLoader("kg.view", "templates"), autoescape=True)
    counts = Counter(str(data["type"]) for _, data in graph.nodes(data=True))
    words = _words(lang)
    environment.globals.update(
        script=_library("vis-network.min.js"),
        drawing=_OPTIONS,
        lang={"zh": "zh-CN", "en": "en"}[lang],
        words={
            **words,
            "size": words["size"].format(measure=explained(size_by, lang)[0]),
            "count": words["count"].format(nodes=graph.number_of_nodes(), edges=graph.number_of_edges()),
        },
        classes=[{"name": k, "label": vocab.label(k, lang), "colour": COLOURS[k], "count": counts[k]} for k in COLOURS if k in counts],
    )
    return environment


def _add_nodes(network: Any, graph: "nx.MultiDiGraph[str]", size_by: str, lang: str) -> None:
    scores, places = centrality(graph, size_by), positions(graph)
    scores = {node: 0.0 if math.isnan(score) else score for node, score in scores.items()}
    highest = max(scores.values(), default=0.0) or 1.0
    for node, data in graph.nodes(data=True):
        x, y = places[node]
        network.add_node(
            node, label=_short(data["name"]), x=x, y=y, color=COLOURS[data["type"]], shape="dot",
            size=round(_SMALLEST + (_LARGEST - _SMALLEST) * (scores[node] / highest) ** 0.5, 1),
            name=data["name"], type=data["type"], klass=vocab.label(data["type"], lang), score=round(scores[node], 4),
            sentences=data["sentences"][:_SENTENCES],
        )  # fmt: skip


def _add_edges(network: Any, graph: "nx.MultiDiGraph[str]", lang: str) -> None:
    for start, end, data in graph.edges(data=True):
        arrow = {} if vocab.symmetric(data["type"]) else {"arrows": "to"}
        network.add_edge(start, end, type=data["type"], relation=vocab.label(data["type"], lang),
                         sentences=data["sentences"][:_SENTENCES], **arrow)  # fmt: skip


def _short(name: str) -> str:
    """A label that fits beside its dot; the whole name stands in the card."""
    return name if len(name) <= 14 else f"{name[:13]}…"
