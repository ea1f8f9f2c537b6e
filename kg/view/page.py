"""One HTML file made with pyvis: the graph drawn where it was laid out, nothing fetched from anywhere."""

import re
from functools import cache
from importlib import resources as packages
from pathlib import Path
from typing import Any

from jinja2 import Environment

from kg import files
from kg.view.frame import as_data, filled_in, inert
from kg.view.scene import Scene, as_json, symmetric
from kg.view.words import LANGUAGES, words_of

LARGE = 1_500
"""Things above which the explorer is the better page."""
_MODULES = (
    "dom", "walk", "find", "scene", "look", "card", "combo", "state", "save", "panel", "table", "view", "controls", "wire", "page", "vis",
)  # fmt: skip
"""The page's modules, each behind those that it imports."""
_IMPORT = re.compile(r"^import\b[^;]*;\n", re.MULTILINE)
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
        data = [
            ("drawing", as_data(drawing)), ("scene", inert(as_json(self._shown))),
            ("words", as_data({lang: words_of(lang) for lang in LANGUAGES})), ("language", as_data(self._lang)),
        ]  # fmt: skip
        return filled_in(
            self._lang,
            styles=[ours("page.css")],
            scripts=[_library("vis-network.min.js")],
            modules=[f"{_script()}\nObject.assign(window, {{ kg: startVisPage() }});\n"],
            data=data,
        )


@cache
def _script() -> str:
    """The page's modules as one: what they import from each other stands in the same scope, so that only the words go."""
    texts = [_IMPORT.sub("", ours(f"{name}.js")) for name in _MODULES]
    return "".join(re.sub(r"^export ", "", text, flags=re.MULTILINE) for text in texts)


@cache
def ours(name: str) -> str:
    """A file of `kg/view/page`."""
    return (packages.files("kg.view") / "page" / name).read_text(encoding="utf-8")


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
