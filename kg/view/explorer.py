"""The explorer: one HTML file that draws tens of thousands of things with WebGL, offline; and the pages of `kg serve`."""

import base64
import gzip
from pathlib import Path

from kg import files
from kg.confine.uncollected import uncollected
from kg.view.frame import built, filled_in
from kg.view.scene import Scene, as_json


def write_explorer(shown: Scene, path: Path, lang: str = "zh") -> None:
    """Write a scene as one HTML file that opens offline.

    Args:
        shown: what the page shows.
        path: where to write.
        lang: in which the page opens, `zh` or `en`; the reader can switch.

    Raises:
        UsageError: this installation has no built pages.
    """
    with uncollected():
        packed = gzip.compress(as_json(shown).encode(), compresslevel=6, mtime=0)
    data = [("packed", base64.b64encode(packed).decode())]
    files.put(path, filled_in(lang, styles=[built("graph.css")], modules=[built("explorer.js")], data=data))


def served_explorer() -> str:
    """The page that `kg serve` gives first; it loads `/static/explorer.js` and `/static/graph.css`, and asks for its scene."""
    return filled_in("zh", links=(["/static/graph.css"], ["/static/explorer.js"]), served=True)


def served_query_page() -> str:
    """The page of `kg serve` that asks in SPARQL; it loads `/static/query.js` and `/static/query.css`."""
    return filled_in("zh", page="query", links=(["/static/query.css"], ["/static/query.js"]), served=True)
