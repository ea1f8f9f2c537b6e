"""One HTML file made with pyvis: the graph drawn where it was laid out, nothing fetched from anywhere."""

from functools import cache
from importlib import resources as packages
from pathlib import Path
from typing import Any

from jinja2 import Environment

from kg import files
from kg.view.frame import as_data, built, filled_in, inert
from kg.view.scene import Scene, as_json, symmetric

LARGE = 1_500
"""Things above which the explorer is the better page."""
_LABEL = 14
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "hideEdgesOnDrag": False},
    "nodes": {"shape": "dot", "borderWidth": 1, "font": {"size": 14}},
    "edges": {"arrows": {"to": {"enabled": False, "scaleFactor": 0.45}}, "smooth": False},
}


def write_page(shown: Scene, path: Path, lang: str = "zh") -> None:
    """Write a scene as one HTML file that opens offline.

    Args:
        shown: what the page shows.
        path: where to write.
        lang: in which the page opens, `zh` or `en`; the reader can switch.

    Raises:
        UsageError: this installation has no built pages.
    """
    from pyvis.network import Network  # noqa: PLC0415  # it brings IPython along, which the explorer need not wait for

    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.templateEnv = _Pyvis(shown, lang)
    network.path = "page.html"
    network.options = _OPTIONS
    for number, thing in enumerate(shown.things):
        network.add_node(number, label=_short(thing.name), shape="dot", x=thing.x, y=thing.y)
    for number, tie in enumerate(shown.ties):
        network.add_edge(tie.start, tie.end, id=number, dashes=tie.context, **_arrow(tie.kind))
    files.put(path, network.generate_html())


class _Pyvis(Environment):
    """Gives pyvis our template: it hands over what it would draw, and gets the page."""

    def __init__(self, shown: Scene, lang: str) -> None:
        super().__init__(autoescape=True)
        self._shown, self._lang = shown, lang

    def get_template(self, *_: Any, **__: Any) -> Any:
        """What pyvis asks for a template."""
        return self

    def render(self, **given: Any) -> str:
        """The page; pyvis gives its nodes and edges beside options of its own template."""
        drawing = {"nodes": given["nodes"], "edges": given["edges"], "options": _OPTIONS}
        return filled_in(
            self._lang,
            styles=[built("graph.css")],
            scripts=[_library("vis-network.min.js")],
            modules=[built("pyvis.js")],
            data=[("drawing", as_data(drawing)), ("scene", inert(as_json(self._shown)))],
        )


@cache
def _library(name: str) -> str:
    """A file of the drawing library that pyvis brings along."""
    return (packages.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / name).read_text(encoding="utf-8")


def _arrow(kind: str) -> dict[str, str]:
    """Only what has a direction gets a head; without a word pyvis would give one to each."""
    return {"arrows": "" if symmetric(kind) else "to"}


def _short(name: str) -> str:
    """A label that fits beside its dot; the whole name stands in the card."""
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"
