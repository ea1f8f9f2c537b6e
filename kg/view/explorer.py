"""The explorer: one HTML file that draws tens of thousands of things with WebGL, offline; or the page of `kg serve`."""

import base64
import gzip
from pathlib import Path

from kg import files, resources
from kg.errors import UsageError
from kg.view.frame import as_data, filled_in
from kg.view.page import ours
from kg.view.scene import Scene, as_json
from kg.view.words import LANGUAGES, words_of


def require_explorer() -> Path:
    """The built script.

    Raises:
        UsageError: this installation has none.
    """
    built = resources.explorer()
    if built is None:
        raise UsageError(
            "This installation has no explorer: it was made where Node.js could not be reached. "
            "Run `make explorer` in a checkout (docs/explorer.md), or take the page of kg view without --explorer."
        )
    return built


def write_explorer(shown: Scene, path: Path, lang: str = "zh") -> None:
    """Write a scene as one HTML file that opens offline.

    Args:
        shown: what the page shows.
        path: where to write.
        lang: in which the page opens, `zh` or `en`; the reader can switch.

    Raises:
        UsageError: this installation has no explorer.
    """
    packed = gzip.compress(as_json(shown).encode(), compresslevel=9, mtime=0)
    data = [("packed", base64.b64encode(packed).decode()), *_spoken(lang)]
    page = filled_in(lang, styles=[ours("page.css")], modules=[require_explorer().read_text(encoding="utf-8")], data=data)
    files.put(path, page)


def served_page(lang: str = "zh") -> str:
    """The page that `kg serve` gives; it loads `/static/explorer.js` and `/static/explorer.css`, and asks for its scene."""
    return filled_in(lang, data=_spoken(lang), links=(["/static/explorer.css"], ["/static/explorer.js"]), served=True)


def style_sheet() -> str:
    """The style sheet of the pages."""
    return ours("page.css")


def _spoken(lang: str) -> list[tuple[str, str]]:
    return [("words", as_data({one: words_of(one) for one in LANGUAGES})), ("language", as_data(lang))]
