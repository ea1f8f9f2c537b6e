"""The frame that all pages share: one template, and the policy that lets nothing in but what was written with it."""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader

from kg import resources
from kg.errors import UsageError
from kg.view.words import LANGUAGES, words_of

_KEYS = (
    ("Enter", "key_enter"), ("← ↑ → ↓", "key_arrows"), ("Shift + ← ↑ → ↓", "key_shift"), ("+ −", "key_zoom"), ("0", "key_fit"),
    ("f", "key_focus"), ("t", "key_table"), ("/", "key_search"), ("?", "key_help"), ("Esc", "key_escape"),
)  # fmt: skip


def built(name: str) -> str:
    """The text of a built file of the pages.

    Raises:
        UsageError: this installation has none.
    """
    path = resources.page_file(name)
    if path is None:
        raise UsageError(
            "This installation has no pages: it was made where Node.js or its packages could not be reached. "
            "Run `make pages` in a checkout (docs/explorer.md)."
        )
    return path.read_text(encoding="utf-8")


def filled_in(  # noqa: PLR0913  # one argument a part of the page
    lang: str,
    *,
    page: str = "graph",
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    modules: Sequence[str] = (),
    data: Iterable[tuple[str, str]] = (),
    links: tuple[Sequence[str], Sequence[str]] = ((), ()),
    served: bool = False,
) -> str:
    """The page as HTML.

    Args:
        lang: in which it opens.
        page: whose template and words it has.
        styles, scripts, modules: texts that stand in the page; its policy names their hashes.
        data: name and text of each block of data, made `inert`; the page's words are added.
        links: addresses of style sheets and of modules, for a served page; its policy comes with its headers.
        served: whether it comes from `kg serve`.
    """
    policy = "" if served else _policy(styles, [*scripts, *modules])
    spoken = [("words", as_data({one: words_of(one, page) for one in LANGUAGES})), ("language", as_data(lang))]
    return _templates().get_template(f"{page}.html").render(
        html_lang={"zh": "zh-CN", "en": "en"}[lang], words=words_of(lang, page), keys=_KEYS, policy=policy, styles=styles, scripts=scripts,
        modules=modules, data=[*data, *spoken], style_links=links[0], script_links=links[1], served=served,
    )  # fmt: skip


def inert(text: str) -> str:
    """JSON that cannot end the block that holds it: `<` only ever stands inside its strings."""
    return text.replace("<", "\\u003c")


def as_data(value: Any) -> str:
    """A value as a block of data."""
    return inert(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("kg.view", "templates"), autoescape=True)


def _policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Nothing is loaded from anywhere, and only these scripts run (CSP level 3, hashes)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
