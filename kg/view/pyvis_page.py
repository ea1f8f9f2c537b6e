"""One HTML file made with pyvis: the graph drawn where it was laid out, nothing fetched from anywhere."""

from functools import cache
from importlib import resources as packages
from pathlib import Path
from typing import Any

from jinja2 import Environment

from kg import files
from kg.view.frame import as_data, built, filled_in, inert
from kg.view.scene import Scene, as_json

LARGE = 1_500
"""Things above which the explorer is the better page."""
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": False},
    "nodes": {"shape": "dot", "borderWidth": 0},
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
        network.add_node(number, label=thing.name, shape="dot", x=thing.x, y=thing.y)
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
        """The page; pyvis gives its nodes beside options of its own template. Ties are drawn from the scene."""
        drawing = {"nodes": given["nodes"], "options": _OPTIONS}
        return filled_in(
            self._lang,
            styles=[built("graph.css")],
            scripts=[_vis_network()],
            modules=[built("pyvis.js")],
            data=[("drawing", as_data(drawing)), ("scene", inert(as_json(self._shown)))],
        )


@cache
def _vis_network() -> str:
    """The drawing library that pyvis brings along."""
    return (packages.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
