"""The pages' own words, from `kg/view/templates/{zh,en}.toml`, and texts in both languages."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from kg.show import wording

LANGUAGES = ("zh", "en")
Both = tuple[str, str]
"""A text in Chinese and in English."""


@cache
def words_of(lang: str, page: str = "graph") -> dict[str, str]:
    """The words of a page in `zh` or `en`: those of its own table before those of all pages, and these before the shared ones."""
    told = tomllib.loads((resources.files("kg.view") / "templates" / f"{lang}.toml").read_text(encoding="utf-8"))
    own: dict[str, str] = told.get(page, {})
    return {**wording.words(lang), **{name: word for name, word in told.items() if isinstance(word, str)}, **own}


def both(text: Callable[[str], str]) -> Both:
    """What a text is in each language."""
    zh, en = map(text, LANGUAGES)
    return zh, en


def named(text: Both) -> dict[str, str]:
    """A text by language."""
    return dict(zip(LANGUAGES, text, strict=True))
